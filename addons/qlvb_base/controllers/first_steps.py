import base64
import io
import os

import qrcode

from odoo import http
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request

from odoo.addons.auth_totp.models.totp import TOTP_SECRET_SIZE

from ..models.ir_http_sign_in import PAGES

_SECRET = "qlvb_second_factor"


class FirstSteps(http.Controller):
    """The pages of what a person owes before they work (Article 10.2)."""

    @http.route("/web/password", type="http", auth="user", first_steps=True)
    def password(self, redirect=None, old=None, new=None, again=None):
        """Let the person choose a password of their own.

        :param redirect: where they wanted to go
        """
        user = request.env.user
        error = None
        if request.httprequest.method == "POST":
            try:
                if new != again:
                    raise UserError(
                        request.env._("The two new passwords are not the same.")
                    )
                with request.env.cr.savepoint():
                    user._choose_password(old, new)
                return self._go_on(redirect)
            except AccessDenied as refused:
                plain = refused.args == AccessDenied().args
                error = (
                    request.env._("The present password is not right.")
                    if plain
                    else refused.args[0]
                )
            except UserError as refused:
                error = refused.args[0]
        return _page(
            "qlvb_base.first_password",
            {
                "error": error,
                "is_owed": user._owed_step() == "password",
                "is_first": user.must_change_password,
                "redirect": redirect,
                "rules": user._password_rules(),
                "user": user,
            },
        )

    @http.route("/web/second-factor", type="http", auth="user", first_steps=True)
    def second_factor(self, redirect=None, code=None):
        """Let the person set up the second factor on their telephone.

        :param redirect: where they wanted to go
        """
        user = request.env.user
        if user._owed_step() != "factor":
            return self._go_on(redirect)
        error = None
        if request.httprequest.method == "POST" and _SECRET in request.session:
            digits = "".join(filter(str.isdigit, code or ""))
            if digits and user._totp_try_setting(request.session[_SECRET], int(digits)):
                request.session.pop(_SECRET)
                return self._go_on(redirect)
            error = request.env._(
                "The code is not right. Look at the clock of the telephone, wait for "
                "the next code and enter it."
            )
        secret = request.session.setdefault(_SECRET, _new_secret())
        return _page(
            "qlvb_base.second_factor",
            {
                "error": error,
                "redirect": redirect,
                "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
                "picture": _picture(user, secret),
                "user": user,
            },
        )

    def _go_on(self, redirect):
        """Lead to the next step owed, or to where the person wanted to go."""
        step = request.env.user._owed_step()
        if step:
            return request.redirect_query(PAGES[step], {"redirect": redirect or ""})
        return request.redirect(redirect or "/odoo", code=303)


def _page(template, values):
    """Render a page that no other site frames and nobody keeps."""
    response = request.render(template, values)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
    return response


def _new_secret():
    """Return what the telephone and the server share from now on."""
    return base64.b32encode(os.urandom(TOTP_SECRET_SIZE // 8)).decode()


def _picture(user, secret):
    """Return the picture of the secret that the telephone reads, for the page."""
    wizard = request.env["auth_totp.wizard"].new({"user_id": user.id, "secret": secret})
    image = io.BytesIO()
    qrcode.make(wizard.url.encode(), box_size=5).save(image, format="PNG")
    return "data:image/png;base64," + base64.b64encode(image.getvalue()).decode()
