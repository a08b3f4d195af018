import os

from PIL import Image
from reportlab.lib.utils import ImageReader

from odoo.tests import tagged

from .common_dispatch import DispatchCase
from .common_pages import page_pdf

_RECIPIENTS = 38


@tagged("post_install", "-at_install", "qlvb")
class TestDispatchCosts(DispatchCase):
    """To send to all agencies and communes costs little more than to one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.units = cls.env["qlvb.unit"].create(
            [
                {
                    "name": f"Ủy ban nhân dân xã {number}",
                    "symbol": "UBND",
                    "kind": "commune",
                    "parent_id": cls.committee.id,
                }
                for number in range(_RECIPIENTS)
            ]
        )

    def sending(self, *recipients, **values):
        """Return how many queries it costs to send an issued decision."""
        document = self.issued(**values)
        self.listed(document, *recipients)
        document = document.with_user(self.clerk)
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.cache.clear()
        before = self.env.cr.sql_log_count
        document.action_dispatch()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_queries_by_recipient(self):
        self.sending(self.culture)
        few, many = self.sending(*self.units[:2]), self.sending(*self.units)
        self.assertLessEqual(few, 30)
        self.assertLessEqual(many, few + 4, "the same however many recipients")

    def listing(self, *recipients):
        """Return how many queries it costs to list recipients at once."""
        document = self.issued()
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.cache.clear()
        before = self.env.cr.sql_log_count
        self.listed(document, *recipients)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_listing_all_at_once(self):
        self.listing(*self.units[:2])
        few, many = self.listing(*self.units[:2]), self.listing(*self.units)
        self.assertLessEqual(few, 30)
        # Of each row it is asked whether the caller sees what it points at: before
        # anything is said of the list, and where it is stored.
        self.assertLessEqual(many, few + 2 * _RECIPIENTS)

    def test_store_does_not_grow(self):
        raw = page_pdf("Số:", "ngày      tháng      năm", more=self.draw_noise)
        self.assertGreater(len(raw), 5_000_000)
        file = self.upload(self.culture_one, "quyet-dinh.pdf", raw)
        document = self.issued(files=(), attachment_ids=file.ids)
        rows = self.listed(document, *self.units)
        before = self.store_size()
        sent = document._main_file()
        document.with_user(self.clerk).action_dispatch()
        self.assertEqual(self.store_size(), before)
        files = rows.sudo().copy_id.attachment_ids
        self.assertEqual(len(files), _RECIPIENTS)
        self.assertEqual(set(files.mapped("checksum")), {sent.checksum})
        self.assertEqual(set(files.mapped("store_fname")), {sent.store_fname})

    def draw_noise(self, canvas):
        """Draw what no compression makes smaller, as a scan in colour is."""
        picture = Image.frombytes("RGB", (1000, 1400), os.urandom(1000 * 1400 * 3))
        canvas.drawImage(ImageReader(picture), 60, 60, 100, 140)

    def store_size(self):
        """Return how many bytes lie in the store of this database."""
        self.env.flush_all()
        store = self.env["ir.attachment"]._filestore()
        return sum(
            os.path.getsize(os.path.join(folder, name))
            for folder, _folders, names in os.walk(store)
            for name in names
        )
