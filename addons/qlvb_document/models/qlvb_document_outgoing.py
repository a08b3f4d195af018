from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_users import check_identity
from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.workflow import Actor


class QlvbDocumentOutgoing(models.AbstractModel):
    """What happens to a document that leaves (Article 7): its way up and its number.

    The drafter submits it; reviewers and at last the signer find it before them one
    after the other, and each may send it back.  The clerk of the issuing unit checks
    the form and gives the number, in the register and at that moment alone.
    """

    _name = "qlvb.document.outgoing"
    _description = "Acts on an Outgoing Document"
    _inherit = [
        "qlvb.document.climb",
        "qlvb.document.issue",
        "qlvb.document.workflow",
    ]

    review_ids = fields.One2many("qlvb.review", "document_id", "Way up")
    review_round = fields.Integer(readonly=True, copy=False, aggregator=None)
    send_back_ids = fields.One2many("qlvb.send.back", "document_id", "Sent back")
    waiting_since = fields.Datetime("There since", readonly=True, copy=False)
    signed_at = fields.Datetime("Signed at", readonly=True, copy=False)
    last_send_back_text = fields.Text(
        "Why it came back", compute="_compute_last_send_back_text"
    )

    @api.depends("send_back_ids", "state")
    def _compute_last_send_back_text(self):
        for document in self:
            last = document.send_back_ids.sorted("id")[-1:]
            if document.state != "draft" or not last:
                document.last_send_back_text = False
                continue
            words = [*last.reason_ids.mapped("name"), last.reason]
            document.last_send_back_text = f"{last.user_id.name}: {'; '.join(words)}"

    # -- who ------------------------------------------------------------------

    def _actor_drafts(self):
        """Return the caller where the draft is theirs to write, or ``None``.

        The drafter's while they hold a post in the drafting unit; its head and its
        clerks take over what somebody left behind.
        """
        document = self.sudo()
        if document.direction != "out":
            return None
        unit = document.drafting_unit_id.with_env(self.env)
        if document.drafter_id == self.env.user:
            held = {number for number, _role in self.env["qlvb.position"]._mine()}
            if unit.id in held:
                return Actor(self.env.user, self.env["res.users"], unit)
        return unit._actor_holding("head", "clerk")

    def _actor_reviews(self):
        """Return the caller where the draft lies before them for review."""
        station = self._station()
        return station._actor() if station and station.aspect != "sign" else None

    def _actor_signs(self):
        """Return the caller where the draft lies before them to be signed."""
        station = self._station()
        return station._actor() if station.aspect == "sign" else None

    def _actor_issues(self):
        """Return the caller as a clerk of the issuing unit (Article 7.3)."""
        return self.unit_id._actor_as_clerk() if self.direction == "out" else None

    def _actor_sends_back(self):
        """Return the caller where it is they who now have to say yes or no."""
        if self.sudo().state == "signed":
            return self._actor_issues()
        return self._actor_reviews() or self._actor_signs()

    # -- acts -----------------------------------------------------------------

    def action_submit(self):
        """Send the draft on its way: reviewers one after the other, then the signer.

        :return: ``True``
        :raises AccessError: the draft is not the caller's to write
        :raises UserError: naming everything that is still missing
        """
        for document in self:
            actor = document._gate("submit")
            number = document.sudo().review_round + 1
            self.env["qlvb.review"].sudo().create(
                [
                    {
                        **station,
                        "document_id": document.id,
                        "round": number,
                        "sequence": place,
                    }
                    for place, station in enumerate(document._way_up(), 1)
                ]
            )
            # Its files are written before they are fixed, not after.
            self.env.flush_all()
            document._transit("submit", {"review_round": number, **self._from_now()})
            document._journal_declarations(actor)
            self.env["qlvb.journal"]._log("submitted", document, unit=actor.unit)
            document._go_on()
        return True

    def action_approve(self, note=None):
        """Approve the draft at this station and let it go on to the next.

        :param note: a remark for those further up and for the drafter
        :raises AccessError: it does not lie before the caller
        """
        note = self._clean_argument(self.env._("Remark"), note, required=False)
        for document in self:
            actor = document._gate("approve")
            document._station()._decide("approved", actor, note or False)
            document._transit("approve")
            self.env["qlvb.journal"]._log("approved", document, unit=actor.unit)
            document._go_on()
        return True

    def action_send_back(self, reason, codes=None):
        """Send the draft back to its drafter, with reasons that are counted.

        From review, signature or the clerk's form check, and always to the draft;
        once it is submitted again the review begins anew (NĐ 30, Article 11).

        :param reason: what is to be mended
        :param codes: codes of ``qlvb.send.back.reason``, any number
        :raises AccessError: it does not lie before the caller
        :raises UserError: no reason, or an unknown code
        """
        reason = self._clean_argument(self.env._("Reason"), reason)
        reasons = self._read_codes(codes)
        for document in self:
            stage = document.sudo().state
            actor = document._gate("send_back")
            document._station()._decide("sent_back", actor, reason)
            document._end_round()
            trace = document.sudo()
            self.env["qlvb.send.back"].sudo().create(
                {
                    "document_id": document.id,
                    "date": clock.now(),
                    "round": trace.review_round,
                    "stage": stage,
                    "user_id": actor.user.id,
                    "unit_id": actor.unit.id,
                    "drafting_unit_id": trace.drafting_unit_id.id,
                    "drafter_id": trace.drafter_id.id,
                    "reason_ids": reasons.ids,
                    "reason": reason,
                }
            )
            document._transit("send_back", {"signed_at": False, **self._from_now()})
            self.env["qlvb.journal"]._log(
                "draft_sent_back",
                document,
                unit=actor.unit,
                data={"codes": reasons.mapped("code")},
            )
            document._tell(
                document._writers(),
                self.env._("Sent back to you, to be mended: %(reason)s", reason=reason),
            )
        return True

    def action_withdraw(self, reason=None):
        """Take the draft back on its way up, in order to change it.

        :param reason: why, for those who have already approved it
        :raises AccessError: the draft is not the caller's
        """
        reason = self._clean_argument(self.env._("Reason"), reason, required=False)
        for document in self:
            actor = document._gate("withdraw")
            document._station()._decide("cancelled", actor, reason or False)
            document._end_round()
            document._transit("withdraw", self._from_now())
            self.env["qlvb.journal"]._log("withdrawn", document, unit=actor.unit)
        return True

    def action_drop(self, reason):
        """Give up a draft that was submitted before: it stays, with the reason.

        What was never submitted is deleted like any draft.

        :raises AccessError: the draft is not the caller's
        :raises UserError: no reason, or it was never submitted
        """
        reason = self._clean_argument(self.env._("Reason"), reason)
        for document in self:
            actor = document._gate("drop")
            document._transit("drop", {"refusal_reason": reason, **self._from_now()})
            self.env["qlvb.journal"]._log("dropped", document, unit=actor.unit)
        return True

    @check_identity
    def action_sign(self):
        """Sign the document; the signer's identity is asked for in that moment.

        :return: what the client says then, or core's dialog that asks who is there
        :raises AccessError: it does not lie before the caller to be signed
        :raises UserError: their posts of today do not allow it, or it was changed
            since the caller opened it
        """
        self._action_sign()
        return self[:1]._answer(self.env._("Signed"))

    def _action_sign(self):
        """Sign, the signer's identity having been made sure of."""
        for document in self:
            actor = document._gate(
                "sign", round_seen=self.env.context.get("qlvb_round_seen")
            )
            document._keep_signed(actor)
            document._station()._decide("approved", actor)
            document._transit("sign", {"signed_at": clock.now(), **self._from_now()})
            self.env["qlvb.journal"]._log(
                "signed",
                document,
                unit=actor.unit,
                data={
                    "capacity": document.sudo().signer_capacity,
                    "files": document._file_digests(),
                },
            )
            document._go_on()
        return True

    @api.model
    def _from_now(self):
        """Return since when the document is where an act has just put it."""
        return {"waiting_since": clock.now()}

    @api.model
    def _read_codes(self, codes):
        """Return the reasons with these codes.

        :raises UserError: for what is no code
        """
        reasons = self.env["qlvb.send.back.reason"]
        if not codes:
            return reasons
        known = isinstance(codes, list | tuple) and all(
            isinstance(code, str) for code in codes
        )
        found = reasons.search([("code", "in", list(codes))]) if known else reasons
        if not known or len(found) != len(set(codes)):
            raise UserError(self.env._("Choose reasons from the list."))
        return found

    # -- conditions -----------------------------------------------------------

    def _unmet_submit(self, actor, way=None):
        """Return what a draft still lacks before anybody else looks at it.

        :param way: its ``_way_up``, where that is known already
        """
        problems = self._missing_symbols() + self._unmet_pdf()
        if not self.signer_id:
            problems.append(self.env._("Choose who signs."))
        else:
            problems += self._unmet_capacity()
        for station in way or self._way_up():
            unit = self.unit_id.browse(station["unit_id"])
            review = self.env["qlvb.review"].new(station)
            if not station.get("user_id") and not review._people():
                problems.append(
                    self.env._(
                        "%(unit)s has no head at present who could review the draft.",
                        unit=unit.name,
                    )
                )
        return problems + self._unmet_units()

    def _unmet_units(self):
        """Return which of the units that the document needs no longer exist."""
        units = self.unit_id | self.drafting_unit_id
        return [
            self.env._("%(unit)s no longer exists.", unit=unit.name)
            for unit in units
            if not unit.active
        ]

    def _unmet_drop(self, actor):
        if self.review_round:
            return []
        return [
            self.env._(
                "This draft was never submitted. Delete it, if you do not need it."
            )
        ]

    def _unmet_sign(self, actor, round_seen=None):
        """Return what stands against the signature at this moment."""
        problems = self._unmet_capacity() + self._unmet_units()
        if round_seen and round_seen != self.review_round:
            problems.append(
                self.env._(
                    "The draft was taken back and submitted again since you opened it. "
                    "Reload the page and read it anew before you sign."
                )
            )
        if not self._main_file():
            problems.append(
                self.env._("There is no PDF to be signed. Send the draft back.")
            )
        return problems
