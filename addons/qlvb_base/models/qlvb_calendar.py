from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ..lib import clock
from ..lib.law_days import law_days
from ..lib.workdays import WorkCalendar
from ..lib.workhours import WorkHours
from .qlvb_calendar_day import LAW_LOADER

# The regulation is of 2014; nothing before it is counted.
FIRST_YEAR = 2014
LONGEST_TERM = 5000
WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


class QlvbCalendar(models.Model):
    """The working calendar of one or more units: week, hours, days off.

    Deadlines count its working days, and the two checkpoints of Article 11 are
    the ends of its morning and its afternoon.  Every official reads it; the
    technical administrator keeps it.
    """

    _name = "qlvb.calendar"
    _description = "Working Calendar"
    _inherit = ["qlvb.input.mixin"]
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    morning_start = fields.Float(required=True, default=7.5)
    morning_end = fields.Float(required=True, default=11.5)
    afternoon_start = fields.Float(required=True, default=13.5)
    afternoon_end = fields.Float(required=True, default=17.5)
    monday = fields.Boolean(default=True)
    tuesday = fields.Boolean(default=True)
    wednesday = fields.Boolean(default=True)
    thursday = fields.Boolean(default=True)
    friday = fields.Boolean(default=True)
    saturday = fields.Boolean()
    sunday = fields.Boolean()
    day_ids = fields.One2many("qlvb.calendar.day", "calendar_id", "Special days")

    _hours_order = models.Constraint(
        """CHECK (0 <= morning_start AND morning_start < morning_end
            AND morning_end <= afternoon_start
            AND afternoon_start < afternoon_end AND afternoon_end <= 24)""",
        "The working hours of a day follow one another: start and end of the "
        "morning, then start and end of the afternoon, between 0:00 and 24:00.",
    )
    _week_worked = models.Constraint(
        # IS TRUE: a day never ticked is stored as NULL, and NULL passes a check.
        "CHECK ((monday OR tuesday OR wednesday OR thursday OR friday OR saturday "
        "OR sunday) IS TRUE)",
        "At least one day of the week is worked.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        calendars = super().create(vals_list)
        self.env["qlvb.journal"]._log("calendar_created", calendars)
        calendars._load_law_days(FIRST_YEAR)
        return calendars

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        changed = sorted(vals.keys() - {"day_ids"})
        if changed:
            self.env["qlvb.journal"]._log(
                "calendar_changed", self, data={"fields": changed}
            )
        return result

    def unlink(self):
        self.env["qlvb.journal"]._log("calendar_removed", self)
        self.env.registry.clear_cache()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_standard(self):
        if self._default() in self:
            raise ValidationError(
                self.env._(
                    "The standard calendar serves every unit without one of its "
                    "own and cannot be deleted."
                )
            )

    @api.model
    def _default(self):
        """Return the standard calendar.

        Not by ``env.ref``, which asks the database each time: every deadline on a
        list comes by here.
        """
        data = self.env["ir.model.data"]
        return self.browse(
            data._xmlid_to_res_id(
                "qlvb_base.calendar_standard", raise_if_not_found=True
            )
        )

    def add_working_days(self, day, number):
        """Return the day on which a term of ``number`` working days ends.

        :param day: day of the event, itself not counted (date or ISO text)
        :param number: working days; 0 gives the day itself or the next worked
        :raises UserError: where there is no such day or the term is too long
        """
        self.check_access("read")
        day = self._clean_day(day)
        if type(number) is not int or abs(number) > LONGEST_TERM:
            raise UserError(
                self.env._(
                    "A term is a whole number of working days, at most %(limit)s.",
                    limit=LONGEST_TERM,
                )
            )
        try:
            return self._work_calendar().add(day, number)
        except OverflowError:
            raise UserError(
                self.env._("This term ends beyond the year 9999.")
            ) from None

    def count_working_days(self, start, end):
        """Return the working days after ``start`` up to and including ``end``.

        :return: negative where ``end`` lies before ``start``
        :raises UserError: where there is no such day
        """
        self.check_access("read")
        return self._work_calendar().count(self._clean_day(start), self._clean_day(end))

    @api.model
    def _clean_day(self, value):
        """Return ``value`` (a date or ISO text) as a date, or refuse it."""
        try:
            day = fields.Date.to_date(value)
        except (TypeError, ValueError, AttributeError):
            day = None
        if not day:
            raise UserError(
                self.env._("There is no such day. Give it as year-month-day.")
            )
        return day

    @ormcache("self.id")
    def _work_calendar(self):
        """Return this calendar as ``lib.workdays.WorkCalendar``, kept in memory."""
        self.ensure_one()
        # Days off are no secret; every deadline needs them, whoever asks.
        calendar = self.sudo()
        days = {}
        for day in calendar.day_ids.sorted(lambda day: day.source == "decision"):
            days[day.date] = day.is_working
        return WorkCalendar(
            [number for number, name in enumerate(WEEKDAYS) if calendar[name]],
            [day for day, is_working in days.items() if not is_working],
            [day for day, is_working in days.items() if is_working],
        )

    @ormcache("self.id")
    def _work_hours(self):
        """Return the hours of this calendar as ``lib.workhours.WorkHours``."""
        calendar = self.sudo()
        return WorkHours(
            calendar._work_calendar(),
            [
                (calendar.morning_start, calendar.morning_end),
                (calendar.afternoon_start, calendar.afternoon_end),
            ],
        )

    def _load_law_days(self, first_year):
        """Bring the law's days in step with the source, up to next year.

        Past days that the source no longer has are kept: deadlines were counted
        with them.

        :return: number of days added, renamed or taken away
        """
        today = clock.today()
        installed = self.env["res.lang"]._get_data(code="vi_VN")
        env = self.with_context(lang="vi_VN" if installed else None).env
        wanted = {
            day.date: {
                "is_working": day.is_working,
                "name": day.name or env._("Worked in exchange for another day"),
            }
            for year in range(first_year, today.year + 2)
            for day in law_days(year, "vi" if installed else "en_US")
        }
        # Loading is the system's own act: an administrator's new calendar gets
        # the same days as the cron gives to all.
        loader = self.sudo().with_context(qlvb_law_loader=LAW_LOADER)
        changes = 0
        for calendar in loader:
            known = {
                day.date: day
                for day in calendar.day_ids
                if day.source == "law" and day.date.year >= first_year
            }
            missing = wanted.keys() - known.keys()
            loader.env["qlvb.calendar.day"].create(
                [
                    {
                        "calendar_id": calendar.id,
                        "source": "law",
                        "date": date,
                        **wanted[date],
                    }
                    for date in sorted(missing)
                ]
            )
            gone = [
                day
                for date, day in known.items()
                if date > today and date not in wanted
            ]
            loader.env["qlvb.calendar.day"].union(*gone).unlink()
            different = [
                day
                for date, day in known.items()
                if date in wanted
                and (day.name, day.is_working)
                != (wanted[date]["name"], wanted[date]["is_working"])
            ]
            for day in different:
                day.write(wanted[day.date])
            if count := len(missing) + len(gone) + len(different):
                self.env["qlvb.journal"]._log(
                    "calendar_law_loaded", calendar, data={"days": count}
                )
            changes += count
        return changes

    @api.model
    def _cron_load_law_days(self):
        """Load the days of this year and the next into every calendar.

        Monthly, because the government announces swapped days late in the year
        and a release of the source brings them at any time.
        """
        calendars = self.with_context(active_test=False).search(Domain.TRUE)
        calendars._load_law_days(clock.today().year)
