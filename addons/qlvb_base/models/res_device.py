from odoo import api, models


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


def _moments(request):
    """Return when each device of a session was last noted."""
    return [trace["last_activity"] for trace in request.session.get("_trace", ())]
