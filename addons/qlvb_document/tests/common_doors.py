"""What tests of the doors have in common: stamped papers, and looking behind."""

import os

from odoo.tools import SQL

from ..models.qlvb_vetting import FileNotTaken
from .common_cabinet import BODY, pdf
from .test_admission import MARK, AdmissionCase

STAMP = f"{MARK}\nTUYỆT MẬT\n{MARK}"


class DoorCase(AdmissionCase):
    """Files and texts of people, tried at a door and looked for behind it."""

    def setUp(self):
        super().setUp()
        self.files = self.env["ir.attachment"].with_user(self.clerk)

    def stamped(self, number=0):
        """Return a PDF that bears a stamp, each number another."""
        return pdf(f"<p>TỐI MẬT</p>{BODY}<p>{MARK} {number}</p>")

    def refused(self, method, *args, **kwargs):
        """Call, expecting a technical refusal; nothing is rolled back."""
        try:
            method(*args, **kwargs)
        except FileNotTaken as error:
            return str(error)
        return self.fail("the file was taken")

    def remains(self):
        """Count what a refused file might leave behind."""
        self.env.flush_all()
        self.env.invalidate_all()
        counts = []
        for table in ("ir_attachment", "qlvb_document", "mail_message"):
            self.cr.execute(SQL("SELECT count(*) FROM %s", SQL.identifier(table)))
            counts.append(self.cr.fetchone()[0])
        store = self.files._filestore()
        stored = sum(
            len(names)
            for folder, _folders, names in os.walk(store)
            if "checklist" not in folder
        )
        return [*counts, stored]
