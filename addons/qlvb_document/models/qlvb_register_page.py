import base64
import hashlib
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.qlvb_base.lib import clock

from ..lib import forms
from ..lib.freeze_rows import PAGE_FILE_SQL, append_only


class QlvbRegisterPage(models.Model):
    """Pages of a register, closed and bound: they never change again.

    A register kept in the system is printed and bound into a book (Decree
    30/2020, Article 22.3b).  A set of pages holds an unbroken run of numbers: all
    that was registered up to the end of its last day and stands on no earlier
    page.  What is registered later, also for a day already closed, has a higher
    number and stands on the next set, and the pages are numbered on.  Made by
    ``qlvb.register.action_close`` alone; read by whoever reads the register.
    """

    _name = "qlvb.register.page"
    _description = "Closed Register Pages"
    _order = "register_id, sequence desc"

    register_id = fields.Many2one(
        "qlvb.register", required=True, readonly=True, ondelete="restrict"
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

    @api.depends("first_page", "last_page", "first_number", "last_number")
    def _compute_display_name(self):
        for page in self:
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
        since = self.env["qlvb.correction"].sudo()
        for page in self:
            done = since.search(
                [
                    ("state", "=", "done"),
                    ("decided_at", ">=", page.closed_at),
                    ("document_id.register_id", "=", page.register_id.id),
                    ("document_id.number", ">=", page.first_number),
                    ("document_id.number", "<=", page.last_number),
                ],
                order="id",
            )
            page.correction_text = "; ".join(one._page_note() for one in done)

    def action_print(self):
        """Open the bound pages, ready to be printed."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/qlvb/print/register-page/{self.id}",
            "target": "new",
        }

    @api.model
    def _close(self, register, day, actor):
        """Close a register up to the end of ``day`` and keep its pages.

        :param actor: the clerk, having passed the register's check
        :return: the new set of pages
        :raises UserError: the day is closed already, or there is nothing to close
        """
        last = self.sudo().search(
            [("register_id", "=", register.id)], order="sequence desc", limit=1
        )
        if last and day <= last.day_to:
            raise UserError(
                self.env._(
                    "This register is closed up to %(day)s already. What has been "
                    "registered since then goes onto the next pages: choose a later "
                    "day.",
                    day=format_date(self.env, last.day_to),
                )
            )
        documents = self._to_close(register, last.last_number + 1, day)
        now = clock.now()
        keeper = register.unit_id.sudo().keeper_id
        by_account = register.unit_id.sudo().account_user_id == actor.user
        values = {
            "register_id": register.id,
            "sequence": last.sequence + 1,
            "day_from": last.day_to + timedelta(days=1)
            if last
            else clock.to_local(documents[0].registered_at).date(),
            "day_to": day,
            "first_number": documents[0].number,
            "last_number": documents[-1].number,
            "first_page": last.last_page + 1,
            "closed_by_id": actor.user.id,
            "keeper_id": keeper.id if by_account else False,
            "closed_at": now,
        }
        closer = keeper if by_account and keeper else actor.user
        pages = self._lay_out(register, documents, values, closer)
        page = self.sudo().create(
            {
                **values,
                "last_page": values["first_page"] + pages.count - 1,
                "checksum": hashlib.sha256(pages.content).hexdigest(),
                "pdf": base64.b64encode(pages.content),
            }
        )
        self.env["qlvb.journal"]._log(
            "register_closed",
            register,
            unit=actor.unit,
            data={
                "page": page.id,
                "numbers": [page.first_number, page.last_number],
                "checksum": page.checksum,
            },
        )
        return page.with_env(self.env)

    @api.model
    def _to_close(self, register, first_number, day):
        """Return what was registered by the end of ``day`` and is on no page yet.

        :raises UserError: nothing was, or a number is missing
        """
        end = clock.to_utc(datetime.combine(day + timedelta(days=1), time.min))
        last = self.env["qlvb.document"].search(
            [
                ("register_id", "=", register.id),
                ("number", ">=", first_number),
                ("registered_at", "<", end),
            ],
            order="number desc",
            limit=1,
        )
        if not last:
            raise UserError(
                self.env._("Nothing has been registered that is not on a page yet.")
            )
        last_number = last.number
        documents = self.env["qlvb.form"]._registered(
            register, [("number", ">=", first_number), ("number", "<=", last_number)]
        )
        if len(documents) != last_number - first_number + 1:
            # Cannot be, and must show before it is bound.
            raise UserError(
                self.env._(
                    "A number between %(first)s and %(last)s is missing. Nothing was "
                    "closed: tell the Office.",
                    first=first_number,
                    last=last_number,
                )
            )
        return documents

    @api.model
    def _lay_out(self, register, documents, values, closer):
        """Return the finished pages, numbered on from the pages before."""
        form = self.env["qlvb.form"].with_context(lang="vi_VN")
        local = clock.to_local(values["closed_at"])
        numbers = documents.mapped("number_text")
        closing = [
            f"Cộng: {len(documents)} văn bản, từ số {numbers[0]} đến số {numbers[-1]}.",
            f"Khóa sổ đến hết ngày {forms.short_day(values['day_to'])}; người khóa sổ: "
            f"{closer.sudo().name}, {forms.clock_time(local)} ngày "
            f"{forms.short_day(local)}.",
        ]
        book = form._register_book(
            register.with_env(form.env),
            documents.with_env(form.env),
            values["day_from"],
            values["day_to"],
            closing,
        )
        first = f"@page book:first {{ counter-reset: page {values['first_page']} }}"
        return form._render("qlvb_document.form_book", book, first)

    def init(self):
        self.env.cr.execute(append_only(self._table))
        self.env.cr.execute(PAGE_FILE_SQL)
        return super().init()
