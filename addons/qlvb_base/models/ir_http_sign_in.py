from odoo import models
from odoo.exceptions import AccessError
from odoo.http import request

# Pages, and what they are made of, that are there before the first step is done.
_OPEN = frozenset(
    {
        "/web/assets/<string:unique>/<string:filename>",
        "/web/binary/company_logo",
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
PAGES = {"password": "/web/password", "factor": "/web/second-factor"}


class StepOwed(AccessError):
    """A person must do something first, before anything else works."""


class IrHttp(models.AbstractModel):
    """The one gate before every door: pages, calls, files, reports, the websocket.

    Whoever owes a first step (a password of their own, the second factor) is let
    through to that step and to the way out.  Doors without a session ask for a
    password or key at every call, and are closed there (``res.users``).
    """

    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        super()._authenticate(endpoint)
        routing = endpoint.routing
        if routing.get("first_steps") or not _OPEN.isdisjoint(routing["routes"]):
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

    def session_info(self):
        """Tell nothing of the house to whoever owes a step."""
        info = super().session_info()
        user = self.env.user
        step = user._owed_step() if user else None
        if not step:
            return info
        kept = ("uid", "user_context", "db", "username")
        return {name: info[name] for name in kept if name in info} | {"owed_step": step}
