"""The hand that does the acts on dossiers, as the person of the act."""

from odoo.fields import Command

from .naming import NotHere, xmlid
from .offices import COMMITTEE

KIND_XMLID = "qlvb_dossier.qlvb_dossier_type_"


class DossierHand:
    """Verbs of what is done on dossiers, for :class:`~.hand.Hand`."""

    # -- the year's list --------------------------------------------------------

    def draft_list(self, act):
        """Draft the year's list of dossiers.

        :raises NotHere: somebody has drafted one already
        """
        planned = act.entry
        lists, unit = self.env["qlvb.dossier.list"], self._unit(COMMITTEE)
        if lists.search([("unit_id", "=", unit), ("year", "=", planned.year)]):
            raise NotHere(f"{planned.key} was drafted by somebody else")
        drafted = lists.create({"unit_id": unit, "year": planned.year})
        drafted.heading_ids = [
            Command.create({"symbol": symbol, "name": name, "sequence": place})
            for place, (symbol, name) in enumerate(planned.headings)
        ]
        headings = {one.symbol: one.id for one in drafted.heading_ids}
        rows = self.env["qlvb.dossier.entry"].create(
            [
                {
                    "list_id": drafted.id,
                    "heading_id": headings[one.heading],
                    "sequence": place,
                    "name": one.name,
                    "retention": one.retention,
                    "maker_unit_id": self._unit(one.unit),
                }
                for place, one in enumerate(planned.entries)
            ]
        )
        self._name(planned, drafted)
        for one, row in zip(planned.entries, rows, strict=True):
            self._name(one, row)

    def approve_list(self, act):
        self._known(act.entry.key).action_approve()

    # -- opened, assigned -------------------------------------------------------

    def open_dossier(self, act):
        entry = act.entry
        dossier = self.env["qlvb.dossier"].create(
            {
                "name": entry.title,
                "origin_document_id": self._known(entry.paper.key).id,
                "field_id": self._field(entry.paper),
                "instruction": act.text,
                "deadline": act.day,
                "type_id": self.env.ref(f"{KIND_XMLID}{entry.kind}").id,
                **self._place(entry),
            }
        )
        self._name(entry, dossier)

    def _place(self, entry):
        """Return from which entry of the year's list it is opened, if that is free."""
        name = entry.entry and xmlid(entry.entry)
        row = name and self.env.ref(name, raise_if_not_found=False)
        if not row or row.list_state != "approved" or not row.is_free:
            return {}
        return {"entry_id": row.id}

    def charge(self, act):
        self._dossier(act).action_assign(self._lines(act))

    def put_in(self, act):
        papers = self.env["qlvb.document"].union(*map(self._known, act.papers))
        self._dossier(act).action_attach(papers.ids)

    # -- tasks ------------------------------------------------------------------

    def tick(self, act):
        self._tick(self._dossier(act).task_ids[: act.count])

    def _tick(self, tasks):
        tasks.filtered(lambda task: not task.is_done).write({"is_done": True})

    # -- support, opinions ------------------------------------------------------

    def propose(self, act):
        self._dossier(act).action_propose_support(self._lines(act))

    def allow(self, act):
        units = [self._unit(unit) for unit in act.units]
        proposed = self._dossier(act).assignment_ids.filtered(
            lambda part: part.state == "proposed" and part.unit_id.id in units
        )
        proposed.action_decide_support(True, act.text or None)

    def decline(self, act):
        self._part(act).action_decide_support(False, act.text)

    def opine(self, act):
        self._look(act)
        self.env["qlvb.opinion"].create(
            {"dossier_id": self._dossier(act).id, "body": act.text}
        )

    # -- one's own part ---------------------------------------------------------

    def take_part(self, act):
        self._look(act)
        self._part(act).action_accept()

    def pass_part(self, act):
        self._look(act)
        self._part(act).action_forward(self._lines(act))

    def give_back(self, act):
        self._look(act)
        self._part(act).action_return(act.text)

    def finish_part(self, act):
        self._part(act).action_done(act.text)

    def urge_part(self, act):
        self._part(act).action_urge(act.text)

    def ask_more_time(self, act):
        self._part(act).action_request_extension(act.day, act.text)

    def grant_more_time(self, act):
        self._part(act).action_decide_extension(True, act.text)

    def refuse_more_time(self, act):
        self._part(act).action_decide_extension(False, act.text)

    # -- completed, closed ------------------------------------------------------

    def complete(self, act):
        """Tick the tasks that are left, and complete."""
        dossier = self._dossier(act)
        self._tick(dossier.task_ids)
        dossier.action_complete()

    def turn_down(self, act):
        self._look(act)
        self._dossier(act).action_send_back(act.text)

    def close(self, act):
        self._look(act)
        self._dossier(act).action_close(act.text or None)

    def reopen(self, act):
        self._dossier(act).action_reopen(act.text)

    # -- which record is meant --------------------------------------------------

    def _look(self, act):
        self._read(act, self._dossier(act), "name")

    def _dossier(self, act):
        """Return the dossier of an act.

        :raises NotHere: its opening was skipped
        """
        return self._known(act.entry.key)

    def _part(self, act):
        """Return the newest part in the dossier of the act's holder."""
        unit, login = act.target
        part = (
            self.env["qlvb.assignment"]
            .sudo()
            .search(
                [
                    ("dossier_id", "=", self._dossier(act).id),
                    ("unit_id", "=", self._unit(unit)),
                    ("user_id", "=", self._user(login) if login else False),
                ],
                order="id desc",
                limit=1,
            )
        )
        return part.with_env(self.env)
