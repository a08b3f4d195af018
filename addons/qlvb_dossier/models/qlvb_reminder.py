from odoo import api, fields, models
from odoo.fields import Domain

_STANDS = {
    "proposed": Domain("state", "=", "proposed"),
    "returned": Domain("state", "=", "returned")
    & (
        Domain("dossier_id", "any!", [("state", "=", "draft")])
        | Domain("role", "=", "support")
        & Domain("dossier_id", "any!", [("state", "in", ("assigned", "in_progress"))])
    ),
    "to_close": Domain("dossier_id", "any!", [("state", "=", "completed")]),
    "decided": Domain("state", "in", ("sent", "accepted", "declined"))
    & Domain("dossier_id", "any!", [("state", "!=", "closed")]),
}
"""How long each kind of reminder about a dossier stands, by the order it is of."""


class QlvbReminder(models.Model):
    """Reminders about dossiers, to who opened them and to who is responsible."""

    _inherit = "qlvb.reminder"

    kind = fields.Selection(
        selection_add=[
            ("proposed", "Support proposed"),
            ("returned", "Dossier returned"),
            ("to_close", "Dossier to close"),
            ("decided", "Support decided on"),
        ],
        ondelete=dict.fromkeys(_STANDS, "cascade"),
    )

    @api.depends("assignment_id.dossier_id.state")
    def _compute_is_open(self):
        return super()._compute_is_open()

    def _stands(self):
        if self.kind not in _STANDS:
            return super()._stands()
        # Superuser: whoever is reminded sees the order, and it the dossier.
        order = self.sudo().assignment_id
        return bool(order.filtered_domain(_STANDS[self.kind]))

    @api.model
    def _standing(self):
        return (Domain("kind", "not in", list(_STANDS)) & super()._standing()) | (
            Domain.OR(
                Domain("kind", "=", kind) & Domain("assignment_id", "any!", domain)
                for kind, domain in _STANDS.items()
            )
        )

    def _reminds_of(self):
        if self.kind in _STANDS:
            return self.assignment_id.dossier_id
        return super()._reminds_of()
