"""A dossier with everything in it, who must not know of it, and what they may not."""

from odoo.fields import Command

from odoo.addons.qlvb_document.tests.common import PDF
from odoo.addons.qlvb_document.tests.common_isolation import MARK, IsolationCase

from .common_content import ContentCase

__all__ = ["MARK", "DossierIsolationCase"]


class DossierIsolationCase(ContentCase, IsolationCase):
    """A dossier whose every text holds ``MARK``, and strangers who once saw it.

    ``owner`` (VHTT's specialist) leads it, ``supporter`` (the head of Tư pháp) has
    been asked for an opinion.  Besides, VHTT has ``other``, a dossier, and
    ``paper_of_unit``, a paper of its own, of which no supporter is to know.
    """

    @classmethod
    def _build_document(cls):
        file = cls.upload(cls.clerk, f"{MARK}scan.pdf", PDF + f"%{MARK}scan".encode())
        cls.paper_ = cls.registered(
            reference="120/TTr",
            issuer=f"Sở {MARK}issuer",
            summary=f"Về việc {MARK}subject",
            attachment_ids=[Command.set(file.ids)],
        )
        cls.scan = cls.paper_.sudo().attachment_ids
        cls.document = cls.dossier = cls.opened(
            name=f"Hồ sơ {MARK}title",
            instruction=f"{MARK}instruction",
            note=f"{MARK}note",
            origin_document_id=cls.paper_.id,
            field_id=cls.field_culture.id,
        )
        dossier = cls.dossier
        dossier.line_ids.write({"note": f"{MARK}line"})
        dossier.action_assign([cls.line(cls.culture, instruction=f"{MARK}order")])
        cls.lead = dossier.assignment_ids
        cls.owner, cls.supporter = cls.culture_one, cls.justice_head
        cls.held = cls.passed_on(cls.lead, cls.culture_head, cls.owner)
        own = dossier.with_user(cls.owner)
        ids = own.action_propose_support(
            [
                cls.line(cls.justice, "support", instruction=f"{MARK}ask"),
                cls.line(cls.commune_one, "support"),
                cls.line(cls.commune_two, "support"),
                cls.line(cls.commune_deputy, "support"),
            ]
        )
        proposed = cls.env["qlvb.assignment"].browse(ids)
        cls.support = proposed[0]
        proposed[:3].with_user(cls.chief).action_decide_support(True)
        proposed[3].with_user(cls.chief).action_decide_support(False, "Không cần")
        cls.former = proposed[1:3]
        own.action_propose_support([cls.line(cls.justice_two, "support")])
        cls.filed_opinion(
            dossier, cls.owner, f"{MARK}opinion.pdf", PDF + f"%{MARK}opinion".encode()
        )
        cls.opinion(dossier, cls.owner, f"{MARK}said")
        cls.material(
            dossier,
            name=f"{MARK}material",
            file_name=f"{MARK}material.pdf",
            file_note=f"{MARK}version",
            raw=PDF + f"%{MARK}material".encode(),
        )
        cls.task(dossier, name=f"{MARK}task")
        cls.other = cls.in_progress(name=f"Hồ sơ khác {MARK}other")
        cls.paper_of_unit = cls.registered(
            cls.culture_clerk,
            unit_id=cls.culture.id,
            reference="7/CV",
            summary=f"Việc nội bộ {MARK}unit",
        )

    @classmethod
    def _build_strangers(cls):
        cls.former[0].with_user(cls.commune_one).action_return("Không thuộc phần việc")
        cls.former[1].with_user(cls.chief).action_recall("Nhầm")
        cls.delegate(cls.culture_head, cls.culture_deputy, cls.culture)
        cls.env["qlvb.delegation"].with_user(cls.culture_head).search(
            [("delegate_id", "=", cls.culture_deputy.id)]
        ).action_revoke()
        cls.give_post(cls.outsider, cls.committee, "clerk", date_to="2026-08-25")
        cls.strangers = {
            "clerk of another unit": cls.commune_clerk,
            "head of another unit": cls.commune_head,
            "account of another unit": cls.commune_account,
            "colleague without a part in it": cls.culture_two,
            "specialist of a supporter": cls.justice_one,
            "supporter who returned it": cls.commune_one,
            "supporter from whom it was recalled": cls.commune_two,
            "supporter who was declined": cls.commune_deputy,
            "supporter who is only proposed": cls.justice_two,
            "clerk of the owner until yesterday": cls.outsider,
            "delegate after the end": cls.culture_deputy,
            "vice chairman of another field": cls.vice_economy,
            "technical administrator": cls.administrator,
        }
        everybody = cls.owner.browse(user.id for user in cls.strangers.values())
        everybody += cls.owner + cls.supporter + cls.clerk
        cls.reader_group.sudo().user_ids += everybody
