"""One document to 38 recipients who all take it in at the same instant."""

import psycopg2
import pytest
from clerks import failures, query, together, unsound_registers
from drafters import DESKS, Desk

GROUPS = ("agencies", "communes")


@pytest.fixture(scope="module")
def workers(make_server):
    """A server of four processes, as in production."""
    live = make_server(workers=4)
    yield live
    live.stop()


@pytest.fixture(scope="module")
def desk(workers):
    return Desk(workers, *DESKS[0])


@pytest.fixture(scope="module")
def accounts(workers, desk):
    """The account, logged in, of every agency and commune, by id of the unit."""
    logins = query(
        workers.dsn,
        """SELECT unit.id, COALESCE(account.login, 'vanthu') FROM qlvb_unit unit
           LEFT JOIN res_users account ON account.id = unit.account_user_id
           WHERE unit.kind <> 'committee' AND unit.receives ORDER BY unit.id""",
    )
    return {unit: workers.rpc(login) for unit, login in logins}


def issued(desk, count=1):
    """Numbered documents with all agencies and communes on their lists."""
    papers = desk.signed(count, code="QĐ")
    for paper in papers:
        desk.issue(paper)
        for name in GROUPS:
            (group,) = desk.clerk.call(
                "qlvb.recipient.group", "search", [("everybody", "=", name)]
            )
            desk.clerk.call("qlvb.document", "action_add_group", [paper], group)
    return papers


def copies(server, paper):
    """The copy of each recipient: id by id of the unit."""
    return dict(
        query(
            server.dsn,
            "SELECT unit_id, copy_id FROM qlvb_dispatch WHERE document_id = %s",
            paper,
        )
    )


def states(server, paper):
    """How many dispatches of a document stand at which state."""
    return dict(
        query(
            server.dsn,
            """SELECT state, count(*) FROM qlvb_dispatch WHERE document_id = %s
               GROUP BY state""",
            paper,
        )
    )


def test_all_recipients_register_at_once(workers, desk, accounts):
    """Nobody waits for anybody, nor for whoever holds the sender's record."""
    (paper,) = issued(desk)
    desk.clerk.call("qlvb.document", "action_dispatch", [paper])
    own = copies(workers, paper)
    assert len(own) == 38
    with psycopg2.connect(workers.dsn) as held, held.cursor() as cursor:
        # Somebody acts on the sender's document all the while.
        cursor.execute("SELECT FROM qlvb_document WHERE id = %s FOR UPDATE", (paper,))
        results = together(
            *(
                lambda rpc=accounts[unit], copy=copy: rpc.call(
                    "qlvb.document", "action_register", [copy]
                )
                for unit, copy in own.items()
            )
        )
        held.rollback()
    assert not failures(results)
    assert states(workers, paper) == {"received": 38}
    numbers = query(
        workers.dsn,
        """SELECT count(*) FROM qlvb_dispatch d JOIN qlvb_document c ON c.id = d.copy_id
           WHERE d.document_id = %s AND c.state = 'registered'
             AND d.received_number::int = c.number""",
        paper,
    )
    assert numbers == [(38,)]
    assert not unsound_registers(workers.dsn)


def test_two_clerks_dispatch_at_once(workers, desk):
    """Every recipient finds one copy, whoever was first."""
    (paper,) = issued(desk)
    click = lambda: desk.clerk.call(  # noqa: E731
        "qlvb.document", "action_dispatch", [paper]
    )
    results = together(click, click, click)
    assert not failures(results)
    assert states(workers, paper) == {"sent": 38}
    found = query(
        workers.dsn,
        """SELECT count(*) FROM qlvb_document c JOIN qlvb_document d
             ON c.reference = d.reference AND c.source = 'unit'
           WHERE d.id = %s""",
        paper,
    )
    assert found == [(38,)]


def test_recall_while_recipients_register(workers, desk, accounts):
    """Recalled are all of them: with a number who was faster, without who was not."""
    (paper,) = issued(desk)
    desk.clerk.call("qlvb.document", "action_dispatch", [paper])
    own = list(copies(workers, paper).items())[:8]
    results = together(
        lambda: desk.clerk.call(
            "qlvb.document", "action_recall", [paper], "Sai số liệu"
        ),
        *(
            lambda rpc=accounts[unit], copy=copy: rpc.call(
                "qlvb.document", "action_register", [copy]
            )
            for unit, copy in own
        ),
    )
    assert not isinstance(results[0], Exception), results[0]
    for failure in failures(results):
        assert "UserError" in failure, failure
    assert states(workers, paper) == {"recalled": 38}
    rows = query(
        workers.dsn,
        """SELECT c.state, COALESCE(c.number, 0), d.received_number FROM qlvb_dispatch d
           JOIN qlvb_document c ON c.id = d.copy_id WHERE d.document_id = %s""",
        paper,
    )
    assert {state for state, _number, _told in rows} == {"recalled"}
    wrong = [row for row in rows if int(row[2] or 0) != row[1]]
    assert not wrong
    assert not unsound_registers(workers.dsn)


def test_refusal_while_the_sender_recalls(workers, desk, accounts):
    """One of the two wins; the two sides agree on which."""
    (paper,) = issued(desk)
    desk.clerk.call("qlvb.document", "action_dispatch", [paper])
    rows = query(
        workers.dsn,
        """SELECT id, unit_id, copy_id FROM qlvb_dispatch WHERE document_id = %s
           ORDER BY id LIMIT 6""",
        paper,
    )
    for row, unit, copy in rows:
        results = together(
            lambda row=row: desk.clerk.call(
                "qlvb.dispatch", "action_recall", [row], "Sai số liệu"
            ),
            lambda unit=unit, copy=copy: accounts[unit].call(
                "qlvb.document", "action_refuse", [copy], "Gửi nhầm"
            ),
        )
        assert len(failures(results)) == 1, results
        ((here, there),) = query(
            workers.dsn,
            """SELECT d.state, c.state FROM qlvb_dispatch d
               JOIN qlvb_document c ON c.id = d.copy_id WHERE d.id = %s""",
            row,
        )
        assert here == there
        assert here in ("recalled", "refused")
