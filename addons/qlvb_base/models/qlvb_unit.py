from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import clock
from ..lib.workflow import Actor


class QlvbUnit(models.Model):
    """A unit of the local government: committee, office, agency, commune.

    The level of government is data: a district with communes below it and a
    commune alone are both a tree of these.  Every official reads all units;
    they change by decision only, never by hand (Articles 8.2, 9.5).
    """

    _name = "qlvb.unit"
    _description = "Unit"
    _inherit = ["qlvb.input.mixin"]
    _parent_store = True
    _order = "sequence, id"
    _rec_names_search = ["name", "symbol"]
    _text_limits = {"symbol": 20, "identifier": 35, "place": 60}

    name = fields.Char(required=True, index="trigram")
    symbol = fields.Char(required=True, help="As it stands in document symbols: VHTT")
    identifier = fields.Char(help="Identifier for exchange with other systems")
    kind = fields.Selection(
        [
            ("committee", "Committee"),
            ("office", "Office"),
            ("department", "Specialised agency"),
            ("commune", "Commune or town"),
            ("service", "Public service unit"),
        ],
        required=True,
        default="department",
    )
    place = fields.Char(help="Place name that stands before the date of a document")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one("qlvb.unit", "Superior unit", index=True)
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("qlvb.unit", "parent_id", "Subordinate units")
    account_user_id = fields.Many2one(
        "res.users",
        "Unit account",
        copy=False,
        index="btree_not_null",
        help="The login that belongs to the unit itself (Article 4.4)",
    )
    keeper_id = fields.Many2one(
        "res.users",
        "Account keeper",
        copy=False,
        help="The person who keeps the unit's account and answers for it",
    )
    calendar_id = fields.Many2one(
        "qlvb.calendar", "Working calendar", help="Empty: that of the superior unit"
    )
    receives = fields.Boolean(
        "Keeps an incoming register",
        default=True,
        help="The unit receives papers of its own and numbers them itself",
    )
    position_ids = fields.One2many("qlvb.position", "unit_id", "Posts")
    head_id = fields.Many2one(
        "res.users", compute="_compute_head_id", compute_sudo=True
    )

    _account_uniq = models.Constraint(
        "UNIQUE (account_user_id)", "An account belongs to one unit only."
    )

    @api.depends("position_ids.role", "position_ids.user_id")
    def _compute_head_id(self):
        heads = self.env["qlvb.position"]._current(units=self, roles=("head",))
        by_unit = {position.unit_id.id: position.user_id for position in heads}
        for unit in self:
            unit.head_id = by_unit.get(unit.id, False)

    @api.constrains("account_user_id", "keeper_id")
    def _check_keeper(self):
        for unit in self:
            if unit.account_user_id and not unit.keeper_id:
                raise ValidationError(
                    self.env._(
                        "Name the person who keeps %(unit)s's account and answers "
                        "for it.",
                        unit=unit.name,
                    )
                )
            if unit.account_user_id and unit.account_user_id == unit.keeper_id:
                raise ValidationError(
                    self.env._(
                        "The keeper of %(unit)s's account is a person with an account "
                        "of their own, not the account itself.",
                        unit=unit.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self.env["qlvb.position"]._check_may_change_organisation()
        units = super().create(vals_list)
        units.filtered("account_user_id")._sync_account()
        self.env["qlvb.journal"]._log("unit_created", units)
        return units

    def write(self, vals):
        self.env["qlvb.position"]._check_may_change_organisation()
        accounts = self.account_user_id
        result = super().write(vals)
        if {"account_user_id", "active"} & vals.keys():
            self._sync_account()
            self.env["qlvb.position"]._sync_groups(accounts | self.account_user_id)
        if vals.keys() - {"parent_path"}:
            self.env["qlvb.journal"]._log(
                "unit_changed", self, data={"fields": sorted(vals)}
            )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.position_ids:
            raise ValidationError(
                self.env._("A unit with posts is never deleted. Archive it instead.")
            )

    def _sync_account(self):
        """Bring sight and groups of the units' own accounts in step."""
        self.env["qlvb.membership"]._sync_units(self)
        self.env["qlvb.position"]._sync_groups(self.account_user_id)

    def _top(self):
        """Return the unit at the top of this one's tree, whose head is the chairman."""
        if not self:
            return self
        return self.browse(int(self.sudo().parent_path.split("/", 1)[0]))

    def _above(self):
        """Return the units above this one, the nearest first."""
        path = (self.sudo().parent_path or "").split("/")[:-2]
        return self.browse(int(number) for number in reversed(path))

    def _calendar(self):
        """Return the working calendar of the unit, its superiors' or the standard."""
        unit = self.sudo()
        while unit:
            if unit.calendar_id:
                return unit.calendar_id
            unit = unit.parent_id
        return self.env["qlvb.calendar"].sudo()._default()

    def _works_between(self, start, end):
        """Tell whether the unit works at all between two moments (naive, UTC)."""
        hours = self._calendar()._work_hours()
        first, last = (
            clock.to_local(moment).replace(tzinfo=None) for moment in (start, end)
        )
        return hours.between(first, last) > 0

    def _is_time_to_alarm(self, moment):
        """Tell whether people of the unit are told now of what begins at a moment.

        From the beginning of the working day before on, while the office is open.
        """
        calendar = self._calendar()
        now = clock.to_local(clock.now()).replace(tzinfo=None)
        if not calendar._work_hours().is_open(now):
            return False
        next_day = calendar._work_calendar().add(now.date(), 1)
        return clock.to_local(moment).date() <= next_day

    def _chiefs_above(self):
        """Return the Chiefs of Office of the committees above this unit."""
        above = self.browse(int(number) for number in self.parent_path.split("/")[:-1])
        roles = ("chief_of_office",)
        return self.env["qlvb.position"]._current(units=above, roles=roles).user_id

    def _actor_as_clerk(self):
        """Return the caller as this unit's clerk or account, or ``None`` (Art. 5.1)."""
        return self._actor_holding("clerk")

    def _actor_as_head(self, subject=None):
        """Return the caller as head of this unit or in the head's name, or ``None``.

        A delegate has the powers of Article 5.3 while the delegation runs, and
        acts on behalf of the head (Article 5.3d); which of them, the gate asks.

        :param subject: of what it is asked, ``document`` or ``dossier``
        """
        if actor := self._actor_holding("head"):
            return actor
        delegator = self.env["qlvb.delegation"]._mine(subject).get(self.id)
        if delegator:
            user = self.env.user
            return Actor(user, user.sudo().browse(delegator), self)
        return None

    def _actor_as_router(self, subject=None):
        """Return the caller where they sort the papers of this unit, or ``None``.

        What a committee receives is routed by the Chief of Office on the
        chairman's direction (Article 5.2); elsewhere the unit's head routes, or
        the delegate (Article 5.3).
        """
        return self._actor_holding("chief_of_office") or self._actor_as_head(subject)

    def _actor_holding(self, *roles):
        """Return the caller where they hold one of the posts here, or ``None``."""
        mine = self.env["qlvb.position"]._mine()
        if any((self.id, role) in mine for role in roles):
            user = self.env.user
            return Actor(user, user.browse(), self)
        return None
