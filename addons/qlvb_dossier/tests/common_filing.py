"""The year's list of dossiers, and dossiers that were closed."""

from odoo.fields import Command

from .common import DossierCase


class FilingCase(DossierCase):
    """The office, with a list of dossiers: ``drafted_list`` and ``approved_list``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Progress is committed batch by batch, which a test may not do.
        cls.classPatch(
            cls.registry["ir.cron"],
            "_commit_progress",
            lambda cron, *args, **kwargs: float("inf"),
        )

    @classmethod
    def drafted_list(cls, by=None, **values):
        """Return a draft with two large headings, a small one and three entries."""
        one = (
            cls.env["qlvb.dossier.list"]
            .with_user(by or cls.clerk)
            .create({"unit_id": cls.committee.id, "year": 2026, **values})
        )
        one.write(
            {
                "heading_ids": [
                    Command.create({"name": name, "symbol": symbol, "level": level})
                    for name, symbol, level in (
                        ("Văn phòng", "VP", "large"),
                        ("Tổng hợp", False, "small"),
                        ("Tổ chức cán bộ", "TCCB", "large"),
                    )
                ]
            }
        )
        office, general, staff = one.heading_ids.sorted("id")
        cls.env["qlvb.dossier.entry"].with_user(by or cls.clerk).create(
            [
                {
                    "list_id": one.id,
                    "heading_id": heading.id,
                    "name": name,
                    "retention": kept,
                    "maker_unit_id": unit.id,
                }
                for heading, name, kept, unit in (
                    (staff, "Tuyển dụng công chức năm 2026", "70", cls.office),
                    (general, "Báo cáo năm 2026", "permanent", cls.office),
                    (office, "Văn thư, lưu trữ", "20", cls.office),
                )
            ]
        )
        return one

    @classmethod
    def approved_list(cls, **values):
        """Return a list that the chairman approved."""
        one = cls.drafted_list(**values)
        one.with_user(cls.chairman).action_approve()
        return one

    @classmethod
    def entry(cls, one, code):
        """Return the entry of a list with this code, as the clerk sees it."""
        return one.with_user(cls.clerk).entry_ids.filtered(
            lambda entry: entry.code == code
        )

    @classmethod
    def closed(cls, **values):
        """Return a dossier that the Chief of Office closed on an opinion."""
        dossier = cls.completed(**values)
        dossier.with_user(cls.chief).action_close()
        return dossier
