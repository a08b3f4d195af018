"""Documents that were sent out, in the office of ``common``."""

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
    def copy_of(cls, row, user=None):
        """Return the recipient's own copy, as the recipient's account sees it."""
        unit = row.sudo().unit_id
        return row.sudo().copy_id.with_user(user or unit.account_user_id).sudo(False)
