from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.qlvb_base.lib import clock

from ..lib.hands import Order, hands

STUCK_DAYS = 5
"""Working days in the same hands after which a dossier counts as stuck."""


class QlvbDossierHands(models.AbstractModel):
    """In whose hands a dossier is, and since when.

    Every change of hands is kept (``qlvb.dossier.stay``), so that where the work
    was stuck can be told later.
    """

    _name = "qlvb.dossier.hands"
    _description = "Dossier in Hands"

    stay_ids = fields.One2many(
        "qlvb.dossier.stay", "dossier_id", "Time in hands", readonly=True, copy=False
    )
    responsible_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        help="Who leads the work at this moment",
    )
    lead_unit_id = fields.Many2one(
        "qlvb.unit", "Lead unit", readonly=True, copy=False, index="btree_not_null"
    )
    holder_since = fields.Datetime("In these hands since", readonly=True, copy=False)
    holder_text = fields.Char("With", compute="_compute_holder_text")
    waiting_days = fields.Integer(
        "Working days in these hands", compute="_compute_waiting_days", aggregator=None
    )
    is_stuck = fields.Boolean(
        "Stuck", compute="_compute_waiting_days", search="_search_is_stuck"
    )

    # -- computes -------------------------------------------------------------

    @api.depends("stay_ids.date_to")
    @api.depends_context("lang")
    def _compute_holder_text(self):
        """Say who has the dossier in hand: the responsible, or who is to decide."""
        stays = self.env["qlvb.dossier.stay"].search_fetch(
            [("dossier_id", "in", self.ids), ("date_to", "=", False)],
            ["dossier_id", "is_main", "unit_id", "user_id"],
        )
        stays.user_id.sudo().mapped("name")
        stays.unit_id.mapped("name")
        held = stays.filtered("is_main").grouped("dossier_id")
        for dossier in self:
            rows = held.get(dossier._origin, stays.browse())
            dossier.holder_text = ", ".join(stay._holder_name() for stay in rows)

    @api.depends("holder_since", "state")
    def _compute_waiting_days(self):
        today = clock.today()
        for dossier in self:
            if dossier.state == "closed" or not dossier.holder_since:
                dossier.waiting_days, dossier.is_stuck = 0, False
                continue
            since = clock.to_local(dossier.holder_since).date()
            calendar = dossier.unit_id._calendar()
            dossier.waiting_days = calendar.count_working_days(since, today)
            dossier.is_stuck = dossier.waiting_days > STUCK_DAYS

    def _search_is_stuck(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        calendar = self.env["qlvb.calendar"].sudo()._default()
        limit = calendar.add_working_days(clock.today(), -STUCK_DAYS)
        return Domain("state", "!=", "closed") & Domain(
            "holder_since", "<", clock.to_utc(fields.Datetime.to_datetime(limit))
        )

    # -- by the acts ----------------------------------------------------------

    def _follow_hands(self, state=None):
        """Note every change of hands since the last act, and who is responsible.

        :param state: that into which the dossiers are about to pass
        """
        stays = self.env["qlvb.dossier.stay"].sudo()
        for dossier in self.sudo():
            orders = dossier.assignment_ids
            now = hands(
                state or dossier.state,
                [
                    Order(order.id, order.parent_id.id or 0, order.role, order.state)
                    for order in orders
                ],
            )
            open_rows = dossier.stay_ids.filtered(lambda stay: not stay.date_to)
            before = {(stay.assignment_id.id or 0, stay.step) for stay in open_rows}
            moment = clock.now()
            open_rows.filtered(
                lambda stay: (stay.assignment_id.id or 0, stay.step) not in now  # noqa: B023
            ).write({"date_to": moment})
            stays.create(
                [
                    dossier._prepare_stay(orders.browse(number or ()), step, moment)
                    for number, step in sorted(now - before)
                ]
            )
            dossier._through_gate().write(dossier._prepare_hands())

    def _change_hands(self, order):
        """Note that an order here is in other hands: the time in the former ends."""
        held = self.sudo().stay_ids.filtered(
            lambda stay: (
                stay.assignment_id == order
                and not stay.date_to
                and stay.user_id != order.user_id
                and order.state != "proposed"
            )
        )
        held.write({"date_to": clock.now()})
        self._follow_hands()

    def _prepare_stay(self, order, step, moment):
        """Return the values of the row that says who has it in hand from now on."""
        # What is proposed waits for who opened the dossier, not for who is proposed.
        holder = order.filtered(lambda order: order.state != "proposed")
        return {
            "dossier_id": self.id,
            "assignment_id": order.id,
            "step": step,
            "unit_id": (holder or self).unit_id.id,
            "user_id": holder.user_id.id,
            "is_main": not order or order._leads(),
            "date_from": moment,
        }

    def _prepare_hands(self):
        """Return responsible, lead unit and since when, as far as they changed."""
        leads = self.assignment_ids.filtered(lambda order: order._leads())
        live = leads.filtered(lambda order: order.state in ("sent", "accepted"))
        ended = leads.filtered(lambda order: order.state == "done").sorted("done_at")
        deepest = live.filtered(lambda order: not (order.child_ids & live))[-1:]
        order = deepest or ended.filtered(lambda one: not one.parent_id)[-1:]
        tops = (live or ended).filtered(lambda one: not one.parent_id)
        main = self.stay_ids.filtered(lambda stay: stay.is_main and not stay.date_to)
        values = {
            "responsible_id": (order.user_id or order.unit_id.head_id).id,
            "lead_unit_id": tops[-1:].unit_id.id,
            "holder_since": min(main.mapped("date_from"), default=False),
        }
        return {
            name: value
            for name, value in values.items()
            if self._fields[name].convert_to_write(self[name], self) != value
        }
