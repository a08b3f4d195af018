from odoo import api, fields, models


class QlvbDeskMixin(models.AbstractModel):
    """What documents put on the desk of whoever looks at them."""

    _name = "qlvb.desk.mixin"
    _description = "Document on a Desk"

    direction_text = fields.Text(
        "What the leaders direct", compute="_compute_direction_text"
    )

    @api.depends("direction_ids.text")
    def _compute_direction_text(self):
        for document in self:
            document.direction_text = "\n".join(
                direction._as_text() for direction in document.direction_ids
            )

    @api.model
    def _action_my_work(self):
        """Return the screen with which the caller's day begins."""
        return self.env["ir.actions.act_window"]._for_xml_id(self._my_work())

    @api.model
    def _my_work(self):
        """Return the external id of the screen with which the caller's day begins.

        What only they can sign comes first.  A clerk's is what arrived, then what is
        to be numbered; a router's what waits for routing as long as there is any, then
        the drafts to be reviewed and the requests for more time; the technical
        administrator's, who reads no documents, the journal; the emergency
        administrator's, who sets the house up, its units; everybody else's what waits
        for them.
        """
        user = self.env.user
        if not user.has_group("qlvb_base.group_qlvb_user"):
            return "qlvb_base.qlvb_unit_action"
        if user.has_group("qlvb_base.group_qlvb_administrator"):
            return "qlvb_base.qlvb_journal_action"
        clerk = user.has_group("qlvb_base.group_qlvb_clerk")
        orders = self.env["qlvb.assignment"]
        waiting = _any(orders, ("is_mine", "=", True))
        name = "qlvb_assignment_action_my"
        if _any(self, ("can_sign", "=", True)):
            name = "qlvb_document_action_out_waits"
        elif clerk and not waiting:
            name = "qlvb_document_action_to_register"
            arrived = _any(self, ("direction", "=", "in"), ("state", "=", "draft"))
            if not arrived and _any(self, ("can_issue", "=", True)):
                name = "qlvb_document_action_out_waits"
        elif _any(self, ("can_assign", "=", True), ("state", "=", "registered")):
            name = "qlvb_document_action_to_route"
        elif not waiting and _any(self, ("can_approve", "=", True)):
            name = "qlvb_document_action_out_waits"
        elif not waiting and _any(orders, ("to_decide", "=", True)):
            name = "qlvb_assignment_action_to_decide"
        return f"qlvb_document.{name}"


def _any(model, *leaves):
    """Tell whether the caller sees any such record."""
    return bool(model.search_count(list(leaves), limit=1))
