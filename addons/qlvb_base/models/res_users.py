from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..lib import clock

_POSTS = object()


class ResUsers(models.Model):
    """Accounts: what a person may do follows from posts, never from a tick."""

    _inherit = "res.users"

    position_ids = fields.One2many("qlvb.position", "user_id", "Posts")

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        if not self.env.su and any(users._post_groups().values()):
            users._refuse_by_hand()
        return users

    def write(self, vals):
        free = self.env.su or self._writes_post_groups()
        if free or "group_ids" not in vals:
            return super().write(vals)
        before = self._post_groups()
        result = super().write(vals)
        if self._post_groups() != before:
            self._refuse_by_hand()
        return result

    def _update_last_login(self):
        """Keep everybody in the office's zone.

        Core takes the zone of the browser at the first log-in; hours and days of
        acts are Hà Nội's from wherever one looks at them.
        """
        result = super()._update_last_login()
        if self.tz != clock.OFFICE_ZONE.key:
            self.tz = clock.OFFICE_ZONE.key
        return result

    def _set_post_groups(self, commands):
        """Give or take the groups that follow from posts (see ``qlvb.position``)."""
        self.with_context(qlvb_posts=_POSTS).write({"group_ids": commands})

    def _writes_post_groups(self):
        """Tell whether the running write brings groups in step with posts."""
        return self.env.context.get("qlvb_posts") is _POSTS

    def _post_groups(self):
        """Return the groups that only a post gives, held in any way, by user id."""
        ours = self.env["res.groups"]._of_posts()
        # Superuser: whoever may write accounts at all, this looks at the outcome.
        return {user.id: user.all_group_ids & ours for user in self.sudo()}

    @api.model
    def _refuse_by_hand(self):
        """Raise: somebody ticked a group that only a post gives.

        :raises AccessError: always
        """
        raise AccessError(
            self.env._("These rights follow from posts. Change the post instead.")
        )
