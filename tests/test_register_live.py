"""Registers while several people work at once: reserving, deciding, closing."""

import datetime
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg2
import pytest
from clerks import PATIENCE, failures, query, together, unsound_registers
from drafters import DESKS, Desk
from livesystem import RpcError

WAITING_SQL = """SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'"""
LAST_YEAR = datetime.date.today().year - 1


@pytest.fixture(scope="module")
def workers(make_server):
    """A server of four processes, as in production."""
    live = make_server(workers=4)
    yield live
    live.stop()


@pytest.fixture(scope="module")
def desk(workers):
    """Nội vụ: whose head signs, decides on series and has numbers inserted."""
    issuer, people = DESKS[1]
    return Desk(workers, issuer, people)


def register_of(server, paper):
    ((register,),) = query(
        server.dsn, "SELECT register_id FROM qlvb_document WHERE id = %s", paper
    )
    return register


def test_clerks_reserve_while_others_issue(workers, desk):
    first, *papers = desk.signed(9)
    desk.issue(first)
    register = register_of(workers, first)

    def reserve():
        return desk.clerk.call(
            "qlvb.register", "action_reserve", [register], 2, "Chờ ký", "Phòng Nội vụ"
        )

    results = together(
        *(lambda paper=paper: desk.issue(paper) for paper in papers),
        *([reserve] * 4),
    )
    assert not failures(results)
    assert not unsound_registers(workers.dsn)
    reserved = [entry for result in results[len(papers) :] for entry in result]
    assert len(set(reserved)) == 8


def test_a_reserved_number_is_taken_once(workers, desk):
    first, *papers = desk.signed(3)
    desk.issue(first)
    (entry,) = desk.clerk.call(
        "qlvb.register",
        "action_reserve",
        [register_of(workers, first)],
        1,
        "Chờ ký",
        "Phòng Nội vụ",
    )
    results = together(
        *(
            lambda paper=paper: desk.clerk.call(
                "qlvb.document", "action_issue", [paper], entry_id=entry
            )
            for paper in papers
        )
    )
    assert len(failures(results)) == 1, results
    assert not unsound_registers(workers.dsn)


@pytest.mark.parametrize("code", ["KH", "BC", "TB"])
def test_head_decides_on_a_series_while_clerks_issue_the_kind(workers, desk, code):
    """Either nothing of the kind stands in the common series, or it stays there."""
    papers = desk.signed(3, code=code)
    (kind,) = desk.drafter.call(
        "qlvb.document.type", "search", [("code", "=", code)], limit=1
    )
    results = together(
        *(lambda paper=paper: desk.issue(paper) for paper in papers),
        lambda: desk.signer.call(
            "qlvb.series",
            "action_decide",
            desk.unit,
            [kind],
            datetime.date.today().year,
            "Thử",
            code,
        ),
    )
    assert not failures(results[:-1])
    groups = query(
        workers.dsn,
        """SELECT DISTINCT r.type_group FROM qlvb_document d
           JOIN qlvb_register r ON r.id = d.register_id WHERE d.id = ANY(%s)""",
        papers,
    )
    decided = not isinstance(results[-1], Exception)
    assert groups == [(f"series-{results[-1]}" if decided else "all",)]
    assert not unsound_registers(workers.dsn)


def test_clerk_closes_the_year_while_others_still_issue(workers, desk):
    """What came before the closing is bound, what came after is refused."""
    day = f"{LAST_YEAR}-12-31"
    first, *papers = desk.signed(7, document_date=day)
    desk.clerk.call("qlvb.document", "action_issue", [first], day)
    register = register_of(workers, first)
    results = together(
        *(
            lambda paper=paper: desk.clerk.call(
                "qlvb.document", "action_issue", [paper], day
            )
            for paper in papers
        ),
        lambda: desk.clerk.call("qlvb.register", "action_close_year", [register]),
    )
    assert not failures(results[-1:])
    ((last, bound, inside, outside),) = query(
        workers.dsn,
        """SELECT r.last_number,
                  (SELECT max(last_number) FROM qlvb_register_page p
                   WHERE p.register_id = r.id AND kind = 'rows'),
                  (SELECT count(*) FROM qlvb_document d WHERE d.register_id = r.id),
                  (SELECT count(*) FROM qlvb_document d
                   WHERE d.id = ANY(%s) AND d.state = 'signed')
           FROM qlvb_register r WHERE r.id = %s""",
        papers,
        register,
    )
    assert last == bound == inside == 1 + len(papers) - outside
    assert len(failures(results)) == outside
    assert not unsound_registers(workers.dsn)


def test_a_number_does_not_become_void_behind_a_closed_year(workers):
    """Who began to make it void before the closing finds the year closed."""
    issuer, people = DESKS[2]
    desk = Desk(workers, issuer, people)
    day = f"{LAST_YEAR}-12-31"
    first, paper = desk.signed(2, document_date=day)
    desk.clerk.call("qlvb.document", "action_issue", [first], day)
    register = register_of(workers, first)
    (entry,) = desk.clerk.call(
        "qlvb.register", "action_reserve", [register], 1, "Chờ ký", "Phòng Nội vụ"
    )
    # Its entry is there already: nothing new refers to the register.
    desk.clerk.call("qlvb.document", "action_issue", [paper], day, entry)
    connection = psycopg2.connect(workers.dsn)
    with ThreadPoolExecutor(1) as pool, closing(connection):
        held = connection.cursor()
        held.execute("SELECT FROM qlvb_document WHERE id = %s FOR UPDATE", [paper])
        void = pool.submit(
            desk.clerk.call, "qlvb.document", "action_void", [paper], "Rút lại"
        )
        deadline = time.monotonic() + PATIENCE
        while not query(workers.dsn, WAITING_SQL):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        desk.clerk.call("qlvb.register", "action_close_year", [register])
        connection.rollback()
        with pytest.raises(RpcError):
            void.result(PATIENCE)
    assert query(
        workers.dsn,
        """SELECT d.state, e.state FROM qlvb_document d, qlvb_register_entry e
           WHERE d.id = %s AND e.id = %s""",
        paper,
        entry,
    ) == [("issued", "used")]
