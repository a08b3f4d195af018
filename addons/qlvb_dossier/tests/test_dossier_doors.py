from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.qlvb_document.tests.common_cabinet import BODY, hostile, pdf
from odoo.addons.qlvb_document.tests.common_doors import STAMP, DoorCase
from odoo.addons.qlvb_document.tests.test_admission import MARK

from .common_content import ContentCase, coded

LINE = "TUYỆT MẬT"
"""A stamp where there is but one line."""

TABLES = (
    "qlvb_assignment",
    "qlvb_dossier",
    "qlvb_dossier_decision",
    "qlvb_dossier_document",
    "qlvb_dossier_task",
    "qlvb_dossier_type",
    "qlvb_dossier_type_task",
    "qlvb_material",
    "qlvb_material_version",
    "qlvb_opinion",
)


@tagged("post_install", "-at_install", "qlvb")
class TestDossierDoors(ContentCase, DoorCase):
    """What Article 3 keeps out comes into no dossier, by whatever door."""

    def assertNothingLeft(self, *marks):
        result = super().assertNothingLeft(*marks)
        for table in TABLES:
            self.cr.execute(
                SQL(
                    "SELECT count(*) FROM %s row WHERE row::text LIKE %s",
                    SQL.identifier(table),
                    f"%{MARK}%",
                )
            )
            self.assertFalse(self.cr.fetchone()[0], table)
        return result

    def petition(self):
        return pdf(f"<p>ĐƠN TỐ CÁO</p><p>Kính gửi: Ủy ban</p>{BODY}<p>{MARK}</p>")

    # -- words ----------------------------------------------------------------

    def test_stamp_in_words_of_a_dossier(self):
        dossier, order = self.supported()
        dossier.action_attach(self.registered().ids)
        task, material = self.task(dossier), self.material(dossier)
        opinion = self.opinion(dossier, self.culture_one)
        lead = dossier.with_user(self.culture_one)
        done = self.completed()
        proposal = lambda user: [self.line(user, "support", instruction=STAMP)]  # noqa: E731
        doors = {
            "title": lambda: self.opened(name=LINE),
            "instruction": lambda: self.opened(instruction=STAMP),
            "note": lambda: dossier.write({"note": LINE}),
            "title changed": lambda: dossier.write({"name": LINE}),
            "order": lambda: dossier.action_assign(
                [self.line(self.commune, "inform", instruction=STAMP)]
            ),
            "proposal": lambda: lead.action_propose_support(proposal(self.commune)),
            "opinion": lambda: self.opinion(dossier, self.culture_one, STAMP),
            "opinion mended": lambda: opinion.write({"body": STAMP}),
            "answer": lambda: order.with_user(self.justice_head).action_done(STAMP),
            "task": lambda: self.task(dossier, name=LINE),
            "task changed": lambda: task.write({"name": LINE}),
            "note on a document": lambda: dossier.line_ids.write({"note": LINE}),
            "material": lambda: self.material(dossier, name=LINE),
            "material renamed": lambda: material.write({"name": LINE}),
            "note on a version": lambda: material.write(
                {"file": coded(), "file_name": "a.pdf", "file_note": LINE}
            ),
            "sent back": lambda: done.action_send_back(STAMP),
            "closed": lambda: done.action_close(STAMP),
            "message": lambda: dossier.message_post(body=STAMP),
            "kind": lambda: (
                self.env["qlvb.dossier.type"]
                .with_user(self.chief)
                .create({"name": LINE})
            ),
        }
        for number, (what, call) in enumerate(doors.items(), 1):
            # As in a request of its own.
            self.cr.cache.pop("qlvb.refusals", None)
            with self.subTest(what):
                self.knock("3.1", call)
                self.assertEqual(len(self.journal("admission_refused")), number)
        self.assertNothingLeft()
        self.assertEqual(done.state, "completed")
        self.assertEqual(order.state, "sent")

    def test_stamp_in_defaults_that_somebody_planted(self):
        dossier = self.in_progress()
        models = self.env(user=self.culture_one)
        for name, values in {
            "qlvb.opinion": {"default_body": STAMP},
            "qlvb.dossier.task": {"default_name": LINE},
            "qlvb.material": {"default_name": LINE},
        }.items():
            with self.subTest(name):
                planted = models[name].with_context(**values)
                self.knock("3.1", planted.create, {"dossier_id": dossier.id})
        self.env["ir.default"].with_user(self.chief).set(
            "qlvb.dossier", "instruction", STAMP, user_id=True
        )
        self.knock("3.1", self.opened)
        self.env["ir.default"].search([("json_value", "ilike", MARK)]).unlink()
        self.assertNothingLeft()

    def test_stamp_in_imported_rows(self):
        dossier = self.in_progress()
        chief = self.env(user=self.chief)
        for name, column in {
            "qlvb.dossier": "name",
            "qlvb.opinion": "body",
            "qlvb.dossier.task": "name",
            "qlvb.material": "name",
        }.items():
            with self.subTest(name):
                count = chief[name].search_count([])
                said = STAMP if column == "body" else LINE
                names, row = [column], [said]
                if name != "qlvb.dossier":
                    names.append("dossier_id/.id")
                    row.append(str(dossier.id))
                told = chief[name].load(names, [row])
                self.assertFalse(told["ids"])
                self.assertIn("3.1", str(told["messages"]))
                self.assertEqual(chief[name].search_count([]), count)
        content = f"body\n{STAMP!r}\nTUYỆT MẬT\n".encode()
        imports = self.env["base_import.import"].with_user(self.chief)
        values = {"res_model": "qlvb.opinion", "file": content, "file_name": "a.csv"}
        self.knock("3.1", imports.create, values)
        self.assertNothingLeft()

    # -- files ----------------------------------------------------------------

    def test_stamped_and_petition_files_in_materials(self):
        dossier = self.in_progress()
        material = self.material(dossier)
        before = self.remains()
        for clause, content in (("3.1", self.stamped()), ("3.2", self.petition())):
            for call in (
                lambda c=content: self.material(dossier, raw=c),
                lambda c=content: material.write(
                    {"file": coded(c), "file_name": "b.pdf"}
                ),
                lambda c=content: material.action_add_version("b.pdf", coded(c)),
            ):
                self.knock(clause, call)
        self.knock("3.1", material.action_add_version, "TỐI MẬT.pdf", coded())
        self.assertEqual(self.remains(), before)
        self.assertEqual(material.version_count, 1)
        self.assertNothingLeft()

    def test_stamped_files_in_opinions(self):
        dossier = self.in_progress()
        before = self.remains()
        for number, values in enumerate(
            ({}, {"res_model": "qlvb.opinion", "res_id": 0})
        ):
            files = self.env["ir.attachment"].with_user(self.culture_one)
            values = {"name": "a.pdf", "raw": self.stamped(number), **values}
            self.knock("3.1", files.create, values)
        made = Command.create({"name": "a.pdf", "raw": self.petition()})
        opinions = self.env["qlvb.opinion"].with_user(self.culture_one)
        values = {"dossier_id": dossier.id, "body": "Xem", "attachment_ids": [made]}
        self.knock("3.2", opinions.create, values)
        self.assertEqual(self.remains(), before)
        self.assertFalse(opinions.search([("dossier_id", "=", dossier.id)]))
        self.assertNothingLeft()

    def test_files_sent_ahead_of_a_refused_opinion_go_with_it(self):
        dossier = self.in_progress()
        before = self.remains()
        file = self.upload(self.culture_one, "kem-theo.pdf", pdf(BODY))
        opinions = self.env["qlvb.opinion"].with_user(self.culture_one)
        values = {"dossier_id": dossier.id, "attachment_ids": [Command.link(file.id)]}
        self.knock("3.1", opinions.create, {**values, "body": STAMP})
        self.assertFalse(file.exists())
        self.assertEqual(self.remains(), before)

    def test_hostile_files_become_no_material(self):
        dossier = self.in_progress()
        before = self.remains()
        for what, name, content, code in hostile():
            with self.subTest(what):
                said = self.refused(self.material, dossier, raw=content, file_name=name)
                self.assertEqual(said, self.env["qlvb.vetting"]._explain_file(code))
        self.assertEqual(self.remains(), before)
        self.assertFalse(dossier.material_ids)
