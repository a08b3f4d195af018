from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib import clock

from .qlvb_order_mixin import OPEN_STATES
from .qlvb_reminder_rounds import POSTED_LATER

UNOPENED = ("new", "unopened")
"""Kinds that are settled once the work was opened; the others once it is done."""
_KEPT_DAYS = 30


class QlvbReminder(models.Model):
    """A reminder of an order, to one person: new, due soon, late, moved.

    Exactly one for an order, person, kind and deadline; the database sees to
    that.  It leaves the list by itself when the work is done, when a later one
    takes its place, or when the person no longer sees the order.  Written by the
    system; a person reads their own and may tick them off.
    """

    _name = "qlvb.reminder"
    _description = "Reminder"
    _inherit = [
        "qlvb.reminder.rounds",
        "qlvb.reminder.look.in",
        "qlvb.reminder.mail",
    ]
    _order = "id desc"
    _log_access = False
    _goes_in_purge = True

    user_id = fields.Many2one(
        "res.users", "Person", required=True, index=True, ondelete="cascade"
    )
    assignment_id = fields.Many2one(
        "qlvb.assignment", "Work", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("late", "Late"),
            ("due", "Due soon"),
            ("new", "New work"),
            ("unopened", "Not yet opened"),
            ("moved", "Deadline moved"),
            ("day_off", "Deadline on a day off"),
            ("asked", "More time asked for"),
            ("redo", "Result sent back"),
        ],
        "Reminder",
        required=True,
    )
    deadline = fields.Date()
    slot = fields.Char(
        required=True, default="", help="Day and half-day of what is said again"
    )
    date = fields.Datetime("Reminded at", required=True)
    read_at = fields.Datetime("Ticked off at")
    is_latest = fields.Boolean(default=True)
    is_posted = fields.Boolean(help="No e-mail is owed any more")
    is_open = fields.Boolean(
        "Still to be seen to", compute="_compute_is_open", search="_search_is_open"
    )
    # Not as superuser: each reader gets what they still see of the document.
    document_reference = fields.Char(
        related="assignment_id.document_reference", related_sudo=False
    )
    document_issuer = fields.Char(
        related="assignment_id.document_issuer", related_sudo=False
    )
    document_summary = fields.Text(
        related="assignment_id.document_summary", related_sudo=False
    )
    deadline_text = fields.Char(
        related="assignment_id.deadline_text", related_sudo=False
    )
    holder_text = fields.Char(related="assignment_id.holder_text", related_sudo=False)

    _once = models.UniqueIndex(
        "(assignment_id, user_id, kind, slot, COALESCE(deadline, DATE '0001-01-01'))"
    )
    _open_index = models.Index("(user_id) WHERE read_at IS NULL AND is_latest")
    _owed_index = models.Index("(user_id) WHERE is_posted IS NOT TRUE")

    @api.depends("assignment_id.state", "assignment_id.seen_at", "read_at", "is_latest")
    def _compute_is_open(self):
        for reminder in self:
            reminder.is_open = (
                reminder.is_latest and not reminder.read_at and reminder._stands()
            )

    def _stands(self):
        """Tell whether what is reminded of is still so."""
        order = self.assignment_id
        settled = self.kind in UNOPENED and order.seen_at
        return not settled and order.state in OPEN_STATES

    def _search_is_open(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return (
            Domain("read_at", "=", False)
            & Domain("is_latest", "=", True)
            & self._standing()
        )

    @api.model
    def _standing(self):
        """Return the domain of reminders of what is still so, as ``_stands``."""
        return Domain("assignment_id.state", "in", OPEN_STATES) & (
            Domain("kind", "not in", UNOPENED)
            | Domain("assignment_id.seen_at", "=", False)
        )

    @api.depends("assignment_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for reminder in self:
            name = reminder.assignment_id.sudo().display_name
            reminder.display_name = f"{kinds.get(reminder.kind)}: {name}"

    # -- by hand --------------------------------------------------------------

    def action_open_assignment(self):
        """Open that of which this reminds (its own rules decide)."""
        self.ensure_one()
        self.check_access("read")
        record = self._reminds_of()
        record.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def _reminds_of(self):
        """Return the record on which the reader sees to it."""
        return self.assignment_id

    def action_dismiss(self):
        """Tick off reminders of one's own; the work itself stays as it is.

        :raises AccessError: it is somebody else's
        :raises UserError: none was chosen
        """
        if not self:
            raise UserError(self.env._("Choose at least one reminder."))
        self.check_access("read")
        # Superuser: nobody writes reminders, and these are the caller's own.
        own = self.sudo().filtered(lambda reminder: not reminder.read_at)
        own.write({"read_at": clock.now()})
        self.env.user._bus_send("qlvb.reminder", {})
        return True

    # -- by the system --------------------------------------------------------

    @api.model
    def _settle(self, kind, order):
        """Take what was asked of people off their lists: somebody has seen to it."""
        asked = self.sudo().search(
            [
                ("assignment_id", "=", order.id),
                ("kind", "=", kind),
                ("read_at", "=", False),
            ]
        )
        asked.write({"read_at": clock.now()})
        for user in asked.user_id:
            user._bus_send("qlvb.reminder", {})

    @api.model
    def _remind(self, kind, orders, people=None, slot=""):
        """Add what is missing of one kind of reminder for the orders.

        :param people: users by order (see ``_people_of``), where already known
        :param slot: tells apart what is said more than once
        :return: the new reminders
        """
        people = self._people_of(orders) if people is None else people
        now, posted = clock.now(), kind not in POSTED_LATER
        rows = [
            (user.id, order.id, kind, order.deadline or None, slot, now, True, posted)
            for order in orders.sudo()
            for user in people[order]
        ]
        if not rows:
            return self.sudo().browse()
        # The rounds try again where somebody acts on the work: no error to be logged.
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO qlvb_reminder
                   (user_id, assignment_id, kind, deadline, slot, date, is_latest,
                    is_posted) VALUES %s ON CONFLICT DO NOTHING RETURNING id""",
                SQL(", ").join(rows),
            ),
            log_exceptions=False,
        )
        reminders = self.sudo().browse(row_id for (row_id,) in self.env.cr.fetchall())
        if reminders:
            self.env.execute_query(
                SQL(
                    """UPDATE qlvb_reminder old SET is_latest = FALSE
                       FROM qlvb_reminder fresh
                       WHERE fresh.id = ANY(%s) AND old.id < fresh.id
                         AND old.is_latest AND old.user_id = fresh.user_id
                         AND old.assignment_id = fresh.assignment_id
                       RETURNING old.id""",
                    reminders.ids,
                )
            )
        self.invalidate_model()
        for user in reminders.user_id:
            user._bus_send("qlvb.reminder", {})
        return reminders

    @api.autovacuum
    def _gc_reminders(self):
        """Forget reminders of work that was closed some time ago."""
        gone = self.env.execute_query(
            SQL(
                """DELETE FROM qlvb_reminder WHERE id IN (
                       SELECT old.id FROM qlvb_reminder old
                       JOIN qlvb_assignment work ON work.id = old.assignment_id
                       WHERE work.state NOT IN %s
                         AND work.done_at < %s::timestamp - %s * interval '1 day'
                       LIMIT 10000)
                   RETURNING id""",
                OPEN_STATES,
                clock.now(),
                _KEPT_DAYS,
            )
        )
        self.invalidate_model(flush=False)
        return len(gone), len(gone) == 10_000
