from hashlib import sha256

from odoo import models
from odoo.exceptions import AccessError
from odoo.http import STORED_SESSION_BYTES, request

from ..lib import clock

# Pages, and what they are made of, that are there before the first step is done.
OPEN = frozenset(
    {
        "/web/assets/<string:unique>/<string:filename>",
        "/web/health",
        "/web/login",
        "/web/manifest.webmanifest",
        "/web/service-worker.js",
        "/web/session/authenticate",
        "/web/session/destroy",
        "/web/session/logout",
        "/web/webclient/translations",
    }
)
_MOST_TOLD = 3
PAGES = {"password": "/web/password", "factor": "/web/second-factor"}


class StepOwed(AccessError):
    """A person must do something first, before anything else works."""


class IrHttp(models.AbstractModel):
    """The one gate before every door: pages, calls, files, reports, the websocket.

    Whoever owes a first step (a password of their own, the second factor) is let
    through to that step and to the way out.  Doors without a session ask for a
    password or key at every call, and are closed there (``res.users``).
    """

    # One file each: one class of all of it would be far too long.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        super()._authenticate(endpoint)
        routing = endpoint.routing
        if routing.get("first_steps") or not OPEN.isdisjoint(routing["routes"]):
            return
        # Routes without authentication (auth="none") look at the session themselves.
        uid = request.env.uid or request.session.uid
        if not uid:
            return
        user = request.env(user=uid).user
        if step := user._owed_step():
            raise StepOwed(user._owed_words(step))

    @classmethod
    def _handle_error(cls, exception):
        if isinstance(exception, StepOwed):
            is_page = request.dispatcher.routing_type == "http"
            uid = request.session.uid
            if is_page and uid and request.httprequest.method == "GET":
                step = request.env(user=uid).user._owed_step()
                return request.redirect_query(
                    PAGES[step], {"redirect": request.httprequest.full_path}
                )
        return super()._handle_error(exception)

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """Have the words of the log-in and lock pages on them."""
        return [*super()._get_translation_frontend_modules_name(), "qlvb_base"]

    def session_info(self):
        """Tell nothing of the house to whoever owes a step."""
        info = super().session_info()
        user = self.env.user
        step = user._owed_step() if user else None
        if not step:
            return info | self._other_sessions_info()
        kept = ("uid", "user_context", "db", "username")
        return {name: info[name] for name in kept if name in info} | {"owed_step": step}

    def _other_sessions_info(self):
        """Tell a new session which others there are, once, and them of it."""
        session = request.session if request else None
        if not session or not session.uid or session.get("qlvb_told"):
            return {}
        session["qlvb_told"] = True
        others = self.env["res.device"]._others_of_session(session)
        if not others:
            return {}
        mark = sha256(session.sid[:STORED_SESSION_BYTES].encode()).hexdigest()[:16]
        address, device = self.env["qlvb.sign.in"]._where_from()
        news = {
            "mark": mark,
            "device": device or self.env._("Unknown device"),
            "address": address,
            "moment": _moment(clock.now()),
        }
        self.env.user._bus_send("qlvb_sign_in", news)
        return {
            "session_mark": mark,
            "other_sessions": [
                {
                    "device": other.display_name,
                    "address": other.ip_address,
                    "moment": _moment(other.first_activity),
                }
                for other in others[:_MOST_TOLD]
            ],
        }


def _moment(moment):
    """Return a moment as it is read in the office."""
    return clock.to_local(moment).strftime("%H:%M %d/%m/%Y")
