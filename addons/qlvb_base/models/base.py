from odoo import models
from odoo.exceptions import UserError


class Base(models.AbstractModel):
    """Every export leaves a trace (Article 9.3), and no form tells a hidden name."""

    _inherit = "base"

    def onchange(self, values, field_names, fields_spec):
        """Fill in a form, but not with what the caller does not see.

        Core answers with the name of whatever a form points at, and with all that
        is computed from it, before anything is stored.

        :raises UserError: naming the field that points there
        """
        told = values
        if not field_names:
            guarded = [name for name in self._fields if self._points_at_guarded(name)]
            told = {**self.default_get(guarded), **values} if guarded else values
        self._require_pointable(told)
        return super().onchange(values, field_names, fields_spec)

    def _points_at_guarded(self, name):
        """Tell whether a field points at records that not everybody sees."""
        comodel = self._fields[name].comodel_name
        return bool(comodel) and hasattr(self.env[comodel], "_seen_ids")

    def _require_pointable(self, values):
        """Raise where values of a form, or of its lines, point at what is hidden.

        :raises UserError: naming the field
        """
        gate = self.env["qlvb.input.mixin"]
        for name, value in values.items():
            field = self._fields.get(name)
            if field is None or not field.comodel_name or not value:
                continue
            for described in _described(value):
                self.env[field.comodel_name]._require_pointable(described)
            if not self._points_at_guarded(name):
                continue
            if field.type == "many2one":
                if isinstance(value, dict):
                    # A line describes the form above it, which takes the record
                    # along that it comes from; a new one comes from none.
                    value = value.get("id") or False
                # What is stored was allowed when it was stored.
                is_stored = type(value) is int and self._origin[name].id == value
                hides = bool(value) and not is_stored and type(value) is not int
            else:
                is_stored = hides = False
            if hides or not (is_stored or gate._may_point_at(field, value)):
                raise UserError(
                    self.env._(
                        "%(label)s: the record does not exist, or you have no access "
                        "to it. Choose another.",
                        label=field._description_string(self.env),
                    )
                )

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


def _described(value):
    """Return the records that a value of a form describes by their values."""
    if isinstance(value, dict):
        return [value]
    commands = value if isinstance(value, list | tuple) else ()
    return [
        command[2]
        for command in commands
        if isinstance(command, list | tuple)
        and len(command) == 3
        and isinstance(command[2], dict)
    ]
