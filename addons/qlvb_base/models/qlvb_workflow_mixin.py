from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

_GATE = object()
"""Proof that a write came through the gate: no RPC context can carry it."""


class QlvbWorkflowMixin(models.AbstractModel):
    """The one gate that every act of the office passes, from button or RPC alike.

    A concrete model declares ``_workflow`` (its transition table), a ``state``
    field and, per act, a public ``action_<verb>`` of the form: gate, then work.
    What the gate guards can be written in no other way.
    """

    _name = "qlvb.workflow.mixin"
    _description = "Record with a Workflow"

    _workflow = None
    _gated_fields = frozenset({"state"})
    # Which power of Article 5.3 a delegate needs for an act; else "handle".
    _powers = {}

    # -- the gate -------------------------------------------------------------

    def _gate(self, name, **arguments):
        """Let the caller pass to the act ``name`` on this record, or say why not.

        :param name: an act of the transition table
        :param arguments: what the act was called with, for its conditions
        :return: the :class:`Actor` in whose name the act is done
        :raises AccessError: where the caller may not do it at all
        :raises UserError: naming every unmet condition at once
        """
        self.ensure_one()
        self.check_access("read")
        record = self.sudo()
        record._lock_row()
        act = self._workflow[name]
        actor = self._actor_for(name)
        if actor is None:
            raise AccessError(self._explain_denial(name))
        if record.state not in act.sources:
            raise UserError(self._explain_state(name))
        if problems := self._unmet(name, actor, **arguments):
            raise UserError("\n".join(problems))
        return actor

    def _actor_for(self, name):
        """Return in whose name the caller would do ``name``, or ``None``.

        A delegate does what the delegation confers (Article 5.3d), which may be
        less than the head could do.
        """
        actor = getattr(self, self._workflow[name].who)()
        if actor and actor.on_behalf_of and not self._is_conferred(actor, name):
            return None
        return actor

    def _is_conferred(self, actor, name):
        """Tell whether a delegation confers the power that ``name`` needs."""
        power = self._powers.get(name, "handle")
        return self.env["qlvb.delegation"]._gives(actor.unit, power)

    def _unmet(self, name, actor, **arguments):
        """Return all that still stands against the act ``name``, each thing once.

        :param actor: in whose name it would be done
        """
        record = self.sudo()
        return list(
            dict.fromkeys(
                problem
                for condition in self._workflow[name].conditions
                for problem in getattr(record, condition)(actor, **arguments)
            )
        )

    def _lock_row(self):
        """Wait for whoever is acting on this record, then hold it.

        Not ``lock_for_update``: that one gives up at once, and the second of two
        clicks must find the work done, not an error.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL("SELECT FROM %s WHERE id = %s FOR UPDATE", self._table_sql, self.id)
        )
        self.invalidate_recordset(flush=False)

    def _may(self, name):
        """Tell whether the caller could do ``name`` now, conditions aside.

        For the buttons: who may and in which state.  The conditions are left to
        the act, which explains what is missing instead of hiding the button.
        """
        self.ensure_one()
        act = self._workflow[name]
        return (
            bool(self._origin)
            and self.sudo().state in act.sources
            and self._origin._actor_for(name) is not None
        )

    def _through_gate(self):
        """Return the record as the system writes it once the gate was passed."""
        return self.sudo().with_context(qlvb_gate=_GATE)

    def _transit(self, name, values=None):
        """Write the state to which ``name`` leads, with ``values``."""
        target = self._workflow[name].target
        changes = dict(values or {})
        if target:
            changes["state"] = target
        self._through_gate().write(changes)

    def _passed_gate(self):
        """Tell whether the running write came through the gate."""
        return self.env.context.get("qlvb_gate") is _GATE

    # -- messages -------------------------------------------------------------

    def _act_label(self, name):
        """Return the act's name as people read it."""
        return self._act_labels().get(name, name)

    @api.model
    def _act_labels(self):
        """Return labels by act (abstract: the concrete model names its own)."""
        return {}

    def _state_label(self, state):
        return dict(self._fields["state"]._description_selection(self.env))[state]

    def _explain_denial(self, name):
        actor = getattr(self, self._workflow[name].who)()
        if actor:
            return self.env._(
                "The delegation from %(person)s does not include this: %(act)s. Ask "
                "them, or leave it to them.",
                person=actor.on_behalf_of.name,
                act=self._act_label(name),
            )
        denial = self.env._(
            "You may not do this here: %(act)s. It belongs to somebody else.",
            act=self._act_label(name),
        )
        ended = self.env["qlvb.delegation"]._why_no_more()
        return f"{denial}\n{ended}" if ended else denial

    def _explain_state(self, name):
        sources = self._workflow[name].sources
        possible = [s for s in self._workflow.states if s in sources]
        return self.env._(
            "%(act)s: not possible, because %(record)s stands at “%(state)s”. "
            "It can be done at: %(possible)s.",
            act=self._act_label(name),
            record=self.display_name,
            state=self._state_label(self.sudo().state),
            possible=", ".join(self._state_label(state) for state in possible),
        )

    # -- nothing goes round it ------------------------------------------------

    @api.model
    def default_get(self, fields):
        """Return defaults; those of gated fields are the model's own.

        A ``default_…`` key in the context or a default that somebody planted for
        themselves (``ir.default``) would be a way round the gate.
        """
        defaults = super().default_get(fields)
        for name in self._gated_fields & defaults.keys():
            field = self._fields[name]
            if field.default:
                value = field.convert_to_cache(
                    field.default(self), self, validate=False
                )
                defaults[name] = field.convert_to_write(value, self)
            else:
                del defaults[name]
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        if not self._passed_gate():
            for vals in vals_list:
                self._refuse_gated(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self._passed_gate():
            self._refuse_gated(vals)
        return super().write(vals)

    @api.model
    def _refuse_gated(self, vals):
        """Raise where ``vals`` hold a field that only an act may change."""
        gated = self._gated_fields & vals.keys()
        if gated:
            labels = [
                self._fields[name]._description_string(self.env)
                for name in sorted(gated)
            ]
            raise AccessError(
                self.env._(
                    "%(fields)s cannot be set by hand. Use the act that leads there.",
                    fields=", ".join(labels),
                )
            )
