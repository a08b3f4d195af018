from odoo.tests import tagged

from .common import OfficeCase


@tagged("post_install", "-at_install", "qlvb")
class TestLogIn(OfficeCase):
    def test_hours_are_those_of_the_office_whatever_the_browser_says(self):
        person = self.culture_one.sudo()
        person.tz = "America/New_York"
        self.culture_one.with_user(self.culture_one).sudo()._update_last_login()
        self.assertEqual(person.tz, "Asia/Ho_Chi_Minh")
