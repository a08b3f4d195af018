from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import split_every

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_document.lib.days import read_day
from odoo.addons.qlvb_document.lib.forms import short_day

from ..lib.dossier_terms import (
    MOST_YEARS_LONGER,
    WARNING_DAYS,
    transfer_date,
    years_later,
)

_BATCH = 100


class QlvbDossierTransfer(models.AbstractModel):
    """Handing a dossier over to the archive (Decree 30/2020, Article 30).

    Due a year after its end where it is kept for five years or more; pointed out
    thirty days before, once; kept longer by a decision alone.  A dossier that was
    handed over is not reopened.
    """

    _name = "qlvb.dossier.transfer"
    _description = "Transfer of a Dossier"

    transfer_date = fields.Date(
        "To the archive by",
        compute="_compute_transfer_date",
        store=True,
        index="btree_not_null",
        help="A year after its end, where it is kept for five years or more",
    )
    keeping_ids = fields.One2many(
        "qlvb.dossier.keeping", "dossier_id", "Kept longer", readonly=True, copy=False
    )
    kept_until = fields.Date("Kept here until", compute="_compute_kept_until")
    transfer_line_ids = fields.One2many(
        "qlvb.archive.transfer.line", "dossier_id", "Hand-over", readonly=True
    )
    transferred_at = fields.Datetime(
        "Handed over at",
        compute="_compute_transferred_at",
        search="_search_transferred_at",
        compute_sudo=True,
    )
    is_transfer_due = fields.Boolean(
        "Due for the archive",
        compute="_compute_is_transfer_due",
        search="_search_is_transfer_due",
        help="Within thirty days, or overdue",
    )

    # -- computes -------------------------------------------------------------

    @api.depends("date_closed", "retention")
    def _compute_transfer_date(self):
        for dossier in self:
            closed = dossier.date_closed
            day = clock.to_local(closed).date() if closed else None
            dossier.transfer_date = transfer_date(day, dossier.retention or "10")

    @api.depends("keeping_ids.until", "transfer_date")
    def _compute_kept_until(self):
        """Tell until when: what was decided before it was reopened no longer counts."""
        for dossier in self:
            limit = dossier.transfer_date
            days = dossier.keeping_ids.filtered(
                lambda one: limit and one.until > limit  # noqa: B023
            )
            dossier.kept_until = max(days.mapped("until"), default=False)

    @api.depends("transfer_line_ids.transfer_id.done_at")
    def _compute_transferred_at(self):
        for dossier in self:
            dossier.transferred_at = dossier.transfer_line_ids.transfer_id.done_at

    def _search_transferred_at(self, operator, value):
        if operator == "in" and set(value) == {False}:
            done = self.env["qlvb.archive.transfer.line"].sudo()
            done = done._search([("transfer_id.state", "=", "done")])
            return Domain("id", "not in", done.subselect("dossier_id"))
        return Domain(
            "transfer_line_ids",
            "any!",
            Domain("transfer_id.state", "=", "done")
            & Domain("transfer_id.done_at", operator, value),
        )

    @api.depends("transfer_date", "kept_until", "transferred_at", "state")
    def _compute_is_transfer_due(self):
        limit = clock.today() + timedelta(days=WARNING_DAYS)
        for dossier in self:
            due = dossier._transfer_due()
            dossier.is_transfer_due = bool(
                due
                and due <= limit
                and dossier.state == "closed"
                and not dossier.transferred_at
            )

    def _search_is_transfer_due(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        limit = clock.today() + timedelta(days=WARNING_DAYS)
        kept = self.env["qlvb.dossier.keeping"].sudo()._search([("until", ">", limit)])
        return (
            Domain("state", "=", "closed")
            & Domain("transfer_date", "<=", limit)
            & Domain("transferred_at", "=", False)
            & Domain("id", "not in", kept.subselect("dossier_id"))
        )

    def _transfer_due(self):
        """Return by which day it is to be handed over, keeping longer included."""
        return self.kept_until or self.transfer_date

    # -- who ------------------------------------------------------------------

    def _actor_filer(self):
        """Return the caller where they keep the files of the unit that opened it."""
        return self.unit_id._actor_holding("clerk", "chief_of_office")

    # -- kept longer ----------------------------------------------------------

    def action_keep_longer(self, until, decision):
        """Keep the dossier here after it was due (Decree 30/2020, Article 30).

        :param until: the last day, at most two years after it was due
        :param decision: number and day of the written consent, and why
        :raises AccessError: the caller is neither clerk nor Chief of Office there
        :raises UserError: no decision, a day out of bounds, or it is not closed, is
            not to be handed over or was
        """
        decision = self._clean_argument(self.env._("Decision"), decision, limit=300)
        day = read_day(until)
        if not day:
            raise UserError(self.env._("Enter the day until which it is kept."))
        for dossier in self:
            actor = dossier._gate("keep_longer", until=day)
            # Superuser: past the gate; nobody writes a decision by hand.
            self.env["qlvb.dossier.keeping"].sudo().create(
                {
                    "dossier_id": dossier.id,
                    "until": day,
                    "decision": decision,
                    "decided_by_id": actor.user.id,
                    "date": clock.now(),
                }
            )
            dossier._log("kept_longer", actor, date=fields.Date.to_string(day))
        return True

    def _unmet_keep_longer(self, actor, until=None):
        if not self.transfer_date:
            return [
                self.env._(
                    "%(dossier)s is not handed over to the archive: it is kept for "
                    "less than five years.",
                    dossier=self.display_name,
                )
            ]
        if self.transferred_at:
            return [self._explain_transferred()]
        last = years_later(self.transfer_date, MOST_YEARS_LONGER)
        if not max(self.transfer_date, clock.today()) < until <= last:
            return [
                self.env._(
                    "%(dossier)s is due on %(due)s; it can be kept until %(last)s at "
                    "the latest, and the day must lie ahead.",
                    dossier=self.display_name,
                    due=short_day(self.transfer_date),
                    last=short_day(last),
                )
            ]
        return []

    def _unmet_reopen(self, actor):
        return [self._explain_transferred()] if self.transferred_at else []

    def _explain_transferred(self):
        return self.env._(
            "%(dossier)s was handed over to the archive on %(day)s.",
            dossier=self.display_name,
            day=short_day(clock.to_local(self.transferred_at)),
        )

    # -- the hand-over --------------------------------------------------------

    def action_prepare_transfer(self):
        """Draft the hand-over of these dossiers.

        :return: the form of the new ``qlvb.archive.transfer``
        :raises AccessError: the caller is neither clerk nor Chief of Office there
        :raises UserError: naming every dossier that cannot be handed over
        """
        if not self:
            raise UserError(self.env._("Choose at least one dossier."))
        self.check_access("read")
        transfer = self.env["qlvb.archive.transfer"].create(
            {
                "unit_id": self.unit_id[:1].id,
                "line_ids": [
                    fields.Command.create({"dossier_id": dossier.id})
                    for dossier in self.sorted(lambda one: (one.year, one.code or ""))
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": transfer._name,
            "res_id": transfer.id,
            "views": [(False, "form")],
        }

    # -- the warning ----------------------------------------------------------

    @api.model
    def _cron_warn_transfer(self):
        """Point out, once, that dossiers are due for the archive within thirty days.

        To the head of the unit that was responsible and the clerks of the unit that
        opened it.  The journal keeps which day was pointed out, so that a run that
        was cut short, or a second one, tells nobody twice.
        """
        dossiers = self.sudo().search(
            [("is_transfer_due", "=", True)], order="transfer_date, id"
        )
        left = len(dossiers)
        for batch in split_every(_BATCH, dossiers.ids, dossiers.browse):
            batch._warn_transfer()
            left -= len(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=left):
                return
            self.env.invalidate_all()

    def _warn_transfer(self):
        """Tell of these dossiers, as far as it was not told yet."""
        told = {
            (row.res_id, (row.data or {}).get("date"))
            for row in self.env["qlvb.journal"]
            .sudo()
            .search(
                [
                    ("event", "=", "dossier_transfer_warned"),
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                ]
            )
        }
        for dossier in self:
            due = dossier._transfer_due()
            day = fields.Date.to_string(due)
            if (dossier.id, day) in told:
                continue
            clerks = self.env["qlvb.position"]._current(
                None, dossier.unit_id, ("clerk",)
            )
            people = dossier.lead_unit_id.head_id | clerks.user_id
            people &= dossier._users_with_sight()
            for lang, group in people.grouped("lang").items():
                said = dossier.with_context(lang=lang)
                said.message_notify(
                    partner_ids=group.partner_id.ids,
                    subject=dossier.display_name,
                    body=said.env._(
                        "To be handed over to the archive by %(day)s.",
                        day=short_day(due),
                    ),
                )
            self.env["qlvb.journal"]._log(
                "dossier_transfer_warned", dossier, data={"date": day}
            )
