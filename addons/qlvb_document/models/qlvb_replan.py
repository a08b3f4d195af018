from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

_BATCH = 200
_MOST_DAYS = 40


class QlvbReplan(models.Model):
    """A change of a working calendar, after which open deadlines are counted anew.

    Whoever enters a day off only leaves this note; a scheduled action does the
    counting at once, batch by batch.  Deadlines typed by a person stay; where one
    of them now falls on a day off that is flagged.  Closed work is never touched.
    Nobody reads or writes these rows; the outcome stands in the journal.
    """

    _name = "qlvb.replan"
    _description = "Deadlines to Count Anew"
    _order = "id"

    cause = fields.Char(required=True)
    days = fields.Json(help="The days that changed; none where the week did")

    @api.model
    def _ask(self, cause, days=()):
        """Have open deadlines counted anew soon after this transaction.

        :param cause: what changed, in words, for the journal
        :param days: the days that changed
        """
        # Superuser: whoever may change a calendar moves the deadlines with it.
        days = sorted({fields.Date.to_string(day) for day in days})
        self.sudo().create({"cause": cause[:200], "days": days})
        self.env.ref("qlvb_document.ir_cron_qlvb_replan").sudo()._trigger()

    @api.model
    def _cron_replan(self):
        """Count every open deadline anew; a second run finds nothing left to move.

        Each batch is committed with its journal and reminders.  The notes go last,
        so that a run that was cut short begins again.
        """
        notes = self.sudo().search([])  # pylint: disable=no-search-all
        if not notes:
            return
        cause = "; ".join(dict.fromkeys(notes.mapped("cause")))[:400]
        days = {day for note in notes for day in note.days or ()}
        slot, missed = str(notes[-1].id), False
        for name in self._planned():
            model = self.env[name].sudo()
            waiting = Domain("state", "in", model._waiting_states) & Domain(
                "deadline", "!=", False
            )
            # All at once, for then the index of open work alone is read.
            ids = model.search(waiting, order="deadline, id").ids
            for batch in split_every(_BATCH, ids, model.browse):
                # Who is acting on one now is not kept waiting: once more later.
                free = batch.try_lock_for_update()
                missed = missed or len(free) < len(batch)
                free = free.filtered_domain(waiting)
                self._move(free, cause, slot)
                self._flag(free, days, slot)
                left = self.env["ir.cron"]._commit_progress(len(free), remaining=1)
                self.env.invalidate_all()
                if not left:
                    return
        if missed:
            self.env.ref("qlvb_document.ir_cron_qlvb_replan").sudo()._trigger()
        else:
            notes.unlink()
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _move(self, records, cause, slot):
        """Move the deadlines that follow a term, visibly."""
        moved = records.browse()
        data = []
        for record in records.filtered("follows_term"):
            calendar = record._matter().unit_id._calendar()
            deadline = calendar.add_working_days(record.term_from, record.term_days)
            if deadline == record.deadline:
                continue
            data.append(
                {
                    "old_deadline": fields.Date.to_string(record.deadline),
                    "new_deadline": fields.Date.to_string(deadline),
                    **self._data_of(record),
                    "cause": cause,
                }
            )
            term = record._term(record.term_from, record.term_days)
            record._through_gate().write({"deadline": deadline, **term})
            moved |= record
        self._journal("deadline_moved", moved, data)
        self._tell("moved", moved, slot)

    @api.model
    def _flag(self, records, days, slot):
        """Flag the typed deadlines that fall on one of the days, now a day off."""
        flagged, data = records.browse(), []
        for record in records:
            day = fields.Date.to_string(record.deadline)
            if record.follows_term or day not in days:
                continue
            calendar = record._matter().unit_id._calendar()
            if calendar._work_calendar().is_working(record.deadline):
                continue
            flagged |= record
            data.append({"date": day, **self._data_of(record)})
        # A run that begins again has flagged some already.
        matters = [record._matter() for record in flagged]
        known = self.env["qlvb.journal"].search(
            [
                ("event", "=", "deadline_on_day_off"),
                ("res_model", "in", [matter._name for matter in matters]),
                ("res_id", "in", [matter.id for matter in matters]),
            ]
        )
        told = [(entry.res_model, entry.res_id, entry.data) for entry in known]
        fresh = [
            (record, row)
            for record, row in zip(flagged, data, strict=True)
            if (record._matter()._name, record._matter().id, row) not in told
        ]
        flagged = records.browse(record.id for record, _row in fresh)
        self._journal("deadline_on_day_off", flagged, [row for _record, row in fresh])
        self._tell("day_off", flagged, slot)

    @api.model
    def _planned(self):
        """Return the names of the models whose deadlines are counted anew."""
        return ["qlvb.document", "qlvb.assignment"]

    @api.model
    def _data_of(self, record):
        """Return what tells an order's row in the journal from its matter's."""
        return {} if record._matter() == record else {"assignment": record.id}

    @api.model
    def _journal(self, event, records, data):
        rows = {}
        for record, details in zip(records, data, strict=True):
            matter = record._matter()
            rows.setdefault(matter._name, []).append((matter.id, details))
        for name, told in rows.items():
            matters = self.env[name].browse(number for number, _details in told)
            details = [details for _number, details in told]
            self.env["qlvb.journal"]._log(event, matters, data=details)

    @api.model
    def _tell(self, kind, records, slot):
        """Remind the holders; a matter without an order has none."""
        if records and records._name == "qlvb.assignment":
            reminder = self.env["qlvb.reminder"]
            people = reminder._once_a_paper(reminder._people_of(records))
            reminder._remind(kind, records, people, slot)

    @api.model
    def _cause_of_days(self, days):
        """Return in words which special days changed."""
        if len(days) > _MOST_DAYS:
            return self.env._("%(count)s special days", count=len(days))
        texts = []
        for day in days:
            what = {"date": day.date.strftime("%d/%m/%Y"), "name": day.name}
            if day.is_working:
                texts.append(self.env._("%(date)s worked: %(name)s", **what))
            else:
                texts.append(self.env._("%(date)s off: %(name)s", **what))
        return ", ".join(texts)
