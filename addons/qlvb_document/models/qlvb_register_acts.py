from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.workflow import Workflow, act

from ..lib.days import read_day

MOST_RESERVED = 50
"""Numbers reserved at once: more than one occasion ever needs."""

MOST_NUMBER = 1_000_000
"""No register counts so far; a typing error may."""

_SUFFIXES = "abcdefghijklmnopqrstuvwxyz"


class QlvbRegisterActs(models.AbstractModel):
    """What is done with a register beside giving numbers, by whom and when.

    Its clerk reserves numbers, opens it at the number of the paper book and closes
    the year; the head has a number inserted; the chairman alone reopens a closed
    year.  What a register is stands in ``qlvb.register``, the end of its year in
    ``qlvb.register.year``.
    """

    _name = "qlvb.register.acts"
    _description = "Acts on a Register"
    _inherit = ["qlvb.register.year", "qlvb.workflow.mixin", "qlvb.input.mixin"]

    # The counter is here too: it moves in SQL alone.
    _gated_fields = frozenset(
        {
            "unit_id",
            "direction",
            "year",
            "type_group",
            "last_number",
            "last_date",
            "opening_number",
            "closed_at",
            "closed_by_id",
        }
    )
    _workflow = Workflow(
        ("open", "closed"),
        [
            act("reserve", "open", None, "_actor_clerk", "_unmet_outgoing"),
            act("insert", "open", None, "_actor_head", "_unmet_outgoing"),
            act("open_at", "open", None, "_actor_clerk", "_unmet_unused"),
            act("close_year", "open", None, "_actor_clerk", "_unmet_close_year"),
            act("reopen", "closed", None, "_actor_chairman"),
        ],
    )

    opening_number = fields.Integer(
        "First number",
        readonly=True,
        aggregator=None,
        help="With which the register begins here; what is before is on paper",
    )
    entry_ids = fields.One2many(
        "qlvb.register.entry", "register_id", "Numbers with an explanation"
    )
    act_ids = fields.One2many("qlvb.register.act", "register_id", "What was decided")
    page_ids = fields.One2many("qlvb.register.page", "register_id", "Closed pages")
    can_reserve = fields.Boolean(compute="_compute_can")
    can_insert = fields.Boolean(compute="_compute_can")
    can_open_at = fields.Boolean(compute="_compute_can")
    can_close_year = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    @api.depends("closed_at", "last_number", "opening_number", "year", "direction")
    @api.depends_context("uid")
    def _compute_can(self):
        year = clock.today().year
        for register in self:
            leaves = register.direction == "out"
            unused = register.last_number == register._first() - 1
            register.can_reserve = leaves and register._may("reserve")
            register.can_insert = leaves and not unused and register._may("insert")
            register.can_open_at = unused and register._may("open_at")
            register.can_close_year = register.year < year and register._may(
                "close_year"
            )
            register.can_reopen = register._may("reopen")

    @api.model
    def _act_labels(self):
        return {
            "reserve": self.env._("Reserve numbers"),
            "insert": self.env._("Insert a number"),
            "open_at": self.env._("Begin with a number"),
            "close_year": self.env._("Close the year"),
            "reopen": self.env._("Reopen"),
        }

    def _explain_state(self, name):
        if self.sudo().state == "closed":
            return self._explain_closed()
        return super()._explain_state(name)

    def _first(self):
        """Return the number with which the register begins."""
        return max(self.opening_number, 1)

    # -- who ------------------------------------------------------------------

    def _actor_clerk(self):
        return self.unit_id._actor_as_clerk()

    def _actor_head(self):
        """Return the caller as head of the unit: no delegate decides (Art. 5.3)."""
        return self.unit_id._actor_holding("head")

    def _actor_chairman(self):
        """Return the caller as head of the committee at the top (Article 8.2)."""
        return self.unit_id._top()._actor_holding("head")

    # -- opening --------------------------------------------------------------

    @api.model
    def action_open(self, unit_id, direction, kind_id=None):
        """Open a unit's register of this year before its first document.

        To reserve numbers in it, or to begin with a number of the paper book; else
        a register opens by itself.

        :param direction: ``in`` or ``out``
        :param kind_id: of an outgoing one: a kind that is numbered in it
        :return: id of the register, which may have been open before
        :raises AccessError: the caller is no clerk of the unit
        :raises UserError: no such direction or kind
        """
        unit = self.env["qlvb.unit"].search([("id", "=", self._read_id(unit_id))])
        actor = unit and unit._actor_as_clerk()
        if not actor:
            raise AccessError(
                self.env._("You are not a clerk of that unit. Choose your own.")
            )
        if direction not in ("in", "out"):
            raise UserError(self.env._("Choose incoming or outgoing."))
        kind = self.env["qlvb.document.type"].search(
            [("id", "=", self._read_id(kind_id))]
        )
        if kind_id and not kind:
            raise UserError(self.env._("Choose a kind of document from the list."))
        year = clock.today().year
        with self._fresh_transaction() as env:
            group = "all"
            if direction == "out" and kind:
                group = env["qlvb.series"]._group_of(unit, kind, year)
            # Superuser: past the check of the caller; nobody creates registers.
            registers = self.with_env(env).sudo()
            return registers._find_or_open(unit, direction, year, group).id

    def action_open_at(self, number, reason, last_date=None):
        """Begin the register with a number, the paper book having come so far.

        As long as nothing stands in it; the book says so ever after.

        :param number: the first number to be given here
        :param reason: the paper book, in words
        :param last_date: of an outgoing one: the day of the last document on paper,
            before which nothing is dated here
        :raises AccessError: the caller is no clerk of the unit
        :raises UserError: something stands in the register, or no such number or day
        """
        self._require_one()
        reason = self._clean_argument(self.env._("Reason"), reason, limit=500)
        number = self._read_number(number, MOST_NUMBER)
        day = read_day(last_date) if last_date else None
        if last_date and not day:
            raise UserError(self.env._("The day is not a date."))
        with self._fresh_transaction() as env:
            self.with_env(env)._open_at(number, reason, day)
        return True

    def _open_at(self, number, reason, day):
        actor = self._gate("open_at")
        if day and self.direction == "out":
            self._require_day(day)
        self._through_gate().write(
            {
                "opening_number": number,
                "last_number": number - 1,
                "last_date": day if self.direction == "out" else False,
            }
        )
        self.env["qlvb.register.act"]._note(
            self, "opened", actor, number=number, reason=reason
        )
        self.env["qlvb.journal"]._log(
            "register_opened_at", self, unit=actor.unit, data={"numbers": [number]}
        )

    def _unmet_unused(self, actor):
        """Return what stands against beginning anew: that something stands there."""
        if self.last_number == self._first() - 1:
            return []
        return [
            self.env._(
                "%(register)s has come to number %(number)s already. Only an empty "
                "register begins with another number.",
                register=self.display_name,
                number=self.last_number,
            )
        ]

    # -- numbers outside the row ----------------------------------------------

    def action_reserve(self, count, reason, for_whom):
        """Reserve the next numbers for documents to come (Article 15).

        :param count: how many
        :param reason: why, as the book shows it
        :param for_whom: the unit or person who asked for them
        :return: ids of the new ``qlvb.register.entry``
        :raises AccessError: the caller is no clerk of the unit
        :raises UserError: no reason, nobody named, too many, incoming or closed
        """
        self._require_one()
        reason = self._clean_argument(self.env._("Reason"), reason, limit=500)
        whom = self._clean_argument(self.env._("For whom"), for_whom, limit=200)
        count = self._read_number(count, MOST_RESERVED)
        with self._fresh_transaction() as env:
            return self.with_env(env)._reserve(count, reason, whom).ids

    def _reserve(self, count, reason, whom):
        """Reserve inside a fresh transaction; the gate holds the register."""
        actor = self._gate("reserve")
        self.env.cr.execute(
            SQL(
                """UPDATE qlvb_register SET last_number = last_number + %s
                   WHERE id = %s AND closed_at IS NULL RETURNING last_number""",
                count,
                self.id,
            )
        )
        last = self.env.cr.fetchone()[0]
        self.invalidate_recordset(["last_number"], flush=False)
        numbers = [(number, "") for number in range(last - count + 1, last + 1)]
        entries = self.env["qlvb.register.entry"]._enter(
            self, "reserved", actor, numbers, reason, for_whom=whom
        )
        self._journal_numbers("numbers_reserved", actor, entries)
        return entries

    def action_insert(self, number, reason, for_whom=None):
        """Have a number inserted behind one that was given: 15a behind 15.

        The head's decision, for a document that belongs there by its date.

        :param number: behind which number
        :param reason: the decision and why
        :param for_whom: the unit or person who needs it
        :return: id of the new ``qlvb.register.entry``
        :raises AccessError: the caller is not the head of the unit
        :raises UserError: no reason, no such number, incoming or closed
        """
        self._require_one()
        reason = self._clean_argument(self.env._("Reason"), reason, limit=500)
        whom = self._clean_argument(
            self.env._("For whom"), for_whom, limit=200, required=False
        )
        number = self._read_number(number, MOST_NUMBER)
        with self._fresh_transaction() as env:
            return self.with_env(env)._insert(number, reason, whom).id

    def _insert(self, number, reason, whom):
        actor = self._gate("insert")
        entries = self.env["qlvb.register.entry"]
        if not self._first() <= number <= self.last_number:
            raise UserError(
                self.env._(
                    "%(register)s holds no number %(number)s. A number is inserted "
                    "behind one that was given.",
                    register=self.display_name,
                    number=number,
                )
            )
        taken = entries.sudo().search_count(
            [
                ("register_id", "=", self.id),
                ("number", "=", number),
                ("kind", "=", "inserted"),
            ]
        )
        if taken >= len(_SUFFIXES):
            raise UserError(
                self.env._(
                    "Behind number %(number)s no more numbers can be inserted.",
                    number=number,
                )
            )
        entry = entries._enter(
            self,
            "inserted",
            actor,
            [(number, _SUFFIXES[taken])],
            reason,
            for_whom=whom or False,
        )
        self._journal_numbers("number_inserted", actor, entry)
        return entry

    def _unmet_outgoing(self, actor):
        if self.direction == "out":
            return []
        return [self.env._("Numbers of arrival are given at arrival alone.")]

    def _journal_numbers(self, event, actor, entries):
        self.env["qlvb.journal"]._log(
            event,
            self,
            unit=actor.unit,
            data={"numbers": entries.mapped("number_text")},
        )

    def _read_number(self, value, most):
        """Return a whole number from 1 on that came from outside.

        :raises UserError: it is none, or greater than ``most``
        """
        if type(value) is not int or not 1 <= value <= most:
            raise UserError(
                self.env._("Enter a whole number from 1 to %(most)s.", most=most)
            )
        return value
