from functools import lru_cache
from pathlib import Path

from odoo import api, models


class QlvbForm(models.AbstractModel):
    """The forms of dossiers are printed like all others, with rules of their own."""

    _name = "qlvb.form"
    _inherit = ["qlvb.form", "qlvb.form.archive"]

    @api.model
    def _render(self, template, values, css=""):
        if template.startswith("qlvb_dossier."):
            css = _dossier_css() + css
        return super()._render(template, values, css)


@lru_cache(maxsize=1)
def _dossier_css():
    return Path(__file__).with_name("dossier_forms.css").read_text(encoding="utf-8")
