from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..lib.freeze_rows import append_only


class QlvbTraceMixin(models.AbstractModel):
    """A row that an act leaves behind and that nobody changes afterwards.

    Written by the acts alone (nobody has the right to create one), on a document
    whose audience reads it.  The database refuses changes as well.
    """

    _name = "qlvb.trace.mixin"
    _description = "Trace of an Act"
    _order = "date, id"

    document_id = fields.Many2one(
        "qlvb.document", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date = fields.Datetime("Moment", required=True, readonly=True)

    def init(self):
        result = super().init()
        if not self._abstract:
            self.env.cr.execute(append_only(self._table))
        return result

    @api.model
    def _seen_ids(self, ids):
        """Return those of the ids whose rows the caller sees, as a set.

        So that nobody points at a row in order to be told its name.
        """
        return set(self.search([("id", "in", list(ids))]).ids)

    def export_data(self, fields_to_export):
        """Export, which is journalled on the documents of which the rows tell."""
        result = super().export_data(fields_to_export)
        details = {"fields": sorted(fields_to_export)[:40]}
        self.document_id._note_reading("exported", details)
        return result

    def write(self, vals):  # pylint: disable=method-required-super
        self._refuse_change()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_written(self):
        self._refuse_change()

    def _refuse_change(self):
        """Raise: what was done stands.

        :raises AccessError: always
        """
        raise AccessError(
            self.env._(
                "This is the trace of an act and is neither changed nor deleted."
            )
        )
