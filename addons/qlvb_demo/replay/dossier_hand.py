"""The hand that does the acts on dossiers, as the person of the act."""


class DossierHand:
    """Verbs of what is done on dossiers, for :class:`~.hand.Hand`."""

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
            }
        )
        self._name(entry, dossier)

    def charge(self, act):
        self._dossier(act).action_assign(self._lines(act))

    def put_in(self, act):
        papers = self.env["qlvb.document"].union(*map(self._known, act.papers))
        self._dossier(act).action_attach(papers.ids)

    # -- support, opinions ------------------------------------------------------

    def propose(self, act):
        self._dossier(act).action_propose_support(self._lines(act))

    def allow(self, act):
        self._part(act).action_decide_support(True, act.text or None)

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
        self._dossier(act).action_complete()

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
