from odoo import api, models
from odoo.fields import Domain

from ..lib import logins
from .qlvb_position import SINGLE_ROLES

LETTER_KINDS = ("grant", "reset", "keeper", "transfer", "rotation")
"""Kinds after which the account has a first password, to be handed over."""
GIVES_POST = ("grant", "post", "transfer", "rotation")
_SYSTEMS_OWN = (
    "base.user_root",
    "base.public_user",
    "base.template_portal_user_id",
    "base.default_user",
)
LEAVES_POST = ("transfer", "rotation", "end_post")


class QlvbAccountRequestCheck(models.AbstractModel):
    """What a line of a request asks for, and what stands against it.

    Asked when the request is submitted, when it is approved and once more when it
    is carried out: between these, people come and go.
    """

    _name = "qlvb.account.request.check"
    _description = "Conditions of an Account Request"

    # -- what it asks for -----------------------------------------------------

    def _account(self):
        """Return the account that the line is about; empty where it is to be made."""
        self.ensure_one()
        if self.kind == "keeper" or self._opens_unit_account():
            return self.unit_id.account_user_id
        return self.user_id

    def _opens_unit_account(self):
        """Tell whether the line asks for the account of a unit.

        The tick means something on a grant alone, whatever else it is sent with.
        """
        self.ensure_one()
        return self.kind == "grant" and self.is_unit_account

    def _gives_post(self):
        """Tell whether the line gives a person a post."""
        self.ensure_one()
        return self.kind in GIVES_POST and not self._opens_unit_account()

    def _posts_held(self):
        """Return the posts that the person of the line holds today."""
        return self.env["qlvb.position"]._current(self.user_id)

    def _posts_left(self):
        """Return the posts that end by this line, the predecessor's included."""
        self.ensure_one()
        posts = self.env["qlvb.position"].sudo()
        if self.kind in LEAVES_POST:
            posts |= self.position_id.sudo()
        elif self.kind == "withdraw":
            posts |= self._posts_held()
        if self._gives_post() and self.takes_over:
            posts |= self._holder()
        return posts

    def _holder(self):
        """Return the post of who holds what the line asks for, where one holds it."""
        if self.role not in SINGLE_ROLES or not self.unit_id:
            return self.env["qlvb.position"]
        holding = self.env["qlvb.position"]._current(None, self.unit_id, (self.role,))
        return holding.filtered(lambda post: post.user_id != self.user_id)

    def _units_left(self):
        """Return pairs of a person and a unit in which no post is left to them."""
        lines = self.request_id.line_ids | self
        leaving = lines.mapped(lambda line: line._posts_left())
        arriving = {
            (line.user_id, line.unit_id) for line in lines if line._gives_post()
        }
        pairs = []
        for post in self._posts_left():
            pair = (post.user_id, post.unit_id)
            others = self.env["qlvb.position"]._current(*pair) - leaving
            if not others and pair not in arriving and pair not in pairs:
                pairs.append(pair)
        return pairs

    def _accounts_left(self):
        """Return the units whose accounts the persons who leave keep."""
        units = self.env["qlvb.unit"].sudo()
        if self.kind == "withdraw" and self.user_id:
            units |= units.search([("keeper_id", "=", self.user_id.id)])
        for user, unit in self._units_left():
            if unit.keeper_id == user:
                units |= unit
        return units.filtered("account_user_id")

    # -- what stands against it -----------------------------------------------

    def _problems(self, day):
        """Return what stands against the line, were it carried out on ``day``."""
        self.ensure_one()
        # Superuser: names are told of posts and accounts that all officials read.
        line = self.sudo()
        check = {
            "grant": line._problems_of_grant,
            "post": line._problems_of_person,
            "transfer": line._problems_of_person,
            "rotation": line._problems_of_person,
            "withdraw": line._problems_of_person,
            "end_post": line._problems_of_person,
            "keeper": line._problems_of_keeper,
            "reset": line._problems_of_person,
            "correct": line._problems_of_correction,
        }[line.kind]
        problems = check()
        if line._gives_post():
            problems += line._problems_of_post_given(day)
        problems += line._problems_of_posts_left(day)
        return problems

    def _problems_of_grant(self):
        if self.user_id and not self._opens_unit_account():
            problems = []
            if self.user_id.active:
                problems.append(
                    self.env._(
                        "They have an account already. Give them a further post, or "
                        "transfer them."
                    )
                )
            return problems + self._problems_of_account(self.user_id)
        problems = [] if self.name else [self.env._("Enter the full name.")]
        if not self.login:
            problems.append(self.env._("Enter the login name."))
        else:
            problems += self._problems_of_login()
        if self._opens_unit_account():
            problems += self._problems_of_unit_account()
        return problems

    def _problems_of_correction(self):
        problems = self._problems_of_person()
        if not (self.name or self.login or self.email):
            problems.append(self.env._("Enter what is to stand there from now on."))
        if self.login:
            problems += self._problems_of_login()
        return problems

    def _problems_of_login(self):
        """Return what stands against the login that the line asks for."""
        if not logins.is_login(self.login):
            return [
                self.env._(
                    "“%(login)s” is no login name: 2 to %(most)s letters a-z, digits "
                    "and dots, without marks and blanks.",
                    login=self.login,
                    most=logins.MOST,
                )
            ]
        users = self.env["res.users"].with_context(active_test=False)
        other = users.search([("login", "=", self.login)], limit=1)
        if other and other != self.user_id:
            return [
                self.env._(
                    "The login “%(login)s” belongs to %(person)s. Choose another.",
                    login=self.login,
                    person=other.name,
                )
            ]
        also = self.search(
            Domain("login", "=", self.login)
            & Domain("id", "!=", self.id)
            & Domain("kind", "in", ("grant", "correct"))
            & (
                Domain("request_id", "=", self.request_id.id)
                | Domain("request_id.state", "in", ("submitted", "approved"))
            ),
            limit=1,
        )
        if also:
            return [
                self.env._(
                    "The login “%(login)s” is asked for twice, for %(person)s too.",
                    login=self.login,
                    person=also.name,
                )
            ]
        return []

    def _problems_of_unit_account(self):
        unit, keeper = self.unit_id, self.user_id
        if not unit:
            return [self.env._("Choose the unit.")]
        if unit.account_user_id:
            return [
                self.env._("%(unit)s already has its account.", unit=unit.name),
            ]
        return self._problems_of_new_keeper(unit, keeper)

    def _problems_of_keeper(self):
        unit, keeper = self.unit_id, self.user_id
        if not unit:
            return [self.env._("Choose the unit whose account it is.")]
        if not unit.account_user_id:
            return [
                self.env._(
                    "%(unit)s has no account of its own. Ask for one first.",
                    unit=unit.name,
                )
            ]
        if keeper == unit.keeper_id:
            return [self.env._("%(person)s keeps it already.", person=keeper.name)]
        return self._problems_of_new_keeper(unit, keeper)

    def _problems_of_new_keeper(self, unit, keeper):
        """Return what stands against a person as keeper: no post there, or none."""
        if not keeper:
            return [self.env._("Choose the person who keeps the unit's account.")]
        posts = self.env["qlvb.position"]._current(keeper, unit)
        leaving = self.request_id.line_ids.mapped(lambda line: line._posts_left())
        coming = self.request_id.line_ids.filtered(
            lambda line: (
                line._gives_post() and line.user_id == keeper and line.unit_id == unit
            )
        )
        if (posts - leaving or coming) and keeper.active:
            return []
        return [
            self.env._(
                "%(person)s holds no post in %(unit)s. Its account is kept by one of "
                "its own people.",
                person=keeper.name,
                unit=unit.name,
            )
        ]

    def _problems_of_person(self):
        """Return what stands against changing this person's account or posts."""
        user = self.user_id
        if not user:
            return [self.env._("Choose the person.")]
        problems = self._problems_of_account(user)
        if not user.active:
            problems.append(self.env._("The account is closed."))
        is_unit_account = bool(
            self.env["qlvb.unit"].search_count([("account_user_id", "=", user.id)])
        )
        if is_unit_account and self.kind not in ("correct", "reset", "withdraw"):
            problems.append(
                self.env._("A unit's account holds no posts. Choose a person.")
            )
        same = [
            line
            for line in self.request_id.line_ids
            if line._matter() == self._matter()
        ]
        if len(same) > 1:
            problems.append(self.env._("The same is asked for twice in this request."))
        return problems

    def _matter(self):
        """Return what may be asked for once only in a request."""
        if self.kind in LEAVES_POST:
            return (self.user_id, self.position_id)
        return (self.user_id, self.kind == "post" and self._wanted())

    def _problems_of_account(self, user):
        """Return that no request moves what belongs to the system itself."""
        own = [self.env.ref(name, raise_if_not_found=False) for name in _SYSTEMS_OWN]
        if user in own or user._is_system():
            return [
                self.env._(
                    "This account belongs to the system and is no official's. No "
                    "request changes it."
                )
            ]
        return []

    def _wanted(self):
        return (self.unit_id, self.role)

    def _problems_of_post_given(self, day):
        """Return what stands against the post that the line gives."""
        unit, role = self.unit_id, self.role
        if not (unit and role):
            return [self.env._("Choose unit and post.")]
        problems = []
        if not unit.active:
            problems.append(self.env._("%(unit)s is closed.", unit=unit.name))
        if role == "chief_of_office" and unit.kind != "committee":
            problems.append(
                self.env._("The Chief of Office holds that post in a committee.")
            )
        if any(field.unit_id != unit for field in self.field_ids):
            problems.append(
                self.env._(
                    "The fields of work are not those of %(unit)s.", unit=unit.name
                )
            )
        held = self.env["qlvb.position"]._current(self.user_id, unit, (role,))
        if self.user_id and held:
            problems.append(
                self.env._("They hold this post already in %(unit)s.", unit=unit.name)
            )
        return problems + self._problems_of_single_post(day)

    def _problems_of_single_post(self, day):
        """Return that somebody else holds the one post of head or Chief of Office."""
        if self.role not in SINGLE_ROLES:
            return []
        rivals = self.request_id.line_ids.filtered(
            lambda line: line._gives_post() and line._wanted() == self._wanted()
        )
        if len(rivals) > 1:
            return [
                self.env._(
                    "Two persons are to hold one post in %(unit)s.",
                    unit=self.unit_id.name,
                )
            ]
        leaving = self.request_id.line_ids.mapped(lambda line: line._posts_left())
        domain = (
            Domain("unit_id", "=", self.unit_id.id)
            & Domain("role", "=", self.role)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
        )
        holder = (self.env["qlvb.position"].search(domain) - leaving)[:1]
        if not holder:
            return []
        return [
            self.env._(
                "%(person)s holds this post in %(unit)s. Mark that the person takes "
                "over, or end that post first.",
                person=holder.user_id.name,
                unit=self.unit_id.name,
            )
        ]

    def _problems_of_posts_left(self, day):
        """Return what stands against ending the posts that the line ends."""
        problems = []
        if self.kind in LEAVES_POST:
            post = self.position_id
            if not post:
                return [self.env._("Choose the post that is left.")]
            if not post.is_current or (self.user_id and post.user_id != self.user_id):
                return [
                    self.env._("The post left is not one that the person holds today.")
                ]
        if self.kind == "withdraw":
            problems += self._problems_of_posts_to_come()
        for post in self._posts_left():
            # One cannot have held a post that ended before it began.
            if self.kind != "withdraw" and post.date_from >= day:
                problems.append(
                    self.env._(
                        "%(post)s began on %(day)s: it cannot end before. Choose a "
                        "later effective date.",
                        post=post.display_name,
                        day=post.date_from.strftime("%d/%m/%Y"),
                    )
                )
        return problems + self._problems_of_accounts_left()

    def _problems_of_posts_to_come(self):
        later = self.env["qlvb.position"].search(
            [("user_id", "=", self.user_id.id), ("date_from", ">", self._today())],
            limit=1,
        )
        if not later:
            return []
        return [
            self.env._(
                "%(post)s begins on %(day)s. The account is closed after that only.",
                post=later.display_name,
                day=later.date_from.strftime("%d/%m/%Y"),
            )
        ]

    def _problems_of_accounts_left(self):
        """Return that an account of a unit would be left without a keeper."""
        units = self._accounts_left()
        if not units:
            return []
        if not self.keeper_id:
            return [
                self.env._(
                    "%(person)s keeps the account of %(unit)s. Name who keeps it from "
                    "then on.",
                    person=units[0].keeper_id.name,
                    unit=units[0].name,
                )
            ]
        return [
            problem
            for unit in units
            for problem in self._problems_of_new_keeper(unit, self.keeper_id)
        ]

    @api.model
    def _today(self):
        return self.env["qlvb.account.request"]._today()
