"""A real browser on the live server."""

import pytest
from livesystem import DESK, PASSWORD
from playwright.sync_api import sync_playwright

#: Debian's Chromium, made to talk to nobody but our server.
QUIET = (
    *("--no-sandbox", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-dev-shm-usage"),
)


@pytest.fixture(scope="session")
def chromium():
    """One browser process for the session."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=list(QUIET)
        )
        yield browser
        browser.close()


@pytest.fixture
def sit_down(chromium, server):
    """A function that logs somebody in through the form and gives their page.

    `sit_down("vanthu", PHONE)`; the page collects what went wrong in it in
    `page.errors`: exceptions, console errors, answers of 400 and above.
    """
    contexts = []

    def begin(login, size=DESK):
        context = chromium.new_context(
            viewport=size, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda m: _keep(page, m.type == "error", m.text))
        page.on(
            "response",
            lambda r: _keep(page, r.status >= 400, f"{r.status} {r.url}"),
        )
        page.goto(f"{server.base_url}/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", PASSWORD)
        page.click("form.oe_login_form button[type=submit]")
        page.wait_for_selector(".o_web_client .o_action_manager > *")
        return page

    yield begin
    for context in contexts:
        context.close()


def _keep(page, is_wrong, text):
    if is_wrong:
        page.errors.append(text)
