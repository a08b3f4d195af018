from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..lib import clock, logins
from ..lib.symbols import fold
from .qlvb_account_request_check import LETTER_KINDS


class QlvbAccountRequestLine(models.Model):
    """One person, or one unit's account, of a request.

    Read and written as the request above it.  What a line asks for stands in
    ``qlvb.account.request.check``, how it is carried out in
    ``qlvb.account.request.execution``.
    """

    _name = "qlvb.account.request.line"
    _description = "Line of an Account Request"
    _inherit = [
        "qlvb.account.request.check",
        "qlvb.account.request.execution",
        "qlvb.input.mixin",
    ]
    _order = "request_id, sequence, id"
    _text_limits = {"name": 100, "login": 64, "title": 120, "email": 120}

    request_id = fields.Many2one(
        "qlvb.account.request", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(related="request_id.kind")
    request_state = fields.Selection(related="request_id.state", string="State")
    sequence = fields.Integer(default=10)
    user_id = fields.Many2one(
        "res.users",
        "Person",
        index="btree_not_null",
        context={"active_test": False},
        help="Whose account it is; for a unit's account the person who keeps it",
    )
    name = fields.Char("Full name", help="Full name of a person without account")
    login = fields.Char("Login name")
    email = fields.Char("E-mail")
    is_unit_account = fields.Boolean(
        "Account of the unit itself",
        help="The login that belongs to the unit (Article 4.4), kept by the person",
    )
    unit_id = fields.Many2one("qlvb.unit", index="btree_not_null")
    position_id = fields.Many2one("qlvb.position", "Post left", index="btree_not_null")
    role = fields.Selection(
        lambda self: self.env["qlvb.position"]._role_selection(), "Post"
    )
    title = fields.Char(help="As it stands under a signature")
    field_ids = fields.Many2many("qlvb.work.field", string="Fields of work")
    takes_over = fields.Boolean(
        "Takes over from the present holder",
        help="The post of who holds it now ends the day before",
    )
    keeper_id = fields.Many2one(
        "res.users",
        "New keeper of the unit's account",
        help="Where the person who leaves keeps the account of the unit",
    )
    former_keeper_id = fields.Many2one(
        "res.users", "Former keeper", readonly=True, copy=False
    )
    person_name = fields.Char("Concerns", compute="_compute_person_name")
    present_posts = fields.Char("Posts now", compute="_compute_present_posts")
    needs_keeper = fields.Boolean(
        compute="_compute_needs_keeper", export_string_translation=False
    )
    can_print_first_password = fields.Boolean(compute="_compute_can_print")

    @api.depends("user_id", "name", "unit_id", "is_unit_account", "kind")
    @api.depends_context("lang")
    def _compute_person_name(self):
        for line in self:
            if line.kind == "keeper" or line._opens_unit_account():
                line.person_name = self.env._(
                    "Account of %(unit)s", unit=line.unit_id.name or "…"
                )
            else:
                line.person_name = line.user_id.name or line.name

    @api.depends("person_name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.person_name or ""

    @api.depends("user_id")
    def _compute_present_posts(self):
        posts = self.env["qlvb.position"]._current(self.user_id)
        for line in self:
            own = posts.filtered(lambda post: post.user_id == line.user_id)  # noqa: B023
            line.present_posts = "; ".join(
                f"{post.title or post._role_label()}, {post.unit_id.name}"
                for post in own
            )

    @api.depends("user_id", "position_id", "kind")
    def _compute_needs_keeper(self):
        for line in self:
            line.needs_keeper = bool(line._accounts_left())

    @api.depends("request_state", "kind", "user_id")
    @api.depends_context("uid")
    def _compute_can_print(self):
        of_office = self.env["qlvb.position"]._is_of_office()
        for line in self:
            account = line.sudo()._account()
            line.can_print_first_password = (
                of_office
                and line.request_state == "done"
                and line.kind in LETTER_KINDS
                and account.active
                and account.must_change_password
            )

    # -- the form -------------------------------------------------------------

    @api.onchange("name")
    def _onchange_name(self):
        if self.name and not self.login and not self.is_unit_account:
            self.login = self._proposed_login(self.name)

    @api.onchange("is_unit_account", "unit_id")
    def _onchange_unit_account(self):
        if self.is_unit_account and self.unit_id:
            self.name = self.unit_id.name
            self.role = False
            symbol = fold(self.unit_id.symbol).replace(" ", "")
            self.login = self.login or self._free_login(f"vt.{symbol}")

    @api.onchange("user_id")
    def _onchange_user_id(self):
        left = self._posts_held()
        if self.position_id.user_id != self.user_id:
            self.position_id = left if len(left) == 1 else False
        # An account that was closed is granted again under its own name.
        if self.kind == "grant" and self.user_id and not self.is_unit_account:
            self.name, self.login = self.user_id.name, self.user_id.login

    @api.onchange("position_id")
    def _onchange_position_id(self):
        if self.position_id:
            self.user_id = self.position_id.user_id

    @api.model
    def _proposed_login(self, name):
        """Return the login that offices make of a name, and that is free."""
        return self._free_login(logins.propose(name))

    @api.model
    def _free_login(self, proposed):
        """Return a login that nobody has, made of the proposed one."""
        if not proposed:
            return False
        users = self.env["res.users"].sudo().with_context(active_test=False)
        taken = set(users.search([("login", "=like", f"{proposed}%")]).mapped("login"))
        number, login = 1, proposed
        while login in taken:
            number += 1
            login = f"{proposed}{number}"
        return login

    # -- written as the request above -----------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([self._tidied(vals) for vals in vals_list])
        lines._require_draft()
        return lines

    def write(self, vals):
        self._require_draft()
        result = super().write(self._tidied(vals))
        # Nor is a line moved into a request that was decided.
        self._require_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._require_draft()

    def _require_draft(self):
        """Raise where the request above is no longer, or not for them, to change."""
        requests = self.request_id
        if not requests._passed_gate():
            requests._require_draft()

    @api.model
    def _tidied(self, vals):
        """Return values with logins as they are typed: small letters, no blanks."""
        if isinstance(vals.get("login"), str):
            return vals | {"login": vals["login"].strip().lower()}
        return vals

    # -- the first password ---------------------------------------------------

    def action_print_first_password(self):
        """Open the page on which the Office prints the letter with a first password.

        Each letter has a password of its own and makes the one before void; there
        is none any more once the person has chosen their own (Article 10.2).

        :return: an action that opens the page
        :raises AccessError: the caller is not of the Office
        :raises UserError: there is no first password to be handed over
        """
        self._require_one()
        self._require_letter()
        return {
            "type": "ir.actions.act_url",
            "url": f"/qlvb/first-password/{self.id}",
            "target": "new",
        }

    def _require_letter(self):
        """Raise where the caller may not print this letter, or there is none.

        :raises AccessError: the caller is not of the Office
        :raises UserError: not carried out yet, or the person has their own password
        """
        self.check_access("read")
        if not self.env["qlvb.position"]._is_of_office():
            raise AccessError(
                self.env._("First passwords are handed over by the Office alone.")
            )
        if self.can_print_first_password:
            return
        account = self.sudo()._account()
        if self.request_state == "done" and account.active:
            message = self.env._(
                "%(person)s has already chosen a password of their own. If it was "
                "forgotten, prepare a request to reset it.",
                person=account.name,
            )
        else:
            message = self.env._(
                "There is no first password to hand over: the request was not carried "
                "out, or the account is closed."
            )
        raise UserError(message)

    def _give_letter(self):
        """Give a fresh first password, and return what stands in its letter."""
        self._require_letter()
        line = self.sudo()
        # As the system: nobody sets a password for somebody else.
        account = line._account().with_user(SUPERUSER_ID)
        password = account._give_first_password()
        self.env["qlvb.journal"]._log(
            "first_password_printed", account, data={"decision": line._decision()}
        )
        local = clock.to_local(clock.now())
        return line._letter_values(account, password, local)
