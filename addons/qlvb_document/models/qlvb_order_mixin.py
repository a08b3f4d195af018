from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.qlvb_base.lib import clock

OPEN_STATES = ("sent", "accepted")
HOLDING_ROLES = ("head", "deputy", "chief_of_office", "specialist", "clerk")


class QlvbOrderMixin(models.AbstractModel):
    """Giving orders: from clean lines to assignments, or every reason why not."""

    _name = "qlvb.order.mixin"
    _description = "Giving Orders"

    @api.model
    def _give_orders(
        self, matter, actor, lines, parent=None, *, event="given", **values
    ):
        """Create the assignments of one order.

        :param matter: what is routed, a record of ``qlvb.matter.mixin``
        :param actor: who gives the order, having passed the gate
        :param lines: clean lines (``lib.lines.Line``)
        :param parent: the assignment from which they are passed on, if any
        :param event: as what the journal notes it
        :param values: what all of the new assignments hold besides
        :return: the new assignments
        :raises UserError: naming everything that is wrong with the lines
        """
        matter = matter.sudo()
        parent = parent.sudo() if parent else self.sudo().browse()
        rows, problems = [], []
        top = parent.unit_id or matter.unit_id
        directory = self._directory(lines)
        for line in lines:
            unit, user, wrong = self._resolve(line, top, *directory)
            if not wrong:
                wrong = self._unmet_target(matter, actor, parent, unit, user)
            wrong += self._unmet_deadline(line)
            problems += wrong
            if not wrong:
                rows.append(
                    self._prepare_order(matter, actor, parent, line, unit, user)
                )
        problems += self._unmet_lead(matter, parent, lines)
        problems += self._unmet_twice(matter, parent, rows)
        if problems:
            raise UserError("\n".join(dict.fromkeys(problems)))
        given = self._note_order(matter, actor, parent)
        orders = (
            self._through_gate()
            .create([{**row, "order_id": given.id, **values} for row in rows])
            .with_env(self.env)
        )
        orders._log(event, actor)
        return orders

    @api.model
    def _note_order(self, matter, actor, parent):
        """Leave the order's own trace: what is given at once is followed as one."""
        # Superuser: past the gate; nobody writes an order by hand.
        return (
            self.env["qlvb.order"]
            .sudo()
            .create(
                {
                    **matter._as_matter(),
                    "parent_id": parent.id,
                    "giver_id": actor.user.id,
                    "giver_behalf_id": actor.on_behalf_of.id,
                    "giver_unit_id": actor.unit.id,
                    "date": clock.now(),
                }
            )
        )

    @api.model
    def _directory(self, lines):
        """Return the units and persons that the lines name, and their posts today."""
        # Superuser: who holds which post is no secret.
        units = (
            self.env["qlvb.unit"]
            .sudo()
            .browse({line.unit_id for line in lines if line.unit_id})
        )
        users = (
            self.env["res.users"]
            .sudo()
            .browse({line.user_id for line in lines if line.user_id})
        )
        units, users = units.exists(), users.exists()
        # Read at once, not line by line.
        units.mapped("head_id")
        units.mapped("parent_path")
        users.mapped("name")
        posts = self.env["qlvb.position"]._current(users, None, HOLDING_ROLES)
        return units, users, posts

    def _prepare_order(self, matter, actor, parent, line, unit, user):
        """Return the values of one assignment."""
        return {
            **matter._as_matter(),
            "parent_id": parent.id,
            "unit_id": unit.id,
            "user_id": user.id,
            "role": line.role,
            "instruction": self._clean_argument(
                self.env._("Instruction"), line.instruction, required=False
            ),
            "deadline": line.deadline
            or (line.role != "inform" and self._default_deadline(matter, parent)),
            "giver_id": actor.user.id,
            "giver_behalf_id": actor.on_behalf_of.id,
            "giver_unit_id": actor.unit.id,
            "sent_at": clock.now(),
        }

    def _default_deadline(self, matter, parent):
        """Return the deadline where the order names none."""
        if parent.deadline:
            return parent.deadline
        if matter.deadline and matter.deadline >= clock.today():
            return matter.deadline
        return matter._limit_from(clock.today())

    def _resolve(self, line, top, units, users, posts):
        """Find the unit and person of a line.

        :param top: the unit that gives the order; of a person with posts in several
            units that one is meant, then one below it
        :param units, users, posts: see ``_directory``
        :return: unit, person (empty where the unit as such is charged), problems
        """
        unit = units.filtered(lambda known: known.id == line.unit_id)
        user = users.filtered(lambda known: known.id == line.user_id)
        if (line.unit_id and not unit) or (line.user_id and not user):
            return unit, user, [self.env._("The unit or person does not exist.")]
        if not user:
            if unit.active and not unit.head_id:
                return (
                    unit,
                    user,
                    [
                        self.env._(
                            "%(unit)s has no head at present. Name a person there.",
                            unit=unit.name,
                        )
                    ],
                )
            return unit, user, []
        held = posts.filtered(lambda post: post.user_id == user).unit_id
        if not held or (unit and unit not in held):
            if unit:
                problem = self.env._(
                    "%(person)s holds no post in %(unit)s.",
                    person=user.name,
                    unit=unit.name,
                )
            else:
                problem = self.env._(
                    "%(person)s holds no post at present.", person=user.name
                )
            return unit, user, [problem]
        nearest = held.sorted(
            lambda unit: (unit != top, not unit.parent_path.startswith(top.parent_path))
        )
        return unit or nearest[:1], user, []

    def _unmet_target(self, matter, actor, parent, unit, user):
        """Return what stands against charging this unit or person."""
        if not unit.active:
            return [
                self.env._(
                    "%(unit)s no longer exists. Choose the unit that took over.",
                    unit=unit.name,
                )
            ]
        top = parent.unit_id or matter.unit_id
        if not unit.parent_path.startswith(top.parent_path):
            return [
                self.env._(
                    "%(target)s is outside %(unit)s. Papers for another unit go back "
                    "to who entered them.",
                    target=user.name or unit.name,
                    unit=top.name,
                )
            ]
        if parent:
            return self._unmet_forward_target(actor, parent, unit, user)
        return []

    def _unmet_forward_target(self, actor, parent, unit, user):
        """Return what stands against passing on: oneself, or up the chain."""
        if not user and unit == parent.unit_id:
            return [
                self.env._(
                    "It is with %(unit)s already. Name a person.", unit=unit.name
                )
            ]
        if user and user in (actor.user, actor.on_behalf_of):
            return [self.env._("You cannot pass work on to yourself.")]
        order = parent
        while order:
            holder = order.user_id or order.unit_id.head_id
            if user and user == holder:
                return [
                    self.env._(
                        "%(person)s passed this work on. Return it instead.",
                        person=user.name,
                    )
                ]
            order = order.parent_id
        return []

    def _unmet_deadline(self, line):
        if line.deadline and line.deadline < clock.today():
            return [
                self.env._(
                    "The deadline %(date)s lies in the past. "
                    "Enter a day from today on.",
                    date=format_date(self.env, line.deadline),
                )
            ]
        return []

    def _unmet_lead(self, matter, parent, lines):
        """Return what is wrong with the number of leads.

        Exactly one is charged at a time; whose result was looked at may be charged
        anew.  Who supports, or has the matter for information, need name none.
        """
        given = sum(line.role == "lead" for line in lines)
        leads = self._beside(matter, parent).filtered(
            lambda order: order.role == "lead"
        )
        at_work = self._leads_at_work(matter, parent)
        if given + len(at_work) > 1:
            return [
                self.env._(
                    "There is one lead only. Make the others supporters, or recall "
                    "the lead first."
                )
            ]
        needed = not parent or parent.role == "lead"
        if needed and not (given or at_work or "done" in leads.mapped("state")):
            return [self.env._("Name one lead: a unit or a person.")]
        return []

    def _leads_at_work(self, matter, parent):
        """Return the leads at the same place of the chain who have not finished."""
        return self._beside(matter, parent).filtered(
            lambda order: order.role == "lead" and order.state in OPEN_STATES
        )

    def _beside(self, matter, parent):
        """Return the orders that stand at the same place of the chain."""
        if parent:
            return parent.child_ids
        return matter.assignment_ids.filtered(lambda order: not order.parent_id)

    def _unmet_twice(self, matter, parent, values):
        """Return who would be charged twice at the same place of the chain."""
        charged = {
            (order.unit_id.id, order.user_id.id)
            for order in self._beside(matter, parent)
            if order.state in (*OPEN_STATES, "proposed")
        }
        problems = []
        for row in values:
            key = (row["unit_id"], row["user_id"])
            if key in charged:
                who = self.env["res.users"].sudo().browse(row["user_id"] or ())
                unit = self.env["qlvb.unit"].browse(row["unit_id"])
                problems.append(
                    self.env._("%(who)s is charged twice.", who=who.name or unit.name)
                )
            charged.add(key)
        return problems
