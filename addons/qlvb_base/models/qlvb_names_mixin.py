from odoo import api, models


class QlvbNamesMixin(models.AbstractModel):
    """Who did it and, under a delegation, on whose behalf: always both names.

    A concrete model names in ``_names`` what it shows: the shown field and the two
    fields of persons behind it.
    """

    _name = "qlvb.names.mixin"
    _description = "Both Names of a Delegated Act"

    _names = {}

    @api.depends(lambda self: [name for pair in self._names.values() for name in pair])
    @api.depends_context("lang")
    def _compute_names(self):
        for record in self:
            for shown, (person, behalf) in self._names.items():
                record[shown] = self._both_names(record[person], record[behalf])

    @api.model
    def _both_names(self, person, behalf=None):
        """Return a person's name and, where there is one, the delegator's."""
        # Superuser: who acted is told to whoever sees what was done.
        name = person.sudo().name or ""
        if not behalf:
            return name
        return self.env._(
            "%(person)s, on behalf of %(behalf)s",
            person=name,
            behalf=behalf.sudo().name,
        )
