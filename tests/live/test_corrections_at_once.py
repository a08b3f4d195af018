"""Decisions on one document that fall at the same instant: one after the other."""

import base64
from pathlib import Path

import pytest
from clerks import enter, query, register, together
from livesystem import RpcError

ROUNDS = 3
MARK = b"dau-vet-cua-don-thu"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n% "


class Office:
    """The clerk who asks and the chairman who decides."""

    def __init__(self, server):
        self.server = server
        self.clerk = server.rpc("vanthu")
        self.chairman = server.rpc("chutich")

    def registered(self):
        """A paper in the register."""
        (paper,) = enter(self.clerk)
        register(self.clerk, paper)
        return paper

    def asked(self, paper, **more):
        """A request that was submitted; ``issuer="…"`` asks for a new value."""
        lines = [
            [0, 0, {"name": name, "new_value": more.pop(name)}]
            for name in ("issuer", "summary")
            if name in more
        ]
        values = {"document_id": paper, "reason": "Nhập nhầm", "line_ids": lines}
        (request,) = self.clerk.call("qlvb.correction", "create", [{**values, **more}])
        self.clerk.call("qlvb.correction", "action_submit", [request])
        return request

    def approve(self, request):
        """Approve a request as the chairman."""
        return self.chairman.call("qlvb.correction", "action_approve", [request])

    def refuse(self, request):
        """Refuse a request as the chairman."""
        return self.chairman.call("qlvb.correction", "action_refuse", [request], "Sai")

    def states(self, *requests):
        """The states of requests, as the database holds them."""
        rows = query(
            self.server.dsn,
            "SELECT state FROM qlvb_correction WHERE id = ANY(%s) ORDER BY id",
            list(requests),
        )
        return [state for (state,) in rows]


@pytest.fixture(scope="module")
def office(server):
    return Office(server)


def one_only(results):
    """One could and the other could not; gives what the other was told."""
    errors = [result for result in results if isinstance(result, Exception)]
    assert len(errors) == 1, results
    assert isinstance(errors[0], RpcError), repr(errors[0])
    assert errors[0].name.startswith("odoo.exceptions."), repr(errors[0])
    assert "psycopg2" not in errors[0].message
    return errors[0].message


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_request_is_decided_once(office, _round):
    request = office.asked(office.registered(), issuer="Phòng Tư pháp")
    other = office.refuse if _round % 2 else office.approve
    results = together(lambda: office.approve(request), lambda: other(request))
    one_only(results)
    assert office.states(request) in (["done"], ["refused"])


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_two_new_values_one_is_written(office, _round):
    paper = office.registered()
    requests = [office.asked(paper, issuer=name) for name in ("Phòng A", "Phòng B")]
    results = together(*(lambda one=one: office.approve(one) for one in requests))
    message = one_only(results)
    assert "Phòng A" in message or "Phòng B" in message
    assert sorted(office.states(*requests)) == ["done", "submitted"]


def test_two_values_of_one_document_are_both_written(office):
    paper = office.registered()
    requests = [
        office.asked(paper, issuer="Phòng A"),
        office.asked(paper, summary="Về việc khác"),
    ]
    results = together(*(lambda one=one: office.approve(one) for one in requests))
    assert not [one for one in results if isinstance(one, Exception)], results
    ((issuer, summary),) = query(
        office.server.dsn,
        "SELECT issuer, summary FROM qlvb_document WHERE id = %s",
        paper,
    )
    assert (issuer, summary) == ("Phòng A", "Về việc khác")


def test_routing_while_the_contents_are_erased(office):
    paper = office.registered()
    request = office.asked(paper, kind="purge", ground="petition")
    (unit,) = office.clerk.call(
        "qlvb.unit", "search", [("symbol", "=", "VHTT")], limit=1
    )
    lines = [{"unit_id": unit, "role": "lead", "instruction": "Việc của đơn thư"}]
    chief = office.server.rpc("chanhvp")
    together(
        lambda: office.approve(request),
        lambda: chief.call("qlvb.document", "action_assign", [paper], lines),
    )
    assert office.states(request) == ["done"]
    rows = query(
        office.server.dsn,
        "SELECT state, instruction FROM qlvb_assignment WHERE document_id = %s",
        paper,
    )
    assert all(row == ("recalled", None) for row in rows), rows
    ((state,),) = query(
        office.server.dsn, "SELECT state FROM qlvb_document WHERE id = %s", paper
    )
    assert state == "done"


def test_bytes_are_gone_from_the_store_once_it_is_decided(office):
    (file,) = office.clerk.call(
        "ir.attachment",
        "create",
        [{"name": "don.pdf", "datas": base64.b64encode(PDF + MARK).decode()}],
    )
    (paper,) = enter(office.clerk)
    office.clerk.call(
        "qlvb.document", "write", [paper], {"attachment_ids": [[4, file]]}
    )
    register(office.clerk, paper)
    ((stored,),) = query(
        office.server.dsn, "SELECT store_fname FROM ir_attachment WHERE id = %s", file
    )
    path = Path(office.server.data_dir) / "filestore" / office.server.db / stored
    assert MARK in path.read_bytes()
    request = office.asked(paper, kind="purge", ground="petition")
    office.approve(request)
    assert not path.exists()
