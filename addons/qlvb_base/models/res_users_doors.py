from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError

from ..lib.commands import ids_in_commands

_DECIDED = frozenset(
    {"active", "company_ids", "group_ids", "login", "name", "partner_id"}
)
"""What follows from decisions: nobody changes it of anybody, themselves included."""
_OWN = frozenset({"email", "must_change_password", "new_password", "password"})
"""What everybody changes for themselves alone, by the acts that are there for it."""
_SECOND_FACTOR = frozenset({"auth_passkey_key_ids", "totp_secret"})


class ResUsers(models.Model):
    """Accounts: every door but the decided request is shut (Article 9.4).

    Once the house is set up, nobody creates, renames, moves, closes or deletes an
    account, nor sets the password of another: not the emergency administrator, and
    not core on their behalf.  Own preferences and one's own password remain.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        self._require_decision()
        return super().create(vals_list)

    def write(self, vals):
        names = vals.keys()
        if self._chooses_inbox(vals):
            names -= {"group_ids"}
        if not self._is_open_to_caller(names):
            self._require_decision()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_undecided(self):
        self._require_decision()

    def _chooses_inbox(self, vals):
        """Tell whether core notes, as a group, that a person reads in the inbox."""
        inbox = self.env.ref("mail.group_mail_notification_type_inbox")
        group_ids = ids_in_commands(vals.get("group_ids") or ())
        is_ours = inbox in self.env["res.groups"]._of_posts()
        return self.env.su and group_ids == {inbox.id} and not is_ours

    def _is_open_to_caller(self, names):
        """Tell whether these fields are for the caller to write on these accounts."""
        own = self.ids == [self.env.uid]
        if names & _DECIDED:
            return False
        if self.env.su:
            return own or not names & (_OWN | _SECOND_FACTOR)
        return own and names <= set(self.SELF_WRITEABLE_FIELDS)

    @api.model
    def _require_decision(self):
        """Raise where accounts are changed past the chairman's decision.

        :raises AccessError: for all but the system, once the house is set up
        """
        by_post = self._writes_post_groups()
        if by_post or self.env["qlvb.sealed.mixin"]._is_unsealed():
            return
        raise AccessError(
            self.env._(
                "Units, posts and accounts change by decision of the chairman. "
                "Ask the Office to prepare the request."
            )
        )

    # -- no link by e-mail, no account for oneself ----------------------------

    @api.model
    def signup(self, values, token=None):
        """Refuse to open an account for oneself, or to set a password by a link.

        :raises AccessError: always, once the house is set up
        """
        self._require_decision()
        return super().signup(values, token=token)

    def reset_password(self, login):
        """Refuse to send a link for a forgotten password.

        :raises AccessError: always, once the house is set up
        """
        self._require_decision()
        return super().reset_password(login)

    def action_reset_password(self):
        """Refuse to send a link for a forgotten password.

        :raises AccessError: always, once the house is set up
        """
        self._require_decision()
        return super().action_reset_password()

    def _action_reset_password(self, signup_type="reset"):
        self._require_decision()
        if self.env["qlvb.position"]._is_house_set_up():
            # The system opens an account: nobody is invited by mail.
            return None
        return super()._action_reset_password(signup_type=signup_type)

    def action_totp_disable(self):
        """Switch one's own second factor off; that of others goes with a reset.

        :raises AccessError: on the account of somebody else
        """
        if self.ids != [self.env.uid]:
            self._require_decision()
        return super().action_totp_disable()


class ResUsersApikeys(models.Model):
    """Keys and trusted devices (which are kept alike): everybody ends their own."""

    _inherit = "res.users.apikeys"

    def _remove(self):
        if self.user_id - self.env.user:
            self.env["res.users"]._require_decision()
        return super()._remove()


class ResUsersDeletion(models.Model):
    """Core's queue of accounts to be deleted: nothing is put into it."""

    _name = "res.users.deletion"
    _inherit = ["res.users.deletion", "qlvb.sealed.mixin"]


# pylint: disable-next=no-wizard-in-models
class ChangePasswordUser(models.TransientModel):
    """The administrator's form for passwords of others: it holds them in plain."""

    _inherit = "change.password.user"

    @api.model_create_multi
    def create(self, vals_list):
        self.env["res.users"]._require_decision()
        return super().create(vals_list)


class ResPartner(models.Model):
    """The names of officials hang on their contacts: shut as the accounts are."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.partner"

    def write(self, vals):
        if vals.keys() & {"active", "email", "name", "user_ids"}:
            self._require_no_account(vals.keys())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_account(self):
        self._require_no_account({"active"})

    def _require_no_account(self, names):
        """Raise where a contact is an official's, and not the caller's to change.

        :raises AccessError: the name follows from the decision
        """
        if self.env.uid == SUPERUSER_ID:
            return
        users = self.sudo().with_context(active_test=False).user_ids
        is_own = users.ids == [self.env.uid] and not names & {"active", "name"}
        if "user_ids" in names or (users and not is_own):
            self.env["res.users"]._require_decision()


# pylint: disable-next=no-wizard-in-models
class BasePartnerMerge(models.TransientModel):
    """Merging contacts moves accounts to other names, past the ORM."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        if partners.browse(partner_ids).user_ids:
            self.env["res.users"]._require_decision()
        return super()._merge(partner_ids, dst_partner, extra_checks)
