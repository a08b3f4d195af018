"""Rules are not written again by an upgrade, and have to follow what is new."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    # Registers were seen by their own units alone; who reopens them sees closed ones.
    rule = env.ref("qlvb_document.qlvb_register_rule_own", False)
    if rule:
        rule.domain_force = "[('is_in_view', '=', True)]"
