"""What people meet when they log in."""

import pytest
from livesystem import DESK, PHONE

LOGINS = ("vanthu", "chutich", "truong.vhtt")


@pytest.mark.parametrize("login", LOGINS)
def test_ones_own_work_is_at_hand_on_a_desk(sit_down, login):
    page = sit_down(login, DESK)
    page.wait_for_selector("nav >> text=Việc của tôi")
    _fits(page, DESK)


@pytest.mark.parametrize("login", LOGINS)
def test_ones_own_work_is_at_hand_on_a_phone(sit_down, login):
    page = sit_down(login, PHONE)
    _fits(page, PHONE)
    page.click(".o_menu_toggle")
    page.wait_for_selector(".o_app_menu_sidebar >> text=Việc của tôi")


def _fits(page, size):
    """Nothing went wrong, and nothing leads out of the screen sideways."""
    assert page.errors == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= size["width"] + 1


def test_a_wrong_password_is_told_in_vietnamese(chromium, server):
    page = chromium.new_page()
    page.goto(f"{server.base_url}/web/login")
    page.fill("input[name=login]", "vanthu")
    page.fill("input[name=password]", "sai mật khẩu")
    page.click("form.oe_login_form button[type=submit]")
    told = page.wait_for_selector(".alert-danger").inner_text()
    page.close()
    assert "mật khẩu" in told.lower()
