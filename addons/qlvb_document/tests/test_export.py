import io
import json
from datetime import date, datetime

from lxml import etree
from openpyxl import load_workbook

from odoo import http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import DocumentCase


@tagged("post_install", "-at_install", "qlvb")
class TestExport(DocumentCase, HttpCase):
    """XLSX of a list: its visible columns, and the rows that the reader sees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for person in (cls.clerk, cls.culture_head, cls.culture_one):
            person.password = person.login
        cls.order = cls.routed(
            cls.line(cls.culture, deadline="2026-09-01"),
            summary='=HYPERLINK("http://example.com";"Về việc")',
            deadline="2026-09-01",
        )
        cls.document = cls.order.document_id
        cls.other = cls.registered(reference="121/TTr-VHTT")

    def shown_columns(self, view, person):
        """Return (name, label) of a list's columns, as the client would ask them."""
        model = self.env[self.env.ref(view).model].with_user(person)
        model = model.with_context(lang=person.lang)
        arch = etree.fromstring(model.get_view(self.env.ref(view).id, "list")["arch"])
        names = [
            node.get("name")
            for node in arch.iterfind("./field")
            if node.get("optional") != "hide"
            and node.get("column_invisible") not in ("1", "True")
        ]
        fields = model.fields_get(names, ["string", "exportable", "type"])
        return [
            {
                "name": name,
                "label": fields[name]["string"],
                "type": fields[name]["type"],
            }
            for name in names
            if fields[name].get("exportable", True)
        ]

    def export(self, person, model, columns, domain=(), groupby=(), ids=False):
        """Return the rows of the sheet that the client gets."""
        self.authenticate(person.login, person.login)
        data = {
            "model": model,
            "fields": columns,
            "domain": list(domain),
            "groupby": list(groupby),
            "ids": ids,
            "context": {"lang": person.lang, "tz": person.tz},
            "import_compat": False,
        }
        answer = self.url_open(
            "/web/export/xlsx",
            data={
                "data": json.dumps(data),
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        self.assertEqual(answer.status_code, 200, answer.text[:500])
        self.sheet = load_workbook(io.BytesIO(answer.content)).active
        return [[cell.value for cell in row] for row in self.sheet.iter_rows()]

    def test_the_columns_on_screen_with_days_as_days(self):
        columns = self.shown_columns(
            "qlvb_document.qlvb_document_view_list", self.clerk
        )
        names = [column["name"] for column in columns]
        head, *rows = self.export(self.clerk, "qlvb.document", columns)
        self.assertEqual(head, [column["label"] for column in columns])
        self.assertEqual(len(rows), 2)
        (row,) = [row for row in rows if row[names.index("number_text")] == "01"]
        value = dict(zip(names, row, strict=True))
        self.assertEqual(value["received_date"], datetime(2026, 8, 26))
        self.assertEqual(value["deadline"].date(), date(2026, 9, 1))
        self.assertEqual(value["deadline_text"], self.text_of("deadline_text"))
        self.assertEqual(value["holder_text"], "Phòng Văn hóa và Thông tin")
        place = names.index("received_date") + 1
        self.assertEqual(self.sheet.cell(2, place).number_format, "dd/mm/yyyy")

    def text_of(self, field):
        clerk = self.document.with_user(self.clerk)
        return clerk.with_context(lang=self.clerk.lang)[field]

    def test_a_subject_is_never_a_formula(self):
        columns = [{"name": "summary", "label": "Trích yếu", "type": "text"}]
        for groupby in ((), ("urgency",)):
            with self.subTest(groupby=groupby):
                self.export(self.clerk, "qlvb.document", columns, groupby=groupby)
                cells = [cell for row in self.sheet.iter_rows() for cell in row]
                (cell,) = [c for c in cells if "HYPERLINK" in str(c.value)]
                self.assertEqual(cell.data_type, "s")

    def test_only_what_the_reader_sees(self):
        columns = [{"name": "reference", "label": "Số, ký hiệu", "type": "char"}]
        for person, rows in (
            (self.clerk, {"120/TTr-VHTT", "121/TTr-VHTT"}),
            (self.culture_head, {"120/TTr-VHTT"}),
            (self.culture_one, set()),
        ):
            with self.subTest(person.login):
                _head, *found = self.export(person, "qlvb.document", columns)
                self.assertEqual({row[0] for row in found}, rows)

    def test_every_official_exports_and_others_do_not(self):
        for person in (self.clerk, self.culture_head, self.culture_one):
            self.assertTrue(person.has_group("base.group_allow_export"))
        with self.assertRaises(UserError):
            self.document.with_user(self.outsider).export_data(["reference"])

    def test_exports_are_journalled(self):
        columns = [{"name": "reference", "label": "Số", "type": "char"}]
        domain = [("id", "=", self.document.id)]
        self.export(self.clerk, "qlvb.document", columns, domain)
        self.assertJournal("exported", self.document, self.clerk)
        columns = [{"name": "name", "label": "Tên", "type": "char"}]
        self.export(self.clerk, "qlvb.unit", columns)
        row = self.journal("exported")[-1]
        self.assertEqual(row.data["model"], "qlvb.unit")
        self.assertEqual(row.data["rows"], self.env["qlvb.unit"].search_count([]))
