from odoo import api, models
from odoo.exceptions import UserError

from ..lib import forms
from ..models.qlvb_document import SIGHT_STATES
from .qlvb_form_mixin import Form


class QlvbFormOrder(models.AbstractModel):
    """What is printed of the orders on a paper: the handling and the routing slip.

    For whoever sees the document; an order alone gives no form.
    """

    _name = "qlvb.form.order"
    _description = "Forms of the Orders on a Paper"
    _inherit = ["qlvb.form.mixin"]

    @api.model
    def _forms(self):
        return super()._forms() | {
            "handling-slip": Form(
                "qlvb.document",
                "_prepare_handling_slip",
                "qlvb_document.form_handling_slip",
            ),
            "routing-slips": Form(
                "qlvb.document",
                "_prepare_routing_slips",
                "qlvb_document.form_routing_slips",
            ),
            "routing-slip": Form(
                "qlvb.assignment",
                "_prepare_routing_slip",
                "qlvb_document.form_routing_slips",
            ),
        }

    @api.model
    def _standing_orders(self, document):
        """Return the orders that stand: neither returned, recalled nor proposed."""
        return document.assignment_ids.filtered(
            lambda order: order.state in SIGHT_STATES
        ).sorted(lambda order: (list(forms.ROLES).index(order.role), order.id))

    @api.model
    def _top_orders(self, document):
        return self._standing_orders(document).filtered(
            lambda order: not order.parent_id
        )

    # -- phiếu giải quyết văn bản đến (annex IV, part VII) --------------------

    @api.model
    def _prepare_handling_slip(self, document):
        """Return the slip's heading and its three blocks, as far as they are known.

        What nobody has entered yet stays as dotted lines, for the pen.
        """
        self._require_number(document)
        orders = self._standing_orders(document)
        return {
            "name": self._file_name("Phiếu giải quyết", document),
            "heading": self._heading(document.unit_id, document.registered_at),
            "subject": self._named_document(document),
            "number": document.number_text,
            "arrived": forms.short_day(document.received_date),
            "urgency": forms.URGENCIES.get(document.urgency),
            "directions": [
                {
                    "text": direction.text,
                    "author": self._person(direction.author_id),
                    "recorded_by": self._person(direction.recorded_by_id),
                    "day": self._direction_day(direction),
                }
                for direction in document.direction_ids
            ],
            "top": self._given(self._top_orders(document)),
            "passed_on": [
                {"holder": self._holder(order), **self._given(below, order.unit_id)}
                for order in orders
                if (below := orders.filtered(lambda o: o.parent_id == order))  # noqa: B023
            ],
            "results": [
                {
                    "text": order.result,
                    "author": self._person(order.doer_id, order.doer_behalf_id),
                    "unit": order.unit_id.sudo().name,
                    "day": self._short_day(order.done_at),
                }
                for order in orders.filtered(
                    lambda order: order.state == "done" and order.result
                ).sorted(lambda order: (order.done_at, -self._depth(order)))
            ],
        }

    @api.model
    def _direction_day(self, direction):
        """Return the day of a direction: that on the paper, where one is known."""
        if direction.written_on:
            return forms.short_day(direction.written_on)
        return self._short_day(direction.date)

    @api.model
    def _depth(self, order):
        """Return how often the order was passed on: who handles speaks first."""
        depth = 0
        while order := order.parent_id:
            depth += 1
        return depth

    @api.model
    def _given(self, orders, within=None):
        """Return what was given to whom, by part, and by whom on which days.

        :param within: the unit inside which it was passed on
        """
        givers = {}
        for order in orders:
            who = self._person(order.giver_id, order.giver_behalf_id)
            givers.setdefault((self._short_day(order.sent_at), who))
        return {
            "lines": {
                role: [
                    {
                        "holder": self._holder(order, within),
                        "instruction": order.instruction,
                        "deadline": forms.short_day(order.deadline),
                    }
                    for order in orders
                    if order.role == role
                ]
                for role in forms.ROLES
            },
            "givers": [{"day": day, "who": who} for day, who in givers],
        }

    # -- phiếu chuyển ---------------------------------------------------------

    @api.model
    def _prepare_routing_slips(self, document):
        """Return one slip for each recipient to whom the document was routed."""
        orders = self._top_orders(document)
        if not orders:
            raise UserError(
                self.env._(
                    "%(document)s has not been routed yet. Route it, then print the "
                    "routing slips.",
                    document=document.display_name,
                )
            )
        return {
            "name": self._file_name("Phiếu chuyển", document),
            "slips": [self._slip(document, order) for order in orders],
        }

    @api.model
    def _prepare_routing_slip(self, order):
        """Return the slip of one recipient, where the caller sees the document too."""
        document = order.document_id._filtered_access("read")
        if not document:
            raise self._nothing()
        return {
            "name": self._file_name("Phiếu chuyển", document),
            "slips": [self._slip(document, order)],
        }

    @api.model
    def _slip(self, document, order):
        beside = self._standing_orders(document).filtered(
            lambda other: other.parent_id == order.parent_id and other != order
        )
        unit = order.giver_unit_id or document.unit_id
        return {
            "heading": self._heading(unit, order.sent_at),
            "to": self._holder(order),
            "agency": unit.sudo().name,
            "role": order.role,
            "subject": self._named_document(document),
            "number": document.number_text,
            "arrived": forms.short_day(document.received_date),
            "urgency": forms.URGENCIES.get(document.urgency),
            "directions": [
                f"{self._person(direction.author_id)}: {direction.text}"
                + (" (theo bút phê trên giấy)" if direction.recorded_by_id else "")
                for direction in document.direction_ids
            ],
            "instruction": order.instruction,
            "deadline": self._deadline(order),
            "lead": ", ".join(self._holder(o) for o in beside if o.role == "lead"),
            "support": ", ".join(
                self._holder(o) for o in beside if o.role == "support"
            ),
            "giver": self._person(order.giver_id, order.giver_behalf_id),
        }

    @api.model
    def _deadline(self, order):
        return forms.long_day(order.deadline) if order.deadline else ""
