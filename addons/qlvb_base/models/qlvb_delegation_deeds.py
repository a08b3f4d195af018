from collections import Counter

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

_MOST_KINDS = 12


class QlvbDelegationDeeds(models.AbstractModel):
    """What was done by a delegation: told to the delegator when it ends.

    The journal is the source.  The delegator reads there whatever stands in their
    name (``qlvb.journal.sight``).
    """

    _name = "qlvb.delegation.deeds"
    _description = "What Was Done by a Delegation"

    deed_count = fields.Integer(
        "Done on behalf", compute="_compute_deed_count", compute_sudo=False
    )

    def _compute_deed_count(self):
        for delegation in self:
            delegation.deed_count = (
                self.env["qlvb.journal"].search_count(delegation._deeds_domain())
                if delegation.begins_at
                else 0
            )

    def _deeds_domain(self):
        """Return the domain of the journal's rows that this delegation led to."""
        self.ensure_one()
        return (
            Domain("on_behalf_of_id", "=", self.delegator_id.id)
            & Domain("user_id", "=", self.delegate_id.id)
            & Domain("unit_id", "=", self.unit_id.id)
            & Domain("date", ">=", self.begins_at)
            & Domain("date", "<=", self.ends_at)
        )

    def action_open_deeds(self):
        """Open what the delegate did on the delegator's behalf, act by act.

        The journal's own rules decide what of it the reader sees.

        :raises AccessError: the caller has no sight of the delegation
        """
        self._require_one()
        self.check_access("read")
        if not self.begins_at:
            raise AccessError(self.env._("It was never in force: nothing was done."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Done on behalf of %s", self.delegator_id.name),
            "res_model": "qlvb.journal",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": list(self._deeds_domain()),
            "context": {"create": False},
        }

    # -- told -----------------------------------------------------------------

    def _tell_delegate(self):
        """Tell the delegate from when to when they act in the head's name."""
        for delegation in self.sudo():
            people = delegation.delegate_id
            env = delegation._in_language_of(people)
            delegation._notify_inbox(
                people,
                env._("Delegation from %s", delegation.delegator_id.name),
                env._(
                    "You act in the name of %(person)s for %(unit)s, %(period)s: "
                    "%(scope)s.",
                    person=delegation.delegator_id.name,
                    unit=delegation.unit_id.name,
                    period=delegation.with_env(env)._period_text(),
                    scope=delegation.with_env(env).scope_text,
                ),
            )

    def _tell_end(self):
        """Tell both that it is over, and the delegator what was done by it."""
        for delegation in self.sudo():
            if not delegation.begins_at or delegation.begins_at > delegation.ends_at:
                done = Counter()
            else:
                rows = (
                    self.env["qlvb.journal"]
                    .sudo()
                    ._read_group(delegation._deeds_domain(), ["event"], ["__count"])
                )
                done = Counter(dict(rows))
            delegation._tell_delegator(done)
            people = delegation.delegate_id
            env = delegation._in_language_of(people)
            delegation._notify_inbox(
                people,
                env._("Delegation from %s is over", delegation.delegator_id.name),
                env._(
                    "You no longer act in the name of %(person)s for %(unit)s.",
                    person=delegation.delegator_id.name,
                    unit=delegation.unit_id.name,
                ),
            )

    def _tell_delegator(self, done):
        """Tell the delegator in one message what was done in their name."""
        people = self.delegator_id
        env = self._in_language_of(people)
        labels = env["qlvb.journal"]._event_labels()
        said = ", ".join(
            f"{labels.get(event, event)}: {count}"
            for event, count in done.most_common(_MOST_KINDS)
        )
        self._notify_inbox(
            people,
            env._("Delegation to %s is over", self.delegate_id.name),
            env._(
                "Done in your name: %(deeds)s. Open the delegation to see each act.",
                deeds=said,
            )
            if said
            else env._("Nothing was done in your name."),
        )
