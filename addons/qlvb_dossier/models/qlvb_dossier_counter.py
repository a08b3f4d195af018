from odoo import api, fields, models
from odoo.tools import SQL


class QlvbDossierCounter(models.Model):
    """How many dossiers of a year got a code of their own, there being no list.

    Moved in SQL alone: of two who open at once the second begins again with what
    the first has left.  Nobody reads or writes it.
    """

    _name = "qlvb.dossier.counter"
    _description = "Counter of Dossiers"
    _log_access = False

    unit_id = fields.Many2one("qlvb.unit", required=True, ondelete="cascade")
    year = fields.Integer(required=True, aggregator=None)
    last = fields.Integer(required=True, aggregator=None)

    _unit_year_uniq = models.UniqueIndex("(unit_id, year)")

    @api.model
    def _next(self, unit, year):
        """Return the next number of a unit's year."""
        rows = self.env.execute_query(
            SQL(
                """INSERT INTO qlvb_dossier_counter (unit_id, year, last)
                   VALUES (%s, %s, 1) ON CONFLICT (unit_id, year)
                   DO UPDATE SET last = qlvb_dossier_counter.last + 1
                   RETURNING last""",
                unit.id,
                year,
            )
        )
        self.invalidate_model(flush=False)
        return rows[0][0]
