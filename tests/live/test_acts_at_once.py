"""Two people act on one document at once: no half-done state, and clear words."""

import threading

import psycopg2
import pytest
from clerks import enter, query, register, today, together, values
from livesystem import RpcError

ROUNDS = 2
#: What the audience is made of (the addon's principals): unit, its delegate, person.
UNIT, HANDLING, PERSON = 1, 2, 0


class Desk:
    """The people of these tests, and a paper on the Chief's desk."""

    def __init__(self, server):
        self.server = server
        self.people = {}

    def __getitem__(self, login):
        if login not in self.people:
            self.people[login] = self.server.rpc(login)
        return self.people[login]

    def unit(self, symbol):
        """The id of the agency with that symbol."""
        (unit,) = self["vanthu"].call(
            "qlvb.unit", "search", [("symbol", "=", symbol)], limit=1
        )
        return unit

    def registered(self):
        """A paper that waits for routing."""
        (paper,) = enter(self["vanthu"])
        register(self["vanthu"], paper)
        return paper

    def route(self, login, paper, lead="VHTT", *support):
        """Route a paper; gives the ids of the new assignments."""
        lines = [{"unit_id": self.unit(lead), "role": "lead"}]
        lines += [{"unit_id": self.unit(name), "role": "support"} for name in support]
        return self[login].call("qlvb.document", "action_assign", [paper], lines)

    def act(self, login, act, order, *arguments):
        """Do something on an assignment."""
        return self[login].call("qlvb.assignment", f"action_{act}", [order], *arguments)

    def user(self, login):
        """The id of a person."""
        return self[login].uid


@pytest.fixture(scope="module")
def desk(server):
    return Desk(server)


def orders_of(server, paper):
    """Every assignment of a paper, by id."""
    rows = query(
        server.dsn,
        """SELECT id, role, state, parent_id, unit_id, user_id, audience
           FROM qlvb_assignment WHERE document_id = %s ORDER BY id""",
        paper,
    )
    names = ("id", "role", "state", "parent", "unit", "user", "audience")
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows}


def assert_sound(server, paper):
    """Whatever happened at once, the paper and its chain agree with each other."""
    ((state, unit, audience),) = query(
        server.dsn,
        "SELECT state, unit_id, audience FROM qlvb_document WHERE id = %s",
        paper,
    )
    orders = orders_of(server, paper)
    leads = [o for o in orders.values() if o["role"] == "lead" and not o["parent"]]
    held = [o for o in leads if o["state"] in ("sent", "accepted", "done")]
    assert len(held) <= 1, "two leads"
    expected = "registered"
    if held:
        expected = "done" if held[0]["state"] == "done" else "assigned"
    assert state == expected
    for order in orders.values():
        parent = orders.get(order["parent"])
        if parent and order["state"] in ("sent", "accepted"):
            assert parent["state"] == "accepted", "passed on from what is over"
    numbers = {unit * 8 + UNIT, unit * 8 + HANDLING}
    for order in orders.values():
        if order["state"] in ("sent", "accepted", "done"):
            numbers |= {order["unit"] * 8 + UNIT, order["unit"] * 8 + HANDLING}
            numbers |= {order["user"] * 8 + PERSON} if order["user"] else set()
    assert set(audience) == numbers, "somebody sees too much or too little"
    for order in orders.values():
        assert set(order["audience"]) >= numbers
    return state


def told(results):
    """The messages of those who could not, which must be made for people."""
    messages = []
    for result in results:
        if isinstance(result, Exception):
            assert isinstance(result, RpcError), repr(result)
            assert result.name.startswith("odoo.exceptions."), repr(result)
            assert "psycopg2" not in result.message
            messages.append(result.message)
    return messages


def one_only(results):
    """One could and the other could not; gives what the other was told."""
    messages = told(results)
    assert len(messages) == 1, results
    return messages[0]


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_clerks_edit_one_draft(desk, _round):
    (paper,) = enter(desk["vanthu"])
    ((revision,),) = query(
        desk.server.dsn, "SELECT revision FROM qlvb_document WHERE id = %s", paper
    )
    texts = {"vanthu": "Về việc thứ nhất", "vt.ubnd": "Về việc thứ hai"}

    def save(login):
        changes = {"summary": texts[login], "revision_seen": revision}
        return desk[login].call(
            "qlvb.document", "web_save", [paper], changes, specification={"summary": {}}
        )

    results = together(*(lambda who=who: save(who) for who in texts))
    one_only(results)
    ((stored,),) = query(
        desk.server.dsn, "SELECT summary FROM qlvb_document WHERE id = %s", paper
    )
    (kept,) = [r[0]["summary"] for r in results if not isinstance(r, Exception)]
    assert stored == kept


@pytest.mark.parametrize("others", [("chanhvp", "chutich"), ("chanhvp", "chanhvp")])
def test_two_route_one_paper(desk, others):
    """The Chief and the chairman at once, or the Chief with a double click."""
    paper = desk.registered()
    first, second = others
    results = together(
        lambda: desk.route(first, paper, "VHTT", "TP"),
        lambda: desk.route(second, paper, "NV"),
    )
    one_only(results)
    assert assert_sound(desk.server, paper) == "assigned"


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_recalled_and_finished_at_once(desk, _round):
    paper = desk.registered()
    (order,) = desk.route("chanhvp", paper)
    desk.act("truong.vhtt", "accept", order)
    results = together(
        lambda: desk.act("chanhvp", "recall", order, "Chuyển nhầm"),
        lambda: desk.act("truong.vhtt", "done", order, "Đã xong"),
    )
    one_only(results)
    state = assert_sound(desk.server, paper)
    assert state == ("done" if isinstance(results[0], Exception) else "registered")


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_passed_on_and_recalled_at_once(desk, _round):
    """Nothing stays open below an order that was taken back."""
    paper = desk.registered()
    (order,) = desk.route("chanhvp", paper)
    lines = [{"user_id": desk.user("cv1.vhtt"), "role": "lead"}]
    results = together(
        lambda: desk.act("truong.vhtt", "forward", order, lines),
        lambda: desk.act("chanhvp", "recall", order, "Chuyển nhầm"),
    )
    told(results)
    assert not isinstance(results[1], Exception), results
    assert assert_sound(desk.server, paper) == "registered"
    states = {row["state"] for row in orders_of(desk.server, paper).values()}
    assert states == {"recalled"}


def test_supporters_and_lead_finish_at_once(desk):
    """Who does not contradict one another all get through."""
    paper = desk.registered()
    orders = desk.route("chanhvp", paper, "VHTT", "TP", "NV")
    heads = ("truong.vhtt", "truong.tuphap", "truong.noivu")
    for head in heads:
        assert desk[head]
    results = together(
        *(
            lambda o=order, h=head: desk.act(h, "done", o, "Đã xong")
            for order, head in zip(orders, heads, strict=True)
        )
    )
    assert told(results) == []
    assert assert_sound(desk.server, paper) == "done"


def test_returned_while_another_is_charged(desk):
    """The lead returns it while the Chief adds a supporter."""
    paper = desk.registered()
    (order,) = desk.route("chanhvp", paper)
    more = [{"unit_id": desk.unit("TP"), "role": "support"}]
    results = together(
        lambda: desk.act("truong.vhtt", "return", order, "Không thuộc chức năng"),
        lambda: desk["chanhvp"].call("qlvb.document", "action_assign", [paper], more),
    )
    told(results)
    assert not isinstance(results[0], Exception), results
    assert assert_sound(desk.server, paper) == "registered"


def test_head_and_delegate_pass_on_at_once(desk):
    """Both may; one of them gives the work to a lead, and the other is told."""
    head = desk["truong.vhtt"]
    delegation = head.call(
        "qlvb.delegation",
        "create",
        {
            "delegator_id": head.uid,
            "delegate_id": desk.user("pho.vhtt"),
            "unit_id": desk.unit("VHTT"),
            "date_from": str(today()),
            "date_to": str(today()),
        },
    )
    head.call("qlvb.delegation", "action_activate", [delegation])
    try:
        paper = desk.registered()
        (order,) = desk.route("chanhvp", paper)
        choices = {"truong.vhtt": "cv1.vhtt", "pho.vhtt": "cv2.vhtt"}
        lines = {
            who: [{"user_id": desk.user(whom), "role": "lead"}]
            for who, whom in choices.items()
        }
        results = together(
            *(
                lambda who=who: desk.act(who, "forward", order, lines[who])
                for who in choices
            )
        )
        one_only(results)
        assert assert_sound(desk.server, paper) == "assigned"
        below = [o for o in orders_of(desk.server, paper).values() if o["parent"]]
        assert [o["role"] for o in below] == ["lead"]
    finally:
        head.call("qlvb.delegation", "action_revoke", [delegation])


def test_sight_follows_whatever_happens_at_once(desk):
    """One loses a part of the work at the moment in which the head gives them another.

    Both acts begin before either ends: somebody else holds the document meanwhile.
    """
    unit = desk.unit("VHTT")
    worker = desk.user("cv1.vhtt")
    paper = desk.registered()
    lines = [
        {"unit_id": unit, "role": "lead"},
        {"user_id": worker, "role": "support"},
    ]
    lead, support = desk["chanhvp"].call(
        "qlvb.document", "action_assign", [paper], lines
    )
    assert desk["truong.vhtt"]
    holder = psycopg2.connect(desk.server.dsn)
    with holder.cursor() as cr:
        cr.execute("SELECT FROM qlvb_document WHERE id = %s FOR UPDATE", [paper])
    release = threading.Timer(1.5, holder.rollback)
    release.start()
    results = together(
        lambda: desk.act("chanhvp", "recall", support, "Đã giao việc khác"),
        lambda: desk.act(
            "truong.vhtt", "forward", lead, [{"user_id": worker, "role": "lead"}]
        ),
    )
    release.join()
    holder.close()
    assert told(results) == []
    assert assert_sound(desk.server, paper) == "assigned"


def test_two_clerks_register_and_refuse_one_draft(desk):
    (paper,) = enter(desk["vanthu"])
    results = together(
        lambda: register(desk["vanthu"], paper),
        lambda: desk["vt.ubnd"].call(
            "qlvb.document", "action_refuse", [paper], "Thiếu chữ ký"
        ),
    )
    one_only(results)
    ((state, number),) = query(
        desk.server.dsn, "SELECT state, number FROM qlvb_document WHERE id = %s", paper
    )
    assert (state, bool(number)) in (("registered", True), ("refused", False))


def test_entered_anew_while_the_first_is_read(desk):
    """A draft deleted under somebody's hands: the other is told, not shown a fault."""
    (paper,) = enter(desk["vanthu"])
    changes = values(desk["vt.ubnd"], "9/TTr-SNV")
    results = together(
        lambda: desk["vanthu"].call("qlvb.document", "unlink", [paper]),
        lambda: desk["vt.ubnd"].call("qlvb.document", "write", [paper], changes),
    )
    told(results)
    left = query(desk.server.dsn, "SELECT id FROM qlvb_document WHERE id = %s", paper)
    assert bool(left) == isinstance(results[0], Exception)
