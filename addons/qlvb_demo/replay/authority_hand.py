"""The hand that does what concerns accounts, absences and hand-overs."""

from datetime import datetime, time

from odoo import SUPERUSER_ID
from odoo.fields import Command

from odoo.addons.qlvb_base.lib import clock, halfdays

from ..hooks import set_password
from .naming import NotHere, xmlid


class AuthorityHand:
    """Verbs of who may act, for :class:`~.hand.Hand`."""

    # -- requests about accounts --------------------------------------------------

    def prepare_request(self, act):
        request = act.entry
        record = self.env["qlvb.account.request"].create(
            {
                "kind": request.kind,
                "decision_number": request.number or False,
                "decision_date": request.decided if request.number else False,
                "effective_date": request.effective,
                "note": request.note,
                "line_ids": [
                    Command.create(self._request_line(request, line))
                    for line in request.lines
                ],
            }
        )
        self._name(request, record)

    def _request_line(self, request, line):
        values = {
            "unit_id": self._unit(line.unit) if line.unit else False,
            "role": line.role or False,
            "title": line.title or False,
        }
        if request.kind == "grant":
            email = f"{line.login}@hiephoa.example"
            return values | {"name": line.name, "login": line.login, "email": email}
        values["user_id"] = self._user(line.login)
        if request.kind == "correct":
            values["name"] = line.name
        if line.leaves:
            values["position_id"] = self._post(line).id
        return values

    def _post(self, line):
        """Return the post that somebody leaves.

        :raises NotHere: they do not hold it
        """
        post = self.env["qlvb.position"].search(
            [
                ("user_id", "=", self._user(line.login)),
                ("unit_id", "=", self._unit(line.leaves)),
                ("role", "=", line.was),
                ("date_to", "=", False),
            ]
        )
        if len(post) != 1:
            raise NotHere(f"{line.login} is not {line.was} of {line.leaves}")
        return post

    def submit_request(self, act):
        self._known(act.entry.key).action_submit()

    def refuse_request(self, act):
        self._known(act.entry.key).action_refuse(act.text)

    def approve_request(self, act):
        """Approve, and let the effective day come.

        In one transaction: the running server would find a day long past.

        :raises NotHere: it cannot be carried out as the house stands now
        """
        request = self._known(act.entry.key)
        request.action_approve()
        if act.entry.effective > act.when.date():
            self.env.flush_all()
            begin = datetime.combine(act.entry.effective, time(0, 1))
            with clock.frozen(clock.to_utc(begin)):
                system = self.env(user=SUPERUSER_ID)
                system["qlvb.account.request"]._cron_carry_out()
                self.env.flush_all()
        if request.state != "done":
            raise NotHere(f"{act.entry.key}: {request.failure}")
        for login in act.entry.newcomers:
            self._name_person(login)

    def _name_person(self, login):
        """Let an account that was given be found again by its login."""
        user = self.env["res.users"].sudo().search([("login", "=", login)])
        name = xmlid(f"user_{login.replace('.', '_')}")
        self.env["ir.model.data"].sudo()._update_xmlids(
            [{"xml_id": name, "record": user, "noupdate": True}]
        )

    def choose_password(self, act):
        """Choose one's password; that nobody knows the first one the replay owes."""
        set_password(self.env.user)

    # -- absences, hand-overs -------------------------------------------------------

    def be_away(self, act):
        entry = act.entry
        record = self.env["qlvb.absence"].create(
            {
                "user_id": self.env.uid,
                "date_from": entry.start,
                "date_to": entry.end,
                "from_half": entry.from_half,
                "to_half": entry.to_half,
                "reason": entry.reason,
                "note": entry.note,
            }
        )
        self._name(entry, record)

    def take_over(self, act):
        """Give all that somebody left to one receiver, and accept it.

        :raises NotHere: nothing was left
        """
        left = act.entry
        handover = self.env["qlvb.handover"].search(
            [
                ("user_id", "=", self._user(left.login)),
                ("unit_id", "=", self._unit(left.unit)),
                ("state", "=", "open"),
            ]
        )
        if len(handover) != 1:
            raise NotHere(f"{left.login} left nothing in {left.unit}")
        handover.write({"receiver_id": self._user(left.receiver)})
        handover.action_accept()
        self._name(left, handover)

    # -- attendance -------------------------------------------------------------------

    def note_attendance(self, act):
        """Note who used the system, and find who had to and did not."""
        week = act.entry
        uses = []
        for look in week.looks:
            moment = clock.to_utc(look.when).replace(microsecond=0)
            uses.append((self._user(look.login), *halfdays.half_of(moment), moment))
        self.env["qlvb.access.log"]._add(uses)
        units = self.env["qlvb.unit"].search([])
        for day, half in dict.fromkeys((day, half) for _user, day, half, _at in uses):
            self.env["qlvb.duty"]._find(units, day, half)
