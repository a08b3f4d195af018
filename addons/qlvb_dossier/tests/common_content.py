"""What fills a dossier: supporters with opinions, materials, documents, tasks."""

import base64

from odoo.fields import Command

from odoo.addons.qlvb_document.tests.common import PDF

from .common import DossierCase

PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n"


def coded(raw=PDF):
    """Return bytes as a form sends them."""
    return base64.b64encode(raw).decode()


class ContentCase(DossierCase):
    """A dossier at work: VHTT's specialist leads, Tư pháp and the commune support."""

    @classmethod
    def supported(cls, *units, **values):
        """Return a dossier at work, with the heads of ``units`` asked to support."""
        dossier = cls.in_progress(**values)
        lines = [cls.line(unit, role="support") for unit in units or (cls.justice,)]
        ids = dossier.with_user(cls.culture_one).action_propose_support(lines)
        proposed = cls.env["qlvb.assignment"].browse(ids)
        proposed.with_user(cls.chief).action_decide_support(True)
        return dossier, proposed

    @classmethod
    def material(cls, dossier, user=None, raw=PDF, name="Dự thảo", **values):
        """Return a material that ``user`` put into the dossier."""
        return (
            cls.env["qlvb.material"]
            .with_user(user or cls.culture_one)
            .create(
                {
                    "dossier_id": dossier.id,
                    "name": name,
                    "file": coded(raw),
                    "file_name": "du-thao.pdf",
                    **values,
                }
            )
        )

    @classmethod
    def task(cls, dossier, user=None, **values):
        """Return a task that ``user`` planned in the dossier."""
        tasks = cls.env["qlvb.dossier.task"].with_user(user or cls.culture_one)
        return tasks.create({"dossier_id": dossier.id, "name": "Dự thảo", **values})

    @classmethod
    def filed_opinion(cls, dossier, user, name="y-kien.pdf", raw=PDF):
        """Return an opinion with a file."""
        file = cls.upload(user, name, raw)
        return (
            cls.env["qlvb.opinion"]
            .with_user(user)
            .create(
                {
                    "dossier_id": dossier.id,
                    "body": "Xem tệp kèm theo.",
                    "attachment_ids": [Command.set(file.ids)],
                }
            )
        )

    @classmethod
    def filled_and_closed(cls):
        """Return a closed dossier in which there is one of everything."""
        dossier, orders = cls.supported()
        paper = cls.registered()
        dossier.action_attach(paper.ids)
        cls.material(dossier)
        cls.task(dossier).write({"is_done": True})
        orders.with_user(cls.chief).action_urge("Đề nghị sớm có ý kiến")
        orders.with_user(cls.justice_head).action_request_extension(
            "2026-12-31", "Cần thêm thời gian"
        )
        orders.with_user(cls.chief).action_decide_extension(False, "Không được")
        cls.filed_opinion(dossier, cls.justice_head)
        cls.opinion(dossier, cls.culture_one)
        dossier.with_user(cls.culture_one).action_complete()
        dossier.with_user(cls.culture_head).action_complete()
        dossier.action_send_back("Bổ sung")
        dossier.with_user(cls.culture_head).action_complete()
        dossier.action_close("Đạt")
        cls.env.flush_all()
        return dossier
