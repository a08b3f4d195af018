"""Requests for corrections, as people of the office write them."""

import base64

from odoo.fields import Command

from .common import PDF, DocumentCase

OWN = ("kind", "ground", "reason", "line_ids", "decision_number")
"""What the request itself holds; all else is a value to be corrected."""


class CorrectCase(DocumentCase):
    """A document of the committee in the register, and one of the commune."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls.registered(files=["to-trinh.pdf"])
        cls.of_commune = cls.registered(cls.commune_clerk, unit_id=cls.commune.id)

    @classmethod
    def ask(cls, user=None, document=None, **values):
        """Return the draft of a request; ``summary="…"`` asks for a new value.

        :param user: who asks; the committee's clerk by default
        """
        own = {name: values.pop(name) for name in OWN if name in values}
        lines = [
            Command.create({"name": name, "new_value": value})
            for name, value in values.items()
        ]
        return (
            cls.env["qlvb.correction"]
            .with_user(user or cls.clerk)
            .create(
                {
                    "document_id": (document or cls.document).id,
                    "reason": "Nhập nhầm khi đối chiếu với bản giấy",
                    "line_ids": lines,
                    **own,
                }
            )
        )

    @classmethod
    def asked(cls, user=None, document=None, **values):
        """Return a request that was submitted."""
        correction = cls.ask(user, document, **values)
        correction.action_submit()
        return correction

    @classmethod
    def approved(cls, user=None, document=None, **values):
        """Return a request that the chairman approved, as the chairman sees it."""
        correction = cls.asked(user, document, **values).with_user(cls.chairman)
        correction.action_approve()
        return correction

    def purged(self, document=None, user=None, ground="petition"):
        """Return the purge of a document that the chairman approved."""
        return self.approved(user, document, kind="purge", ground=ground)

    def by(self, user, record):
        """Return a record as ``user`` calls it."""
        return record.with_user(user).sudo(False)

    @classmethod
    def file(cls, user=None, name="ban-quet-lai.pdf", raw=None):
        """Return a file that was uploaded for a request."""
        return cls.upload(user or cls.clerk, name, raw or PDF + b"% again\n")

    @classmethod
    def coded(cls, raw):
        return base64.b64encode(raw).decode()
