from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..lib.freeze import DIRECTION_SQL


class QlvbDirection(models.Model):
    """A leader's direction on a document: text, author and date (Article 5.2).

    Written by ``qlvb.document.action_direct`` alone and never changed.  Read by
    whoever sees the document.
    """

    _name = "qlvb.direction"
    _description = "Direction"
    _order = "date, id"

    document_id = fields.Many2one(
        "qlvb.document", required=True, index=True, ondelete="cascade"
    )
    author_id = fields.Many2one("res.users", "Leader", required=True)
    recorded_by_id = fields.Many2one(
        "res.users", "Recorded by", help="Who entered what the leader wrote on paper"
    )
    date = fields.Datetime(required=True)
    text = fields.Text("Direction", required=True)

    def init(self):
        self.env.cr.execute(DIRECTION_SQL)

    @api.depends("author_id", "date")
    def _compute_display_name(self):
        for direction in self:
            direction.display_name = direction.author_id.name

    def write(self, vals):  # pylint: disable=method-required-super
        self._refuse_change()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        self._refuse_change()

    def _refuse_change(self):
        """Raise: what a leader directed stands.

        :raises AccessError: always
        """
        raise AccessError(
            self.env._("A direction is never changed. The leader gives a new one.")
        )
