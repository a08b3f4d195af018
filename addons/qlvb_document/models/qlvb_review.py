from odoo import api, fields, models

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.workflow import Actor

ASPECTS = [
    ("content", "Content"),
    ("form", "Layout"),
    ("legal", "Legality"),
    ("cosign", "Opinion"),
    ("sign", "Signature"),
]


class QlvbReview(models.Model):
    """One station on a draft's way up: whose turn it is, and what they found.

    The list of a round is laid down when the draft is submitted: reviewers in
    order, the signer last.  One of them is current; a draft that is sent back and
    submitted again begins a new round (NĐ 30, Article 11).  Written by the acts of
    the document alone; read by whoever sees the document.
    """

    _name = "qlvb.review"
    _description = "Review of a Draft"
    _order = "document_id, round, sequence, id"

    document_id = fields.Many2one(
        "qlvb.document", required=True, readonly=True, index=True, ondelete="cascade"
    )
    round = fields.Integer(required=True, readonly=True, aggregator=None)
    sequence = fields.Integer(required=True, readonly=True, aggregator=None)
    aspect = fields.Selection(ASPECTS, "For", required=True, readonly=True)
    unit_id = fields.Many2one("qlvb.unit", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Person", readonly=True, help="The signer; reviewers are heads"
    )
    state = fields.Selection(
        [
            ("waiting", "Not yet"),
            ("current", "Now"),
            ("approved", "Approved"),
            ("sent_back", "Sent back"),
            ("cancelled", "Lapsed"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    who_text = fields.Char("Who", compute="_compute_who_text")
    arrived_at = fields.Datetime("Since", readonly=True)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    decided_at = fields.Datetime("Decided at", readonly=True)
    note = fields.Text("Remark", readonly=True)
    spent_text = fields.Char("For how long", compute="_compute_spent_text")

    _current_uniq = models.UniqueIndex(
        "(document_id) WHERE state = 'current'", "One reviewer at a time has a draft."
    )
    _unit_current_index = models.Index("(unit_id) WHERE state = 'current'")

    @api.depends("unit_id", "user_id", "decided_by_id")
    def _compute_who_text(self):
        # What a page of names is made of is read at once, not line by line.
        people = self.decided_by_id | self.user_id | self.unit_id.head_id
        people.sudo().mapped("name")
        for review in self:
            person = review.decided_by_id or review.user_id or review.unit_id.head_id
            name = person.sudo().name
            review.who_text = (
                f"{name} ({review.unit_id.symbol})" if name else (review.unit_id.name)
            )

    @api.depends("arrived_at", "decided_at", "state")
    @api.depends_context("lang")
    def _compute_spent_text(self):
        """Say how long the draft was, or has been, at this station."""
        for review in self:
            end = review.decided_at or (review.state == "current" and clock.now())
            review.spent_text = (
                self._time_text(review.unit_id, review.arrived_at, end)
                if review.arrived_at and end
                else False
            )

    @api.model
    def _time_text(self, unit, start, end):
        """Say in words how long ``unit`` worked from ``start`` to ``end``."""
        hours = unit._calendar()._work_hours()
        worked = hours.between(clock.to_local(start), clock.to_local(end))
        if worked < 1:
            return self.env._("less than an hour")
        if worked < hours.per_day:
            return self.env._("%(number)s working hours", number=int(worked))
        days = int(worked // hours.per_day)
        return self.env._("%(number)s working days", number=days)

    @api.depends("aspect", "unit_id")
    def _compute_display_name(self):
        labels = dict(self._fields["aspect"]._description_selection(self.env))
        for review in self:
            review.display_name = f"{labels[review.aspect]} · {review.unit_id.name}"

    def _actor(self):
        """Return the caller where this station is theirs, or ``None``.

        Reviewing and signing are done in person: neither is among the powers that
        a head delegates (Article 5.3).
        """
        self.ensure_one()
        user = self.env.user
        if self.aspect == "sign":
            # The gate checks the posts with which they sign.
            if user == self.sudo().user_id:
                return Actor(user, user.browse(), self.sudo().document_id.unit_id)
            return None
        unit = self.sudo().unit_id.with_env(self.env)
        return unit._actor_holding("head") or (
            unit.parent_id._actor_holding("chief_of_office")
            if unit.kind == "office"
            else None
        )

    @api.model
    def _my_units(self):
        """Return ids of the units for which the caller reviews."""
        positions = self.env["qlvb.position"]
        chiefs = self.env["qlvb.unit"].browse(positions._my_units("chief_of_office"))
        offices = chiefs.child_ids.filtered(lambda unit: unit.kind == "office")
        return sorted({*positions._my_units("head"), *offices.ids})

    def _people(self):
        """Return whose turn it is at this station, as they are today."""
        station = self.sudo()
        if station.user_id:
            return station.user_id
        unit = station.unit_id
        if unit.head_id or unit.kind != "office":
            return unit.head_id
        return (
            self.env["qlvb.position"]
            ._current(None, unit.parent_id, ("chief_of_office",))
            .user_id
        )

    def _begin(self):
        """Let it be this station's turn."""
        # The station before has ended: the database lets one at a time be current.
        self.flush_model()
        self.sudo().write({"state": "current", "arrived_at": clock.now()})

    def _decide(self, state, actor, note=False):
        """Note what was found here, by whom and when."""
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": actor.user.id,
                "decided_at": clock.now(),
                "note": note,
            }
        )
