from odoo import models
from odoo.http import request

_LOOKS = ("/web/action/load", "/web/action/run")
_BUTTON = "/web/dataset/call_button"
_CALL = "/web/dataset/call_kw/"
_BY_PEOPLE = ("web_", "action_")
"""How the methods are called that a list, a form or a button of the client calls."""


class IrHttp(models.AbstractModel):
    """A person's use of the web client is noted, once a half-day (Article 11.1).

    What counts is what a person does with a session of their own: opening the
    system, a menu, a list or a form, pressing a button.  What a page that was left
    open asks for by itself does not count (the websocket, counters, messages), nor
    do calls by API key, scheduled work and the page of the first password.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        # Only of routes with a session has the user been proved by now.
        if rule.endpoint.routing["auth"] == "user" and _is_by_person(
            request.httprequest.path
        ):
            request.env["qlvb.access.log"]._note()
        return result


def _is_by_person(path):
    """Tell whether the web client asks for a path when a person does something.

    >>> _is_by_person("/web/dataset/call_kw/qlvb.document/web_search_read")
    True
    >>> _is_by_person("/web/dataset/call_kw/qlvb.reminder/search_count")
    False
    """
    if path.startswith(_CALL):
        return path.rpartition("/")[2].startswith(_BY_PEOPLE)
    return path in _LOOKS or path.startswith(_BUTTON)
