from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class ResUsers(models.Model):
    """Accounts without post: who left, and whose account nobody withdrew (R53)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.users"

    last_post = fields.Char("Last post", compute="_compute_last_post")
    is_without_post = fields.Boolean(
        compute="_compute_is_without_post",
        search="_search_is_without_post",
        export_string_translation=False,
    )

    def _compute_is_without_post(self):
        without = self.search(self._without_post_domain())
        for user in self:
            user.is_without_post = user in without

    def _search_is_without_post(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._without_post_domain()

    @api.model
    def _without_post_domain(self):
        """Return the domain of open accounts that neither post nor unit explains."""
        posts = self.env["qlvb.position"]
        units = self.env["qlvb.unit"].sudo().search([("account_user_id", "!=", False)])
        known = posts._current().user_id | units.account_user_id
        # The system's own accounts are nobody's, and hold no posts.
        own = self.env.ref("base.group_system").sudo().all_user_ids
        return Domain("active", "=", True) & Domain("id", "not in", (known | own).ids)

    @api.depends_context("lang")
    def _compute_last_post(self):
        # Superuser: who held which post is no secret.
        posts = (
            self.env["qlvb.position"]
            .sudo()
            .search([("user_id", "in", self.ids)], order="date_from desc, id desc")
        )
        for user in self:
            last = posts.filtered(lambda post: post.user_id == user)[:1]  # noqa: B023
            user.last_post = (
                last and f"{last.title or last._role_label()}, {last.unit_id.name}"
            )

    def action_prepare_withdrawal(self):
        """Make a draft request that withdraws these accounts.

        :return: an action that opens it
        :raises AccessError: the caller is not of the Office
        :raises UserError: one of them has a post, or belongs to a unit
        """
        requests = self.env["qlvb.account.request"]
        if requests._actor_office() is None:
            raise AccessError(
                self.env._("Requests about accounts are prepared by the Office.")
            )
        if not self or not all(user.is_without_post for user in self):
            raise UserError(
                self.env._("Choose accounts from the list of those without post.")
            )
        lines = [(0, 0, {"user_id": user.id}) for user in self]
        request = requests.create({"kind": "withdraw", "line_ids": lines})
        return {
            "type": "ir.actions.act_window",
            "res_model": request._name,
            "res_id": request.id,
            "views": [(False, "form")],
        }
