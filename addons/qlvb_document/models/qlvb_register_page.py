from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.qlvb_base.lib import clock

from ..lib.freeze_rows import PAGE_FILE_SQL, append_only


class QlvbRegisterPage(models.Model):
    """Pages of a register, closed and bound: they never change again.

    A register kept in the system is printed and bound into a book (Decree
    30/2020, Article 22.3b).  A set of pages holds an unbroken run of numbers: all
    that was registered up to the end of its last day and stands on no earlier
    page.  What is registered later, also for a day already closed, has a higher
    number and stands on the next set, and the pages are numbered on.  A number that
    becomes void, used or inserted after its page was bound stands on the next set as
    well.  The year's closing adds a title page.  Made by ``qlvb.register`` alone;
    read by those whose register it is.
    """

    _name = "qlvb.register.page"
    _description = "Closed Register Pages"
    _inherit = ["qlvb.register.binding"]
    _order = "register_id, sequence desc"

    register_id = fields.Many2one(
        "qlvb.register", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # Without a default, which would be written into rows that never change: none
    # is a set of pages that was bound before there were others.
    kind = fields.Selection(
        [("rows", "Pages"), ("added", "Additions"), ("title", "Title page")],
        "Kind of pages",
        readonly=True,
    )
    sequence = fields.Integer("Set", required=True, readonly=True, aggregator=None)
    day_from = fields.Date("First day", required=True, readonly=True)
    day_to = fields.Date("Last day", required=True, readonly=True)
    first_number = fields.Integer(
        "From number", required=True, readonly=True, aggregator=None
    )
    last_number = fields.Integer(
        "To number", required=True, readonly=True, aggregator=None
    )
    first_page = fields.Integer(
        "From page", required=True, readonly=True, aggregator=None
    )
    last_page = fields.Integer("To page", required=True, readonly=True, aggregator=None)
    closed_by_id = fields.Many2one("res.users", "Closed by", readonly=True)
    keeper_id = fields.Many2one(
        "res.users",
        "Account keeper",
        readonly=True,
        help="Who kept the unit's account, where it was closed with that",
    )
    closed_at = fields.Datetime("Register closed at", required=True, readonly=True)
    checksum = fields.Char("Checksum (SHA-256)", required=True, readonly=True)
    # Which explanations and decisions these pages show, in which state.
    shown = fields.Json(readonly=True, export_string_translation=False)
    correction_text = fields.Char("Corrected since", compute="_compute_correction_text")
    pdf = fields.Binary(
        attachment=True,
        readonly=True,
        groups=".",  # handed out by the download route alone, which journals it
        export_string_translation=False,
    )

    # Two who close at once meet here, and the second is told so.
    _sequence_uniq = models.UniqueIndex(
        "(register_id, sequence)", "Somebody else has just closed these days."
    )
    _pages_order = models.Constraint(
        "CHECK (day_from <= day_to AND first_number <= last_number"
        " AND first_page <= last_page)",
        "A set of pages begins before it ends.",
    )

    @api.depends("kind", "first_page", "last_page", "first_number", "last_number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for page in self:
            if page.kind == "title":
                page.display_name = self.env._("Title page")
                continue
            if page.kind == "added":
                page.display_name = self.env._(
                    "Pages %(first)s to %(last)s, additions",
                    first=page.first_page,
                    last=page.last_page,
                )
                continue
            page.display_name = self.env._(
                "Pages %(first)s to %(last)s, numbers %(low)s to %(high)s",
                first=page.first_page,
                last=page.last_page,
                low=page.first_number,
                high=page.last_number,
            )

    @api.depends_context("lang")
    def _compute_correction_text(self):
        """Mark what on these pages is no longer so: they are not rewritten."""
        # Superuser: of each number, that it was corrected and what of it.
        done = (
            self.env["qlvb.correction"]
            .sudo()
            .search(
                [
                    ("state", "=", "done"),
                    ("document_id.register_id", "in", self.register_id.ids),
                ],
                order="id",
            )
        )
        for page in self:
            # The title page shows no row.
            since = done.filtered(lambda one: page._shows(one))  # noqa: B023
            page.correction_text = "; ".join(one._page_note() for one in since)

    def _shows(self, correction):
        """Tell whether these pages show what was corrected after they were bound."""
        document = correction.document_id
        return (
            self.kind != "title"
            and document.register_id == self.register_id
            and self.first_number <= document.number <= self.last_number
            and correction.decided_at >= self.closed_at
        )

    def action_print(self):
        """Open the bound pages, ready to be printed."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/qlvb/print/register-page/{self.id}",
            "target": "new",
        }

    # -- closing up to a day --------------------------------------------------

    @api.model
    def _close(self, register, day, actor):
        """Close a register up to the end of ``day`` and keep its pages.

        :param actor: the clerk, having passed the register's check
        :return: the new set of pages
        :raises UserError: the day is closed already, or there is nothing to close
        """
        last = self._last_set(register)
        if last and day <= last.day_to:
            raise UserError(
                self.env._(
                    "This register is closed up to %(day)s already. What has been "
                    "registered since then goes onto the next pages: choose a later "
                    "day.",
                    day=format_date(self.env, last.day_to),
                )
            )
        lines = self._lines_up_to(register, last, self._last_number(register, day))
        changed = self._changed_lines(register, last)
        if not lines and not changed:
            raise UserError(
                self.env._("Nothing has been registered that is not on a page yet.")
            )
        return self._bind(register, last, lines, changed, day, actor)

    @api.model
    def _close_year(self, register, actor):
        """Bind what stands on no page yet of a year that is over, and a title page.

        :return: the new sets: pages, where there was something left, and the title
        """
        last = self._last_set(register)
        day = max(filter(None, (clock.today(), last.day_to)))
        lines = self._lines_up_to(register, last, register.last_number)
        changed = self._changed_lines(register, last)
        pages = self.browse()
        if lines or changed or self._new_acts(register, last):
            pages = self._bind(register, last, lines, changed, day, actor)
        return pages | self._bind_title(register, actor)

    @api.model
    def _last_set(self, register):
        """Return the last set of pages in the row; none where nothing is bound."""
        return self.sudo().search(
            [("register_id", "=", register.id), ("kind", "!=", "title")],
            order="sequence desc",
            limit=1,
        )

    @api.model
    def _last_number(self, register, day):
        """Return the last number that was given by the end of ``day``.

        A reserved number was given when it was reserved.
        """
        end = clock.to_utc(datetime.combine(day + timedelta(days=1), time.min))
        entries = self.env["qlvb.register.entry"].sudo()
        reserved = entries.search(
            [("register_id", "=", register.id), ("kind", "=", "reserved")]
        )
        document = self.env["qlvb.document"].search(
            [
                ("register_id", "=", register.id),
                ("registered_at", "<", end),
                ("number_suffix", "=", False),
                ("number", "not in", reserved.mapped("number")),
            ],
            order="number desc",
            limit=1,
        )
        before = reserved.filtered(lambda entry: entry.date < end)
        return max([document.number, *before.mapped("number")])

    @api.model
    def _lines_up_to(self, register, last, last_number):
        """Return the lines that stand on no page yet, up to a number.

        :param last: the last set of pages
        :raises UserError: a number is missing
        """
        first = last.last_number + 1 if last else register._first()
        if last_number < first:
            return []
        lines = self.env["qlvb.form"]._lines_between(register, first, last_number)
        row = [line for line in lines if not line.suffix]
        if len(row) != last_number - first + 1:
            # Cannot be, and must show before it is bound.
            raise UserError(
                self.env._(
                    "A number between %(first)s and %(last)s is missing. Nothing was "
                    "closed: tell the Office.",
                    first=first,
                    last=last_number,
                )
            )
        return lines

    @api.model
    def _changed_lines(self, register, last):
        """Return lines of numbers on earlier pages that have an explanation since.

        Void, inserted or used after their page was bound, they stand on the next.
        """
        if not last:
            return []
        shown = self._shown(register)["entries"]
        entries = self.env["qlvb.register.entry"].search(
            [("register_id", "=", register.id), ("number", "<=", last.last_number)]
        )
        changed = entries.filtered(lambda one: shown.get(str(one.id)) != one.state)
        form = self.env["qlvb.form"]
        return form._lines(changed.document_id, changed)

    @api.model
    def _new_acts(self, register, last):
        """Return what was decided about the register and stands on no page yet."""
        shown = self._shown(register)["acts"]
        return register.act_ids.filtered(
            lambda one: one.act != "closed" and one.id not in shown
        )

    @api.model
    def _shown(self, register):
        """Return which explanations and decisions the bound pages show."""
        entries, acts = {}, []
        bound = self.sudo().search(
            [("register_id", "=", register.id)], order="sequence"
        )
        for page in bound:
            shown = page.shown or {}
            entries |= shown.get("entries", {})
            acts += shown.get("acts", [])
        return {"entries": entries, "acts": acts}

    def init(self):
        self.env.cr.execute(append_only(self._table))
        self.env.cr.execute(PAGE_FILE_SQL)
        return super().init()
