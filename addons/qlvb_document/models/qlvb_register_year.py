from odoo import fields, models
from odoo.tools import format_date

from odoo.addons.qlvb_base.lib import clock

MOST_SHOWN = 20
"""Drafts named in the dialog before a year is closed; the others are counted."""


class QlvbRegisterYear(models.AbstractModel):
    """The end of a register's year: closed by the clerk, reopened by the chairman.

    Numbers end with the year (Decree 30/2020, Article 15); what was closed is
    opened again by a decision of the chairman alone (Article 8.2).
    """

    _name = "qlvb.register.year"
    _description = "Year of a Register"

    def action_close_year(self):
        """Close the register of a year that is over: nothing enters it any more.

        Reserved numbers that no document bears become void, what stands on no page
        yet is bound, and so is a title page.

        :return: ``True``
        :raises AccessError: the caller is no clerk of the unit
        :raises UserError: the year is not over in Hà Nội, or closed already
        """
        for register in self:
            with self._fresh_transaction() as env:
                register.with_env(env)._close_year()
        return True

    def _close_year(self):
        """Close inside a fresh transaction; the gate holds the register."""
        actor = self._gate("close_year")
        waiting = self.entry_ids.sudo().filtered(lambda one: one.state == "waiting")
        if waiting:
            # As the book has it, whatever language the clerk works in.
            book = self.with_context(lang="vi_VN")
            reason = book.env._("Not used when %(year)s was closed", year=self.year)
            waiting._make_void(actor.user, reason)
            self._journal_numbers("number_void", actor, waiting)
        pages = self.env["qlvb.register.page"]._close_year(self, actor)
        self._through_gate().write(
            {"closed_at": clock.now(), "closed_by_id": actor.user.id}
        )
        self.env["qlvb.register.act"]._note(
            self, "closed", actor, number=self.last_number
        )
        self.env["qlvb.journal"]._log(
            "year_closed",
            self,
            unit=actor.unit,
            data={
                "numbers": [self._first(), self.last_number],
                "checksum": pages.mapped("checksum"),
            },
        )

    def _unmet_close_year(self, actor):
        """Return what stands against closing: that the year still runs."""
        if self.year < clock.today().year:
            return []
        day = fields.Date.to_date(f"{self.year + 1}-01-01")
        return [
            self.env._(
                "The year of %(register)s is not over. It can be closed from %(day)s "
                "on.",
                register=self.display_name,
                day=format_date(self.env, day),
            )
        ]

    def action_reopen(self, reason):
        """Reopen a closed register, by the chairman's decision (Article 8.2).

        The book says so ever after; what is entered then stands on further pages.

        :param reason: the decision and why
        :raises AccessError: the caller is not the chairman
        :raises UserError: no reason, or it is not closed
        """
        self._require_one()
        reason = self._clean_argument(self.env._("Reason"), reason, limit=500)
        actor = self._gate("reopen")
        self._through_gate().write({"closed_at": False, "closed_by_id": False})
        self.env["qlvb.register.act"]._note(self, "reopened", actor, reason=reason)
        self.env["qlvb.journal"]._log("register_reopened", self, unit=actor.unit)
        return True

    # -- what is open ---------------------------------------------------------

    def _open_items(self):
        """Return in words what would still enter the register, as its clerk sees it.

        Signed documents without a number, reserved numbers without a document,
        papers that arrived in the year and are not registered.
        """
        self.ensure_one()
        if self.direction == "in":
            first, last = self.env["qlvb.form"]._days(self)
            waiting = self.env["qlvb.document"].search(
                [
                    ("direction", "=", "in"),
                    ("state", "=", "draft"),
                    ("unit_id", "=", self.unit_id.id),
                    ("received_date", ">=", first),
                    ("received_date", "<=", last),
                ]
            )
            label = self.env._("Arrived in %(year)s, not registered", year=self.year)
        else:
            waiting = self._signed_drafts()
            label = self.env._("Signed, without a number")
        items = [f"{label}: {draft.display_name}" for draft in waiting[:MOST_SHOWN]]
        if len(waiting) > MOST_SHOWN:
            items.append(
                self.env._("… and %(count)s more", count=len(waiting) - MOST_SHOWN)
            )
        reserved = self.entry_ids.filtered(lambda entry: entry.state == "waiting")
        return items + [
            self.env._(
                "Not used, becomes void: %(number)s (%(explanation)s)",
                number=entry.number_text,
                explanation=entry.explanation,
            )
            for entry in reserved
        ]

    def _signed_drafts(self):
        """Return what is signed and, by its date, would stand in this register."""
        signed = self.env["qlvb.document"].search(
            [
                ("direction", "=", "out"),
                ("state", "=", "signed"),
                ("unit_id", "=", self.unit_id.id),
            ]
        )
        series = self.env["qlvb.series"]
        groups = {
            kind: series._group_of(self.unit_id, kind, self.year)
            for kind in signed.type_id
        }
        return signed.filtered(
            lambda draft: (
                groups[draft.type_id] == self.type_group
                and (draft.document_date or clock.to_local(draft.signed_at)).year
                <= self.year
            )
        )
