from odoo import models
from odoo.exceptions import UserError

from ..lib.freeze_dossier import KEY_SQL, dossier_sql

_STAMPS = frozenset({"write_date", "write_uid"})


class QlvbDossierFrozen(models.AbstractModel):
    """A closed dossier can only be read, by the database's word as well (Art. 6.3).

    What stays are all stored columns but those that are derived, and those that a
    model names in ``_moves_after_closing``: what belongs to the time after.
    """

    _name = "qlvb.dossier.frozen"
    _description = "Dossier that is Frozen when Closed"

    # The hand-over to the archive comes a year after the closing.
    _moves_after_closing = frozenset({"transfer_date", "transferred_at"})

    def init(self):
        result = super().init()
        if not self._abstract:
            self.env.cr.execute(KEY_SQL)
            self.env.cr.execute(dossier_sql(self._frozen_columns(self)))
        return result

    def _transit(self, name, values=None):
        if name == "close":
            # What was done before is written before the database holds it closed.
            self.env.flush_all()
        result = super()._transit(name, values)
        if name == "reopen":
            # What follows is written upon a dossier that the database holds open.
            self.flush_recordset()
        return result

    def _require_open(self):
        """Raise where the dossier is closed.

        :raises UserError: it can only be read
        """
        # Of what the caller does not see nothing is told: core refuses it.  Ids may
        # be of whatever form.
        seen = self._seen_ids({one for one in self._ids if type(one) is int})
        for dossier in self.browse(seen).sudo():
            if why := dossier._only_read():
                raise UserError(why)

    def message_post(self, **kwargs):
        """Post a message, on what is not closed.

        :raises UserError: the dossier can only be read
        """
        self._require_open()
        return super().message_post(**kwargs)

    def _frozen_columns(self, model):
        """Return the names of a model's columns that stay once a dossier is closed."""
        moves = _STAMPS.union(
            *(vars(base).get("_moves_after_closing", ()) for base in type(model).mro())
        )
        return {
            field.name
            for field in model._fields.values()
            if field.store
            and field.column_type
            and field.name not in moves
            and not (field.compute and field.readonly)
        }
