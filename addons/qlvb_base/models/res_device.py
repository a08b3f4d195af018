from datetime import timedelta

from odoo import api, fields, models
from odoo.http import STORED_SESSION_BYTES, root


class ResDeviceLog(models.Model):
    """Core notes each hour from which device a person works.

    It does so within whatever the person does in that moment; an act that gives a
    number begins a transaction of its own and loses nothing that was written before.
    """

    _inherit = "res.device.log"

    @api.model
    def _update_device(self, request):
        """Note the device, if it is time, and be done with it.

        While the session is checked, before the request does anything itself.
        """
        before = _moments(request)
        result = super()._update_device(request)
        if _moments(request) != before:
            self.env.cr.commit()  # pylint: disable=invalid-commit
        return result


class ResDevice(models.Model):
    """The sessions of a person that are open now."""

    _inherit = "res.device"

    @api.model
    def _others_of_session(self, session):
        """Return the sessions of the same account besides this one, newest first.

        Who signed out leaves the note of their device behind: only what still has a
        session counts, and no longer than sessions last.
        """
        hours = self.env["qlvb.sign.in.policy"]._timeouts()["session_hours"]
        # Superuser: told to the person whose sessions they are.
        devices = self.sudo().search(
            [
                ("user_id", "=", session.uid),
                ("session_identifier", "!=", session.sid[:STORED_SESSION_BYTES]),
                ("last_activity", ">", fields.Datetime.now() - timedelta(hours=hours)),
            ]
        )
        identifiers = devices.mapped("session_identifier")
        gone = root.session_store.get_missing_session_identifiers(identifiers)
        return devices.filtered(lambda one: one.session_identifier not in gone)


def _moments(request):
    """Return when each device of a session was last noted."""
    return [trace["last_activity"] for trace in request.session.get("_trace", ())]
