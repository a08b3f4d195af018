from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from .qlvb_account_request_check import LETTER_KINDS


class QlvbAccountRequestExecution(models.AbstractModel):
    """How a line is carried out: by the system, in the system's name.

    First all posts that are left, then all that are given, so that of two who
    change places neither stands in the other's way.
    """

    _name = "qlvb.account.request.execution"
    _description = "Execution of an Account Request"

    def _decision(self):
        """Return what a line is journalled under: the decision's number."""
        return self.request_id._journal_name()

    def _log(self, event, account, **data):
        """Journal what became of an account, under its decision."""
        self.env["qlvb.journal"]._log(
            event,
            account,
            data={"decision": self._decision(), **data},
            origin="system",
        )

    # -- first what is left ---------------------------------------------------

    def _leave(self, posts, day):
        """End posts with the day before; delegations that rest on them end too."""
        last_day = day - timedelta(days=1)
        for post in posts:
            post.write({"date_to": max(last_day, post.date_from)})

    def _hand_accounts_over(self):
        """Give the accounts that are left to the keeper who is named for them."""
        for unit in self._accounts_left():
            self._change_keeper(unit, self.keeper_id)

    def _change_keeper(self, unit, keeper):
        """Hand a unit's account over: another keeper, another password."""
        former = unit.keeper_id
        unit.write({"keeper_id": keeper.id})
        if self.kind == "keeper":
            self.write({"former_keeper_id": former.id})
        self._log(
            "keeper_changed",
            unit,
            former=former.name or "",
            keeper=keeper.name,
        )
        unit.account_user_id._give_first_password()

    # -- then what is given ---------------------------------------------------

    def _arrive(self, day):
        """Do what the line asks for, once all posts are left."""
        if self.kind == "grant":
            self._grant()
        if self._gives_post():
            self._give_post(day)
        if self.kind == "withdraw":
            self._withdraw()
        elif self.kind == "keeper":
            self._change_keeper(self.unit_id, self.user_id)
        elif self.kind == "reset":
            self._reset()
        elif self.kind == "correct":
            self._correct()
        elif self.kind in LETTER_KINDS:
            # A grant, a transfer, a rotation: the account is handed over.
            account = self._account()
            if self.kind == "grant":
                # Messages stay in the house; only who holds a post may choose this.
                account.write({"notification_type": "inbox"})
            else:
                self._log("account_moved", account, unit=self.unit_id.name)
            account._give_first_password()

    def _grant(self):
        """Open the account, or open again the one that the person had."""
        account = self.env["res.users"].browse()
        if self.user_id and not self._opens_unit_account():
            account = self.user_id
            account.write({"active": True})
        else:
            account = self._create_account()
            if self._opens_unit_account():
                self.unit_id.write(
                    {"account_user_id": account.id, "keeper_id": self.user_id.id}
                )
            else:
                self.write({"user_id": account.id})
        self._log("account_granted", account)

    def _create_account(self):
        languages = self.env["res.lang"].get_installed()
        spoken = {code for code, _name in languages}
        return (
            self.env["res.users"]
            # Nobody is invited by mail: the Office hands a letter over.
            .with_context(no_reset_password=True, mail_create_nosubscribe=True)
            .create(
                {
                    "name": self.name,
                    "login": self.login,
                    "email": self.email,
                    "lang": "vi_VN" if "vi_VN" in spoken else self.env.lang,
                    "tz": "Asia/Ho_Chi_Minh",
                    # The groups follow from posts.
                    "group_ids": [Command.clear()],
                }
            )
        )

    def _give_post(self, day):
        self.env["qlvb.position"].create(
            {
                "user_id": self.user_id.id,
                "unit_id": self.unit_id.id,
                "role": self.role,
                "title": self.title,
                "field_ids": [Command.set(self.field_ids.ids)],
                "date_from": day,
            }
        )

    def _withdraw(self):
        """Close the account: nothing opens any more, and nothing of it is deleted."""
        account = self.user_id
        units = self.env["qlvb.unit"].search([("account_user_id", "=", account.id)])
        if units:
            units.write({"account_user_id": False, "keeper_id": False})
        account._end_access()
        account.write({"active": False})
        self._log("account_withdrawn", account)

    def _reset(self):
        """Give a first password; the second factor is set up anew as well.

        Whoever lost the telephone could not come in with the password alone.
        """
        account = self.user_id
        account.write({"totp_secret": False})
        account._give_first_password()
        self._log("password_reset", account)

    def _correct(self):
        """Write the name, login or address as it should stand; nothing else moves."""
        account = self.user_id
        values = {name: self[name] for name in ("name", "login", "email") if self[name]}
        account.write(values)
        self._log("account_corrected", account, fields=sorted(values))

    # -- what must stand afterwards -------------------------------------------

    def _require_house_stands(self):
        """Raise where nobody could decide on requests, or prepare them, any more.

        :raises UserError: no chairman, or nobody of the Office, would be left
        """
        posts = self.env["qlvb.position"]._current()
        posts = posts.filtered(lambda post: post.user_id.active)
        if not any(post._is_chair() for post in posts):
            raise UserError(self.env._("Nobody would hold the chair any more."))
        if not any(post._is_of_managing_office() for post in posts):
            raise UserError(
                self.env._("Nobody would manage the system for the Office any more.")
            )
