from odoo import api, models

_HOLDING = frozenset({"implied_by_ids", "implied_ids", "user_ids"})


class ResGroups(models.Model):
    """Groups: who stands in those of QLVB follows from posts, by this door too."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        if any(_HOLDING & vals.keys() for vals in vals_list):
            self.env["res.users"]._require_decision()
        before = self._holders_of_posts()
        groups = super().create(vals_list)
        self._refuse_new_holders(before)
        return groups

    def write(self, vals):
        if not _HOLDING & vals.keys():
            return super().write(vals)
        self.env["res.users"]._require_decision()
        before = self._holders_of_posts()
        result = super().write(vals)
        self._refuse_new_holders(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_undecided(self):
        self.env["res.users"]._require_decision()

    @api.model
    def _of_posts(self):
        """Return the groups that only a post gives."""
        privilege = self.env.ref("qlvb_base.res_groups_privilege_qlvb")
        return self.sudo().search([("privilege_id", "=", privilege.id)])

    @api.model
    def _holders_of_posts(self):
        """Return who holds those groups, or ``None`` where the system itself writes."""
        if self.env.su:
            return None
        return {group.id: group.all_user_ids for group in self._of_posts()}

    @api.model
    def _refuse_new_holders(self, before):
        """Raise where others hold the groups now than ``before``.

        :raises AccessError: these rights follow from posts
        """
        if before is not None and self._holders_of_posts() != before:
            self.env["res.users"]._refuse_by_hand()
