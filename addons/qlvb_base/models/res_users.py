from odoo import api, fields, models
from odoo.exceptions import AccessError

_POSTS = object()


class ResUsers(models.Model):
    """Accounts: what a person may do follows from posts, never from a tick."""

    _inherit = "res.users"

    position_ids = fields.One2many("qlvb.position", "user_id", "Posts")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_post_groups(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_post_groups(vals)
        return super().write(vals)

    def _set_post_groups(self, commands):
        """Give or take the groups that follow from posts (see ``qlvb.position``)."""
        self.with_context(qlvb_posts=_POSTS).write({"group_ids": commands})

    def _refuse_post_groups(self, vals):
        """Raise where somebody ticks a group that only a post gives.

        :raises AccessError: the groups of QLVB follow from posts
        """
        if (
            "group_ids" not in vals
            or self.env.su
            or self.env.context.get("qlvb_posts") is _POSTS
        ):
            return
        ours = set(
            self.env["res.groups"]
            .sudo()
            .search(
                [
                    (
                        "privilege_id",
                        "=",
                        self.env.ref("qlvb_base.res_groups_privilege_qlvb").id,
                    )
                ]
            )
            .ids
        )
        before = set(self.sudo().group_ids.ids)
        after = set(
            self.new(
                {"group_ids": vals["group_ids"]}, origin=self[:1]
            ).group_ids._origin.ids
        )
        if (before ^ after) & ours:
            raise AccessError(
                self.env._("These rights follow from posts. Change the post instead.")
            )
