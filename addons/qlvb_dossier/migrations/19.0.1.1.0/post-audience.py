"""Dossiers have a principal of their own for delegates: derive their audience anew.

What is seen through them, their assignments and their documents, follows.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    dossiers = env["qlvb.dossier"].with_context(active_test=False)
    records = dossiers.search([])  # pylint: disable=no-search-all
    env.add_to_compute(dossiers._fields["audience"], records)
    env.flush_all()
