from datetime import date

from werkzeug.urls import url_encode

from odoo import api, fields, models

from odoo.addons.qlvb_base.lib import clock


class QlvbRegisterWizard(models.TransientModel):
    """Asks which pages of a register to print, or up to which day to close it.

    Who may is decided by the register and the download route, not here.  Every
    official has their own.
    """

    _name = "qlvb.register.wizard"
    _description = "Print or Close a Register"

    register_id = fields.Many2one("qlvb.register", required=True, ondelete="cascade")
    form = fields.Selection(
        [
            ("register", "Register book"),
            ("follow-up", "Follow-up book"),
            ("title-page", "Title page"),
            ("bound-book", "The whole book, from its closed pages"),
        ],
        default="register",
    )
    form_out = fields.Selection(
        [
            ("register", "Register book"),
            ("title-page", "Title page"),
            ("bound-book", "The whole book, from its closed pages"),
        ],
        "Form of what leaves",
        default="register",
    )
    direction = fields.Selection(
        related="register_id.direction", export_string_translation=False
    )
    chosen = fields.Char(compute="_compute_chosen", export_string_translation=False)
    date_from = fields.Date("From")
    date_to = fields.Date("To")
    closed_to = fields.Date("Closed up to", compute="_compute_closed_to")
    close_day = fields.Date("Close up to", default=lambda self: clock.today())
    may_close = fields.Boolean(
        compute="_compute_may_close", export_string_translation=False
    )

    @api.model
    def default_get(self, fields):
        """Propose the month so far; of a past year all of it."""
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "qlvb.register":
            register = self.env["qlvb.register"].browse(
                self.env.context.get("active_id")
            )
            register.check_access("read")
            today = clock.today()
            first, last = today.replace(day=1), today
            if register.year != today.year:
                first = date(register.year, 1, 1)
                last = date(register.year, 12, 31)
            values |= {
                "register_id": register.id,
                "date_from": first,
                "date_to": last,
            }
        return values

    @api.depends("register_id")
    def _compute_closed_to(self):
        for wizard in self:
            pages = self.env["qlvb.register.page"].search(
                [("register_id", "=", wizard.register_id.id)], limit=1
            )
            wizard.closed_to = pages.day_to

    @api.depends("register_id")
    @api.depends_context("uid")
    def _compute_may_close(self):
        for wizard in self:
            unit = wizard.register_id.unit_id
            closed = wizard.register_id.closed_at
            wizard.may_close = bool(unit and not closed and unit._actor_as_clerk())

    @api.depends("form", "form_out", "register_id")
    def _compute_chosen(self):
        for wizard in self:
            leaves = wizard.register_id.direction == "out"
            wizard.chosen = (wizard.form_out if leaves else wizard.form) or "register"

    def action_print(self):
        """Open the chosen pages, ready to be printed."""
        self.ensure_one()
        return self._open(self._address(self.chosen))

    def action_sheet(self):
        """Hand out the register of these days as a spreadsheet."""
        self.ensure_one()
        return self._open(self._address("register-sheet"))

    def _address(self, form):
        days = url_encode({"date_from": self.date_from, "date_to": self.date_to})
        return f"/qlvb/print/{form}/{self.register_id.id}?{days}"

    def action_close(self):
        """Close the register up to the day and open the pages that were bound.

        :raises AccessError: as the act itself
        :raises UserError: as the act itself
        """
        self.ensure_one()
        page = self.register_id.action_close(self.close_day)
        return self._open(f"/qlvb/print/register-page/{page}")

    def _open(self, url):
        return {
            "type": "ir.actions.act_url",
            "url": url,
            "target": "new",
            "close": True,
        }
