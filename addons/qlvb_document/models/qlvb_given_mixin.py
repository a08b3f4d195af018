from odoo import models


class QlvbGivenMixin(models.AbstractModel):
    """What somebody gave on a document: at the top, or passed on from an assignment.

    The concrete model has ``document_id`` and ``parent_id``.  On what else than a
    document work is given, an addon above adds (see ``qlvb.matter.mixin``).
    """

    _name = "qlvb.given.mixin"
    _description = "Given on a Document"

    def _matter(self):
        """Return on what it was given, a record of ``qlvb.matter.mixin``."""
        self.ensure_one()
        return self.document_id

    def _actor_giver(self):
        """Return the caller where it is theirs to take back and to chase.

        At the top whoever routes the matter; below, who holds the order from
        which it was passed on.
        """
        if self.parent_id:
            return self.parent_id._actor_holder()
        return self._matter()._actor_router()

    def _givers(self):
        """Return who gave it, as they are today."""
        given = self.sudo()
        if given.parent_id:
            return given.parent_id._holders()
        unit = given._matter().unit_id
        chiefs = self.env["qlvb.position"]._current(
            units=unit, roles=("chief_of_office",)
        )
        return chiefs.user_id or unit.head_id

    def action_open_document(self):
        """Open on what it was given (its own rules decide)."""
        self.ensure_one()
        matter = self._matter()
        matter.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": matter._name,
            "res_id": matter.id,
            "views": [(False, "form")],
        }
