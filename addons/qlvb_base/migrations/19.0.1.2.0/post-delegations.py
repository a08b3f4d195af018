"""Write down when delegations of before held: from the days and from the journal."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    journal = env["qlvb.journal"]
    for one in env["qlvb.delegation"].search([("state", "!=", "draft")]):
        rows = journal.search(
            [("res_model", "=", one._name), ("res_id", "=", one.id)], order="date, id"
        )
        moments = {row.event: row.date for row in rows}
        if "delegation_activated" not in moments and one.state == "revoked":
            continue  # A draft that was dropped: never in force.
        start, end = one._span()
        begins = max(start, moments.get("delegation_activated", start))
        one._through_gate().write(
            {
                "begins_at": begins,
                "ends_at": min(end, moments.get("delegation_revoked", end)),
            }
        )
    running = env["qlvb.delegation"].search([("state", "=", "active")])
    running._come_into_force()
