from odoo import api, models

from odoo.addons.qlvb_base.lib import clock

from ..lib import forms
from .qlvb_form_mixin import Form


class QlvbFormHandover(models.AbstractModel):
    """The record of a hand-over of work, to be signed by giver, receivers and head.

    For whoever sees the hand-over; what was handed over is named as far as they see
    it themselves.
    """

    _name = "qlvb.form.handover"
    _description = "Form of a Hand-over"
    _inherit = ["qlvb.form.mixin"]

    @api.model
    def _forms(self):
        return super()._forms() | {
            "handover": Form(
                "qlvb.handover",
                "_prepare_handover",
                "qlvb_document.form_handover",
            ),
        }

    @api.model
    def _prepare_handover(self, handover):
        """Return the record's parties and, receiver by receiver, what they got.

        Before it is accepted it is a list to prepare by, and says so.
        """
        accepted = handover.state == "accepted"
        lines = handover.line_ids.filtered(
            lambda line: line.state == ("given" if accepted else "open")
        )
        day = clock.to_local(handover.accepted_at or clock.now())
        receivers = [
            self._handover_party(receiver, handover)
            for receiver in lines.mapped(
                lambda line: line.receiver_id or handover.receiver_id
            )
        ]
        giver = self._handover_party(handover.user_id, handover)
        head = self._handover_party(handover.accepted_by_id, handover)
        return {
            "name": f"Biên bản bàn giao {handover.id} {day.year}",
            "heading": self._heading(handover.unit_id, handover.accepted_at),
            "accepted": accepted,
            "day": forms.long_day(day) if accepted else "",
            "unit": handover.unit_id.name,
            "decision": handover.decision_text,
            "giver": giver,
            "receivers": receivers,
            "head": head,
            "signers": [
                giver | {"as": "BÊN GIAO"},
                *(one | {"as": "BÊN NHẬN"} for one in receivers),
                head | {"as": "THỦ TRƯỞNG ĐƠN VỊ"},
            ],
            "rows": [
                self._handover_row(number, line, handover)
                for number, line in enumerate(lines, 1)
            ],
            "note": handover.note,
            "account": handover.account_text,
            "printed": {"rows": len(lines)},
        }

    @api.model
    def _handover_party(self, user, handover):
        """Return name and post of a person: that in the unit, also one that ended."""
        # Superuser: who held which post is no secret.
        posts = (
            self.env["qlvb.position"]
            .sudo()
            .search(
                [("user_id", "=", user.id), ("unit_id", "=", handover.unit_id.id)],
                order="date_from desc, id desc",
                limit=1,
            )
        ) or self.env["qlvb.position"]._current(user)[:1]
        roles = dict(posts._fields["role"]._description_selection(self.env))
        return {
            "name": user.sudo().name or "",
            "title": posts.title or roles.get(posts.role, ""),
        }

    @api.model
    def _handover_row(self, number, line, handover):
        kinds = dict(line._fields["kind"]._description_selection(self.env))
        receiver = line.receiver_id or handover.receiver_id
        return [
            str(number),
            kinds.get(line.kind, ""),
            line.name or "",
            line.about or "",
            forms.short_day(line.deadline),
            receiver.sudo().name or "",
        ]
