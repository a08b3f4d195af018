from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import MissingError

from odoo.addons.qlvb_base.lib import clock, pdf

from ..lib import forms


class Form(NamedTuple):
    """One printed form: of what it is made, and by which method and template.

    Without a template the method returns the ``content`` itself.
    """

    model: str
    prepare: str
    template: str | None = None
    by_days: bool = False
    suffix: str = "pdf"


class QlvbFormMixin(models.AbstractModel):
    """What all printed forms share: headings, days and names, as the forms write them.

    The words of the forms are Vietnamese wherever they stand, in templates and in
    Python: the law fixes them, they are no interface.
    """

    _name = "qlvb.form.mixin"
    _description = "Words of Printed Forms"

    @api.model
    def _forms(self):
        """Return the forms (:class:`Form`) by code; whoever prints more adds its own.

        A form's method takes the record, as its reader sees it, and returns plain
        values for the template: ``name`` (of the file), what is ``printed`` (for
        the journal) and what the template shows.
        """
        return {}

    @api.model
    def _nothing(self):
        """Return the one answer to all that is not there for the caller."""
        return MissingError(self.env._("There is nothing to print here."))

    @api.model
    def _render(self, template, values, css=""):
        """Return the pages (:class:`pdf.Pages`) of a template and its values."""
        html = self.env["ir.qweb"]._render(template, values)
        return pdf.render(str(html), _forms_css() + css)

    @api.model
    def _heading(self, unit, moment=None):
        """Return what stands at the head of a unit's paper.

        :param unit: the unit whose paper it is
        :param moment: (UTC) when it is dated; empty leaves the date to the pen
        """
        # Superuser: the organisation is a directory that every official reads.
        unit = unit.sudo()
        parent = unit.parent_id
        heads_itself = unit.kind in ("committee", "commune") or not parent
        return {
            "parent": [] if heads_itself else forms.agency_lines(parent.name),
            "agency": forms.agency_lines(unit.name),
            "symbol": unit.symbol,
            "place": unit.place or parent.place or "",
            "dated": self._long_day(moment),
        }

    @api.model
    def _long_day(self, moment):
        """Return the day of a UTC moment in words; empty where there is none."""
        return forms.long_day(clock.to_local(moment)) if moment else ""

    @api.model
    def _short_day(self, moment):
        """Return the day of a UTC moment in figures; empty where there is none."""
        return forms.short_day(clock.to_local(moment)) if moment else ""

    @api.model
    def _person(self, user, behalf=None):
        """Return a person's name, and on whose behalf they acted."""
        # Superuser: who acted is told to whoever sees what was done.
        name = user.sudo().name or ""
        if behalf:
            return f"{name}, thay mặt {behalf.sudo().name} (ủy quyền)"
        return name

    @api.model
    def _holder(self, order, within=None):
        """Return who holds an order; of a person the unit too, but ``within`` it."""
        unit = order.unit_id.sudo()
        person = order.user_id.sudo().name
        if not person:
            return unit.name
        return person if unit == within else f"{person} ({unit.name})"


@lru_cache(maxsize=1)
def _forms_css():
    return Path(__file__).with_name("forms.css").read_text(encoding="utf-8")
