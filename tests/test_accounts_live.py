"""Accounts over the wire: the decided way works, every other door is shut."""

from contextlib import closing

import psycopg2
import pytest
from clerks import together
from livesystem import PASSWORD, Rpc, RpcError

OFFICIALS = ("chutich", "phochutich", "chanhvp", "vanthu", "quantri", "truong.vhtt")


@pytest.fixture(scope="module")
def live(make_server):
    """A server of two processes: whoever acts at once is in another."""
    server = make_server(workers=2)
    # The emergency administrator, with the password that everybody here has.
    with closing(psycopg2.connect(server.dsn)) as connection, connection:
        connection.cursor().execute(
            """UPDATE res_users SET password = chair.password FROM res_users chair
               WHERE chair.login = 'chutich' AND res_users.login = 'admin'"""
        )
    yield server
    server.stop()


def line(rpc, login):
    """The values of a line that asks for an account."""
    (unit,) = rpc.call("qlvb.unit", "search", [("symbol", "=", "VHTT")], limit=1)
    return {
        "name": "Người Mới",
        "login": login,
        "unit_id": unit,
        "role": "specialist",
    }


def ask(rpc, kind, values, **more):
    """Prepare and submit a request, and tell its id."""
    values = {
        "kind": kind,
        "decision_number": "125/QĐ-UBND",
        "decision_date": "2026-01-05",
        "line_ids": [[0, 0, values]],
    } | more
    number = rpc.call("qlvb.account.request", "create", values)
    rpc.call("qlvb.account.request", "action_submit", [number])
    return number


def user_id(rpc, login):
    (number,) = rpc.call("res.users", "search", [("login", "=", login)])
    return number


def test_an_account_comes_by_request_alone(live):
    office, chair = live.rpc("vanthu"), live.rpc("chutich")
    number = ask(office, "grant", line(office, "nguoimoi"))
    for login in OFFICIALS[1:]:
        with pytest.raises(RpcError, match="AccessError"):
            live.rpc(login).call("qlvb.account.request", "action_approve", [number])
    chair.call("qlvb.account.request", "action_approve", [number])
    (request,) = office.call("qlvb.account.request", "read", [number], ["state"])
    assert request["state"] == "done"
    assert user_id(office, "nguoimoi")
    with pytest.raises(RpcError):
        chair.call("qlvb.account.request", "action_approve", [number])


@pytest.mark.parametrize("login", [*OFFICIALS, "admin"])
def test_no_other_door_opens(live, login):
    rpc = live.rpc(login)
    victim = user_id(rpc, "cv1.vhtt")
    (post,) = rpc.call("qlvb.position", "search", [("user_id", "=", victim)])
    attempts = (
        ("res.users", "create", [{"name": "X", "login": "x"}]),
        ("res.users", "write", [victim], {"active": False}),
        ("res.users", "write", [victim], {"password": "Khac-2026"}),
        ("res.users", "write", [rpc.uid], {"login": "x"}),
        ("res.users", "write", [rpc.uid], {"name": "X"}),
        ("res.users", "unlink", [victim]),
        ("res.users", "action_reset_password", [victim]),
        ("res.users", "action_archive", [victim]),
        ("res.users", "signup", {"login": "x", "password": "Khac-2026"}),
        ("res.users", "_give_first_password", [victim]),
        ("qlvb.position", "write", [post], {"role": "head"}),
        (
            "qlvb.position",
            "create",
            [{"user_id": rpc.uid, "unit_id": 1, "role": "head"}],
        ),
        ("qlvb.account.request.line", "_print_letter", [1]),
        (
            "ir.actions.server",
            "create",
            [{"name": "X", "model_id": 1, "state": "code", "code": "pass"}],
        ),
        ("res.groups", "write", [1], {"user_ids": [[4, rpc.uid]]}),
        (
            "qlvb.account.request",
            "create",
            [{"kind": "grant", "state": "approved"}],
        ),
    )
    for model, method, *args in attempts:
        with pytest.raises(RpcError):
            rpc.call(model, method, *args)
    # The victim still comes in with their own password.
    assert Rpc(live.base_url, live.db, "cv1.vhtt", PASSWORD).uid == victim


def test_two_approvals_at_once_make_one_account(live):
    office = live.rpc("vanthu")
    number = ask(office, "grant", line(office, "motlan"))
    chairs = [live.rpc("chutich"), live.rpc("chutich")]
    results = together(
        *(
            lambda rpc=rpc: rpc.call("qlvb.account.request", "action_approve", [number])
            for rpc in chairs
        )
    )
    assert sum(result is True for result in results) == 1
    assert sum(isinstance(result, RpcError) for result in results) == 1
    assert office.call("res.users", "search_count", [("login", "=", "motlan")]) == 1
