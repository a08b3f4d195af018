from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..lib.symbols import word_key

STANDINGS = [
    ("fine", "Account and post in order"),
    ("requested", "Asked for"),
    ("no_account", "Without account"),
    ("no_post", "Account without this post"),
]


class QlvbStaff(models.Model):
    """A person of the staff list, beside the accounts that there are (Article 12.2).

    The list comes from the personnel department and is taken in by the Office, a
    new one in the place of the last.  It gives nobody anything: it shows who joined
    or moved and has no account, or no post, as yet.
    """

    _name = "qlvb.staff"
    _description = "Person of the Staff List"
    _inherit = ["qlvb.input.mixin"]
    _order = "unit_id, name, id"
    _text_limits = {"name": 100, "login": 64, "title": 120}

    name = fields.Char("Full name", required=True, readonly=True)
    login = fields.Char("Login name", readonly=True)
    unit_id = fields.Many2one("qlvb.unit", required=True, readonly=True)
    role = fields.Selection(
        lambda self: self.env["qlvb.position"]._role_selection(),
        "Post",
        readonly=True,
    )
    title = fields.Char(readonly=True)
    date_from = fields.Date("In the unit since", readonly=True)
    user_id = fields.Many2one("res.users", "Account", compute="_compute_standing")
    standing = fields.Selection(
        STANDINGS, compute="_compute_standing", search="_search_standing"
    )

    @api.depends("name", "login", "unit_id")
    def _compute_standing(self):
        by_login, by_name = self._accounts()
        units_of = defaultdict(set)
        for post in self.env["qlvb.position"]._current():
            units_of[post.user_id].add(post.unit_id.id)
        asked = self._asked()
        for person in self:
            unit = person.unit_id.id
            user = by_login.get(person.login or "")
            if not user:
                same = by_name.get(word_key(person.name or ""), [])
                here = [other for other in same if unit in units_of[other]]
                user = (here or same)[0] if len(here or same) == 1 else None
            person.user_id = user
            person.standing = self._standing_of(
                user, unit, units_of, asked, word_key(person.name or "")
            )

    @api.model
    def _standing_of(self, user, unit, units_of, asked, name):
        if user and user.active and unit in units_of[user]:
            return "fine"
        if (user and (user.id, unit) in asked) or (name, unit) in asked:
            return "requested"
        return "no_post" if user and user.active else "no_account"

    @api.model
    def _accounts(self):
        """Return the accounts of persons, by login and by name."""
        units = self.env["qlvb.unit"].sudo().search([("account_user_id", "!=", False)])
        # Superuser: that there is an account is known to every official.
        users = self.env["res.users"].sudo().with_context(active_test=False)
        by_login, by_name = {}, defaultdict(list)
        everybody = users.search([])  # pylint: disable=no-search-all
        for user in everybody - units.account_user_id:
            by_login[user.login] = user
            by_name[word_key(user.name or "")].append(user)
        return by_login, by_name

    @api.model
    def _asked(self):
        """Return for whom, and in which unit, a request is on its way."""
        lines = self.env["qlvb.account.request.line"].search(
            [("request_id.state", "in", ("draft", "submitted", "approved"))]
        )
        return {
            (line.user_id.id or word_key(line.name or ""), line.unit_id.id)
            for line in lines.sudo()
        }

    def _search_standing(self, operator, value):
        if operator != "in":
            return NotImplemented
        # A few hundred persons.
        everybody = self.search([])  # pylint: disable=no-search-all
        found = everybody.filtered(lambda person: person.standing in value)
        return [("id", "in", found.ids)]

    @api.model
    def _take_in(self, rows):
        """Put a staff list in the place of the last one.

        :param rows: dicts of values
        :return: an action that shows what it tells
        """
        # Superuser: past the wizard's own check of the caller.
        staff = self.sudo()
        staff.search([]).unlink()  # pylint: disable=no-search-all
        staff.create(rows)
        self.env["qlvb.journal"]._log("staff_taken_in", data={"rows": len(rows)})
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_base.qlvb_staff_action"
        )
        return action | {"target": "main"}

    def action_prepare_requests(self):
        """Make draft requests for those without account, and for those who moved.

        :return: an action that shows the drafts
        :raises AccessError: the caller is not of the Office
        :raises UserError: nobody among them lacks anything
        """
        self.check_access("read")
        requests = self.env["qlvb.account.request"]
        if requests._actor_office() is None:
            raise AccessError(
                self.env._("Requests about accounts are prepared by the Office.")
            )
        joiners = self.filtered(lambda person: person.standing == "no_account")
        movers = self.filtered(lambda person: person.standing == "no_post")
        if not joiners | movers:
            raise UserError(self.env._("Nobody among them is without account or post."))
        for kind, people in (("grant", joiners), ("transfer", movers)):
            if people:
                lines = [(0, 0, person._line_values(kind)) for person in people]
                requests |= requests.create({"kind": kind, "line_ids": lines})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Account requests"),
            "res_model": requests._name,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", requests.ids)],
        }

    def _line_values(self, kind):
        """Return the values of the line that asks for what this person lacks."""
        values = {
            "unit_id": self.unit_id.id,
            "role": self.role or "specialist",
            "title": self.title,
        }
        if self.user_id:
            values["user_id"] = self.user_id.id
        if kind == "grant":
            lines = self.env["qlvb.account.request.line"]
            login = self.login or lines._proposed_login(self.name)
            return values | {"name": self.name, "login": self.user_id.login or login}
        held = self.env["qlvb.position"]._current(self.user_id)
        return values | {"position_id": held.id if len(held) == 1 else False}
