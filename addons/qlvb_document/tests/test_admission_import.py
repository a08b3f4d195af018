import os

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PDF
from .test_admission import MARK, AdmissionCase

COLUMNS = [
    "reference",
    "issuer",
    "document_date",
    "received_date",
    "summary",
    "type_id/.id",
    "secrecy",
    "nature",
]


@tagged("post_install", "-at_install", "qlvb")
class TestAdmissionImport(AdmissionCase):
    """Imported rows pass the same gate; a file with such a row is destroyed."""

    def row(self, number, secrecy="", nature="", mark=MARK):
        return [
            f"{number}/{mark}",
            f"{mark} issuer",
            "2026-08-24",
            "2026-08-26",
            f"{mark} summary {number}",
            str(self.kind.id),
            secrecy,
            nature,
        ]

    def file(self, *rows):
        """Return an import of a CSV file with these rows, uploaded by the clerk."""
        lines = [COLUMNS, *rows]
        text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
        return (
            self.env["base_import.import"]
            .with_user(self.clerk)
            .create(
                {
                    "res_model": "qlvb.document",
                    "file": text.encode(),
                    "file_name": f"{MARK}.csv",
                    "file_type": "text/csv",
                }
            )
        )

    def options(self, **more):
        return {
            "has_headers": True,
            "quoting": '"',
            "separator": ",",
            "encoding": "utf-8",
            "date_format": "%Y-%m-%d",
            "datetime_format": "",
            "float_thousand_separator": ",",
            "float_decimal_separator": ".",
            "skip": 0,
            "keep_matches": False,
            **more,
        }

    def test_rows_over_rpc(self):
        """No row is stored, each forbidden one is recorded once and named."""
        rows = [
            self.row(1),
            self.row(2, "mat"),
            self.row(3, "MẬT"),
            self.row(4, "", "petition"),
            self.row(5, "Secret (Mật)"),
        ]
        result = self.documents.load(COLUMNS, rows)
        self.assertFalse(result["ids"])
        self.assertEqual(
            [message["record"] for message in result["messages"]], [1, 2, 3, 4]
        )
        said = " ".join(message["message"] for message in result["messages"])
        for word in ("2", "3", "4", "5", "3.1", "3.2"):
            self.assertIn(word, said)
        self.assertNotIn(MARK, said)
        refusals = self.journal("admission_refused")
        self.assertEqual([row.data["row"] for row in refusals], [2, 3, 4, 5])
        self.assertEqual({row.data["door"] for row in refusals}, {"import"})
        self.assertNothingLeft()

    def test_harmless_rows(self):
        result = self.documents.load(
            COLUMNS,
            [self.row(1, "none", "ordinary", "A"), self.row(2, "", "", "B")],
        )
        self.assertFalse(result["messages"])
        self.assertEqual(len(result["ids"]), 2)

    def test_a_label_in_the_readers_language(self):
        label = dict(
            self.documents.with_context(lang="vi_VN")
            ._fields["nature"]
            ._description_selection(self.documents.with_context(lang="vi_VN").env)
        )["one_stop"]
        result = self.documents.load(COLUMNS, [self.row(1, "", f" {label.upper()} ")])
        self.assertIn("3.3", result["messages"][0]["message"])

    def test_files_and_drafts_named_in_a_row(self):
        file = self.upload(self.clerk, f"{MARK}.pdf", PDF + b"%row")
        path = self.stored(file)
        draft = self.draft(reference="9/CV", summary=f"{MARK} old")
        registered = self.registered(reference="10/CV")
        columns = [*COLUMNS, "attachment_ids/.id", ".id"]
        result = self.documents.load(
            columns,
            [
                [*self.row(1, "mat"), str(file.id), str(draft.id)],
                [*self.row(2, "mat"), "", str(registered.id)],
            ],
        )
        self.env.invalidate_all()
        self.assertEqual(len(result["messages"]), 2)
        self.assertFalse(file.exists())
        self.assertFalse(os.path.exists(path))
        self.assertFalse(draft.exists())
        self.assertTrue(registered.exists())
        self.assertNothingLeft()

    def test_a_test_run_is_an_attempt(self):
        """Already then it is recorded, and the stored file is destroyed."""
        buffer = self.file(self.row(1), self.row(2, "mat"), self.row(3, "", "one_stop"))
        result = buffer.execute_import(COLUMNS, COLUMNS, self.options(), dryrun=True)
        self.env.invalidate_all()
        said = [message["message"] for message in result["messages"]]
        self.assertIn("3", said[0])
        self.assertIn("3.1", said[0])
        self.assertIn("3.3", said[1])
        self.assertEqual(
            [row.data["row"] for row in self.journal("admission_refused")], [3, 4]
        )
        self.assertFalse(buffer.exists())
        with self.assertRaises(UserError):
            buffer.execute_import(COLUMNS, COLUMNS, self.options())
        self.assertEqual(len(self.journal("admission_refused")), 2)
        self.assertNothingLeft()

    def test_a_row_far_behind_the_first_batch(self):
        """Nothing of a file goes in before all of it was looked at."""
        buffer = self.file(self.row(1), self.row(2), self.row(3, "tuyet_mat"))
        options = self.options(limit=1)
        result = buffer.execute_import(COLUMNS, COLUMNS, options)
        self.env.invalidate_all()
        self.assertFalse(result["ids"])
        self.assertEqual(len(result["messages"]), 1)
        self.assertNothingLeft()

    def test_a_fallback_chosen_by_the_clerk_is_no_way_in(self):
        buffer = self.file(self.row(1, "mat"))
        options = self.options(
            fallback_values={
                "secrecy": {
                    "fallback_value": "none",
                    "field_model": "qlvb.document",
                    "field_type": "selection",
                }
            }
        )
        self.assertIn(
            "3.1",
            buffer.execute_import(COLUMNS, COLUMNS, options)["messages"][0]["message"],
        )
        self.env.invalidate_all()
        self.assertNothingLeft()

    def test_a_harmless_file(self):
        buffer = self.file(self.row(1, "none", "ordinary", "A"))
        result = buffer.execute_import(COLUMNS, COLUMNS, self.options(), dryrun=True)
        self.assertFalse(result["messages"])
        result = buffer.execute_import(COLUMNS, COLUMNS, self.options())
        self.assertEqual(len(result["ids"]), 1)
