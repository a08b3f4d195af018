from odoo import api, models

from .qlvb_signer_mixin import INNER_KINDS

_DRAFTED = ("draft", "review", "signing", "signed")
"""States in which a document may still come back to its drafter."""

_UNSIGNED = ("draft", "review", "signing")


class QlvbDocumentLeft(models.AbstractModel):
    """Drafts that somebody leaves who moves: to be gone on with, or to be signed.

    A draft goes to its new drafter as it stands, wherever it is on its way.  What
    was to be signed names its signer on the paper: it goes back to the drafter, for
    the new one.
    """

    _name = "qlvb.document.left"
    _description = "Draft that is Left"
    _inherit = ["qlvb.left.mixin"]

    @api.model
    def _left_by(self, user, unit, kind):
        if kind == "draft":
            return self.search(
                [
                    ("direction", "=", "out"),
                    ("drafter_id", "=", user.id),
                    ("drafting_unit_id", "=", unit.id),
                    ("state", "in", _DRAFTED),
                ],
                order="id",
            )
        issuers = unit | (unit.parent_id if unit.kind in INNER_KINDS else unit.browse())
        return self.search(
            [
                ("direction", "=", "out"),
                ("signer_id", "=", user.id),
                ("unit_id", "in", issuers.ids),
                ("state", "in", _UNSIGNED),
            ],
            order="id",
        ).filtered(
            # Who still signs there by another post goes on doing so.
            lambda document: document._posts_of_signer().unit_id <= unit
        )

    @api.model
    def _left_pairs(self, kind):
        drafts = kind == "draft"
        person, unit, states = (
            ("drafter_id", "drafting_unit_id", _DRAFTED)
            if drafts
            else ("signer_id", "unit_id", _UNSIGNED)
        )
        groups = self._read_group(
            [("direction", "=", "out"), (person, "!=", False), ("state", "in", states)],
            [person, unit],
        )
        pairs = [(user, unit) for user, unit in groups]
        if not drafts:
            pairs = [(user, self._signed_from(user, unit)) for user, unit in pairs]
        return [(user.id, unit.id) for user, unit in pairs if unit]

    @api.model
    def _signed_from(self, user, issuer):
        """Return the unit by whose post a person was to sign; none while they may."""
        inner = issuer.child_ids.filtered(lambda below: below.kind in INNER_KINDS)
        posts = self.env["qlvb.position"]
        if posts._current(user, issuer | inner):
            return issuer.browse()
        held = posts.sudo().search(
            [("user_id", "=", user.id), ("unit_id", "in", (issuer | inner).ids)],
            order="date_from desc, id desc",
            limit=1,
        )
        return held.unit_id

    def _hand_over(self, kind, receiver, handover, actor):
        problems = []
        for document in self:
            document._lock_row()
            if kind == "draft":
                document._through_gate().write({"drafter_id": receiver.id})
            elif receiver not in document._signing_posts().user_id:
                problems.append(
                    self.env._(
                        "%(document)s: %(person)s cannot sign for %(unit)s. Name who "
                        "signs from now on in this line.",
                        document=document.display_name,
                        person=receiver.name,
                        unit=document.unit_id.name,
                    )
                )
                continue
            else:
                document._change_signer(receiver, handover, actor)
            self.env["qlvb.journal"]._log(
                "draft_handed_over" if kind == "draft" else "signer_changed",
                document,
                unit=actor.unit,
                data={"from_user": handover.user_id.name, "to_user": receiver.name},
            )
        return problems

    def _change_signer(self, signer, handover, actor):
        """Name another signer; what is on its way up goes back to its drafter."""
        on_its_way = self.state != "draft"
        if on_its_way:
            reason = self.env._(
                "%(person)s, who was to sign, has moved; %(signer)s signs now.",
                person=handover.user_id.name,
                signer=signer.name,
            )
            self._station()._decide("cancelled", actor, reason)
            self._end_round()
            self._transit("withdraw", self._from_now())
            # A draft again for the database, before it is changed.
            self.flush_recordset()
        self._through_gate().write(
            {"signer_id": signer.id, "signer_basis": False, "signer_basis_until": False}
        )
        if on_its_way:
            self._tell(
                self._writers(),
                self.env._(
                    "Back with you: %(reason)s Put the new name under the paper and "
                    "submit it again.",
                    reason=reason,
                ),
            )

    def _left_about(self, kind):
        return self.summary or ""

    def _left_due(self, kind):
        return self.deadline
