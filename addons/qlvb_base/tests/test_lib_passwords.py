import doctest

from odoo.tests import BaseCase, tagged

from ..lib import passwords


@tagged("post_install", "-at_install", "qlvb")
class TestPasswords(BaseCase):
    """What makes a password good: no database needed."""

    def test_examples_in_the_documentation_hold(self):
        self.assertEqual(doctest.testmod(passwords).failed, 0)

    def test_counts_further_than_one_of_a_kind(self):
        rules = passwords.Policy(8, 2, 2, 2, 2)
        self.assertEqual(passwords.problems("AAbb11--", rules), [])
        self.assertEqual(
            passwords.problems("Abbbb1-b", rules), ["upper", "digit", "special"]
        )

    def test_a_name_is_found_without_marks_and_capitals(self):
        policy = passwords.Policy()
        for password in ("xHuong-99", "HƯƠNG", "h u o n g"):
            with self.subTest(password):
                self.assertIn("name", passwords.problems(password, policy, ["Hương"]))
        self.assertEqual(passwords.problems("an-lanh", policy, ["An", "Le"]), [])

    def test_first_passwords_keep_any_rules_of_one_each(self):
        rules = passwords.Policy(13, 1, 1, 1, 1)
        given = {passwords.first_password() for _ in range(50)}
        self.assertEqual(len(given), 50)
        for password in given:
            self.assertEqual(passwords.problems(password, rules), [])
