"""What is not written again by an upgrade, and has to follow what is new."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    # Official letters bear no abbreviation of their kind.
    for name in ("cong_van", "thu_cong"):
        kind = env.ref(f"qlvb_document.qlvb_document_type_{name}", False)
        if kind:
            kind.is_letter = True
    # Registers were seen by their own units alone; who reopens them sees closed ones.
    rule = env.ref("qlvb_document.qlvb_register_rule_own", False)
    if rule:
        rule.domain_force = "[('is_in_view', '=', True)]"
