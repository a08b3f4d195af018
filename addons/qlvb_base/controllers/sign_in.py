from odoo import http
from odoo.http import request

from odoo.addons.password_security.controllers.home import PasswordSecurity2FAHome
from odoo.addons.password_security.controllers.main import PasswordSecurityHome


class QlvbSignUp(PasswordSecurityHome):
    """Nobody opens an account, or a forgotten one, for themselves (Article 9.4).

    Shut, not only hidden: with a token of any kind these pages would tell strangers
    which addresses have an account.
    """

    @http.route()
    def web_auth_signup(self, *args, **kw):
        raise request.not_found()

    @http.route()
    def web_auth_reset_password(self, *args, **kw):
        raise request.not_found()


class QlvbSecondFactor(PasswordSecurity2FAHome):
    @http.route()
    def web_totp(self, redirect=None, **kwargs):
        """Note who comes in upon a device that is trusted, without a code."""
        came_in = request.httprequest.method == "GET" and not request.session.uid
        response = super().web_totp(redirect, **kwargs)
        if came_in and request.session.uid:
            request.env["qlvb.sign.in"]._note("good", request.env.user)
        return response
