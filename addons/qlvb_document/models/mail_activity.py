from odoo import api, models

from odoo.addons.qlvb_base.lib.principals import USER, principal

_WORDS = ("summary", "note")


class MailActivity(models.Model):
    """Activities on our records pass the gate of Article 3 with their words.

    Those of somebody who moves are handed over with the work they belong to.
    """

    _name = "mail.activity"
    _inherit = ["mail.activity", "qlvb.left.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            missing = [name for name in _WORDS if name not in vals]
            self._vet_activity({**self.default_get(missing), **vals})
        return super().create(vals_list)

    def write(self, vals):
        if not vals.keys().isdisjoint(_WORDS):
            self._vet_activity(vals)
        return super().write(vals)

    @api.model
    def _vet_activity(self, vals):
        # Also those on nothing or on a partner: they may be moved, and are short.
        self.env["qlvb.vetting"]._vet_words(
            [str(vals.get(name) or "") for name in _WORDS], "message", self._name
        )

    # -- handed over ----------------------------------------------------------

    @api.model
    def _left_by(self, user, unit, kind):
        """Return the activities on what the person no longer sees by any post."""
        own = self.search(
            [("user_id", "=", user.id), ("res_model", "in", self._guarded_names())],
            order="id",
        )
        answers = self.env["qlvb.membership"]._principals_of(user)[user.id]
        posts = answers - {principal(USER, user.id)}
        there = set(self.env["qlvb.membership"]._principals_of_unit(unit))
        return own.filtered(
            lambda one: (
                posts.isdisjoint(audience := one._guarded_target().audience)
                and not there.isdisjoint(audience)
            )
        )

    def _hand_over(self, kind, receiver, handover, actor):
        # Nobody is told of each: the receiver gets one message for all.
        quiet = self.with_context(mail_activity_quick_update=True)
        for activity in quiet:
            seeing = activity._guarded_target()._users_with_sight()
            # Where the receiver has no part in it, it is the head's.
            activity.user_id = receiver if receiver in seeing else actor.user
        return []

    def _left_about(self, kind):
        return self.env[self.res_model].browse(self.res_id).display_name

    def _left_due(self, kind):
        return self.date_deadline
