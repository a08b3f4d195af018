"""Official letters bear no abbreviation of their kind: say so of those that exist."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in ("cong_van", "thu_cong"):
        kind = env.ref(f"qlvb_document.qlvb_document_type_{name}", False)
        if kind:
            kind.is_letter = True
