import glob
from datetime import timedelta
from pathlib import Path

from odoo import api, fields, models
from odoo.http import STORED_SESSION_BYTES, root
from odoo.tools.misc import consteq

# Core notes once an hour that a device is in use.
_FRESH = timedelta(minutes=65)


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
        """Return the devices on which the same account is in use now, newest first.

        A browser that was closed, or before which nobody sits, is marked in its
        session, to be locked after a while; who signed out has no session any more.
        """
        # Superuser: told to the person whose devices they are.
        devices = self.sudo().search(
            [
                ("user_id", "=", session.uid),
                ("session_identifier", "!=", session.sid[:STORED_SESSION_BYTES]),
                ("last_activity", ">", fields.Datetime.now() - _FRESH),
            ]
        )
        return devices.filtered(lambda device: device._is_in_use())

    def _is_in_use(self):
        """Tell whether the session goes on now; its beginning alone is known."""
        self.ensure_one()
        store = root.session_store
        folder = Path(store.path, self.session_identifier[:2])
        for file in folder.glob(f"{glob.escape(self.session_identifier)}*"):
            session = store.get(file.name)
            if session.uid == self.user_id.id and "identity-check-next" not in session:
                token = self.user_id._compute_session_token(session.sid)
                return bool(token) and consteq(token, session.session_token or "")
        return False


def _moments(request):
    """Return when each device of a session was last noted."""
    return [trace["last_activity"] for trace in request.session.get("_trace", ())]
