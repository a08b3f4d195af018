"""The hand that does the acts on outgoing documents, as the person of the act."""

from odoo.fields import Command

from .leaving_course import basis_of
from .naming import NotHere, xmlid


class LeavingHand:
    """Verbs of what leaves, for :class:`~.hand.Hand`."""

    # -- registers --------------------------------------------------------------

    def open_book(self, act):
        """Let a register begin with the number of the paper book."""
        book = act.entry
        register = self._register(book.unit, book.legislative)
        register.action_open_at(book.number, book.reason, book.last)

    def reserve(self, act):
        reserved = act.entry
        register = self._register(reserved.unit)
        entries = self.env["qlvb.register.entry"]
        # Reserving commits apart: after a replay that was killed it may be there.
        entry = entries.search(
            [("register_id", "=", register.id), ("reason", "=", reserved.reason)]
        )
        if not entry:
            entry = entries.browse(
                register.action_reserve(1, reserved.reason, reserved.whom)
            )
        self._name(reserved, entry)

    def _register(self, unit, legislative=False):
        """Return the unit's register of this year, opened where it is not there."""
        registers = self.env["qlvb.register"]
        kind = self._kind("QĐ", legislative).id
        return registers.browse(registers.action_open(self._unit(unit), "out", kind))

    # -- draft and way up -------------------------------------------------------

    def draft(self, act):
        """Draft it, with its recipients; where it replaces another, from that one."""
        leaving = act.entry
        if leaving.replaces:
            old = self.env.ref(xmlid(leaving.replaces))
            document = self.env["qlvb.document"].browse(old.action_replace()["res_id"])
            document.write(
                {
                    "summary": leaving.about,
                    "attachment_ids": [Command.create(self._draft_file(leaving))],
                }
            )
        else:
            document = self.env["qlvb.document"].create(self._draft_values(leaving))
        self._name(leaving, document)

    def _draft_values(self, leaving):
        values = {
            "direction": "out",
            "unit_id": self._unit(leaving.unit),
            "drafting_unit_id": self._unit(leaving.by),
            "type_id": self._type(leaving).id,
            "summary": leaving.about,
            "urgency": leaving.urgency,
            "field_id": self._field(leaving),
            "signer_id": self._user(leaving.signer_login),
            "signer_basis": basis_of(leaving),
            "cosign_unit_ids": [Command.set([self._unit(u) for u in leaving.asked])],
            "attachment_ids": [Command.create(self._draft_file(leaving))],
            "dispatch_ids": self._recipients(leaving),
        }
        if leaving.reply:
            origin = self.env.ref(xmlid(leaving.reply), raise_if_not_found=False)
            if not origin:
                raise NotHere(f"{leaving.reply} is not here")
            values |= {"reply_to_id": origin.id, "reply_finishes": True}
        return values

    def _draft_file(self, leaving, again=0):
        return {"name": leaving.file_name, "raw": leaving.pdf(again)}

    def _recipients(self, leaving):
        bodies = [self.env.ref(f"qlvb_demo.body_{key}").id for key in leaving.outside]
        rows = [{"unit_id": self._unit(unit)} for unit in leaving.inside]
        rows += [{"partner_id": body} for body in bodies]
        return [Command.create(row) for row in rows]

    def revise(self, act):
        """Put a mended PDF in the place of the one that came back."""
        document = self._document(act)
        again = document.review_round
        document.write(
            {
                "attachment_ids": [
                    *(Command.delete(file) for file in document.attachment_ids.ids),
                    Command.create(self._draft_file(act.entry, again)),
                ]
            }
        )

    def submit(self, act):
        self._document(act).action_submit()

    def approve(self, act):
        self._open(act)
        self._document(act).action_approve(act.text or None)

    def turn_back(self, act):
        self._open(act)
        self._document(act).action_send_back(act.text, list(act.codes))

    def withdraw(self, act):
        self._document(act).action_withdraw(act.text)

    def drop(self, act):
        self._document(act).action_drop(act.text)

    def sign(self, act):
        """Sign; that the signer is there the replay answers for."""
        self._open(act)
        self._document(act)._action_sign()

    # -- the clerk --------------------------------------------------------------

    def check(self, act):
        """Tick what the clerk finds in order on the page."""
        checks = self._document(act).format_check_ids
        checks.filtered(lambda check: not check.passed).write({"passed": True})

    def issue(self, act):
        entry = None
        if act.entry.reserved:
            entry = self.env.ref(xmlid(act.entry.reserved)).id
        self._document(act).action_issue(None, entry)

    def void(self, act):
        self._document(act).action_void(act.text)

    def dispatch(self, act):
        if act.entry.inside:
            self._document(act).action_dispatch()

    def post(self, act):
        """Note with which receipt the post office took it."""
        rows = self._document(act).dispatch_ids
        rows.filtered(lambda row: row.channel == "post").action_post(act.text)

    # -- the recipients ---------------------------------------------------------

    def take_in(self, act):
        """Register what another unit sent: it is there, and nobody typed it."""
        key = xmlid(act.entry.key)
        # Registering commits apart: after a replay that was killed it may be done.
        if not self.env.ref(key, raise_if_not_found=False):
            self._name(act.entry, self._delivered(act))
        self._open(act)
        self._document(act).action_register()

    def turn_away(self, act):
        self._delivered(act).action_refuse(act.text)

    def _delivered(self, act):
        """Return the draft that waits for the recipient's clerk.

        :raises NotHere: it was never sent, or somebody dealt with it
        """
        sent = self.env.ref(xmlid(act.entry.leaving.key), raise_if_not_found=False)
        found = self.env["qlvb.document"].search(
            [
                ("direction", "=", "in"),
                ("state", "=", "draft"),
                ("unit_id", "=", self._unit(act.entry.unit)),
                ("reference", "=", sent.sudo().reference if sent else "-"),
                ("source", "=", "unit"),
            ]
        )
        if len(found) != 1:
            raise NotHere(f"{act.entry.key} is not here")
        return found
