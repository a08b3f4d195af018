from odoo import api, models

from odoo.addons.qlvb_base.lib import clock


class QlvbReminderLookIn(models.AbstractModel):
    """Shortly before a checkpoint: work waits, and one has not looked in (Art. 11.1).

    To everybody for whom work or papers wait and who has not used the system in this
    half-day, but not to who is away or has delegated.  A notice where a page of
    theirs is open, and one e-mail, for the list in the system is not read by those
    who are not there; each at most once a half-day.
    """

    _name = "qlvb.reminder.look.in"
    _description = "Reminder to Look In"

    @api.model
    def _urge_to_look_in(self, half, units):
        """Tell those who have not looked in that work of these units waits for them.

        :param half: ``morning`` or ``afternoon``
        :param units: units whose half-day ends soon
        """
        duty = self.env["qlvb.duty"].sudo()
        people = self.env["qlvb.position"]._current(units=units).user_id
        people = (people | units.account_user_id).filtered("active")
        waiting = duty._waits_for(people, units)
        if not waiting:
            return
        late = people.browse().union(*waiting) - self._excused(half, units, people)
        for user in late:
            orders, papers = waiting[user]
            self._tell_to_look_in(half, user, orders, papers)

    @api.model
    def _excused(self, half, units, people):
        """Return who of them has looked in, is away or has delegated."""
        duty = self.env["qlvb.duty"].sudo()
        today = clock.today()
        found = duty._assess(units, today, half)
        met = {row["user_id"] for row in found if row["state"] != "missed"}
        met -= {row["user_id"] for row in found if row["state"] == "missed"}
        here = duty._uses(people, today, half)
        # An account and its keeper are one: either has looked in for both.
        for unit in units:
            if not {unit.account_user_id.id, unit.keeper_id.id}.isdisjoint(here):
                met |= {unit.account_user_id.id, unit.keeper_id.id}
        away = self.env["qlvb.absence"]._away(people, clock.now())
        excused = met | here.keys() | away.keys()
        return people.filtered(lambda user: user.id in excused)

    @api.model
    def _tell_to_look_in(self, half, user, orders, papers):
        """Tell one person, once a half-day."""
        letter = self._note_letter(f"look_{half}", user)
        if not letter:
            return
        here = self.with_context(lang=user.lang or "vi_VN")
        halves = dict(
            here.env["qlvb.duty"]._fields["half"]._description_selection(here.env)
        )
        text = here.env._(
            "You have not looked in this %(half)s yet: %(count)s pieces of work or "
            "papers wait for you.",
            half=halves[half].lower(),
            count=len(orders) + papers,
        )
        user._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "title": here.env._("Work waits for you"),
                "message": text,
                "sticky": True,
            },
        )
        self._post_letter(letter, user, {"unopened": orders}, intro=text)
