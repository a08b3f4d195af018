from collections import defaultdict
from datetime import date, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib import clock

ROLE_GROUPS = {
    "head": "qlvb_base.group_qlvb_head",
    "deputy": "qlvb_base.group_qlvb_deputy",
    "chief_of_office": "qlvb_base.group_qlvb_chief",
    "clerk": "qlvb_base.group_qlvb_clerk",
    "specialist": "qlvb_base.group_qlvb_user",
    "administrator": "qlvb_base.group_qlvb_administrator",
}
SINGLE_ROLES = ("head", "chief_of_office")
OFFICE_ROLES = ("chief_of_office", "head", "deputy", "clerk")
"""Posts in the Office that manage the system (Article 8.1)."""


class QlvbPosition(models.Model):
    """A post that a person holds in a unit from one day to another.

    A person may hold several.  What anybody may do and see follows from the
    posts of the day: groups, membership and every gate are derived from here.
    Every official reads all posts.  Posts are ended, never deleted, and change
    by decision of the chairman only (Article 9.4).
    """

    _name = "qlvb.position"
    _description = "Post"
    _inherit = ["qlvb.input.mixin"]
    _order = "unit_id, role_order, date_from, id"
    _rec_names_search = ["user_id", "unit_id", "title"]

    user_id = fields.Many2one("res.users", "Person", required=True, index=True)
    unit_id = fields.Many2one("qlvb.unit", required=True, index=True)
    role = fields.Selection(
        [
            ("head", "Head"),
            ("deputy", "Deputy"),
            ("chief_of_office", "Chief of Office"),
            ("clerk", "Clerk"),
            ("specialist", "Specialist"),
            ("administrator", "Technical administrator"),
        ],
        required=True,
    )
    role_order = fields.Integer(compute="_compute_role_order", store=True)
    title = fields.Char(help="As it stands under a signature")
    is_acting = fields.Boolean(
        "Acting (Q.)", help="Charged with the post until somebody is appointed"
    )
    field_ids = fields.Many2many(
        "qlvb.work.field",
        string="Fields of work",
        help="What a vice chairman directs",
    )
    date_from = fields.Date("From", required=True, default=lambda self: clock.today())
    date_to = fields.Date("To", help="The last day; empty: until further notice")
    is_current = fields.Boolean(
        compute="_compute_is_current", search="_search_is_current"
    )

    _dates_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A post cannot end before it begins.",
    )
    _user_unit_index = models.Index("(user_id, unit_id, role)")

    @api.depends("role")
    def _compute_role_order(self):
        order = list(ROLE_GROUPS)
        for position in self:
            position.role_order = order.index(position.role) if position.role else 9

    @api.depends("date_from", "date_to")
    def _compute_is_current(self):
        today = clock.today()
        for position in self:
            position.is_current = bool(
                position.date_from
                and position.date_from <= today
                and (not position.date_to or position.date_to >= today)
            )

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._current_domain()

    @api.depends("user_id", "unit_id", "title", "role")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for position in self:
            position.display_name = "{}, {} {}".format(
                position.user_id.name or "",
                position.title or roles.get(position.role, ""),
                position.unit_id.name or "",
            )

    @api.constrains("role", "unit_id", "date_from", "date_to")
    def _check_single_role(self):
        """A unit has one head, and a committee one Chief of Office, at a time."""
        for position in self.filtered(lambda post: post.role in SINGLE_ROLES):
            domain = Domain(
                [
                    ("id", "!=", position.id),
                    ("unit_id", "=", position.unit_id.id),
                    ("role", "=", position.role),
                ]
            ) & (
                Domain("date_to", "=", False)
                | Domain("date_to", ">=", position.date_from)
            )
            if position.date_to:
                domain &= Domain("date_from", "<=", position.date_to)
            other = self.search(domain, limit=1)
            if other:
                raise ValidationError(
                    self.env._(
                        "%(person)s already holds this post in %(unit)s. "
                        "End that post first.",
                        person=other.user_id.name,
                        unit=position.unit_id.name,
                    )
                )

    @api.constrains("role", "unit_id")
    def _check_chief_of_office(self):
        for position in self:
            is_committee = position.unit_id.kind == "committee"
            if position.role == "chief_of_office" and not is_committee:
                raise ValidationError(
                    self.env._("The Chief of Office holds that post in a committee.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_may_change_organisation()
        positions = super().create(vals_list)
        if not self.env.su:
            self._require_way_in()
        positions._after_change()
        self.env["qlvb.journal"]._log("post_given", positions)
        return positions

    def write(self, vals):
        self._check_may_change_organisation()
        users = self.user_id
        result = super().write(vals)
        self._after_change(users)
        self.env["qlvb.journal"]._log(
            "post_changed", self, data={"fields": sorted(vals)}
        )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        raise ValidationError(
            self.env._("A post is ended by its last day, never deleted.")
        )

    def _after_change(self, users=None):
        """Bring sight and groups in step with the posts, at once."""
        membership = self.env["qlvb.membership"]
        membership._sync_positions(self)
        self.env["qlvb.delegation"]._follow_posts(self.unit_id)
        self._sync_groups((users or self.user_id.browse()) | self.user_id)
        self._follow_at_midnight()

    def _follow_at_midnight(self):
        """Have the groups follow at the first minute of a day to come."""
        days = set(self.mapped("date_from"))
        days |= {day + timedelta(days=1) for day in self.mapped("date_to") if day}
        today = clock.today()
        moments = [
            clock.to_utc(datetime.combine(day, time.min)) for day in days if day > today
        ]
        if moments:
            # Superuser: whoever may change a post sets the clock for it.
            self.env.ref("qlvb_base.ir_cron_qlvb_posts").sudo()._trigger(moments)

    def _span_of_post(self):
        """Return the first moment of the post and the first after it (UTC).

        :return: a pair, of which the second is ``None`` where the end is open
        """
        self.ensure_one()
        start = clock.to_utc(datetime.combine(self.date_from, time.min))
        if not self.date_to:
            return start, None
        over = self.date_to + timedelta(days=1)
        return start, clock.to_utc(datetime.combine(over, time.min))

    @api.model
    def _check_may_change_organisation(self):
        """Let posts and units change by the system alone (Articles 8.2, 9.4).

        The one exception is an empty house: until a first chairman and a first
        Chief of Office hold their posts, the emergency administrator sets it up.

        :raises AccessError: for every other caller
        """
        if self.env.su:
            return
        if self.env.user._is_system() and not self._is_house_set_up():
            return
        raise AccessError(
            self.env._(
                "Units, posts and accounts change by decision of the chairman. "
                "Ask the Office to prepare the request."
            )
        )

    @api.model
    def _is_house_set_up(self):
        """Tell whether a committee has had a chairman and a Chief of Office."""
        started = Domain("date_from", "<=", clock.today()) & Domain(
            "unit_id.kind", "=", "committee"
        )
        posts = self.sudo()
        return all(
            posts.search_count(started & Domain("role", "=", role), limit=1)
            for role in ("head", "chief_of_office")
        )

    @api.model
    def _require_way_in(self):
        """Raise where the house would be shut with nobody inside.

        Once it is set up, passwords are given by decided requests alone, and these
        need a chairman and an Office that can log in.

        :raises ValidationError: naming who has no password yet
        """
        if not self._is_house_set_up():
            return
        posts = self._current(None, None, ("head", "chief_of_office")).filtered(
            lambda post: post.role == "chief_of_office" or post._is_chair()
        )
        users = posts.user_id
        known = self.env.execute_query(
            SQL(
                "SELECT id FROM res_users WHERE id = ANY(%s) AND password IS NOT NULL",
                users.ids,
            )
        )
        without = users - users.browse(number for (number,) in known)
        if without:
            raise ValidationError(
                self.env._(
                    "%(people)s: no password yet. Set it first: once chairman and "
                    "Chief of Office hold their posts, nobody sets it for them any "
                    "more.",
                    people=", ".join(without.mapped("name")),
                )
            )

    @api.model
    def _oversees(self):
        """Tell whether the caller oversees the whole house.

        The chairman and the Chief of Office do (Articles 8.1, 12).
        """
        posts = self._current(self.env.user, None, ("head", "chief_of_office"))
        return any(
            post.role == "chief_of_office" or post.unit_id.kind == "committee"
            for post in posts
        )

    @api.model
    def _is_chairman(self):
        """Tell whether the caller is the chairman of the topmost committee."""
        posts = self._current(self.env.user, None, ("head",))
        return any(post._is_chair() for post in posts)

    def _is_chair(self):
        """Tell whether the post is the chair of the topmost committee."""
        self.ensure_one()
        unit = self.unit_id
        return self.role == "head" and unit.kind == "committee" and not unit.parent_id

    @api.model
    def _is_of_office(self):
        """Tell whether the caller manages the system for the Office (Article 8.1).

        The Chief of Office does, and the head, deputies and clerks of the Office.
        """
        posts = self._current(self.env.user, None, OFFICE_ROLES)
        return any(post._is_of_managing_office() for post in posts)

    @api.model
    def _role_selection(self):
        """Return the roles with their names as people read them."""
        return self._fields["role"]._description_selection(self.env)

    def _role_label(self):
        """Return the name of the post's role as people read it."""
        self.ensure_one()
        return dict(self._role_selection())[self.role]

    def _is_of_managing_office(self):
        """Tell whether the post is one of the Office that manages the system."""
        self.ensure_one()
        return self.role == "chief_of_office" or (
            self.role in OFFICE_ROLES and self.unit_id.kind == "office"
        )

    @api.model
    def _current_domain(self, at=None):
        """Return the domain of the posts held on a day (default: today in Hà Nội)."""
        day = at or clock.today()
        return Domain("date_from", "<=", day) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        )

    @api.model
    def _current(self, users=None, units=None, roles=None):
        """Return the posts held today, narrowed to persons, units and roles.

        Runs as superuser: who holds which post is no secret, and every gate
        asks it for callers who may have no access to anything else.
        """
        domain = self._current_domain()
        if users is not None:
            domain &= Domain("user_id", "in", users.ids)
        if units is not None:
            domain &= Domain("unit_id", "in", units.ids)
        if roles is not None:
            domain &= Domain("role", "in", roles)
        return self.sudo().search(domain)

    @api.model
    def _last_day(self, user, unit, role):
        """Return until when somebody holds a post that they hold today.

        A post that follows upon another without a gap goes on from it.

        :return: the last day, ``None`` where the end is open, ``date.min`` where they
            do not hold it
        """
        held = [
            ("user_id", "=", user.id),
            ("unit_id", "=", unit.id),
            ("role", "=", role),
        ]
        last, today = date.min, clock.today()
        for post in self.sudo().search(held, order="date_from, id"):
            follows = last != date.min and post.date_from <= last + timedelta(days=1)
            if post.date_from <= today or follows:
                if not post.date_to:
                    return None
                if post.date_to >= today:
                    last = max(last, post.date_to)
        return last

    @api.model
    def _mine(self):
        """Return what the caller holds today, as a set of (unit id, role).

        A unit's account counts as its clerk.  One query for all gates of a
        request, kept for the rest of the transaction's minute.
        """

        def read():
            posts = {
                (post.unit_id.id, post.role) for post in self._current(self.env.user)
            }
            accounts = (
                self.env["qlvb.unit"]
                .sudo()
                ._search([("account_user_id", "=", self.env.uid)])
            )
            posts.update((unit_id, "clerk") for unit_id in accounts)
            return frozenset(posts)

        return self.env["qlvb.membership"]._remember("posts", read)

    @api.model
    def _my_units(self, *roles):
        """Return ids of the units in which the caller holds one of the posts today."""
        return sorted({unit_id for unit_id, role in self._mine() if role in roles})

    @api.model
    def _sync_groups(self, users):
        """Give the users the groups that their posts of today ask for, no others."""
        group_of = {role: self.env.ref(xmlid) for role, xmlid in ROLE_GROUPS.items()}
        group_of["leader"] = self.env.ref("qlvb_base.group_qlvb_leader")
        group_of["office"] = self.env.ref("qlvb_base.group_qlvb_office")
        ours = self.env["res.groups"].union(*group_of.values())
        wanted = {user.id: set() for user in users}
        for position in self._current(users=users):
            wanted[position.user_id.id].add(group_of[position.role].id)
            is_committee = position.unit_id.kind == "committee"
            if is_committee and position.role in ("head", "deputy"):
                wanted[position.user_id.id].add(group_of["leader"].id)
            if position._is_of_managing_office():
                wanted[position.user_id.id].add(group_of["office"].id)
        accounts = (
            self.env["qlvb.unit"].sudo().search([("account_user_id", "in", users.ids)])
        )
        for user in accounts.account_user_id:
            wanted[user.id].add(group_of["clerk"].id)
        # Who has lost the last post has no access left (Article 10.2).
        users.sudo().filtered(
            lambda user: user.group_ids & ours and not wanted[user.id]
        )._end_access()
        # Users with the same change are written together: each write is dear.
        alike = defaultdict(users.sudo().browse)
        for user in users.sudo():
            have = set((user.group_ids & ours).ids)
            want = wanted[user.id]
            alike[frozenset(have - want), frozenset(want - have)] |= user
        for (taken, given), same in alike.items():
            commands = [fields.Command.unlink(group_id) for group_id in sorted(taken)]
            commands += [fields.Command.link(group_id) for group_id in sorted(given)]
            if commands:
                same._set_post_groups(commands)

    @api.model
    def _cron_sync(self):
        """Follow the posts that began or ended since the last run, however long ago."""
        # A few hundred persons, of whom only those are written who changed.
        posts = self.sudo().search([])  # pylint: disable=no-search-all
        self._sync_groups(posts.user_id)
