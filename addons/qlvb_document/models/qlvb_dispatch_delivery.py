from odoo import models

from odoo.addons.qlvb_base.lib import clock


class QlvbDispatchDelivery(models.AbstractModel):
    """Delivery inside the house: every recipient finds an incoming draft of its own.

    With the same files and nothing to retype: the rows are copied, the bytes lie in
    the store once.  All recipients of a document are served at once.
    """

    _name = "qlvb.dispatch.delivery"
    _description = "Delivery of a Document"

    def _deliver(self, actor):
        """Make the recipients' drafts of these dispatches of one document.

        :param actor: the clerk of the issuing unit, past the gate
        """
        rows = self.sudo()
        if not rows:
            return
        document = rows.document_id
        files = document._files_to_send()
        # Nobody follows a draft by having sent it, and nobody is told of its making.
        quiet = document.browse().with_context(
            tracking_disable=True, mail_create_nolog=True
        )
        asked = document._answers_whose()
        copies = quiet._create_drafts(
            [row._copy_values(document, asked) for row in rows], "unit"
        )
        files._share(copies)
        for row, copy in zip(rows, copies, strict=True):
            row._through_gate().write(
                {"state": "sent", "copy_id": copy.id, **row._sent_values(actor)}
            )
        if document.urgency != "normal":
            rows._ring(document)

    def _ring(self, document):
        """Ring at the recipients' clerks: number and symbol, and nothing else."""
        units = self.unit_id
        posts = self.env["qlvb.position"]._current(units=units, roles=("clerk",))
        clerks = (posts.user_id | units.account_user_id).filtered("active")
        clerks._bus_send("qlvb.urgent", {"reference": document.reference})

    def _copy_values(self, document, asked):
        """Return the recipient's draft: what a clerk would type from the paper.

        :param asked: the document that this one answers; its issuer finds the answer
            beside it
        """
        return {
            "direction": "in",
            "unit_id": self.unit_id.id,
            "type_id": document.type_id.id,
            "reference": document.reference,
            "document_date": document.document_date,
            "received_date": clock.today(),
            "issuer": document.issuer,
            "summary": document.summary,
            "urgency": document.urgency,
            "reply_to_id": asked.unit_id == self.unit_id and asked.id,
        }
