import logging
import time
from collections import Counter
from contextlib import contextmanager

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.tests.common import TODAY
from odoo.addons.qlvb_base.tests.common_accounts import AccountCase
from odoo.addons.qlvb_document.tests.common_dispatch import DispatchCase

from . import matrix
from .common_filing import FilingCase

_logger = logging.getLogger(__name__)
PASSWORD = "Matrix-Probe-2026"
DENIED = ("odoo.exceptions.AccessError", "odoo.exceptions.MissingError")
UNMET = ("odoo.exceptions.UserError", "odoo.exceptions.ValidationError")


class RolledBack(Exception):
    """Ends a probe: whatever it did is undone."""


@tagged("post_install", "-at_install", "qlvb")
class TestMatrix(HttpCase, FilingCase, DispatchCase, AccountCase):
    """Every act of every workflow, probed over RPC as every role.

    Who may stands in ``matrix``; whoever is not named there is refused.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {role: getattr(cls, name) for role, name in matrix.PEOPLE.items()}
        for user in cls.people.values():
            user.sudo().password = PASSWORD
            user.sudo().must_change_password = False
        cls.records = {}
        for name in sorted({row.on for row in matrix.ACTS}):
            cls.records[name] = getattr(cls, f"_{name}")()
        cls.env.flush_all()

    # -- records in a fitting state --------------------------------------------

    @classmethod
    def _paper_draft(cls):
        return cls.draft()

    @classmethod
    def _paper_registered(cls):
        return cls.registered()

    @classmethod
    def _paper_of_field(cls):
        document = cls.registered()
        document.with_user(cls.chief).action_classify(cls.field_culture.id)
        return document

    @classmethod
    def _paper_assigned(cls):
        return cls.routed().document_id

    @classmethod
    def _order_sent(cls):
        return cls.routed()

    @classmethod
    def _order_passed_on(cls):
        return cls.passed_on(cls.routed(), cls.culture_head, cls.culture_one)

    @classmethod
    def _order_asked(cls):
        order = cls._order_passed_on()
        order.with_user(cls.culture_one).action_request_extension(
            "2026-10-30", "Chờ số liệu"
        )
        return order

    @classmethod
    def _order_done(cls):
        order = cls._order_passed_on()
        order.with_user(cls.culture_one).action_done("Đã xong")
        return order

    @classmethod
    def _order_proposed(cls):
        dossier = cls.in_progress().with_user(cls.culture_one)
        ids = dossier.action_propose_support([cls.line(cls.justice, "support")])
        return cls.env["qlvb.assignment"].browse(ids)

    @classmethod
    def _out_draft(cls):
        return cls.outgoing()

    @classmethod
    def _out_sent_back(cls):
        document = cls.submitted()
        document.with_user(cls.culture_head).action_send_back("Sửa căn cứ")
        return document

    @classmethod
    def _out_review(cls):
        return cls.submitted()

    @classmethod
    def _out_signing(cls):
        return cls.to_sign()

    @classmethod
    def _out_signing_of_vice(cls):
        return cls.to_sign(signer_id=cls.vice_culture.id, field_id=cls.field_culture.id)

    @classmethod
    def _out_signed(cls):
        return cls.checked(cls.signed())

    @classmethod
    def _out_issued(cls):
        document = cls.issued()
        cls.listed(document, cls.culture, cls.commune)
        return document

    @classmethod
    def _out_dispatched(cls):
        return cls.dispatched().document_id

    @classmethod
    def _dispatch_waiting(cls):
        bodies = cls.env["res.partner"].with_user(cls.clerk)
        outside = bodies.create({"name": "Trường THPT số 1"})
        rows = cls.dispatched(cls.culture, outside)
        return rows.filtered("partner_id")

    @classmethod
    def _dispatch_sent(cls):
        return cls.dispatched()[:1]

    @classmethod
    def _correction_draft(cls):
        return (
            cls.env["qlvb.correction"]
            .with_user(cls.clerk)
            .create(
                {
                    "document_id": cls.registered().id,
                    "reason": "Nhập nhầm khi đối chiếu với bản giấy",
                    "line_ids": [
                        (0, 0, {"name": "summary", "new_value": "Trích yếu đúng"})
                    ],
                }
            )
        )

    @classmethod
    def _correction_submitted(cls):
        correction = cls._correction_draft()
        correction.action_submit()
        return correction

    @classmethod
    def _delegation_draft(cls):
        return (
            cls.env["qlvb.delegation"]
            .with_user(cls.culture_head)
            .create(
                {
                    "delegate_id": cls.culture_deputy.id,
                    "unit_id": cls.culture.id,
                    "date_from": "2026-09-07",
                    "date_to": "2026-09-08",
                }
            )
        )

    @classmethod
    def _delegation_active(cls):
        return cls.delegate(
            cls.culture_head,
            cls.culture_deputy,
            cls.culture,
            date_from="2026-09-10",
            date_to="2026-09-16",
        )

    @classmethod
    def _request_draft(cls):
        return cls.ask("grant", cls.newcomer(login="annv1"))

    @classmethod
    def _request_submitted(cls):
        request = cls.ask("grant", cls.newcomer(login="annv2"))
        request.action_submit()
        return request

    @classmethod
    def _request_approved(cls):
        request = cls.ask(
            "grant", cls.newcomer(login="annv3"), effective_date="2026-08-27"
        )
        request.action_submit()
        request.with_user(cls.chairman).action_approve()
        # Its day has come, and the round that carries it out has not yet.
        request._through_gate().write({"effective_date": TODAY})
        return request

    @classmethod
    def _handover_open(cls):
        mover = cls.new_users("mover")
        cls.give_post(mover, cls.culture, "specialist")
        cls.passed_on(cls.routed(), cls.culture_head, mover)
        cls.end_post(mover, cls.culture, "2026-08-25")
        handover = cls.env["qlvb.handover"]._open_for(mover, cls.culture)
        handover.with_user(cls.culture_head).sudo(False).receiver_id = cls.culture_two
        return handover

    @classmethod
    def _register_open(cls):
        return cls.issued().sudo().register_id

    @classmethod
    def _register_unused(cls):
        registers = cls.env["qlvb.register"].with_user(cls.culture_clerk)
        return registers.browse(registers.action_open(cls.culture.id, "out"))

    @classmethod
    def _register_closed(cls):
        kind = cls.env.ref("qlvb_document.qlvb_document_type_quyet_dinh_qppl")
        registers = cls.env["qlvb.register"].with_user(cls.clerk)
        register = registers.browse(
            registers.action_open(cls.committee.id, "out", kind.id)
        )
        # Closing waits for the end of the year; here it has been done.
        register._through_gate().write(
            {"closed_at": clock.now(), "closed_by_id": cls.clerk.id}
        )
        return register

    @classmethod
    def _entry_waiting(cls):
        register = cls.issued().sudo().register_id.with_user(cls.clerk).sudo(False)
        register.action_reserve(1, "Giữ số cho văn bản khẩn", cls.culture.name)
        return (
            register.env["qlvb.register.entry"]
            .sudo()
            .search(
                [("register_id", "=", register.id), ("state", "=", "waiting")], limit=1
            )
        )

    @classmethod
    def _dossier_draft(cls):
        return cls.opened()

    @classmethod
    def _dossier_at_work(cls):
        dossier = cls.in_progress()
        cls.opinion(dossier, cls.culture_one)
        return dossier

    @classmethod
    def _dossier_completed(cls):
        return cls.completed()

    @classmethod
    def _dossier_closed(cls):
        return cls.closed()

    @classmethod
    def _list_draft(cls):
        return cls.drafted_list()

    @classmethod
    def _transfer_draft(cls):
        return (
            cls.env["qlvb.archive.transfer"]
            .with_user(cls.clerk)
            .create(
                {
                    "unit_id": cls.committee.id,
                    "receiver": "Trần Văn Lưu",
                    "line_ids": [(0, 0, {"dossier_id": cls.closed().id})],
                }
            )
        )

    # -- probing ----------------------------------------------------------------

    def probe(self, row):
        """Return how the server answers who is logged in: done, unmet or denied."""
        record = self.records[row.on]
        path = f"/web/dataset/call_kw/{record._name}/action_{row.act}"
        params = {
            "model": record._name,
            "method": f"action_{row.act}",
            "args": [record.ids, *self.arguments(row)],
            "kwargs": {},
        }
        try:
            with self.env.cr.savepoint(flush=False):
                self.make_jsonrpc_request(path, params)
                raise RolledBack
        except RolledBack:
            return "done"
        except JsonRpcException as error:
            name = str(error)
            if name in DENIED:
                return "denied"
            return "unmet" if name in UNMET else name
        finally:
            self.env.invalidate_all()

    def arguments(self, row):
        """Return what the act is called with: names stand for records of the office."""
        known = {
            "LINES": [self.line(self.culture)],
            "PASS_ON": [self.line(self.culture_two)],
            "SUPPORT": [self.line(self.justice, "support")],
            "FIELD": self.field_culture.id,
            "PAPERS": self.records["paper_assigned"].ids,
            "CHAIRMAN": self.chairman.id,
        }
        return [
            known.get(one, one) if isinstance(one, str) else one for one in row.args
        ]

    @contextmanager
    def as_role(self, role):
        """Be logged in as a role; a delegate is one while the delegation runs."""
        with self.env.cr.savepoint(flush=False):
            if role == "delegate":
                self.delegate(self.culture_head, self.culture_deputy, self.culture)
                self.env.flush_all()
            session = self.authenticate(self.people[role].login, PASSWORD)
            # Signing asks who is there; this person has just said so.
            session["identity-check-last"] = time.time()
            http.root.session_store.save(session)
            yield

    def test_who_may_do_what(self):
        answers = Counter()
        for role in matrix.PEOPLE:
            with self.as_role(role):
                for row in matrix.ACTS:
                    answer = self.probe(row)
                    answers[answer] += 1
                    answers[row] += answer == "done"
                    with self.subTest(role=role, on=row.on, act=row.act):
                        allowed = ("done", "unmet") if role in row.may else ("denied",)
                        self.assertIn(answer, allowed)
        for row in matrix.ACTS:
            with self.subTest("somebody does it", on=row.on, act=row.act):
                self.assertTrue(
                    answers[row] or (row.on, row.act) in matrix.NOT_YET, row.may
                )
        allowed, refused = matrix.count()
        self.assertEqual(answers["done"] + answers["unmet"], allowed)
        self.assertEqual(answers["denied"], refused)
        _logger.info("rights over RPC: %s allowed, %s refused", allowed, refused)

    def test_every_act_of_every_workflow_is_probed(self):
        probed = {(self.records[row.on]._name, row.act) for row in matrix.ACTS}
        acts = {
            (name, act.name)
            for name, model in self.env.items()
            if getattr(model, "_workflow", None) and not model._abstract
            for act in model._workflow
            if not act.inner
        }
        self.assertEqual(probed, acts)
