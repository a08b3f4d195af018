from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.qlvb_base.fields import IntArray
from odoo.addons.qlvb_base.lib.principals import HANDLING, UNIT, USER, principal

from .qlvb_order_mixin import HOLDING_ROLES, OPEN_STATES

SIGHT_STATES = ("sent", "accepted", "done")
"""States in which an assignment gives sight of its document."""


class QlvbAssignment(models.Model):
    """Who must do what, until when: one link in the chain of Article 5.3.

    Written by the acts alone.  Held by a unit (then by its head) or a person in
    a unit; passed on inside the unit, returned with a reason, recalled by who
    gave it, done with a result that comes back to who gave it.  Seen by whoever
    sees the document and by its own holder.
    """

    _name = "qlvb.assignment"
    _description = "Assignment"
    _inherit = [
        "qlvb.announced.mixin",
        "qlvb.assignment.term.mixin",
        "qlvb.assignment.acts",
        "qlvb.assignment.away",
        "qlvb.assignment.left",
        "qlvb.names.mixin",
        "qlvb.paper.mixin",
        "qlvb.deadline.mixin",
        "qlvb.reading.mixin",
        "qlvb.audience.mixin",
        "qlvb.input.mixin",
    ]
    _order = "deadline, id"
    _rec_names_search = ["document_id"]
    _contents = frozenset({"instruction", "document_summary"})

    _waiting_states = OPEN_STATES
    _names = {
        "giver_text": ("giver_id", "giver_behalf_id"),
        "doer_text": ("doer_id", "doer_behalf_id"),
    }

    # Not required: an addon above gives work on what is no document.
    document_id = fields.Many2one("qlvb.document", index=True, ondelete="cascade")
    parent_id = fields.Many2one(
        "qlvb.assignment", "Passed on from", index="btree_not_null", ondelete="cascade"
    )
    child_ids = fields.One2many("qlvb.assignment", "parent_id", "Passed on to")
    unit_id = fields.Many2one("qlvb.unit", required=True)
    user_id = fields.Many2one("res.users", "Person")
    holder_text = fields.Char("Holder", compute="_compute_holder_text")
    role = fields.Selection(
        [("lead", "Lead"), ("support", "Support"), ("inform", "For information")],
        "Part",
        required=True,
    )
    instruction = fields.Text()
    state = fields.Selection(
        [
            ("sent", "Sent"),
            ("accepted", "Accepted"),
            ("done", "Done"),
            ("returned", "Returned"),
            ("recalled", "Recalled"),
            ("proposed", "Proposed"),
            ("declined", "Declined"),
        ],
        required=True,
        readonly=True,
        default="sent",
        group_expand=False,
    )
    giver_id = fields.Many2one("res.users", "Given by", required=True, index=True)
    giver_behalf_id = fields.Many2one("res.users", "Given on behalf of")
    giver_unit_id = fields.Many2one("qlvb.unit", "Given by unit", index=True)
    doer_id = fields.Many2one("res.users", "Finished by")
    doer_behalf_id = fields.Many2one("res.users", "Finished on behalf of")
    giver_text = fields.Char(
        "Given by, for whom",
        compute="_compute_names",
        export_string_translation=False,
    )
    doer_text = fields.Char(
        "Finished by, for whom",
        compute="_compute_names",
        export_string_translation=False,
    )
    returned_to_id = fields.Many2one(
        "res.users",
        "Returned to",
        index="btree_not_null",
        help="Who passed it on; from the top who created the incoming record",
    )
    sent_at = fields.Datetime("Sent at")
    accepted_at = fields.Datetime("Accepted at")
    done_at = fields.Datetime("Closed at")
    urged_at = fields.Datetime("Last urged at")
    result = fields.Text()
    reason = fields.Text(help="Why it was returned or recalled")
    next_step = fields.Selection(
        [
            ("accept", "To accept"),
            ("work", "To work on"),
            ("wait", "Waiting for others"),
            ("look", "Result to look at"),
            ("decide", "More time asked"),
            ("redo", "To improve"),
        ],
        compute="_compute_next_step",
    )
    can_accept = fields.Boolean(compute="_compute_can")
    can_forward = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_done = fields.Boolean(compute="_compute_can")
    can_recall = fields.Boolean(compute="_compute_can")
    can_urge = fields.Boolean(compute="_compute_can")
    can_request_extension = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_decide_extension = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_send_back = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    is_mine = fields.Boolean(
        "With me", compute="_compute_is_mine", search="_search_is_mine"
    )

    # Not before the row is there: then its document sees it, and those beside it.
    audience = IntArray(precompute=False)

    _audience_index = models.Index("USING gin (audience)")
    _user_open_index = models.Index(
        "(user_id, deadline) WHERE state IN ('sent', 'accepted')"
    )
    _unit_open_index = models.Index(
        "(unit_id, deadline) WHERE state IN ('sent', 'accepted')"
    )
    _unit_sent_index = models.Index("(unit_id, sent_at)")
    _giver_open_index = models.Index(
        "(giver_id, deadline) WHERE state IN ('sent', 'accepted')"
    )

    # -- computes -------------------------------------------------------------

    def _gives_sight(self):
        """Tell whether the order gives sight of its matter.

        Not where what it was passed on from was returned or recalled: what was done
        below before that leads nowhere either.
        """
        order = self
        while order and order.state in SIGHT_STATES:
            order = order.parent_id
        return not order

    def _holder_principals(self):
        """Return the principals through which the holder is seen and sees."""
        self.ensure_one()
        numbers = {
            principal(UNIT, self.unit_id.id),
            principal(HANDLING, self.unit_id.id),
        }
        if self.user_id:
            numbers.add(principal(USER, self.user_id.id))
        return numbers

    @api.depends("document_id.audience", "unit_id", "user_id", "state")
    def _compute_audience(self):
        for assignment in self:
            numbers = set(assignment._matter().audience)
            if assignment.state not in ("proposed", "declined"):
                numbers |= assignment._holder_principals()
            assignment.audience = numbers

    @api.depends("unit_id", "user_id")
    def _compute_holder_text(self):
        for assignment in self:
            assignment.holder_text = assignment._holder_name()

    def _holder_name(self):
        """Return the holder as people read it: the person and their unit."""
        self.ensure_one()
        if self.user_id:
            return f"{self.user_id.sudo().name} ({self.unit_id.symbol})"
        return self.unit_id.name

    @api.depends(
        "state",
        "result_ids",
        "child_ids.state",
        "child_ids.role",
        "child_ids.extension_ids.state",
    )
    def _compute_next_step(self):
        for assignment in self:
            if assignment.state == "sent":
                assignment.next_step = "accept"
            elif assignment.state != "accepted":
                assignment.next_step = False
            elif any(child.asks_time for child in assignment.child_ids):
                assignment.next_step = "decide"
            elif assignment._open_children():
                assignment.next_step = "wait"
            elif assignment.result_ids:
                assignment.next_step = "redo"
            elif assignment.child_ids.filtered(lambda child: child.state == "done"):
                assignment.next_step = "look"
            else:
                assignment.next_step = "work"

    @api.depends("document_id", "role")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for assignment in self:
            name = assignment._matter().sudo()._plain_name()
            assignment.display_name = f"{name} · {roles.get(assignment.role)}"

    @api.depends(
        "state",
        "role",
        "deadline",
        "unit_id",
        "user_id",
        "parent_id.state",
        "extension_ids.state",
    )
    @api.depends_context("uid")
    def _compute_can(self):
        for assignment in self:
            for name in ("accept", "return", "done", "recall", "urge"):
                assignment[f"can_{name}"] = assignment._may(name)
            asks = assignment.asks_time
            assignment.can_request_extension = bool(
                assignment.deadline
                and not asks
                and assignment._may("request_extension")
            )
            assignment.can_decide_extension = asks and assignment._may(
                "decide_extension"
            )
            assignment.can_send_back = (
                assignment.role != "inform"
                and assignment.parent_id.state in (False, *OPEN_STATES)
                and assignment._may("send_back")
            )
            assignment.can_forward = (
                assignment._may("forward") and assignment._passes_on()
            )

    @api.depends("state", "unit_id", "user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for assignment in self:
            assignment.is_mine = (
                assignment.state in OPEN_STATES
                and assignment._actor_holder() is not None
            )

    def _search_is_mine(self, operator, value):
        """Find what waits for the caller: in person, as a head or as a delegate."""
        if operator != "in":
            return NotImplemented
        position = self.env["qlvb.position"]
        mine = Domain("user_id", "=", self.env.uid) & Domain(
            "unit_id", "in", position._my_units(*HOLDING_ROLES)
        )
        headed = position._my_units("head")
        mine |= Domain("user_id", "=", False) & Domain("unit_id", "in", headed)
        for held in self.env["qlvb.delegation"]._held():
            mine |= (
                Domain("unit_id", "=", held.unit_id)
                & Domain("user_id", "in", [False, held.delegator_id])
                & self._subjects_domain(held.subjects)
            )
        return mine & Domain("state", "in", OPEN_STATES)

    @api.model
    def _subjects_domain(self, subjects):
        """Return the domain of work on what a delegation is narrowed to."""
        return (
            Domain("document_id", "!=", False)
            if "document" in subjects
            else (Domain.FALSE)
        )
