from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.lines import LineError, read_lines

ROUTINE_EVENTS = ("opened", "downloaded")
_MOST_EVENTS = 100


class QlvbMatterMixin(models.AbstractModel):
    """What work is given on, routed from a unit and followed to its end.

    A document, and whatever an addon above routes in the same way.  The concrete
    model names by ``_order_field`` the field of ``qlvb.assignment`` that points to
    it, has ``unit_id``, ``deadline`` and ``assignment_ids``, and says who routes it
    (``_actor_router``), to whom it returns (``_initiator``), how long it may take
    (``_limit_from``, ``_limit_days``), until when it is worked on (``_only_read``)
    and what the state of its orders means for it (``_follow_assignments``).
    """

    _name = "qlvb.matter.mixin"
    _description = "Matter on which Work is Given"

    _order_field = ""

    my_assignment_id = fields.Many2one(
        "qlvb.assignment",
        compute="_compute_my_assignment_id",
        export_string_translation=False,
    )
    flow_ids = fields.Many2many(
        "qlvb.assignment", string="Routing", compute="_compute_flow_ids"
    )
    journal_ids = fields.Many2many(
        "qlvb.journal", string="Course of events", compute="_compute_journal_ids"
    )
    urge_ids = fields.Many2many("qlvb.urge", string="Urges", compute="_compute_chase")
    extension_ids = fields.Many2many(
        "qlvb.extension", string="More time", compute="_compute_chase"
    )

    # -- what each reader sees of it ------------------------------------------

    @api.depends("assignment_ids.state")
    @api.depends_context("uid")
    def _compute_my_assignment_id(self):
        name = self._order_field
        mine = self.env["qlvb.assignment"].search(
            [(name, "in", self.ids), ("is_mine", "=", True)], order="id desc"
        )
        for matter in self:
            matter.my_assignment_id = mine.filtered(
                lambda order: order[name] == matter._origin  # noqa: B023
            )[:1]

    @api.depends("assignment_ids.parent_id")
    def _compute_flow_ids(self):
        """Put each order below the one from which it was passed on."""
        for matter in self:
            orders = matter.assignment_ids.sorted("id")
            matter.flow_ids = orders.browse(
                order.id
                for top in orders.filtered(lambda order: not order.parent_id)
                for order in _down(top, orders)
            )

    def _compute_journal_ids(self):
        """Show the acts; who opened it when is for the journal itself."""
        for matter in self:
            matter.journal_ids = self.env["qlvb.journal"].search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", matter._origin.id),
                    ("event", "not in", ROUTINE_EVENTS),
                ],
                limit=_MOST_EVENTS,
            )

    @api.depends("assignment_ids.urged_at", "assignment_ids.extension_ids.state")
    @api.depends_context("uid")
    def _compute_chase(self):
        """Show what keeps the work moving, under the rules of the rows themselves."""
        name = self._order_field
        domain = [(name, "in", self.ids)]
        urges = self.env["qlvb.urge"].search(domain)
        extensions = self.env["qlvb.extension"].search(domain)
        for matter in self:
            own = matter._origin
            matter.urge_ids = urges.filtered(
                lambda row: row[name] == own  # noqa: B023
            )
            matter.extension_ids = extensions.filtered(
                lambda row: row[name] == own  # noqa: B023
            )

    def action_open_my_assignment(self):
        """Open the caller's own part in this matter."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "qlvb.assignment",
            "res_id": self.my_assignment_id.id,
            "views": [(False, "form")],
        }

    # -- orders on it ---------------------------------------------------------

    def _matter(self):
        """Return the matter itself, as a row on it does."""
        return self

    def _plain_name(self):
        """Return its name where nothing of what it is about may stand.

        In letters, which leave the house, and on orders, which whoever returned one
        keeps without the matter itself.
        """
        self.ensure_one()
        return self.display_name

    def _as_matter(self):
        """Return the values that put a row on this matter."""
        return {self._order_field: self.id}

    def _only_read(self):
        """Return why nothing is done on it any more, or ``False``."""
        return False

    def _hold(self):
        """Wait for whoever acts on the matter, then hold it.

        Its row is written and not only locked: after a mere lock the second act
        would go on with what it had read before the first one ended, and derive
        from that who sees the matter.
        """
        if self:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET write_date = write_date WHERE id = ANY(%s)",
                    SQL.identifier(self._table),
                    self.ids,
                )
            )

    @api.model
    def _read_lines(self, raw):
        """Read untrusted lines, in words that a person understands.

        :raises UserError: for what cannot be read
        """
        try:
            return read_lines(raw)
        except LineError as error:
            explain = {
                "empty": self.env._("Name at least one unit or person."),
                "many": self.env._("Too many recipients in one order."),
                "shape": self.env._("A line holds something unknown."),
                "role": self.env._("Choose a part: lead, support or for information."),
                "nobody": self.env._("Name a unit or a person."),
                "id": self.env._("The unit or person does not exist."),
                "date": self.env._("The deadline is not a date."),
                "text": self.env._("The instruction is not a text."),
            }[error.code]
            if error.number:
                explain = self.env._(
                    "Line %(number)s: %(problem)s",
                    number=error.number,
                    problem=explain,
                )
            raise UserError(explain) from None


def _down(order, orders):
    """Yield an order and all that was passed on from it, depth first."""
    yield order
    for child in orders.filtered(lambda other: other.parent_id == order):
        yield from _down(child, orders)
