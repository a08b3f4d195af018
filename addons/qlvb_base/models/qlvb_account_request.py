from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..lib import clock
from ..lib.workflow import Actor, Workflow, act

KINDS = [
    ("grant", "Grant an account"),
    ("post", "Give a further post"),
    ("transfer", "Transfer"),
    ("rotation", "Rotation"),
    ("withdraw", "Withdraw the account"),
    ("end_post", "End a post"),
    ("keeper", "Change of a unit account's keeper"),
    ("reset", "Reset the password"),
    ("correct", "Correct name, login or e-mail"),
]
WITHOUT_DECISION = ("correct", "keeper", "reset")
"""Kinds that rest on the chairman's consent alone, for a reason that is given."""


class QlvbAccountRequest(models.Model):
    """A request about accounts and posts, which cites its decision (Article 9.4).

    The Office prepares it, the chairman approves it in person, the system carries
    it out on the effective day.  There is no other way to create, move or close an
    account or a post, or to reset a password.

    Read by the Office; once submitted by the chairman and the leaders, once
    approved by the technical administrator.  What is submitted is no longer
    changed: the chairman decides on what stands there.
    """

    _name = "qlvb.account.request"
    _description = "Account Request"
    _inherit = ["qlvb.workflow.mixin", "qlvb.input.mixin"]
    _order = "id desc"
    _rec_names_search = ["decision_number", "line_ids.name", "line_ids.user_id.name"]
    _text_limits = {"decision_number": 60}

    _workflow = Workflow(
        ("draft", "submitted", "approved", "refused", "done"),
        [
            act("submit", "draft", "submitted", "_actor_office", "_unmet_submit"),
            act("take_back", "submitted", "draft", "_actor_office"),
            act(
                "approve", "submitted", "approved", "_actor_chairman", "_unmet_approve"
            ),
            act("refuse", "submitted", "refused", "_actor_chairman", "_unmet_refuse"),
            act("carry_out", "approved", None, "_actor_executor", "_unmet_carry_out"),
        ],
    )
    _gated_fields = frozenset(
        {
            "state",
            "submitted_by_id",
            "submitted_at",
            "times_submitted",
            "decided_by_id",
            "decided_at",
            "refusal",
            "executed_on",
            "failure",
        }
    )

    kind = fields.Selection(KINDS, "What is asked for", required=True, default="grant")
    decision_number = fields.Char(
        "Decision number", help="Of the chairman's decision: 125/QĐ-UBND"
    )
    decision_date = fields.Date("Date of the decision")
    effective_date = fields.Date(
        "Effective from",
        required=True,
        default=lambda self: clock.today(),
        help="The first day of what is asked for; a post that is left ends the day "
        "before",
    )
    note = fields.Char("Reason")
    line_ids = fields.One2many(
        "qlvb.account.request.line", "request_id", "Whom it concerns", copy=True
    )
    line_count = fields.Integer("Number of persons", compute="_compute_line_count")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("done", "Carried out"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    submitted_by_id = fields.Many2one(
        "res.users", "Submitted by", readonly=True, copy=False
    )
    submitted_at = fields.Datetime("Submitted at", readonly=True, copy=False)
    times_submitted = fields.Integer(
        readonly=True, copy=False, export_string_translation=False
    )
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False
    )
    decided_at = fields.Datetime("Decided at", readonly=True, copy=False)
    refusal = fields.Text("Reason for the refusal", readonly=True, copy=False)
    executed_on = fields.Date("Carried out on", readonly=True, copy=False)
    failure = fields.Text("Why it was not carried out", readonly=True, copy=False)
    timing_text = fields.Char(
        compute="_compute_timing_text", export_string_translation=False
    )
    can_edit = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_carry_out = fields.Boolean(compute="_compute_can")

    _due_index = models.Index("(effective_date) WHERE state = 'approved'")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        of_office = self._actor_office() is not None
        for request in self:
            request.can_edit = of_office and request.state == "draft"
            request.can_submit = request._may("submit")
            request.can_take_back = request._may("take_back")
            request.can_approve = request._may("approve")
            request.can_refuse = request._may("refuse")
            request.can_carry_out = request._may("carry_out") and request._is_due()

    @api.depends("line_ids")
    def _compute_line_count(self):
        for request in self:
            request.line_count = len(request.line_ids)

    @api.depends("effective_date", "executed_on", "state")
    @api.depends_context("lang")
    def _compute_timing_text(self):
        """Say when it takes effect, above all where that is not the day cited."""
        today = clock.today()
        for request in self:
            day, late = request.effective_date, False
            if not day or request.state == "refused":
                request.timing_text = False
                continue
            if request.state == "done":
                late = request.executed_on and request.executed_on > day
                text = late and self.env._(
                    "Carried out on %(done)s, because %(day)s was gone by.",
                    done=request.executed_on.strftime("%d/%m/%Y"),
                    day=day.strftime("%d/%m/%Y"),
                )
            elif day < today:
                text = self.env._(
                    "%(day)s is gone by: it takes effect today, once it is approved. "
                    "Nothing is dated back.",
                    day=day.strftime("%d/%m/%Y"),
                )
            elif day == today:
                text = self.env._("It takes effect at once when it is approved.")
            else:
                text = self.env._(
                    "The system carries it out at the first minute of %(day)s.",
                    day=day.strftime("%d/%m/%Y"),
                )
            request.timing_text = text

    @api.depends("kind", "decision_number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            number = request.decision_number or (
                f"#{request.id}" if request._origin.id else ""
            )
            request.display_name = f"{kinds.get(request.kind, '')} {number}".strip()

    def _journal_name(self):
        return self.decision_number or f"#{self.id}"

    # -- written by the Office, as long as it is a draft ----------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._require_office()
        return super().create(vals_list)

    def write(self, vals):
        if not self._passed_gate():
            self._require_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._require_draft()

    def _require_draft(self):
        """Raise where the caller may not, or no longer, change the requests.

        :raises AccessError: not of the Office, or the request was submitted
        """
        self._require_office()
        for request in self:
            if request.sudo().state != "draft":
                raise AccessError(
                    self.env._(
                        "A request that was submitted is no longer changed. Take it "
                        "back first, or make a new one."
                    )
                )

    @api.model
    def _require_office(self):
        """Raise where the caller is not of the Office.

        :raises AccessError: anybody else
        """
        free = self.env.su or self._passed_gate()
        if not free and self._actor_office() is None:
            raise AccessError(
                self.env._("Requests about accounts are prepared by the Office.")
            )

    # -- who ------------------------------------------------------------------

    def _actor_office(self):
        """Return the caller where they manage the system for the Office (Art. 8.1)."""
        if self.env["qlvb.position"]._is_of_office():
            return Actor(self.env.user, self.env.user.browse(), self.env["qlvb.unit"])
        return None

    def _actor_chairman(self):
        """Return the caller where they are the chairman, in person (Article 9.4)."""
        if self.env["qlvb.position"]._is_chairman():
            return Actor(self.env.user, self.env.user.browse(), self.env["qlvb.unit"])
        return None

    def _actor_executor(self):
        """Return the caller where they may have what is approved carried out again."""
        if self.env.user.has_group("qlvb_base.group_qlvb_administrator"):
            return Actor(self.env.user, self.env.user.browse(), self.env["qlvb.unit"])
        return self._actor_office()

    @api.model
    def _act_labels(self):
        return {
            "submit": self.env._("Submit to the chairman"),
            "take_back": self.env._("Take the request back"),
            "approve": self.env._("Approve the request"),
            "refuse": self.env._("Refuse the request"),
            "carry_out": self.env._("Carry the request out"),
        }

    # -- under which conditions -----------------------------------------------

    def _unmet_submit(self, actor):
        """Return what stands against submitting."""
        return self._unmet_decision() + self._unmet_lines()

    def _unmet_approve(self, actor):
        """Return what stands against approving: what was in order may have changed.

        A request that was taken back and put forward again is approved only by who
        has it before them as it stands now: the button says which one that is.
        """
        seen = self.env.context.get("qlvb_seen_submission", 1)
        if self.times_submitted > 1 and seen != self.times_submitted:
            return [
                self.env._(
                    "The Office took the request back and changed it meanwhile. Open "
                    "it anew, read it, and approve it then."
                )
            ]
        return self._unmet_submit(actor)

    def _unmet_refuse(self, actor, reason=None):
        """Return what stands against refusing."""
        if not reason:
            return [self.env._("Say why, so that the Office knows what to change.")]
        return []

    def _unmet_carry_out(self, actor):
        """Return what stands against carrying it out now."""
        if self.effective_date > clock.today():
            return [
                self.env._(
                    "It takes effect on %(day)s, not before.",
                    day=self.effective_date.strftime("%d/%m/%Y"),
                )
            ]
        return []

    def _unmet_decision(self):
        """Return what the request lacks of the decision that it rests on."""
        problems = []
        if self.kind in WITHOUT_DECISION:
            if not (self.note or self.decision_number):
                problems.append(
                    self.env._("Give the reason, or cite the chairman's decision.")
                )
        elif not self.decision_number:
            problems.append(self.env._("Cite the number of the chairman's decision."))
        if self.decision_number and not self.decision_date:
            problems.append(self.env._("Enter the date of the decision."))
        if self.decision_date and self.decision_date > clock.today():
            problems.append(
                self.env._("The date of the decision lies ahead. Correct it.")
            )
        return problems

    def _is_due(self):
        """Tell whether the effective day is here or gone by."""
        return self.sudo().effective_date <= clock.today()

    def _effective_day(self):
        """Return the day from which it holds: that cited, today where it is gone by."""
        return max(self.effective_date, clock.today())

    # -- acts -----------------------------------------------------------------

    def action_submit(self):
        """Put the request before the chairman.

        :raises AccessError: the caller is not of the Office
        :raises UserError: naming every condition that is not met
        """
        for request in self:
            request._gate("submit")
            request._transit(
                "submit",
                {
                    "submitted_by_id": self.env.uid,
                    "submitted_at": clock.now(),
                    "times_submitted": request.times_submitted + 1,
                },
            )
            request._log_act("account_request_submitted")
            request._tell_chairman()
        return True

    def action_take_back(self):
        """Take the request back from the chairman's table, to be changed.

        :raises AccessError: the caller is not of the Office
        """
        for request in self:
            request._gate("take_back")
            request._transit(
                "take_back", {"submitted_by_id": False, "submitted_at": False}
            )
            request._log_act("account_request_taken_back")
        return True

    def action_approve(self):
        """Approve the request; it is carried out on its effective day.

        At once where that day is here or gone by.  What cannot be carried out stays
        approved, says why and is tried again.

        :raises AccessError: the caller is not the chairman in person
        :raises UserError: naming every condition that is not met
        """
        for request in self:
            request._gate("approve")
            request._transit(
                "approve", {"decided_by_id": self.env.uid, "decided_at": clock.now()}
            )
            request._log_act("account_request_approved")
            if request._is_due():
                request._try_to_carry_out()
            else:
                request._wake_on_the_day()
                request._tell_office("approved")
        return True

    def action_refuse(self, reason):
        """Refuse the request.

        :param reason: why, for the Office
        :raises AccessError: the caller is not the chairman in person
        :raises UserError: no reason is given
        """
        reason = self._clean_argument(
            self.env._("The reason"), reason, limit=1000, required=False
        )
        for request in self:
            request._gate("refuse", reason=reason)
            request._transit(
                "refuse",
                {
                    "decided_by_id": self.env.uid,
                    "decided_at": clock.now(),
                    "refusal": reason,
                },
            )
            request._log_act("account_request_refused")
            request._tell_office("refused")
        return True

    def action_carry_out(self):
        """Carry out what was approved and failed, without waiting for the system.

        :raises AccessError: neither of the Office nor the technical administrator
        :raises UserError: it is not yet its day, or what still stands against it
        """
        for request in self:
            request._gate("carry_out")
            problem = request._try_to_carry_out()
            if problem:
                raise UserError(problem)
        return True

    def action_ask_refusal(self):
        """Open the form in which the chairman says why they refuse."""
        self._require_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse the request"),
            "res_model": "qlvb.account.refusal",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_request_id": self.id, "dialog_size": "medium"},
        }

    def _log_act(self, event):
        """Journal an act on the request, with the decision that it rests on."""
        self.env["qlvb.journal"]._log(
            event, self, data={"decision": self.sudo().decision_number or ""}
        )
