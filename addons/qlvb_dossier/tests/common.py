"""Dossiers on the desks of the office of ``qlvb_base.tests.common``."""

from odoo.addons.qlvb_document.tests.common import DocumentCase


class DossierCase(DocumentCase):
    """The office, with dossiers that the Chief of Office opens."""

    @classmethod
    def opened(cls, by=None, **values):
        """Return a dossier that the Chief of Office (or ``by``) opened."""
        values = {"name": "Ban hành Quy chế quản lý phần mềm", **values}
        return cls.env["qlvb.dossier"].with_user(by or cls.chief).create(values)

    @classmethod
    def assigned(cls, *lines, **values):
        """Return a dossier assigned to VHTT as lead, or by ``lines``."""
        dossier = cls.opened(**values)
        dossier.action_assign(list(lines) or [cls.line(cls.culture)])
        return dossier

    @classmethod
    def in_progress(cls, **values):
        """Return a dossier that VHTT's head passed on to a specialist, at work."""
        dossier = cls.assigned(**values)
        lead = dossier.assignment_ids
        child = cls.passed_on(lead, cls.culture_head, cls.culture_one)
        child.with_user(cls.culture_one).action_accept()
        return dossier

    @classmethod
    def opinion(cls, dossier, user, body="Đồng ý với dự thảo."):
        """Return an opinion that ``user`` recorded in the dossier."""
        return (
            cls.env["qlvb.opinion"]
            .with_user(user)
            .create({"dossier_id": dossier.id, "body": body})
        )

    @classmethod
    def completed(cls, **values):
        """Return a dossier that specialist and head have finished on an opinion."""
        dossier = cls.in_progress(**values)
        cls.opinion(dossier, cls.culture_one)
        dossier.with_user(cls.culture_one).action_complete()
        dossier.with_user(cls.culture_head).action_complete()
        return dossier
