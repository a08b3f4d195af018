"""Somebody moves, and leaves work on the desk."""

from odoo.addons.qlvb_base.tests.common import TODAY

from .common import OrderCase

YESTERDAY = "2026-08-25"


class HandoverCase(OrderCase):
    """VHTT's specialist ``culture_one`` moves; ``culture_two`` goes on."""

    @classmethod
    def leave(cls, user, unit, request=None):
        """Let the posts of ``user`` in ``unit`` end, and open what is left."""
        cls.end_post(user, unit, YESTERDAY)
        return cls.env["qlvb.handover"]._open_for(user, unit, request)

    @classmethod
    def moved(cls):
        """Return the hand-over of ``culture_one``, who went to Justice."""
        handover = cls.leave(cls.culture_one, cls.culture)
        cls.give_post(cls.culture_one, cls.justice, "specialist", TODAY)
        return handover

    def accept(self, handover, by=None, receiver=None):
        """Let a head choose one receiver for all, and accept."""
        own = handover.with_user(by or self.culture_head).sudo(False)
        if receiver:
            own.receiver_id = receiver
        own.action_accept()
        self.env.flush_all()
        self.env.invalidate_all()

    def kinds(self, handover):
        return sorted(handover.sudo().line_ids.mapped("kind"))

    def inbox(self, user, handover):
        """Return the texts that ``user`` found in the inbox about a hand-over."""
        notices = self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", user.partner_id.id),
                ("mail_message_id.model", "=", "qlvb.handover"),
                ("mail_message_id.res_id", "=", handover.id),
            ]
        )
        self.assertEqual(set(notices.mapped("notification_type")) - {"inbox"}, set())
        return [str(body) for body in notices.mail_message_id.mapped("body")]
