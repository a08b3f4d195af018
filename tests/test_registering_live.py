"""Numbers without a gap and without a double, with real processes and 32 clients."""

from datetime import date

import pytest
from clerks import (
    CLERKS,
    enter,
    failures,
    query,
    register,
    times_registered,
    today,
    together,
    unsound_registers,
)

CLIENTS = 32
EACH = 6


@pytest.fixture(scope="module")
def workers(make_server):
    """A server of four processes, as in production."""
    live = make_server(workers=4)
    yield live
    live.stop()


@pytest.fixture(params=["threads", "workers"])
def office(request):
    """Both ways of running the server: one process with threads, and workers."""
    return request.getfixturevalue(
        "server" if request.param == "threads" else "workers"
    )


def clerks_of(server):
    """One logged-in clerk per register."""
    return [server.rpc(login) for login in CLERKS]


def test_many_clerks_at_once(office):
    """32 clients fill three registers: no error, no gap, no double."""
    people = clerks_of(office)
    desks = [people[number % len(people)] for number in range(CLIENTS)]
    piles = [enter(clerk, EACH) for clerk in desks]

    def work(clerk, pile):
        return [register(clerk, paper) for paper in pile]

    results = together(
        *(
            lambda clerk=clerk, pile=pile: work(clerk, pile)
            for clerk, pile in zip(desks, piles, strict=True)
        )
    )
    assert not failures(results)
    assert not unsound_registers(office.dsn)
    for index in range(len(people)):
        numbers = [n for pile in results[index :: len(people)] for n in pile]
        assert sorted(numbers) == list(range(min(numbers), min(numbers) + len(numbers)))
    papers = [paper for pile in piles for paper in pile]
    assert times_registered(office.dsn, papers) == dict.fromkeys(papers, 1)


def test_the_first_thing_that_a_clerk_does_is_to_register(office):
    """Core notes the device of a session in that very request."""
    (paper,) = enter(office.rpc(CLERKS[0]))
    assert register(office.rpc(CLERKS[0]), paper)


def test_two_clicks_on_one_draft_give_one_number(office):
    clerk = office.rpc("vanthu")
    for paper in enter(clerk, 5):
        click = lambda paper=paper: register(clerk, paper)  # noqa: E731
        results = together(click, click)
        assert not failures(results)
        assert len(set(results)) == 1
        assert times_registered(office.dsn, [paper]) == {paper: 1}
    assert not unsound_registers(office.dsn)


def test_first_papers_of_a_year_open_one_register(office):
    """Nobody opens a register by hand: the first papers do, all at once."""
    clerk = office.rpc("vt.noivu")
    year = today().year - 1
    papers = enter(clerk, 6, date(year, 12, 31))
    # A paper that arrived last year is registered now, its deadline set anew.
    clerk.call("qlvb.document", "write", papers, {"deadline": str(today())})
    results = together(*(lambda p=p: register(clerk, p) for p in papers))
    assert not failures(results)
    assert sorted(results) == [1, 2, 3, 4, 5, 6]
    opened = query(
        office.dsn,
        """SELECT count(DISTINCT register_id) FROM qlvb_document
           WHERE id = ANY(%s)""",
        papers,
    )
    assert opened == [(1,)]


def test_a_refused_registration_leaves_no_gap(server):
    """Where registering fails, nothing of it remains: no number is burnt."""
    clerk = server.rpc("vt.vhtt")
    good, bad, better = enter(clerk, 3)
    clerk.call("qlvb.document", "write", [bad], {"deadline": "2014-01-02"})
    first = register(clerk, good)
    with pytest.raises(Exception, match="UserError"):
        register(clerk, bad)
    assert register(clerk, better) == first + 1
    assert not unsound_registers(server.dsn)


def test_a_person_in_two_clerks_way(server):
    """Who edits a draft while it is being registered is told, and nothing is lost."""
    clerk = server.rpc("vanthu")
    for paper in enter(clerk, 3):
        edit = {"summary": "Về việc đã sửa"}
        _number, edited = together(
            lambda p=paper: register(clerk, p),
            lambda p=paper, v=edit: clerk.call("qlvb.document", "write", [p], v),
        )
        (row,) = clerk.call("qlvb.document", "read", [paper], ["summary", "state"])
        assert row["state"] == "registered"
        was_edited = row["summary"] == edit["summary"]
        assert was_edited == (not isinstance(edited, Exception)), edited
    assert not unsound_registers(server.dsn)


def test_many_open_papers_at_once(server):
    """Every opening is journalled on a connection of its own: enough for all."""
    clerk = server.rpc("vanthu")
    papers = enter(clerk, CLIENTS)
    wanted = {"summary": {}, "holder_text": {}}

    def open_form(paper):
        return clerk.call("qlvb.document", "web_read", [paper], specification=wanted)

    results = together(*(lambda p=paper: open_form(p) for paper in papers))
    assert not failures(results)
