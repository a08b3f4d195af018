import base64
import io

from openpyxl import Workbook, load_workbook

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..lib.staff_sheet import COLUMNS, KIND_COLUMNS
from .common_accounts import AccountCase


def sheet(kind, *rows, titles=(), heading=None):
    """Return an XLSX file of a list; rows are dicts by the keys of its columns."""
    book = Workbook()
    page = book.active
    for title in titles:
        page.append([title])
    page.append(heading or [COLUMNS[column] for column in KIND_COLUMNS[kind]])
    for row in rows:
        page.append([row.get(column) for column in KIND_COLUMNS[kind]])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class ListCase(AccountCase):
    def wizard(self, kind, *rows, user=None, raw=None, **values):
        return (
            self.env["qlvb.account.import"]
            .with_user(user or self.clerk)
            .create(
                {
                    "kind": kind,
                    "decision_number": "130/QĐ-UBND",
                    "decision_date": "2026-08-25",
                    "effective_date": "2026-08-26",
                    "file": base64.b64encode(raw or sheet(kind, *rows)),
                    **values,
                }
            )
        )

    def person(self, name="Nguyễn Văn An", login="annv", **values):
        return {
            "name": name,
            "login": login,
            "unit": "Phòng Văn hóa và Thông tin",
            "role": "Chuyên viên",
            **values,
        }

    def problems(self, wizard):
        """Return what a check finds, as triples of row, column and words."""
        wizard.action_check()
        found = wizard.problem_ids
        return [(line.row, line.column, line.explanation) for line in found]


@tagged("post_install", "-at_install", "qlvb")
class TestManyAtOnce(ListCase):
    """A request for many people from a spreadsheet, checked before it is stored."""

    def _stored(self):
        return (
            self.env["qlvb.account.request"].search_count([]),
            self.env["qlvb.account.request.line"].search_count([]),
        )

    def test_a_good_list_becomes_a_draft_that_goes_its_way(self):
        wizard = self.wizard(
            "grant",
            self.person(email="an@example.com", title="Chuyên viên"),
            self.person("Lê Thị Bình", "BINHLT", role="Văn thư", unit="TP"),
        )
        before = self._stored()
        self.assertFalse(self.problems(wizard))
        self.assertEqual(wizard.line_count, 2)
        self.assertEqual(self._stored(), before, "the check stores nothing")
        action = wizard.action_import()
        request = self.env["qlvb.account.request"].browse(action["res_id"])
        self.assertRecordValues(
            request.line_ids,
            [
                {"name": "Nguyễn Văn An", "login": "annv", "role": "specialist"},
                {"name": "Lê Thị Bình", "login": "binhlt", "role": "clerk"},
            ],
        )
        self.assertEqual(request.line_ids.unit_id, self.culture | self.justice)
        self.assertFalse(wizard.exists(), "the file goes")
        self.assertState(request, "draft")
        self.decide(request.with_user(self.clerk))
        self.assertTrue(self.account("binhlt").active)

    def test_each_bad_row_is_told_and_nothing_is_stored(self):
        wizard = self.wizard(
            "grant",
            self.person(),
            self.person(login="Lê An"),
            self.person("Lê Ba", "test.culture_one"),
            self.person("", "ba"),
            self.person("Lê Tư", "tul", unit="Phòng không có"),
            self.person("Lê Năm", "naml", role="Thợ"),
            self.person("Lê Sáu", "saul", role="Thủ trưởng"),
            self.person("Lê Bảy", "annv"),
        )
        before = self._stored()
        problems = self.problems(wizard)
        rows = {row for row, _column, _words in problems}
        self.assertEqual(rows, {2, 3, 4, 5, 6, 7, 8, 9})
        told = {row: words for row, _column, words in problems}
        for row, words in (
            (3, "no login name"),
            (4, "belongs to"),
            (5, "Nothing stands here"),
            (6, "is no unit"),
            (7, "not known"),
            (8, "holds this post"),
            (9, "asked for twice"),
        ):
            with self.subTest(row=row):
                self.assertIn(words, told[row])
        self.assertRefused("Nothing was taken over", wizard.action_import)
        self.assertEqual(self._stored(), before)

    def test_the_decision_and_the_house_are_looked_at_too(self):
        wizard = self.wizard(
            "withdraw", {"login": "test.chairman"}, decision_number=False
        )
        told = " ".join(words for _row, _column, words in self.problems(wizard))
        self.assertIn("number of the chairman's decision", told)
        self.assertIn("Nobody would hold the chair", told)

    def test_movers_are_found_by_login_and_post(self):
        row = {
            "login": "test.culture_one",
            "name": "Test culture_one",
            "unit": "TP",
            "role": "Văn thư",
        }
        wizard = self.wizard("transfer", row)
        self.assertFalse(self.problems(wizard))
        action = wizard.action_import()
        line = self.env["qlvb.account.request"].browse(action["res_id"]).line_ids
        self.assertEqual(line.user_id, self.culture_one)
        self.assertEqual(line.position_id, self.post_of(self.culture_one, self.culture))
        self.assertFalse(line.name)

    def test_who_holds_several_posts_names_the_one_left(self):
        row = {"login": "test.clerk", "unit": "TP", "role": "Văn thư"}
        told = self.problems(self.wizard("transfer", row))
        self.assertIn("several posts", told[0][2])
        row |= {"left": "Văn phòng"}
        self.assertFalse(self.problems(self.wizard("transfer", row)))

    def test_a_login_of_somebody_else_is_told(self):
        row = {"login": "test.culture_one", "name": "Nguyễn Văn An"}
        told = self.problems(self.wizard("reset", row))
        self.assertIn("belongs to Test culture_one", told[0][2])
        told = self.problems(self.wizard("reset", {"login": "nobody"}))
        self.assertIn("There is no account", told[0][2])

    def test_files_that_are_no_list(self):
        for raw, words in (
            (sheet("grant", heading=["A", "B"]), "headings were not found"),
            (sheet("grant"), "no people"),
        ):
            with self.subTest(words):
                wizard = self.wizard("grant", raw=raw)
                self.assertRefused(words, wizard.action_check)
        with self.assertRaises(UserError):
            # Refused where it is stored, or where it is read.
            self.wizard("grant", raw=b"PK nonsense").action_check()
        wizard = self.wizard("grant", file=False)
        self.assertRefused("Choose the file", wizard.action_check)

    def test_titles_above_and_other_names_of_columns(self):
        raw = sheet(
            "reset",
            {"name": "Test culture_one", "login": "test.culture_one"},
            titles=["DANH SÁCH", "Kèm theo Quyết định"],
            heading=["Họ tên", "Tài khoản"],
        )
        self.assertFalse(self.problems(self.wizard("reset", raw=raw)))

    def test_a_formula_is_not_taken_for_a_name(self):
        row = self.person(name='=HYPERLINK("http://example.com")')
        told = self.problems(self.wizard("grant", row))
        self.assertIn("A formula stands here", told[0][2])

    def test_nobody_but_the_office_brings_a_list(self):
        for user in (self.chairman, self.administrator, self.culture_clerk):
            with self.subTest(user.login):
                self.assertDenied(self.wizard, "grant", self.person(), user=user)
        wizard = self.wizard("grant", self.person())
        self.assertDenied(wizard.with_user(self.chief).action_check)


@tagged("post_install", "-at_install", "qlvb")
class TestStaffList(ListCase):
    """Joiners and movers without account, accounts without post (R53)."""

    def take_in(self, *rows):
        wizard = self.wizard("staff", *rows)
        self.assertFalse(self.problems(wizard))
        wizard.action_import()
        self.env.invalidate_all()
        return self.env["qlvb.staff"].with_user(self.clerk).search([])

    def standings(self):
        staff = self.env["qlvb.staff"].with_user(self.clerk).search([])
        return {person.name: person.standing for person in staff}

    def test_who_joined_or_moved_and_has_no_account(self):
        self.take_in(
            self.person("Test culture_one", None, since="01/08/2026"),
            self.person("Test culture_two", None, unit="TP"),
            self.person("Nguyễn Văn An", None),
        )
        self.assertEqual(
            self.standings(),
            {
                "Test culture_one": "fine",
                "Test culture_two": "no_post",
                "Nguyễn Văn An": "no_account",
            },
        )
        staff = self.env["qlvb.staff"].with_user(self.clerk)
        lacking = staff.search([("standing", "in", ("no_account", "no_post"))])
        self.assertEqual(len(lacking), 2)

    def test_a_request_is_prepared_for_them(self):
        staff = self.take_in(
            self.person("Test culture_two", None, unit="TP", role="Văn thư"),
            self.person("Nguyễn Văn An", None),
            self.person("Test culture_one", None),
        )
        action = staff.action_prepare_requests()
        requests = self.env["qlvb.account.request"].search(action["domain"])
        self.assertEqual(set(requests.mapped("kind")), {"grant", "transfer"})
        grant = requests.filtered(lambda request: request.kind == "grant").line_ids
        self.assertEqual((grant.name, grant.login), ("Nguyễn Văn An", "annv"))
        moved = (requests.line_ids - grant).ensure_one()
        self.assertEqual(moved.user_id, self.culture_two)
        self.assertEqual(moved.role, "clerk")
        self.assertTrue(moved.position_id)
        self.env.invalidate_all()
        self.assertEqual(set(self.standings().values()), {"requested", "fine"})
        self.assertRefused("without account or post", staff.action_prepare_requests)

    def test_a_new_list_stands_in_the_place_of_the_last(self):
        self.take_in(self.person())
        staff = self.take_in(self.person("Lê Ba", None))
        self.assertEqual(staff.mapped("name"), ["Lê Ba"])
        self.assertEqual(len(self.journal("staff_taken_in")), 2)

    def test_who_reads_the_staff_list_and_who_does_not(self):
        staff = self.take_in(self.person())
        self.assertCanRead(self.chairman, staff)
        for user in (self.culture_head, self.administrator, self.outsider):
            self.assertCannotRead(user, staff)
        self.assertDenied(staff.with_user(self.chairman).action_prepare_requests)
        for user in (self.chairman, self.clerk):
            self.assertDenied(staff.with_user(user).write, {"name": "X"})
            self.assertDenied(staff.with_user(user).unlink)

    def test_accounts_whose_posts_all_ended(self):
        users = self.env["res.users"].with_user(self.clerk)
        domain = [("is_without_post", "=", True)]
        self.assertIn(self.outsider, users.search(domain))
        self.assertNotIn(self.culture_one, users.search(domain))
        self.assertNotIn(self.culture_account, users.search(domain))
        self.assertNotIn(self.env.ref("base.user_admin"), users.search(domain))
        self.end_post(self.culture_one, self.culture, "2026-08-25")
        self.assertIn(self.culture_one, users.search(domain))
        found = users.browse(self.culture_one.id)
        self.assertIn(self.culture.name, found.last_post)
        action = found.action_prepare_withdrawal()
        request = self.env["qlvb.account.request"].browse(action["res_id"])
        self.assertEqual(request.kind, "withdraw")
        self.assertEqual(request.line_ids.user_id, self.culture_one)
        self.assertRefused(
            "without post", users.browse(self.culture_two.id).action_prepare_withdrawal
        )
        chair = found.with_user(self.chairman)
        self.assertDenied(chair.action_prepare_withdrawal)

    def test_the_list_of_hundreds_costs_few_queries(self):
        rows = [self.person(f"Nguyễn Văn {number}", None) for number in range(60)]
        staff = self.take_in(*rows)
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            staff.read(["name", "unit_id", "standing"])


@tagged("post_install", "-at_install", "qlvb")
class TestTemplate(AccountCase):
    """The empty list names what each kind of request needs."""

    def test_each_kind_has_its_columns(self):
        from ..controllers.account_template import QlvbAccountTemplate

        for kind, columns in KIND_COLUMNS.items():
            with self.subTest(kind):
                raw = QlvbAccountTemplate()._workbook(kind, ["Phòng Tư pháp"])
                page = load_workbook(io.BytesIO(raw)).worksheets[0]
                self.assertEqual(
                    [cell.value for cell in page[1]],
                    [COLUMNS[column] for column in columns],
                )
