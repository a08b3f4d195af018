from odoo.tests import TransactionCase, tagged

from ..hooks import PASSWORD
from ..people import ACCOUNT, posts, user_xmlid

SLUGS = (
    "noivu tuphap tckh tnmt ldtbxh vhtt gddt yte thanhtra ktht nnptnt thang ducthang "
    "maidinh"
).split()


@tagged("post_install", "-at_install", "qlvb")
class TestOrganisation(TransactionCase):
    """Hiệp Hòa is there: its units, and somebody in every post."""

    def test_units(self):
        committee = self.env.ref("qlvb_demo.unit_ubnd")
        self.assertEqual(committee.kind, "committee")
        kinds = [unit.kind for unit in committee.child_ids]
        self.assertEqual(kinds.count("commune"), 26)
        self.assertEqual(len(kinds), 26 + 12)
        self.assertEqual(self.env.ref("qlvb_demo.unit_vhtt").symbol, "VHTT")
        self.assertEqual(
            self.env.ref("qlvb_demo.unit_thang").name, "UBND thị trấn Thắng"
        )

    def test_named_logins_hold_their_posts(self):
        expected = [
            ("chutich", "ubnd", "head"),
            ("phochutich", "ubnd", "deputy"),
            ("chanhvp", "ubnd", "chief_of_office"),
            ("chanhvp", "vp", "head"),
            ("vanthu", "ubnd", "clerk"),
            ("vanthu", "vp", "clerk"),
            ("quantri", "vp", "administrator"),
        ]
        for slug in SLUGS:
            expected += [
                (f"truong.{slug}", slug, "head"),
                (f"pho.{slug}", slug, "deputy"),
                (f"cv1.{slug}", slug, "specialist"),
                (f"cv2.{slug}", slug, "specialist"),
                (f"vanthu.{slug}", slug, "clerk"),
            ]
        for login, unit, role in expected:
            user = self.env.ref(user_xmlid(login))
            unit = self.env.ref(f"qlvb_demo.unit_{unit}")
            held = user.position_ids.filtered(lambda post: post.unit_id == unit)  # noqa: B023
            self.assertIn(role, held.mapped("role"), login)

    def test_every_unit_has_an_account_that_its_clerk_keeps(self):
        for unit in (
            self.env.ref("qlvb_demo.unit_ubnd")
            | self.env.ref("qlvb_demo.unit_ubnd").child_ids
        ):
            self.assertTrue(unit.account_user_id.login.startswith("vt."), unit.name)
            clerks = unit.position_ids.filtered(lambda post: post.role == "clerk")
            self.assertEqual(unit.keeper_id, clerks.user_id)

    def test_people_log_in_with_the_published_password_in_vietnamese(self):
        user = self.env.ref("qlvb_demo.user_truong_vhtt")
        self.assertEqual((user.lang, user.tz), ("vi_VN", "Asia/Ho_Chi_Minh"))
        self.env["res.users"].with_user(user)._check_credentials(
            {"type": "password", "login": user.login, "password": PASSWORD},
            {"interactive": False},
        )

    def test_nobody_bears_the_one_real_name(self):
        names = {post.name for post in posts() if post.role != ACCOUNT}
        self.assertNotIn("Nguyễn Thị Hoa", names)
        people = {post.login for post in posts() if post.role != ACCOUNT}
        self.assertEqual(len(names), len(people), "two people share a name")
