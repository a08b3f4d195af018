from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..lib import clock, halfdays
from .qlvb_span_mixin import REASONS

_LONGEST_DAYS = 366
_PERIOD = frozenset({"date_from", "from_half", "date_to", "to_half"})


class QlvbAbsence(models.Model):
    """A person is away, on mission or on leave, from one half-day to another.

    Recorded, changed and cancelled by the person, or for them by the head or a
    clerk of a unit in which they hold a post; what already lies in the past by the
    latter alone.  Nothing is deleted: what is cancelled is archived, and each act
    is journalled.  Everybody reads who is away and when: who gives work must know.

    What a head's absence sets going stands in ``qlvb.absence.alarm``.
    """

    _name = "qlvb.absence"
    _description = "Absence"
    _inherit = [
        "qlvb.span.mixin",
        "qlvb.absence.alarm",
        "qlvb.notice.mixin",
        "qlvb.input.mixin",
    ]
    _order = "date_from desc, id desc"
    _rec_names_search = ["user_id"]

    user_id = fields.Many2one(
        "res.users",
        "Person",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    person_ids = fields.Many2many(
        "res.users",
        string="People of one's units",
        compute="_compute_person_ids",
        export_string_translation=False,
    )
    unit_ids = fields.Many2many("qlvb.unit", compute="_compute_unit_ids")
    # No default: the web client stores a new form that is complete when its page is
    # left, and nobody is to be away for having looked at one.
    reason = fields.Selection(REASONS, required=True)
    note = fields.Char(help="Everybody reads it")
    active = fields.Boolean(default=True, readonly=True)
    can_change = fields.Boolean(compute="_compute_can_change")
    can_cancel = fields.Boolean(compute="_compute_can_change")

    _dates_order = models.Constraint(
        "CHECK (date_to >= date_from)", "An absence cannot end before it begins."
    )
    # Two who record it at once: the first check sees neither the other's.  Half-days
    # are counted from a day on; an empty period is refused in better words.
    _once = models.Constraint(
        """EXCLUDE USING gist (
            int4range(user_id, user_id, '[]') WITH &&,
            int4range(
                (date_from - DATE '2000-01-01') * 2
                    + CASE from_half WHEN 'afternoon' THEN 1 ELSE 0 END,
                GREATEST(
                    (date_from - DATE '2000-01-01') * 2
                        + CASE from_half WHEN 'afternoon' THEN 1 ELSE 0 END,
                    (date_to - DATE '2000-01-01') * 2
                        + CASE to_half WHEN 'afternoon' THEN 1 ELSE 0 END
                ),
                '[]'
            ) WITH &&
        ) WHERE (active)""",
        "This person is recorded as away at that time already. Change that record, "
        "or cancel it first.",
    )
    _period_index = models.Index("(date_to, date_from) WHERE active")

    # -- computes -------------------------------------------------------------

    @api.depends("user_id", "date_from", "date_to", "from_half", "to_half")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for absence in self:
            period = (
                absence._period_text() if absence.date_from and absence.date_to else ""
            )
            absence.display_name = f"{absence.user_id.name or ''}, {period}"

    @api.depends_context("uid")
    def _compute_person_ids(self):
        """Offer those for whom the caller may record it."""
        position = self.env["qlvb.position"]
        units = self.env["qlvb.unit"].browse(position._my_units("head", "clerk"))
        people = position._current(units=units).user_id | self.env.user
        for absence in self:
            absence.person_ids = people

    @api.depends("user_id")
    def _compute_unit_ids(self):
        for absence in self:
            posts = self.env["qlvb.position"]._current(absence.user_id)
            absence.unit_ids = posts.unit_id

    @api.depends("user_id", "active", "date_from", "date_to")
    @api.depends_context("uid")
    def _compute_can_change(self):
        now = clock.now()
        for absence in self:
            may = absence._may_record() and absence.active
            kept = absence._keeps_for_others()
            over = absence._origin and absence._origin._span()[1] <= now
            begun = absence._origin and absence._origin._span()[0] <= now
            absence.can_change = may and (kept or not over)
            absence.can_cancel = bool(absence._origin) and may and (kept or not begun)

    # -- who may --------------------------------------------------------------

    def _keeps_for_others(self):
        """Tell whether the caller is head or clerk where the person holds a post.

        A head's own absence is the clerk's to mend once it lies in the past.
        """
        self.ensure_one()
        if self.env.su:
            return True
        position = self.env["qlvb.position"]
        kept = position._my_units("head", "clerk")
        if self.user_id == self.env.user:
            return False
        # Through the unit's account its keeper would record for themselves.
        accounts = self.env["qlvb.unit"].sudo()
        if accounts.search_count(
            [
                ("account_user_id", "=", self.env.uid),
                ("keeper_id", "=", self.user_id.id),
            ],
            limit=1,
        ):
            return False
        units = self.env["qlvb.unit"].browse(kept)
        return bool(position._current(self.user_id, units))

    def _may_record(self):
        """Tell whether the caller records absences of this person."""
        self.ensure_one()
        return self.user_id == self.env.user or self._keeps_for_others()

    def _require_may_record(self):
        """Raise where the caller records for somebody who is not theirs.

        :raises AccessError: naming the persons
        """
        strangers = self.filtered(lambda absence: not absence._may_record())
        if strangers:
            raise AccessError(
                self.env._(
                    "The absence of %(people)s is recorded by themselves, or by the "
                    "head or a clerk of their unit.",
                    people=", ".join(strangers.user_id.mapped("name")),
                )
            )

    def _require_future(self, before):
        """Raise where a person rewrites their own past.

        :param before: spans by id as they were; none for a new record
        :raises UserError: naming who mends the past
        """
        floor = halfdays.start_of_half(clock.now())
        for absence in self:
            if absence._keeps_for_others():
                continue
            old, new = before.get(absence.id), absence._span()
            moved = (
                [min(new)]
                if old is None
                else [
                    min(was, now)
                    for was, now in zip(old, new, strict=True)
                    if was != now
                ]
            )
            if any(moment < floor for moment in moved):
                raise UserError(
                    self.env._(
                        "What lies in the past is recorded by the head or a clerk of "
                        "the unit. Begin with the present half-day."
                    )
                )

    # -- constraints ----------------------------------------------------------

    @api.constrains("user_id", "date_from", "date_to", "from_half", "to_half", "active")
    def _check_period(self):
        self._check_years()
        for absence in self.filtered("active"):
            start, end = absence._span()
            if start >= end:
                raise ValidationError(
                    self.env._("The period is empty. Mend the half-days.")
                )
            if end - start > timedelta(days=_LONGEST_DAYS):
                raise ValidationError(
                    self.env._("Nobody is away for more than a year. Check the days.")
                )

    @api.model
    def _add_missing_default_values(self, values):
        values = super()._add_missing_default_values(values)
        self._refuse_twice(values)
        return values

    @api.model
    def _refuse_twice(self, values, but=None):
        """Raise where somebody is away already, before the database says so.

        :param values: person and period as they will be stored, of the right kinds
        :param but: the absence that is changed
        :raises ValidationError: naming the other absence
        """
        if not all(values.get(name) for name in _PERIOD | {"user_id"}):
            return
        first, last = (
            fields.Date.to_date(values[name]) for name in ("date_from", "date_to")
        )
        if not self._is_in_range(first) or not self._is_in_range(last):
            return
        start, end = halfdays.span(first, values["from_half"], last, values["to_half"])
        person = self.env["res.users"].sudo().browse(values["user_id"])
        for other in self._touching(person, start, end):
            if other != but:
                raise ValidationError(
                    self.env._(
                        "%(person)s is recorded as away already: %(period)s. Change "
                        "that record, or cancel it first.",
                        person=person.name,
                        period=other.with_env(self.env)._period_text(),
                    )
                )

    # -- only through these ---------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # Also past a default in the context, or one that somebody planted.
        absences = super().create([{**vals, "active": True} for vals in vals_list])
        absences._require_may_record()
        absences._require_future({})
        absences._log_period("absence_recorded")
        absences._tell_person(self.env._("Recorded: you are away."))
        absences._look_ahead()
        return absences

    def write(self, vals):
        if "active" in vals and not self.env.su:
            raise AccessError(self.env._("An absence is cancelled by its own button."))
        if "user_id" in vals and any(one.user_id.id != vals["user_id"] for one in self):
            raise AccessError(
                self.env._("An absence stays the person's. Record another for others.")
            )
        self._require_may_record()
        for absence in self.filtered(lambda one: not one.active):
            raise UserError(
                self.env._(
                    "%(absence)s is cancelled and stays as it was. Record a new one.",
                    absence=absence.display_name,
                )
            )
        vals = self._checked_values(vals)
        before = {absence.id: absence._span() for absence in self}
        for absence in self if vals.keys() & _PERIOD else ():
            old = {name: absence[name] for name in _PERIOD}
            person = {"user_id": absence.user_id.id}
            self._refuse_twice({**old, **vals, **person}, but=absence.sudo())
        result = super().write(vals)
        if vals.keys() & _PERIOD:
            self._require_future(before)
            self._look_ahead()
        if vals:
            self._log_period("absence_changed")
            self._tell_person(self.env._("Changed: you are away."))
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("An absence is cancelled, never deleted."))

    def action_cancel(self):
        """Cancel absences that are not to be; they stay in the record as cancelled.

        :raises AccessError: neither one's own nor of one's unit
        :raises UserError: it has begun, and the caller is no head or clerk there
        """
        self.check_access("write")
        self._require_may_record()
        now = clock.now()
        for absence in self:
            if not absence.active:
                continue
            if absence._span()[0] <= now and not absence._keeps_for_others():
                raise UserError(
                    self.env._(
                        "It has begun already. Change its last day, or ask the head or "
                        "a clerk of the unit to cancel it."
                    )
                )
            # Superuser: past the check; nobody ticks it by hand.
            # pylint: disable-next=super-method-mismatch
            super(QlvbAbsence, absence.sudo()).write({"active": False})
            absence._log_period("absence_cancelled")
            absence._tell_person(self.env._("Cancelled: you count as present."))
        return True

    def _tell_person(self, what):
        """Tell people what somebody else recorded of their absence."""
        for absence in self.filtered(lambda one: one.user_id != self.env.user):
            words = absence.with_env(absence._in_language_of(absence.user_id))
            absence._notify_inbox(absence.user_id, what, words.display_name)

    def _log_period(self, event):
        """Journal an act, with the days as they are now."""
        self.env["qlvb.journal"]._log(
            event,
            self,
            data=[
                {
                    "period": f"{absence.date_from} {absence.from_half} – "
                    f"{absence.date_to} {absence.to_half}"
                }
                for absence in self
            ],
        )

    # -- who is away ----------------------------------------------------------

    @api.model
    def _touching(self, users, start, end):
        """Return the absences that touch a period (UTC), by time.

        :param users: of whom; ``None`` for everybody
        """
        first = clock.to_local(start).date()
        last = clock.to_local(end).date()
        domain = Domain("date_to", ">=", first) & Domain("date_from", "<=", last)
        if users is not None:
            domain &= Domain("user_id", "in", users.ids)
        # Superuser: whether somebody is away is asked by gates for everybody.
        absences = self.sudo().search(domain, order="date_from, id")
        return absences.filtered(lambda absence: absence._touches(start, end))

    def _touches(self, start, end):
        """Tell whether any of the absence lies in a period (UTC)."""
        begins, ends = self._span()
        return max(begins, start) < min(ends, end)

    @api.model
    def _away(self, users, start, end=None):
        """Return the absences of the users that touch a period.

        :param users: ``res.users``
        :param start: moment (naive, UTC)
        :param end: the first moment after the period; empty: ``start`` alone
        :return: absences by user id, each user's first one; who is not away has none
        """
        end = end or start + timedelta(seconds=1)
        away = {}
        for absence in self._touching(users, start, end):
            away.setdefault(absence.user_id.id, absence)
        return away
