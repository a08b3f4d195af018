from odoo import models


class Base(models.AbstractModel):
    """Every export leaves a trace (Article 9.3)."""

    _inherit = "base"

    def export_data(self, fields_to_export):
        """Export, which is journalled: how many rows of which kind of record.

        Protected records are journalled one by one, by ``qlvb.audience.mixin``.
        """
        result = super().export_data(fields_to_export)
        guarded = self.env["qlvb.sight.mixin"]._guarded_names()
        if self._name not in guarded:
            # On a cursor of its own: what was read is not taken back.
            self.env["qlvb.journal"]._log_apart(
                "exported", data={"model": self._name, "rows": len(self)}
            )
        return result
