"""The hand that does one act: the public methods, called as the person of the act."""

from odoo.exceptions import UserError

from .authority_hand import AuthorityHand
from .dossier_hand import DossierHand
from .leaving_hand import LeavingHand
from .lookup import LETTER_XMLID, Lookup


class Hand(AuthorityHand, DossierHand, LeavingHand, Lookup):
    """Does acts in one environment.

    Each method is a verb of :class:`~.acts.Act`; those of what leaves stand in
    :class:`~.leaving_hand.LeavingHand`, those on dossiers in
    :class:`~.dossier_hand.DossierHand`, those of authority in
    :class:`~.authority_hand.AuthorityHand`. Nothing here is done as superuser but
    looking up which record is meant, and what the system does by itself.

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
                    "type_id": self.env.ref(LETTER_XMLID).id,
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
        self._read(act, self._document(act), "summary")

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
