"""Delegations and absences by two at once: one holds, the other is told in words."""

from datetime import timedelta

import pytest
from clerks import enter, query, register, today, together
from livesystem import RpcError

UNIT = "VHTT"
HEAD, DEPUTY, ACCOUNT = "truong.vhtt", "pho.vhtt", "vt.vhtt"
ROUNDS = 3


class Desk:
    """The head and the deputy of one agency, each at their own screen."""

    def __init__(self, server):
        self.server = server
        self.people = {}

    def __getitem__(self, login):
        if login not in self.people:
            self.people[login] = self.server.rpc(login)
        return self.people[login]

    def unit(self):
        (unit,) = self["vanthu"].call("qlvb.unit", "search", [("symbol", "=", UNIT)])
        return unit

    def drafted(self, first=0, last=0):
        """A delegation that the head has written, by days from today."""
        vals = {
            "unit_id": self.unit(),
            "delegate_id": self[DEPUTY].uid,
            "date_from": str(today() + timedelta(days=first)),
            "date_to": str(today() + timedelta(days=last)),
        }
        (draft,) = self[HEAD].call("qlvb.delegation", "create", [vals])
        return draft

    def act(self, login, act, *arguments):
        return self[login].call("qlvb.delegation", f"action_{act}", *arguments)

    def state(self, delegation):
        ((state,),) = query(
            self.server.dsn,
            "SELECT state FROM qlvb_delegation WHERE id = %s",
            delegation,
        )
        return state


@pytest.fixture(scope="module")
def desk(server):
    return Desk(server)


def refused(results):
    """What those were told who could not: words for people, never the database's."""
    messages = []
    for result in results:
        if isinstance(result, Exception):
            assert isinstance(result, RpcError), repr(result)
            assert result.name.startswith("odoo.exceptions."), repr(result)
            assert "psycopg2" not in result.message
            messages.append(result.message)
    return messages


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_delegations_of_one_unit(desk, _round):
    one, two = desk.drafted(0, 2), desk.drafted(1, 3)
    results = together(
        lambda: desk.act(HEAD, "activate", [one]),
        lambda: desk.act(HEAD, "activate", [two]),
    )
    assert len(refused(results)) == 1, results
    assert sorted(map(desk.state, (one, two))) == ["active", "draft"]
    for delegation in (one, two):
        desk.act(HEAD, "revoke", [delegation])
    assert not query(
        desk.server.dsn,
        "SELECT id FROM qlvb_membership WHERE delegation_id = ANY(%s)",
        [one, two],
    )


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_the_head_revokes_while_the_deputy_acts(desk, _round):
    """Either it was done in the head's name, or it was refused in words."""
    (paper,) = enter(desk["vanthu"])
    register(desk["vanthu"], paper)
    lines = [{"unit_id": desk.unit(), "role": "lead"}]
    (order,) = desk["chanhvp"].call("qlvb.document", "action_assign", [paper], lines)
    delegation = desk.drafted()
    desk.act(HEAD, "activate", [delegation])
    together(
        lambda: desk.act(HEAD, "revoke", [delegation]),
        lambda: desk[DEPUTY].call("qlvb.assignment", "action_accept", [order]),
    )
    assert desk.state(delegation) == "revoked"
    ((state,),) = query(
        desk.server.dsn, "SELECT state FROM qlvb_assignment WHERE id = %s", order
    )
    rows = query(
        desk.server.dsn,
        """SELECT on_behalf_of_id FROM qlvb_journal
           WHERE res_model = 'qlvb.document' AND res_id = %s
             AND event = 'assignment_accepted'""",
        paper,
    )
    assert rows == ([(desk[HEAD].uid,)] if state == "accepted" else [])
    # What is still open on the deputy's screen is refused in words that say why.
    with pytest.raises(RpcError) as caught:
        desk[DEPUTY].call("qlvb.assignment", "action_done", [order], "Đã xử lý")
    assert "thu hồi ủy quyền" in caught.value.message or (
        "revoked the delegation" in caught.value.message
    )


def test_one_absence_recorded_by_two(desk):
    vals = {
        "user_id": desk[HEAD].uid,
        "reason": "mission",
        "date_from": str(today() + timedelta(days=20)),
        "date_to": str(today() + timedelta(days=22)),
    }
    results = together(
        lambda: desk[HEAD].call("qlvb.absence", "create", [vals]),
        lambda: desk[ACCOUNT].call("qlvb.absence", "create", [vals]),
    )
    assert len(refused(results)) == 1, results
    ((count,),) = query(
        desk.server.dsn,
        "SELECT count(*) FROM qlvb_absence WHERE user_id = %s AND active",
        desk[HEAD].uid,
    )
    assert count == 1
