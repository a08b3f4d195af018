"""Documents that were sent out, in the office of ``common``."""

from odoo.fields import Command

from .common import DocumentCase


class DispatchCase(DocumentCase):
    """Decisions of the committee on their way to its agencies and communes."""

    @classmethod
    def listed(cls, document, *recipients, by=None):
        """Let the committee's clerk list units and outside bodies as recipients."""
        rows = (
            cls.env["qlvb.dispatch"]
            .with_user(by or cls.clerk)
            .create(
                [
                    {
                        "document_id": document.id,
                        "unit_id" if to._name == "qlvb.unit" else "partner_id": to.id,
                    }
                    for to in recipients
                ]
            )
        )
        return rows

    @classmethod
    def dispatched(cls, *recipients, by=None, **values):
        """Return the dispatches of a decision: to VHTT and the commune by default."""
        document = cls.issued(**values)
        rows = cls.listed(document, *(recipients or (cls.culture, cls.commune)), by=by)
        document.with_user(by or cls.clerk).action_dispatch()
        return rows

    @classmethod
    def replacing(cls, old):
        """Return the issued decision that is to replace one of VHTT's drafting."""
        mine = old.with_user(cls.culture_one)
        new = mine.browse(mine.action_replace()["res_id"])
        file = cls.upload(cls.culture_one, "moi.pdf", cls.draft_pdf)
        new.write({"attachment_ids": [Command.link(file.id)]})
        new.action_submit()
        new.with_user(cls.culture_head).action_approve()
        new.with_user(cls.chief).action_approve()
        new.with_user(cls.chairman)._action_sign()
        cls.checked(new).with_user(cls.clerk).action_issue()
        return new.with_user(cls.clerk)

    @classmethod
    def copy_of(cls, row, user=None):
        """Return the recipient's own copy, as the recipient's account sees it."""
        unit = row.sudo().unit_id
        return row.sudo().copy_id.with_user(user or unit.account_user_id).sudo(False)

    def messages(self, record):
        """Return what was said on a record."""
        return (
            self.env["mail.message"]
            .sudo()
            .search([("model", "=", record._name), ("res_id", "=", record.id)])
        )
