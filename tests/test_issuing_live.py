"""Outgoing numbers without a gap and without a double, with 32 clerks at once."""

import base64

import pytest
from clerks import failures, query, together, unsound_registers
from drafters import DESKS, Desk, pdf

CLIENTS = 32
EACH = 3
FILES = ["attachment_ids"]


@pytest.fixture(scope="module")
def workers(make_server):
    """A server of four processes, as in production."""
    live = make_server(workers=4)
    yield live
    live.stop()


@pytest.fixture(scope="module")
def desks(workers):
    return [Desk(workers, issuer, people) for issuer, people in DESKS]


def assert_final_files(server, papers):
    """Every issued document has exactly one final file, and no other has."""
    rows = query(
        server.dsn,
        """SELECT document_id, count(*) FROM qlvb_version
           WHERE kind = 'final' AND document_id = ANY(%s) GROUP BY document_id""",
        papers,
    )
    assert dict(rows) == dict.fromkeys(papers, 1)


def test_many_clerks_issue_at_once(workers, desks):
    """32 clients issue into three registers: no error, no gap, no double."""
    clients = [desks[number % len(desks)] for number in range(CLIENTS)]
    piles = []
    for index, desk in enumerate(desks):
        mine = [number for number in range(CLIENTS) if number % len(desks) == index]
        papers = desk.signed(len(mine) * EACH)
        piles += zip(
            mine, (papers[at :: len(mine)] for at in range(len(mine))), strict=True
        )
    piles = [pile for _number, pile in sorted(piles)]

    def work(desk, pile):
        return [desk.issue(paper) for paper in pile]

    results = together(
        *(
            lambda desk=desk, pile=pile: work(desk, pile)
            for desk, pile in zip(clients, piles, strict=True)
        )
    )
    assert not failures(results)
    assert not unsound_registers(workers.dsn)
    for index in range(len(desks)):
        numbers = sorted(n for pile in results[index :: len(desks)] for n in pile)
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert_final_files(workers, [paper for pile in piles for paper in pile])


def test_two_clicks_on_one_document_give_one_number(workers, desks):
    desk = desks[0]
    for paper in desk.signed(3):
        click = lambda paper=paper: desk.issue(paper)  # noqa: E731
        results = together(click, click)
        assert not failures(results)
        assert len(set(results)) == 1
        assert_final_files(workers, [paper])
    assert not unsound_registers(workers.dsn)


def test_clerk_issues_while_another_sends_back(workers, desks):
    """One of the two wins, the other is told; no number is lost over it."""
    desk = desks[1]
    for paper in desk.signed(3):
        results = together(
            lambda paper=paper: desk.issue(paper),
            lambda paper=paper: desk.clerk.call(
                "qlvb.document", "action_send_back", [paper], "Sai thể thức"
            ),
        )
        assert len(failures(results)) == 1, results
        ((state, number),) = query(
            workers.dsn,
            "SELECT state, number FROM qlvb_document WHERE id = %s",
            paper,
        )
        assert (state == "issued") == bool(number)
        assert state in ("issued", "draft")
    assert not unsound_registers(workers.dsn)


def test_drafter_withdraws_while_the_signer_signs(workers, desks):
    """A document is signed as the signer saw it, or it is a draft again."""
    desk = desks[2]
    for paper in desk.draft(3):
        desk.drafter.call("qlvb.document", "action_submit", [paper])
        for reviewer in desk.reviewers:
            reviewer.call("qlvb.document", "action_approve", [paper])
        results = together(
            lambda paper=paper: desk.signer.confirm(
                "qlvb.document", "action_sign", [paper]
            ),
            lambda paper=paper: desk.drafter.call(
                "qlvb.document", "action_withdraw", [paper]
            ),
        )
        assert len(failures(results)) == 1, results
        ((state, signed_at),) = query(
            workers.dsn,
            "SELECT state, signed_at FROM qlvb_document WHERE id = %s",
            paper,
        )
        assert state == ("signed" if signed_at else "draft")


def test_a_file_replaced_while_it_is_submitted(workers, desks):
    """What is reviewed is what was kept: never the one with the other's version."""
    desk = desks[0]
    for number in range(4):
        (paper,) = desk.draft()
        (file,) = desk.drafter.call("qlvb.document", "read", [paper], FILES)[0][
            "attachment_ids"
        ]
        other = base64.b64encode(pdf() + b"%% %d\n" % number).decode()
        results = together(
            lambda paper=paper: desk.drafter.call(
                "qlvb.document", "action_submit", [paper]
            ),
            lambda file=file, other=other: desk.drafter.call(
                "ir.attachment", "write", [file], {"datas": other}
            ),
        )
        ((stored, kept),) = query(
            workers.dsn,
            """SELECT file.checksum, copy.checksum
               FROM ir_attachment file, qlvb_version version
                    JOIN ir_attachment copy ON copy.id = version.file_id
               WHERE file.id = %s AND version.document_id = %s
               ORDER BY version.sequence DESC LIMIT 1""",
            file,
            paper,
        )
        assert stored == kept, results
