"""Houses that were there before signing in had settings get those of a new one."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["qlvb.sign.in.policy"]._set_up()
