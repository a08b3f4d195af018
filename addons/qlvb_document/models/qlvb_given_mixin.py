from odoo import models


class QlvbGivenMixin(models.AbstractModel):
    """What somebody gave on a document: at the top, or passed on from an assignment.

    The concrete model has ``document_id`` and ``parent_id``.
    """

    _name = "qlvb.given.mixin"
    _description = "Given on a Document"

    def _actor_giver(self):
        """Return the caller where it is theirs to take back and to chase.

        At the top whoever routes the document; below, who holds the order from
        which it was passed on.
        """
        if self.parent_id:
            return self.parent_id._actor_holder()
        return self.document_id.unit_id._actor_as_router()

    def _givers(self):
        """Return who gave it, as they are today."""
        given = self.sudo()
        if given.parent_id:
            return given.parent_id._holders()
        unit = given.document_id.unit_id
        chiefs = self.env["qlvb.position"]._current(
            units=unit, roles=("chief_of_office",)
        )
        return chiefs.user_id or unit.head_id

    def action_open_document(self):
        """Open the document itself (its own rules decide)."""
        self.ensure_one()
        self.document_id.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "qlvb.document",
            "res_id": self.document_id.id,
            "views": [(False, "form")],
        }
