from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_document.models.qlvb_assignment import SIGHT_STATES

_PLANNED = frozenset({"sequence", "name", "deadline", "user_id"})


class QlvbDossierTask(models.Model):
    """A task within a dossier, ticked off when it is done.

    Planned by who is responsible and by who opens dossiers; ticked by them, or by
    the person whose task it is.  That person sees the dossier: a task gives nobody
    sight of it.
    """

    _name = "qlvb.dossier.task"
    _description = "Task in a Dossier"
    _inherit = [
        "qlvb.dossier.part.mixin",
        "qlvb.left.mixin",
        "qlvb.names.mixin",
        "qlvb.input.mixin",
    ]
    _names = {"done_text": ("done_by_id", "done_behalf_id")}
    _order = "sequence, id"
    _text_limits = {"name": 300}

    # Named by whoever plans it, not by an act.
    dossier_id = fields.Many2one(readonly=False)
    sequence = fields.Integer("Order", default=10, aggregator=None)
    name = fields.Char("Task", required=True)
    deadline = fields.Date()
    user_id = fields.Many2one(
        "res.users",
        "Whose task",
        index="btree_not_null",
        help="One who sees the dossier",
    )
    is_done = fields.Boolean("Done")
    done_at = fields.Datetime("Done at", readonly=True)
    done_by_id = fields.Many2one("res.users", "Ticked by", readonly=True)
    done_behalf_id = fields.Many2one("res.users", "Ticked on behalf of", readonly=True)
    done_text = fields.Char(
        "Ticked by, for whom",
        compute="_compute_names",
        export_string_translation=False,
    )
    is_late = fields.Boolean("Late", compute="_compute_is_late")
    can_tick = fields.Boolean(
        compute="_compute_can_tick", export_string_translation=False
    )

    @api.depends("deadline", "is_done")
    def _compute_is_late(self):
        today = clock.today()
        for task in self:
            task.is_late = bool(
                task.deadline and not task.is_done and task.deadline < today
            )

    @api.depends("user_id", "dossier_id.state")
    @api.depends_context("uid")
    def _compute_can_tick(self):
        for task in self:
            task.can_tick = task._actor_ticks() is not None

    def _actor_ticks(self):
        """Return the caller where the task is theirs to tick, or theirs to plan."""
        dossier = self.dossier_id
        if not dossier or dossier.state == "closed":
            return None
        part = dossier._own_parts()[:1]
        if part and self.user_id == self.env.user:
            actor = part._actor_holder()
        else:
            actor = dossier._actor_plans()
        if actor and actor.on_behalf_of and not dossier._is_conferred(actor, "plan"):
            return None
        return actor

    # -- planning -------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Plan tasks.

        :raises AccessError: the caller is neither responsible nor opens dossiers
        :raises UserError: the dossier is closed, or whose task it is does not see it
        """
        tasks = self.browse()
        for vals in vals_list:
            dossier = self._read_dossier(vals)
            actor = dossier._gate("plan")
            told = {**self.default_get(["user_id"]), **vals}
            self._require_sight(dossier, told.get("user_id"))
            done = {"done_at": False, "done_by_id": False, "done_behalf_id": False}
            if vals.get("is_done"):
                done = self._ticked(actor)
            task = super().create(
                [{**vals, "dossier_id": dossier.id, "is_done": False, **done}]
            )
            # What a kind of dossier brings along is told by its opening.
            if dossier.sudo().stay_ids:
                dossier._log("planned", actor, task=task.id)
            tasks |= task
        return tasks

    def write(self, vals):
        """Change tasks, or tick them.

        :raises AccessError: they are not the caller's to plan, or to tick
        :raises UserError: the dossier is closed, or whose task it is does not see it
        """
        if vals.keys() - _PLANNED - {"is_done"}:
            raise AccessError(
                self.env._(
                    "Who ticked a task and when is noted by the system, and a task "
                    "stays in its dossier."
                )
            )
        planned = {name: vals[name] for name in _PLANNED & vals.keys()}
        if planned:
            for dossier in self.dossier_id:
                actor = dossier._gate("plan")
                dossier._log("planned", actor, fields=sorted(planned))
                self._require_sight(dossier, planned.get("user_id"))
            super().write(planned)
        if "is_done" in vals:
            for task in self:
                task._tick(bool(vals["is_done"]))
        return True

    def _tick(self, is_done):  # pylint: disable=missing-return
        """Tick the task, or take the tick away; nothing where that is so already."""
        self.ensure_one()
        self.check_access("write")
        dossier = self.dossier_id
        # Held first: of two who tick at once the second finds it done.
        dossier.sudo()._lock_row()
        if why := dossier.sudo()._only_read():
            raise UserError(why)
        actor = self._actor_ticks()
        if actor is None:
            raise AccessError(
                self.env._(
                    "Who is responsible for the dossier ticks this task, or the person "
                    "whose task it is while they work on the dossier."
                )
            )
        if self.is_done != is_done:
            values = self._ticked(actor) if is_done else self._ticked(None)
            super().write(values)  # pylint: disable=super-method-mismatch
            event = "task_done" if is_done else "task_undone"
            dossier._log(event, actor, task=self.id)

    @api.model
    def _ticked(self, actor):
        """Return the values of a task ticked by ``actor``, or by nobody."""
        return {
            "is_done": bool(actor),
            "done_at": actor and clock.now(),
            "done_by_id": actor and actor.user.id,
            "done_behalf_id": actor and actor.on_behalf_of.id,
        }

    def unlink(self):
        """Take tasks out of the plan.

        :raises AccessError: the caller is neither responsible nor opens dossiers
        """
        for dossier in self.dossier_id:
            actor = dossier._gate("plan")
            dossier._log("planned", actor, rows=-len(self))
        return super().unlink()

    @api.model
    def _require_sight(self, dossier, user_id):
        """Raise where somebody is to do a task in a dossier that they do not see.

        :raises UserError: naming them
        """
        if not user_id:
            return
        user = self.env["res.users"].sudo().browse(self._read_id(user_id)).exists()
        if not user:
            raise UserError(self.env._("The unit or person does not exist."))
        if user not in dossier.sudo()._users_with_sight():
            raise UserError(
                self.env._(
                    "%(person)s does not see %(dossier)s. Assign the work to them, or "
                    "have them support it, first.",
                    person=user.name,
                    dossier=dossier.display_name,
                )
            )

    # -- handed over ----------------------------------------------------------

    @api.model
    def _left_by(self, user, unit, kind):
        """Return the open tasks of a person on what the unit works on.

        Not where they work on the dossier in another unit as well, or by now.
        """
        posts = self.env["qlvb.position"]._current(user)
        elsewhere = set((posts.unit_id - unit).ids)
        tasks = self.search(
            [
                ("user_id", "=", user.id),
                ("is_done", "=", False),
                ("dossier_id.state", "!=", "closed"),
                "|",
                ("dossier_id.unit_id", "=", unit.id),
                (
                    "dossier_id.assignment_ids",
                    "any",
                    [("unit_id", "=", unit.id), ("state", "in", SIGHT_STATES)],
                ),
            ],
            order="id",
        )
        return tasks.filtered(
            lambda task: elsewhere.isdisjoint(task._units_at_work().ids)
        )

    def _units_at_work(self):
        """Return the units that have, or had, a part in the task's dossier."""
        dossier = self.dossier_id
        orders = dossier.assignment_ids
        sighted = orders.filtered(lambda order: order.state in SIGHT_STATES)
        return dossier.unit_id | sighted.unit_id

    @api.model
    def _left_pairs(self, kind):
        tasks = self.search(
            [
                ("user_id", "!=", False),
                ("is_done", "=", False),
                ("dossier_id.state", "!=", "closed"),
            ]
        )
        at_work = {}
        for post in self.env["qlvb.position"]._current(tasks.user_id):
            at_work.setdefault(post.user_id, set()).add(post.unit_id.id)
        left = tasks.filtered(
            lambda task: at_work.get(task.user_id, set()).isdisjoint(
                task._units_at_work().ids
            )
        )
        # In a unit of those at work, in which they held a post.
        return [
            (task.user_id.id, unit.id)
            for task in left
            for unit in task._units_at_work()
            if self.env["qlvb.membership"]._staff_number(task.user_id, unit)
        ]

    def _hand_over(self, kind, receiver, handover, actor):
        problems = []
        for task in self:
            task.dossier_id._lock_row()
            if receiver not in task.dossier_id._users_with_sight():
                problems.append(
                    self.env._(
                        "%(task)s: %(person)s has no part in that dossier. Name who "
                        "receives the work on it, or the head, in this line.",
                        task=task.name,
                        person=receiver.name,
                    )
                )
                continue
            # Past who plans: whose task it is follows the work.
            super(QlvbDossierTask, task).write(  # pylint: disable=super-method-mismatch
                {"user_id": receiver.id}
            )
            task.dossier_id._log(
                "task_handed_over",
                actor,
                task=task.id,
                from_user=handover.user_id.name,
                to_user=receiver.name,
            )
        return problems

    def _left_about(self, kind):
        return self.dossier_id.display_name

    def _left_due(self, kind):
        return self.deadline
