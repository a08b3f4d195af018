from odoo import api, fields, models

from .qlvb_order_mixin import OPEN_STATES


class QlvbAssignmentLeft(models.AbstractModel):
    """Work that somebody leaves who moves: held in person, given on as it stands.

    Term, course and what was passed on from it stay; who asked the former holder
    asks the new one.  Where the receiver passed it on themselves, it comes back.
    """

    _name = "qlvb.assignment.left"
    _description = "Work that is Left"
    _inherit = ["qlvb.left.mixin"]

    left_text = fields.Text(
        compute="_compute_left_text", export_string_translation=False
    )

    @api.depends("state", "user_id", "unit_id")
    @api.depends_context("lang")
    def _compute_left_text(self):
        """Say that the holder has left, and who is to see to it."""
        posts = self.env["qlvb.position"]._current(self.user_id, self.unit_id)
        there = {(post.user_id, post.unit_id) for post in posts}
        for order in self:
            left = (
                order.user_id
                and order.state in OPEN_STATES
                and (order.user_id, order.unit_id) not in there
            )
            # Superuser: who heads a unit is no secret.
            order.left_text = bool(left) and self.env._(
                "%(person)s has left %(unit)s. The work waits to be handed over by "
                "%(head)s.",
                person=order.user_id.sudo().name,
                unit=order.unit_id.name,
                head=order.unit_id.head_id.sudo().name or self.env._("who is above"),
            )

    @api.model
    def _left_states(self, kind):
        """Return the states in which work of this kind waits for its holder."""
        return OPEN_STATES

    @api.model
    def _left_by(self, user, unit, kind):
        return self.search(
            [
                ("user_id", "=", user.id),
                ("unit_id", "=", unit.id),
                ("state", "in", self._left_states(kind)),
            ],
            order="id",
        )

    @api.model
    def _left_pairs(self, kind):
        groups = self._read_group(
            [("user_id", "!=", False), ("state", "in", self._left_states(kind))],
            ["user_id", "unit_id"],
        )
        return [(user.id, unit.id) for user, unit in groups]

    def _hand_over(self, kind, receiver, handover, actor):
        problems = []
        for order in self:
            order._lock_row()
            if wrong := order._unmet_hand_over(receiver):
                problems += wrong
                continue
            details = {"from_user": order.user_id.name, "to_user": receiver.name}
            if order._is_passed_on_by(receiver):
                order._come_back(receiver, handover, actor)
            else:
                order._through_gate().write({"user_id": receiver.id})
            order._log("handed_over", actor, **details)
        self._settle_reminders(handover.user_id)
        return problems

    def _is_passed_on_by(self, receiver):
        """Tell whether the receiver passed this on, and still waits for it."""
        above = self.parent_id
        return bool(above) and receiver == (above.user_id or above.unit_id.head_id)

    def _come_back(self, receiver, handover, actor):
        """End what was passed on: the work is with who did that again."""
        self._close(
            actor,
            "recall",
            reason=self.env._(
                "%(person)s has moved; the work is back with %(receiver)s.",
                person=handover.user_id.name,
                receiver=receiver.name,
            ),
        )
        self._matter()._follow_assignments()

    def _settle_reminders(self, user):
        """Take what reminds the former holder of these off their list."""
        reminders = self.env["qlvb.reminder"].sudo()
        for kind in set(
            reminders.search(
                [("assignment_id", "in", self.ids), ("user_id", "=", user.id)]
            ).mapped("kind")
        ):
            for order in self:
                reminders._settle(kind, order)

    def _unmet_hand_over(self, receiver):
        """Return what stands against the receiver's going on with this work."""
        matter, name = self._matter(), self.display_name
        if why := matter._only_read():
            return [why]
        if self._is_passed_on_by(receiver):
            if not self._open_children():
                return []
            return [
                self.env._(
                    "%(work)s: %(person)s passed it on, and others work on parts of it "
                    "by now. Name somebody else in this line.",
                    work=name,
                    person=receiver.name,
                )
            ]
        if any(
            other != self
            and (other.unit_id, other.user_id) == (self.unit_id, receiver)
            and other.state in (*OPEN_STATES, "proposed")
            for other in self._beside(matter, self.parent_id)
        ):
            return [
                self.env._(
                    "%(work)s: %(person)s already has a part in it. Name somebody else "
                    "in this line.",
                    work=name,
                    person=receiver.name,
                )
            ]
        if receiver in self._holders_in_chain():
            return [
                self.env._(
                    "%(work)s: %(person)s passed it on, or works on a part of it. Name "
                    "somebody else in this line.",
                    work=name,
                    person=receiver.name,
                )
            ]
        return []

    def _holders_in_chain(self):
        """Return who holds what this was passed on from, and what was passed on."""
        users, above = self.env["res.users"], self.parent_id
        while above:
            users |= above.user_id or above.unit_id.head_id
            above = above.parent_id
        below = self.child_ids
        while below:
            users |= below.filtered(lambda one: one.state in OPEN_STATES).user_id
            below = below.child_ids
        return users

    def _left_about(self, kind):
        return self.document_summary or ""

    def _left_due(self, kind):
        return self.deadline
