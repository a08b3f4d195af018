from odoo import api, fields, models

ROUTINE_EVENTS = ("opened", "downloaded")
_MOST_EVENTS = 100


class QlvbDeskMixin(models.AbstractModel):
    """What a document shows of itself on the desk of whoever looks at it.

    Nothing here is stored, and each reader gets what they see anyway: their own
    part in it, the flow of the orders, the course of events.
    """

    _name = "qlvb.desk.mixin"
    _description = "Document on a Desk"

    my_assignment_id = fields.Many2one(
        "qlvb.assignment",
        compute="_compute_my_assignment_id",
        export_string_translation=False,
    )
    flow_ids = fields.Many2many(
        "qlvb.assignment", string="Routing", compute="_compute_flow_ids"
    )
    journal_ids = fields.Many2many(
        "qlvb.journal", string="Course of events", compute="_compute_journal_ids"
    )
    direction_text = fields.Text(
        "What the leaders direct", compute="_compute_direction_text"
    )

    @api.depends("assignment_ids.state")
    @api.depends_context("uid")
    def _compute_my_assignment_id(self):
        mine = self.env["qlvb.assignment"].search(
            [("document_id", "in", self.ids), ("is_mine", "=", True)], order="id desc"
        )
        for document in self:
            document.my_assignment_id = mine.filtered(
                lambda order: order.document_id == document._origin  # noqa: B023
            )[:1]

    @api.depends("assignment_ids.parent_id")
    def _compute_flow_ids(self):
        """Put each order below the one from which it was passed on."""
        for document in self:
            orders = document.assignment_ids.sorted("id")
            document.flow_ids = orders.browse(
                order.id
                for top in orders.filtered(lambda order: not order.parent_id)
                for order in _down(top, orders)
            )

    @api.depends("direction_ids.text")
    def _compute_direction_text(self):
        for document in self:
            document.direction_text = "\n".join(
                direction._as_text() for direction in document.direction_ids
            )

    def _compute_journal_ids(self):
        """Show the acts; who opened it when is for the journal itself."""
        for document in self:
            document.journal_ids = self.env["qlvb.journal"].search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", document._origin.id),
                    ("event", "not in", ROUTINE_EVENTS),
                ],
                limit=_MOST_EVENTS,
            )

    def action_open_my_assignment(self):
        """Open the caller's own part in this document."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "qlvb.assignment",
            "res_id": self.my_assignment_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def _action_my_work(self):
        """Return the screen with which the caller's day begins.

        What only they can sign comes first.  A clerk's is what arrived, then what is
        to be numbered; a router's what waits for routing as long as there is any, then
        the drafts to be reviewed and the requests for more time; the technical
        administrator's, who reads no documents, the journal; everybody else's what
        waits for them.
        """
        user = self.env.user
        if user.has_group("qlvb_base.group_qlvb_administrator"):
            return self.env["ir.actions.act_window"]._for_xml_id(
                "qlvb_base.qlvb_journal_action"
            )
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
        return self.env["ir.actions.act_window"]._for_xml_id(f"qlvb_document.{name}")


def _any(model, *leaves):
    """Tell whether the caller sees any such record."""
    return bool(model.search_count(list(leaves), limit=1))


def _down(order, orders):
    """Yield an order and all that was passed on from it, depth first."""
    yield order
    for child in orders.filtered(lambda other: other.parent_id == order):
        yield from _down(child, orders)
