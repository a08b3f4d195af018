from odoo import api, fields, models
from odoo.tools import SQL, format_date

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.symbols import format_number
from odoo.addons.qlvb_base.lib.workflow import Workflow, act

from ..lib.freeze_register import ENTRY_SQL


class QlvbRegisterEntry(models.Model):
    """A number that no document bears, or that stands outside the row: why, by whom.

    Reserved by the clerk for a document to come; inserted between two numbers on
    the head's decision (15a); void, where the document was withdrawn or the
    reservation not used.  Entries stand in the book for ever: they are made and
    moved on by acts alone, never rewritten and never deleted, and the database
    sees to that too.  Read by whoever reads the register as their own.
    """

    _name = "qlvb.register.entry"
    _description = "Number with an Explanation"
    _inherit = ["qlvb.workflow.mixin", "qlvb.input.mixin"]
    _order = "register_id, number, suffix nulls first, id"
    _rec_names_search = ["for_whom", "reason"]
    _text_limits = {"reason": 500, "for_whom": 200, "void_reason": 500}
    _gated_fields = frozenset(
        {
            "register_id",
            "number",
            "suffix",
            "kind",
            "state",
            "reason",
            "for_whom",
            "entered_by_id",
            "keeper_id",
            "date",
            "used_at",
            "used_by_id",
            "void_reason",
            "voided_at",
            "voided_by_id",
        }
    )
    _workflow = Workflow(
        ("waiting", "used", "void"),
        [act("void", "waiting", "void", "_actor_clerk", "_unmet_open")],
    )

    register_id = fields.Many2one(
        "qlvb.register",
        "Register book",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    number = fields.Integer(
        "Number in the row", required=True, readonly=True, aggregator=None
    )
    suffix = fields.Char(readonly=True, help="Of an inserted number: 15a")
    number_text = fields.Char("Number in the book", compute="_compute_number_text")
    kind = fields.Selection(
        [("reserved", "Reserved"), ("inserted", "Inserted"), ("void", "Void")],
        "How it came about",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [("waiting", "Not yet used"), ("used", "Used"), ("void", "Void")],
        required=True,
        readonly=True,
        copy=False,
        default="waiting",
    )
    reason = fields.Char(required=True, readonly=True)
    for_whom = fields.Char("For whom", readonly=True)
    entered_by_id = fields.Many2one(
        "res.users", "Entered by", required=True, readonly=True
    )
    keeper_id = fields.Many2one("res.users", "Account keeper", readonly=True)
    date = fields.Datetime("Entered at", required=True, readonly=True)
    used_at = fields.Datetime("Used at", readonly=True)
    used_by_id = fields.Many2one("res.users", "Taken by", readonly=True)
    void_reason = fields.Char("Why void", readonly=True)
    voided_at = fields.Datetime("Void since", readonly=True)
    voided_by_id = fields.Many2one("res.users", "Made void by", readonly=True)
    document_id = fields.Many2one("qlvb.document", compute="_compute_document_id")
    explanation = fields.Char(compute="_compute_explanation")
    can_void = fields.Boolean(compute="_compute_can_void")

    _number_uniq = models.UniqueIndex(
        "(register_id, number, (COALESCE(suffix, '')))",
        "This number has an entry in the register already.",
    )
    _number_positive = models.Constraint(
        "CHECK (number > 0)", "Numbers of a register begin with 1."
    )

    @api.depends("number", "suffix")
    def _compute_number_text(self):
        for entry in self:
            number = format_number(entry.number) if entry.number else ""
            entry.number_text = number + (entry.suffix or "")

    @api.depends("number_text", "kind", "for_whom")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for entry in self:
            words = [entry.number_text, kinds.get(entry.kind), entry.for_whom]
            entry.display_name = " · ".join(word for word in words if word)

    @api.depends("register_id", "number", "suffix", "state")
    @api.depends_context("uid")
    def _compute_document_id(self):
        """Find the document that bears the number, where the reader sees it."""
        borne = self.env["qlvb.document"].search(
            [
                ("register_id", "in", self.register_id.ids),
                ("number", "in", self.mapped("number")),
                # As the index of the numbers has it.
                ("number", ">", 0),
            ]
        )
        by_number = {
            (document.register_id.id, document.number, document.number_suffix): document
            for document in borne
        }
        for entry in self:
            key = (entry.register_id.id, entry.number, entry.suffix)
            entry.document_id = by_number.get(key, False)

    @api.depends("kind", "state", "reason", "for_whom", "void_reason")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for entry in self:
            entry.explanation = entry._explained()

    def _explained(self):
        """Return in words what the number is, as the register's screens tell it."""
        words = {
            "reserved": self.env._("Reserved: %(reason)s", reason=self.reason),
            "inserted": self.env._("Inserted: %(reason)s", reason=self.reason),
            "void": "",
        }[self.kind]
        if self.for_whom:
            words += self.env._(" (for %(whom)s)", whom=self.for_whom)
        if self.state == "void":
            void = self.env._("Void: %(reason)s", reason=self.void_reason)
            words = f"{words}. {void}" if words else void
        return words

    @api.depends("state", "register_id.closed_at")
    @api.depends_context("uid")
    def _compute_can_void(self):
        for entry in self:
            entry.can_void = not entry.register_id.closed_at and entry._may("void")

    @api.model
    def _seen_ids(self, ids):
        """Return those of the ids that the caller sees, as a set.

        So that nobody points at an entry in order to be told its name.
        """
        return set(self.search([("id", "in", list(ids))]).ids)

    @api.model
    def _act_labels(self):
        return {"void": self.env._("Make void")}

    def _actor_clerk(self):
        return self.register_id.unit_id._actor_as_clerk()

    def _unmet_open(self, actor):
        register = self.register_id
        return [register._explain_closed()] if register.closed_at else []

    def action_void(self, reason):
        """Make a reserved or inserted number void that nobody needs any more.

        It is not given again and stays in the book with the reason.

        :param reason: why nobody needs it
        :raises AccessError: the caller is no clerk of the register's unit
        :raises UserError: no reason, the number is used, or the register closed
        """
        reason = self._clean_argument(self.env._("Reason"), reason, limit=500)
        self.check_access("read")
        # Before the entries, in the order in which the year is closed.
        self.register_id.sorted("id")._hold()
        for entry in self:
            actor = entry._gate("void")
            entry._make_void(actor.user, reason)
            self.env["qlvb.journal"]._log(
                "number_void",
                entry.register_id,
                unit=actor.unit,
                data={"numbers": [entry.number_text]},
            )
        return True

    # -- moved on by acts -----------------------------------------------------

    @api.model
    def _enter(self, register, kind, actor, numbers, reason, **values):
        """Enter numbers into the register, each with its explanation.

        :param numbers: pairs of number and suffix
        :return: the entries
        """
        common = {
            "register_id": register.id,
            "kind": kind,
            "state": "waiting",
            "reason": reason,
            "entered_by_id": actor.user.id,
            "keeper_id": register.unit_id._keeper_for(actor).id,
            "date": clock.now(),
            **values,
        }
        return (
            self._through_gate()
            .create(
                [
                    {**common, "number": number, "suffix": suffix or False}
                    for number, suffix in numbers
                ]
            )
            .with_env(self.env)
        )

    def _make_void(self, user, reason):
        """Note that the number is void from now on."""
        self._through_gate().write(
            {
                "state": "void",
                "void_reason": reason,
                "voided_at": clock.now(),
                "voided_by_id": user.id,
            }
        )

    def _use(self, user):
        """Note that a document bears the number from now on."""
        self._through_gate().write(
            {"state": "used", "used_at": clock.now(), "used_by_id": user.id}
        )

    def _neighbours(self):
        """Return the dates of the documents before and after this number.

        :return: a pair of dates, ``None`` where there is no such document
        """
        key = (self.register_id.id, self.number, self.suffix or "")
        dates = []
        for sign, order in (("<", "DESC"), (">", "ASC")):
            self.env.cr.execute(
                SQL(
                    """SELECT document_date FROM qlvb_document
                       WHERE register_id = %s AND number > 0
                         AND (number, COALESCE(number_suffix, '')) %s (%s, %s)
                       ORDER BY number %s, COALESCE(number_suffix, '') %s LIMIT 1""",
                    key[0],
                    SQL(sign),
                    key[1],
                    key[2],
                    SQL(order),
                    SQL(order),
                )
            )
            dates.append((self.env.cr.fetchone() or (None,))[0])
        return tuple(dates)

    def _explain_day(self, day):
        """Say why a document of this day cannot bear the number; ``""`` if it can."""
        before, after = self._neighbours()
        if before and day < before or after and day > after:
            return self.env._(
                "Number %(number)s lies between documents of %(before)s and %(after)s: "
                "a document dated %(day)s cannot bear it.",
                number=self.number_text,
                before=format_date(self.env, before) if before else "…",
                after=format_date(self.env, after) if after else "…",
                day=format_date(self.env, day),
            )
        return ""

    # -- database -------------------------------------------------------------

    def init(self):
        result = super().init()
        self.env.cr.execute(ENTRY_SQL)
        return result
