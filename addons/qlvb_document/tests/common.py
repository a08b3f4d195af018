"""Documents on the desks of the office of ``qlvb_base.tests.common``."""

from contextlib import contextmanager

from odoo.fields import Command

from odoo.addons.qlvb_base.tests.common import NOW, TODAY, OfficeCase

from .common_pages import page_pdf

__all__ = ["NOW", "PDF", "TODAY", "DocumentCase", "OrderCase"]

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class DocumentCase(OfficeCase):
    """The office, with papers that arrive.

    Tests may not commit, so a document is registered in the test's own
    transaction; ``qlvb.register._fresh_transaction`` itself is tested against a
    live server.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        @contextmanager
        def same_transaction(register):
            with register.env.cr.savepoint():
                yield register.env

        cls.classPatch(
            cls.registry["qlvb.register"], "_fresh_transaction", same_transaction
        )
        cls.kind = cls.env.ref("qlvb_document.qlvb_document_type_to_trinh")
        # Fits every kind and every year.
        cls.page_pdf = page_pdf("Số:", "Hiệp Hòa, ngày      tháng      năm")
        cls.decision = cls.env.ref("qlvb_document.qlvb_document_type_quyet_dinh")
        cls.letter = cls.env.ref("qlvb_document.qlvb_document_type_cong_van")

    # -- building blocks ------------------------------------------------------

    @classmethod
    def paper(cls, **values):
        """Return what a clerk types of a paper that arrived today."""
        return {
            "direction": "in",
            "issuer": "Phòng Văn hóa và Thông tin",
            "reference": "120/TTr-VHTT",
            "document_date": "2026-08-24",
            "received_date": "2026-08-26",
            "summary": "Về việc ban hành Quy chế quản lý phần mềm",
            "type_id": cls.kind.id,
            **values,
        }

    @classmethod
    def draft(cls, user=None, files=(), **values):
        """Return the draft that a clerk (the committee's by default) entered.

        :param files: names of PDF files to attach
        """
        user = user or cls.clerk
        if files:
            values["attachment_ids"] = [
                Command.set([cls.upload(user, name).id for name in files])
            ]
        return cls.env["qlvb.document"].with_user(user).create(cls.paper(**values))

    @classmethod
    def upload(cls, user, name="scan.pdf", raw=PDF):
        """Return a file that ``user`` uploaded and that belongs to nothing yet."""
        return (
            cls.env["ir.attachment"].with_user(user).create({"name": name, "raw": raw})
        )

    @classmethod
    def registered(cls, user=None, files=(), **values):
        """Return a document that a clerk entered and registered, as the clerk."""
        document = cls.draft(user, files, **values)
        document.action_register()
        return document

    @classmethod
    def line(cls, target, role="lead", **values):
        """Return the line of an order to a unit or a person."""
        key = "unit_id" if target._name == "qlvb.unit" else "user_id"
        return {key: target.id, "role": role, **values}

    @classmethod
    def routed(cls, *lines, document=None, by=None, **values):
        """Return the assignments of a document that was registered and routed.

        :param lines: as for ``action_assign``; to VHTT as lead by default
        :param document: a registered document; a new one by default
        :param by: who routes; the Chief of Office by default
        """
        document = document or cls.registered(**values)
        lines = list(lines) or [cls.line(cls.culture)]
        ids = document.with_user(by or cls.chief).action_assign(lines)
        return cls.env["qlvb.assignment"].browse(ids)

    @classmethod
    def passed_on(cls, assignment, by, *targets, **values):
        """Let ``by`` pass an assignment on: the first leads, the others support."""
        lines = [
            cls.line(target, "support" if number else "lead", **values)
            for number, target in enumerate(targets)
        ]
        ids = assignment.with_user(by).action_forward(lines)
        return cls.env["qlvb.assignment"].browse(ids)

    @classmethod
    def outgoing(cls, user=None, files=("to-trinh.pdf",), **values):
        """Return the outgoing draft of a specialist (VHTT's, for the committee).

        :param files: names of PDF files to attach
        """
        user = user or cls.culture_one
        values = {
            "direction": "out",
            "unit_id": cls.committee.id,
            "type_id": cls.decision.id,
            "summary": "Ban hành Quy chế quản lý phần mềm",
            **values,
        }
        if files:
            values["attachment_ids"] = [
                Command.set([cls.upload(user, name, cls.page_pdf).id for name in files])
            ]
        return cls.env["qlvb.document"].with_user(user).create(values)

    @classmethod
    def submitted(cls, user=None, **values):
        """Return an outgoing draft on its way up."""
        document = cls.outgoing(user, **values)
        document.action_submit()
        return document

    @classmethod
    def to_sign(cls, **values):
        """Return a decision of the committee that lies before its signer."""
        document = cls.submitted(**values)
        document.with_user(cls.culture_head).action_approve()
        document.with_user(cls.chief).action_approve()
        return document

    @classmethod
    def signed(cls, **values):
        """Return a decision that the chairman, or whoever was named, has signed."""
        document = cls.to_sign(**values)
        document.with_user(document.sudo().signer_id)._action_sign()
        return document

    @classmethod
    def issued(cls, **values):
        """Return a decision that the committee's clerk has numbered."""
        document = cls.signed(**values)
        cls.checked(document).with_user(cls.clerk).action_issue()
        return document

    @classmethod
    def checked(cls, document):
        """Return a signed document of which the clerk has ticked every line."""
        clerk = document.sudo()._clerks()[:1]
        lines = document.with_user(clerk).sudo(False).format_check_ids
        lines.filtered(lambda line: not line.passed).write({"passed": True})
        return document

    # -- domain assertions ----------------------------------------------------

    def assertHolders(self, document, *expected):
        """Check who holds the document: (unit or person, role, state), top first."""
        self.env.flush_all()
        self.env.invalidate_all()
        held = [
            (order.user_id or order.unit_id, order.role, order.state)
            for order in document.sudo().assignment_ids.sorted("id")
        ]
        self.assertEqual(held, list(expected))


class OrderCase(DocumentCase):
    """A document of the committee, routed to VHTT as lead: ``order``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.routed()
        cls.document = cls.order.document_id

    def by(self, user, order=None):
        """Return an order (VHTT's by default) as ``user`` calls it."""
        return (order or self.order).with_user(user).sudo(False)

    def forward(self, *targets, by=None, order=None):
        """Pass an order on, VHTT's by its head by default."""
        return self.passed_on(order or self.order, by or self.culture_head, *targets)

    def open(self, record, user):
        """Open a document or an order as the client does."""
        spec = {"summary" if record == self.document else "document_summary": {}}
        record.with_user(user).sudo(False).web_read(spec)
        self.env.invalidate_all()
