from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.fields import Domain

from odoo.addons.qlvb_base.lib.symbols import symbol_key, word_key

MOVES = {
    ("draft", "assigned"): "assign",
    ("assigned", "in_progress"): "accept",
    ("assigned", "completed"): "complete",
    ("in_progress", "completed"): "complete",
    ("completed", "in_progress"): "send_back",
    ("completed", "closed"): "close",
    ("closed", "in_progress"): "reopen",
}
"""Which act it is to move a card from one column of the board to another."""

DIALOGS = {
    "assign": "qlvb_dossier.qlvb_dossier_wizard_action_assign",
    "send_back": "qlvb_dossier.qlvb_dossier_wizard_action_send_back",
    "reopen": "qlvb_dossier.qlvb_dossier_wizard_action_reopen",
}
"""Acts that need lines or words, and where people give these."""

_UNDATED = 5_000_000
_CLOSED = 10_000_000


class QlvbDossierBoard(models.AbstractModel):
    """Dossiers on a manager's board: moved by acts, and found by what matters.

    To move a card is to do the act that leads there; nothing else moves it.
    """

    _name = "qlvb.dossier.board"
    _description = "Dossiers on a Board"
    _inherit = ["qlvb.search.mixin"]

    search_text = fields.Text(compute="_compute_searched")
    waits_for_me = fields.Boolean(
        "Waiting for me",
        compute="_compute_waits_for_me",
        search="_search_waits_for_me",
    )
    waiting_text = fields.Char("For", compute="_compute_waiting_text")
    board_rank = fields.Integer(
        "Order on the board",
        compute="_compute_board_rank",
        store=True,
        aggregator=None,
    )

    _board_index = models.Index("(state, board_rank, id)")
    _date_closed_index = models.Index("(date_closed, id)")
    _responsible_index = models.Index(
        "(responsible_id, deadline) WHERE state <> 'closed'"
    )

    # -- what is looked for ---------------------------------------------------

    @api.depends("code", "name")
    def _compute_searched(self):
        for dossier in self:
            words = [symbol_key(dossier.code or ""), word_key(dossier.name or "")]
            dossier.search_text = f" {' '.join(filter(None, words))} "

    @api.depends("stay_ids.date_to", "assignment_ids.state")
    @api.depends_context("uid")
    def _compute_waits_for_me(self):
        waiting = self.search([("id", "in", self.ids), ("waits_for_me", "=", True)])
        for dossier in self:
            dossier.waits_for_me = dossier._origin in waiting

    def _search_waits_for_me(self, operator, value):
        """Find what lies in the caller's hands: to work on, to look at, to decide.

        Work that was passed on and not come back lies in other hands.
        """
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        openers = self.env["qlvb.position"]._my_units("chief_of_office", "head")
        held = Domain("assignment_id", "any!", [("is_mine", "=", True)])
        decided = Domain("unit_id", "in", openers)
        steps = Domain("step", "in", ("accept", "work", "look")) & held
        steps |= Domain("step", "in", ("assign", "decide", "close")) & decided
        in_hand = Domain("date_to", "=", False) & steps
        waits = Domain("stay_ids", "any!", in_hand) | Domain(
            "assignment_ids", "any!", [("to_decide", "=", True)]
        )
        # Nothing closed waits: so that the few open ones alone are looked at.
        return Domain("state", "!=", "closed") & waits

    @api.depends("holder_since", "state")
    @api.depends_context("lang")
    def _compute_waiting_text(self):
        """Say in words how long it has been in the present hands."""
        for dossier in self:
            days = dossier.waiting_days
            if not dossier.holder_since or dossier.state == "closed":
                dossier.waiting_text = False
            elif days > 0:
                dossier.waiting_text = self.env._(
                    "for %(days)s working days", days=days
                )
            else:
                dossier.waiting_text = self.env._("since today")

    @api.depends("state", "deadline", "date_closed")
    def _compute_board_rank(self):
        """Put what is due first at the top, and below it what was closed last.

        A number and not two fields, so that one index finds the first cards of
        every column, however many were ever closed.
        """
        for dossier in self:
            if dossier.state == "closed" and dossier.date_closed:
                dossier.board_rank = _CLOSED - dossier.date_closed.toordinal()
            elif dossier.deadline:
                dossier.board_rank = dossier.deadline.toordinal()
            else:
                dossier.board_rank = _UNDATED

    # -- cards that are moved -------------------------------------------------

    def web_save(self, vals, specification, next_id=None):
        """Save; a card that is moved to another column does the act of its move.

        :raises AccessError: the act is not the caller's
        :raises UserError: there is no such act, or naming what stands against it
        :raises RedirectWarning: the act needs words: where to give them
        """
        if not self and vals.get("state") == self._workflow.initial:
            # A form sends all that it shows of a new record.
            vals = {name: vals[name] for name in vals if name != "state"}
        if not self or vals.keys() != {"state"}:
            return super().web_save(vals, specification, next_id)
        for dossier in self:
            dossier._move(vals["state"])
        shown = self.browse(next_id) if next_id else self
        return shown.with_context(bin_size=True).web_read(specification)

    def _move(self, target):
        """Do the act that leads to the state ``target``, or say why not."""
        self.ensure_one()
        self.check_access("read")
        state = self.sudo().state
        if target == state:
            return
        name = MOVES.get((state, target))
        if name is None:
            raise UserError(self._explain_move(target))
        if name == "accept":
            self._accept_part()
        elif name in DIALOGS:
            self._gate(name)
            self._ask_for(name)
        else:
            getattr(self, f"action_{name}")()

    def _accept_part(self):
        """Accept the caller's own part in the lead."""
        order = self._own_lead().filtered(lambda order: order.state == "sent")
        if not order:
            raise AccessError(
                self.env._(
                    "%(dossier)s waits for %(holder)s, who accepts it.",
                    dossier=self.display_name,
                    holder=self.holder_text,
                )
            )
        order.action_accept()

    def _ask_for(self, name):
        """Lead the caller to the dialog in which they give what the act needs.

        :raises RedirectWarning: always
        """
        needs = {
            "assign": self.env._("Say to whom %(dossier)s is assigned."),
            "send_back": self.env._("Say why %(dossier)s goes back."),
            "reopen": self.env._("Say why %(dossier)s is reopened."),
        }
        raise RedirectWarning(
            needs[name] % {"dossier": self.display_name},
            self.env.ref(DIALOGS[name]).id,
            self._act_label(name),
            {"active_model": self._name, "active_id": self.id, "active_ids": self.ids},
        )

    def _explain_move(self, target):
        labels = dict(self._fields["state"]._description_selection(self.env))
        state = self.sudo().state
        possible = [to for (source, to) in MOVES if source == state]
        return self.env._(
            "%(dossier)s cannot go from “%(state)s” to “%(target)s”. "
            "From here it goes to: %(possible)s.",
            dossier=self.display_name,
            state=labels[state],
            target=labels.get(target, target),
            possible=", ".join(labels[to] for to in possible),
        )

    # -- what the board shows -------------------------------------------------

    @api.model
    def _most_cards(self):
        """Count to the end: there are fewer dossiers than documents by far."""
        return None

    # -- who is offered what --------------------------------------------------

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        """Return the view; “New” is offered to nobody but who opens dossiers."""
        view = super().get_view(view_id, view_type, **options)
        if not self._default_unit_id():
            arch = etree.fromstring(view["arch"])
            arch.set("create", "0")
            view["arch"] = etree.tostring(arch, encoding="unicode")
        return view
