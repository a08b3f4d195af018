"""The hand that does one act: the public methods, called as the person of the act."""

from datetime import timedelta

from odoo.exceptions import UserError

from odoo.addons.qlvb_base.lib import clock

from .. import people
from .dossier_hand import DossierHand
from .leaving_hand import LeavingHand
from .naming import NotHere, xmlid

READING_TIME = timedelta(minutes=2)


class Hand(DossierHand, LeavingHand):
    """Does acts in one environment.

    Each method is a verb of :class:`~.acts.Act`; those of what leaves stand in
    :class:`~.leaving_hand.LeavingHand`, those on dossiers in
    :class:`~.dossier_hand.DossierHand`. Nothing here is done as superuser but looking
    up which record is meant.

    :param env: environment of the person who acts
    """

    def __init__(self, env):
        self.env = env

    def do(self, act):
        """Carry out ``act``.

        :raises odoo.exceptions.UserError: when the gate refuses
        """
        getattr(self, act.verb)(act)

    # -- papers -----------------------------------------------------------------

    def receive(self, act):
        entry = act.entry
        document = self.env["qlvb.document"].create(
            {
                **self._paper_values(entry),
                "attachment_ids": [
                    (0, 0, {"name": entry.file_name, "raw": entry.pdf()})
                ],
            }
        )
        self._name(entry, document)

    def _paper_values(self, entry):
        return {
            "direction": "in",
            "unit_id": self._unit(entry.to),
            "type_id": self._type(entry).id,
            "issuer": entry.issuer_name,
            "reference": entry.reference,
            "document_date": entry.dated,
            "received_date": entry.received,
            "summary": entry.summary,
            "urgency": entry.urgency,
            "field_id": self._field(entry),
        }

    def register(self, act):
        self._document(act).action_register()

    def refuse(self, act):
        self._document(act).action_refuse(act.text)

    def direct(self, act):
        self._document(act).action_direct(act.text)

    def assign(self, act):
        self._document(act).action_assign(self._lines(act))

    def note(self, act):
        self._document(act).message_post(
            body=act.text, message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def offer_barred(self, act):
        """Offer a paper that Article 3 keeps out and find the door shut.

        :raises AssertionError: when it got in
        """
        barred = act.entry
        try:
            self.env["qlvb.document"].create(
                {
                    "unit_id": self._unit("ubnd"),
                    "type_id": self.env.ref(_letter_xmlid()).id,
                    "issuer": "-",
                    "reference": "-",
                    "document_date": barred.on,
                    "received_date": barred.on,
                    "summary": "-",
                    "secrecy": barred.secrecy,
                    "nature": barred.nature,
                }
            )
        except UserError:
            self.env.cr.rollback()
        else:
            raise AssertionError(f"the gate of Article 3 stood open: {barred}")

    # -- assignments --------------------------------------------------------------

    def accept(self, act):
        self._open(act)
        self._order(act).action_accept()

    def forward(self, act):
        self._order(act).action_forward(self._lines(act))

    def return_(self, act):
        self._open(act)
        self._order(act).action_return(act.text)

    def take_note(self, act):
        self._open(act)
        self._order(act).action_done()

    def done(self, act):
        self._order(act).action_done(act.text)

    def recall(self, act):
        self._order(act).action_recall(act.text)

    def urge(self, act):
        self._order(act).action_urge(act.text)

    def ask_time(self, act):
        self._order(act).action_request_extension(act.day, act.text)

    def refuse_time(self, act):
        self._order(act).action_decide_extension(False, act.text)

    def send_back(self, act):
        self._order(act).action_send_back(act.text)

    def _open(self, act):
        """Read the paper a little before acting on it, as the form does."""
        with clock.frozen(clock.to_utc(act.when - READING_TIME)):
            self._document(act).web_read({"summary": {}})
        self._go_on()

    def _go_on(self):
        """Opening is noted on a cursor of its own; what was read before is now old."""
        self.env.cr.commit()  # pylint: disable=invalid-commit

    # -- delegation ---------------------------------------------------------------

    def delegate(self, act):
        away = act.entry
        self.env["qlvb.delegation"].create(
            {
                "delegator_id": self.env.uid,
                "delegate_id": self._user(f"pho.{away.unit}"),
                "unit_id": self._unit(away.unit),
                "date_from": away.start,
                "date_to": away.end,
                "reason": away.reason,
            }
        ).action_activate()

    def revoke(self, act):
        self.env["qlvb.delegation"].search(
            [
                ("delegator_id", "=", self.env.uid),
                ("state", "=", "active"),
                ("date_from", "=", act.entry.start),
            ]
        ).action_revoke()

    def end_delegations(self, act):
        self.env["qlvb.delegation"]._cron_end()

    # -- which record is meant ----------------------------------------------------

    def _name(self, entry, record):
        """Let a record be found again under the key of its entry."""
        self.env["ir.model.data"].sudo()._update_xmlids(
            [{"xml_id": xmlid(entry.key), "record": record, "noupdate": True}]
        )

    def _document(self, act):
        """Return the paper of an act.

        :raises NotHere: its arrival was skipped
        """
        return self._known(act.entry.key)

    def _known(self, key):
        """Return the record of an entry's key.

        :raises NotHere: it never came to be
        """
        record = self.env.ref(xmlid(key), raise_if_not_found=False)
        if not record:
            raise NotHere(f"{key} is not here")
        return record

    def _order(self, act):
        """Return the newest assignment of the act's holder."""
        unit, login = act.target
        order = (
            self.env["qlvb.assignment"]
            .sudo()
            .search(
                [
                    ("document_id", "=", self._document(act).id),
                    ("unit_id", "=", self._unit(unit)),
                    ("user_id", "=", self._user(login) if login else False),
                ],
                order="id desc",
                limit=1,
            )
        )
        return order.with_env(self.env)

    def _lines(self, act):
        return [
            {
                "role": line.role,
                "unit_id": self._unit(line.unit),
                "user_id": self._user(line.login) if line.login else False,
                "instruction": line.instruction,
                "deadline": line.deadline,
            }
            for line in act.lines
        ]

    def _unit(self, slug):
        return self.env.ref(f"qlvb_demo.unit_{slug}").id

    def _user(self, login):
        return self.env.ref(people.user_xmlid(login)).id

    def _field(self, entry):
        if not entry.field:
            return False
        return self.env.ref(f"qlvb_demo.field_{entry.field}").id

    def _type(self, entry):
        """Return the kind of the paper; official letters have no abbreviation."""
        if entry.type == "CV":
            return self.env.ref(_letter_xmlid())
        return self._kind(entry.type, entry.legislative)

    def _kind(self, code, legislative):
        return self.env["qlvb.document.type"].search(
            [("code", "=", code), ("is_legislative", "=", legislative)], limit=1
        )


def _letter_xmlid():
    return "qlvb_document.qlvb_document_type_cong_van"
