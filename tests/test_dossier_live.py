"""Dossiers while many people work on them at once: nothing lost, nobody waits."""

import pytest
from cabinet import (
    SPECIALISTS,
    Cabinet,
    deadlocks,
    json_2,
    order_states,
    state_of,
    traces,
)
from clerks import query, together
from livesystem import RpcError

ROUNDS = 2


@pytest.fixture(scope="module")
def workers(make_server):
    """A server of four processes, as in production."""
    live = make_server(workers=4)
    yield live
    live.stop()


@pytest.fixture(scope="module")
def cabinet(workers):
    return Cabinet(workers)


def told(results):
    """What those who could not were told, in words for people."""
    messages = []
    for result in results:
        if isinstance(result, Exception):
            assert isinstance(result, RpcError), repr(result)
            assert result.name.startswith("odoo.exceptions."), repr(result)
            assert "psycopg2" not in result.message
            messages.append(result.message)
    return messages


def decisions(server, dossier):
    """How often each decision was taken on a dossier."""
    rows = query(
        server.dsn,
        """SELECT kind, count(*) FROM qlvb_dossier_decision
           WHERE dossier_id = %s GROUP BY kind""",
        dossier,
    )
    return dict(rows)


@pytest.mark.parametrize("closers", [("chanhvp", "chutich"), ("chanhvp", "chanhvp")])
def test_two_close_one_dossier(cabinet, closers):
    """The Chief and the chairman at once, or the Chief with a double click."""
    for login in closers:
        assert cabinet[login]
    for _round in range(ROUNDS):
        dossier = cabinet.completed()
        results = together(
            *(
                lambda who=who, dossier=dossier: cabinet.act(who, "close", dossier)
                for who in closers
            )
        )
        (message,) = told(results)
        assert message
        assert state_of(cabinet.server, dossier) == "closed"
        assert decisions(cabinet.server, dossier) == {"closed": 1}


def test_closed_and_sent_back_at_once(cabinet):
    """One decision is taken, and the other is told."""
    for _round in range(ROUNDS):
        dossier = cabinet.completed()
        results = together(
            lambda dossier=dossier: cabinet.act("chanhvp", "close", dossier),
            lambda dossier=dossier: cabinet.act(
                "chutich", "send_back", dossier, "Thiếu phụ lục"
            ),
        )
        assert len(told(results)) == 1, results
        closed = not isinstance(results[0], Exception)
        expected = "closed" if closed else "in_progress"
        assert state_of(cabinet.server, dossier) == expected
        taken = "closed" if closed else "sent_back"
        assert decisions(cabinet.server, dossier) == {taken: 1}


def test_opinion_while_it_is_completed_and_closed(cabinet):
    """An opinion is in before the dossier is completed, or not at all."""
    for _round in range(ROUNDS):
        dossier, _orders = cabinet.in_progress()
        cabinet.opine("cv1.vhtt", dossier, "Đề xuất ban hành.")

        def finish(dossier=dossier):
            cabinet.act("cv1.vhtt", "complete", dossier)
            return cabinet.act("chanhvp", "close", dossier)

        results = together(
            finish,
            lambda dossier=dossier: cabinet.opine("chutich", dossier, "Bổ sung."),
        )
        assert not isinstance(results[0], Exception), results
        assert state_of(cabinet.server, dossier) == "closed"
        given = 1 + (not isinstance(results[1], Exception))
        rows = query(
            cabinet.server.dsn,
            """SELECT count(*), max(o.date) <= max(a.done_at)
               FROM qlvb_opinion o JOIN qlvb_assignment a USING (dossier_id)
               WHERE o.dossier_id = %s AND a.role = 'lead'""",
            dossier,
        )
        assert rows == [(given, True)]
        assert len(told(results)) == 2 - given


def test_completed_while_a_supporter_is_recalled(cabinet):
    """Never completed with a supporter who still owes an answer."""
    for _round in range(ROUNDS):
        dossier, (lead, support) = cabinet.in_progress(cabinet.line("TP"))
        cabinet.opine("cv1.vhtt", dossier, "Đề xuất ban hành.")
        results = together(
            lambda dossier=dossier: cabinet.act("cv1.vhtt", "complete", dossier),
            lambda support=support: cabinet.order(
                "chanhvp", "recall", support, "Không cần ý kiến"
            ),
        )
        assert not isinstance(results[1], Exception), results
        done = not isinstance(results[0], Exception)
        assert order_states(cabinet.server, dossier) == {
            lead: ("lead", "done" if done else "accepted"),
            support: ("support", "recalled"),
        }
        expected = "completed" if done else "in_progress"
        assert state_of(cabinet.server, dossier) == expected
        told(results)


def test_completed_while_support_is_proposed_from_a_second_window(cabinet):
    """Nobody is proposed behind a completed dossier."""
    for _round in range(ROUNDS):
        dossier, _orders = cabinet.in_progress()
        cabinet.opine("cv1.vhtt", dossier, "Đề xuất ban hành.")
        lines = [cabinet.line("TP")]
        results = together(
            lambda dossier=dossier: cabinet.act("cv1.vhtt", "complete", dossier),
            lambda dossier=dossier, lines=lines: cabinet.act(
                "cv1.vhtt", "propose_support", dossier, lines
            ),
        )
        assert len(told(results)) == 1, results
        states = sorted(order_states(cabinet.server, dossier).values())
        if isinstance(results[0], Exception):
            assert states == [("lead", "accepted"), ("support", "proposed")]
        else:
            assert states == [("lead", "done")]


def test_supporter_answers_while_recalled(cabinet):
    """The answer came, or the recall: the opinion is there only with the first."""
    assert cabinet["truong.tuphap"]
    for _round in range(ROUNDS):
        dossier, (_lead, support) = cabinet.in_progress(cabinet.line("TP"))
        results = together(
            lambda dossier=dossier: cabinet.opine("truong.tuphap", dossier),
            lambda support=support: cabinet.order(
                "chanhvp", "recall", support, "Không cần ý kiến"
            ),
        )
        assert len(told(results)) == 1, results
        answered = not isinstance(results[0], Exception)
        state = order_states(cabinet.server, dossier)[support]
        assert state == ("support", "done" if answered else "recalled")
        rows = query(
            cabinet.server.dsn,
            "SELECT count(*) FROM qlvb_opinion WHERE dossier_id = %s",
            dossier,
        )
        assert rows == [(int(answered),)]


def test_two_leads_are_charged_at_once(cabinet):
    for _round in range(ROUNDS):
        dossier = cabinet.opened()
        results = together(
            lambda dossier=dossier: cabinet.act(
                "chanhvp", "assign", dossier, [cabinet.line("TP", "lead")]
            ),
            lambda dossier=dossier: cabinet.act(
                "chutich", "assign", dossier, [cabinet.line("NV", "lead")]
            ),
        )
        assert len(told(results)) == 1, results
        states = list(order_states(cabinet.server, dossier).values())
        assert states == [("lead", "sent")]
        assert state_of(cabinet.server, dossier) == "assigned"


def test_one_document_is_put_in_by_two_at_once(cabinet):
    """It stands there once, and nobody is shown a fault."""
    for _round in range(ROUNDS):
        paper, other = cabinet.paper(), cabinet.paper()
        dossier = cabinet.opened()
        results = together(
            lambda dossier=dossier, paper=paper: cabinet.act(
                "chanhvp", "attach", dossier, [paper]
            ),
            lambda dossier=dossier, papers=(other, paper): cabinet.act(
                "chutich", "attach", dossier, list(papers)
            ),
        )
        assert told(results) == []
        rows = query(
            cabinet.server.dsn,
            """SELECT document_id FROM qlvb_dossier_document
               WHERE dossier_id = %s ORDER BY document_id""",
            dossier,
        )
        assert rows == [(paper,), (other,)]


def test_two_open_from_one_entry_of_the_year_list(cabinet):
    """One entry is one dossier: the other is told, and opened nothing."""
    for login in ("chanhvp", "chutich"):
        assert cabinet[login]
    entries = cabinet.entries(ROUNDS)
    for entry in entries:
        values = {"name": "Hồ sơ theo danh mục", "entry_id": entry}
        results = together(
            *(
                lambda who=who, values=values: cabinet[who].call(
                    "qlvb.dossier", "create", values
                )
                for who in ("chanhvp", "chutich")
            )
        )
        assert len(told(results)) == 1, results
        rows = query(
            cabinet.server.dsn,
            "SELECT id, code FROM qlvb_dossier WHERE entry_id = %s",
            entry,
        )
        assert [row[0] for row in rows] == [
            result for result in results if not isinstance(result, Exception)
        ]


def test_many_dossiers_opened_at_once_bear_codes_of_their_own(cabinet):
    """Added to the year's list one after the other, whoever opens them."""
    people = ("chanhvp", "chutich") * 4
    results = together(*(lambda who=who: cabinet.opened(by=who) for who in people))
    assert told(results) == []
    rows = query(
        cabinet.server.dsn,
        "SELECT code FROM qlvb_dossier WHERE id = ANY(%s)",
        results,
    )
    codes = {code for (code,) in rows}
    assert len(codes) == len(people)
    assert None not in codes


def test_sixteen_specialists_answer_at_once(cabinet):
    """No opinion is lost, and each has finished their own part and no other's."""
    lines = [cabinet.person(login) for login in SPECIALISTS]
    dossier, (lead, *supports) = cabinet.in_progress(*lines)
    results = together(
        *(
            lambda login=login: cabinet.opine(login, dossier, f"Ý kiến của {login}")
            for login in SPECIALISTS
        )
    )
    assert told(results) == []
    rows = query(
        cabinet.server.dsn,
        """SELECT u.login, o.body, a.state, a.user_id = o.author_id
           FROM qlvb_opinion o JOIN res_users u ON u.id = o.author_id
           JOIN qlvb_assignment a ON a.id = o.assignment_id
           WHERE o.dossier_id = %s""",
        dossier,
    )
    expected = {(w, f"Ý kiến của {w}", "done", True) for w in SPECIALISTS}
    assert len(rows) == len(SPECIALISTS)
    assert set(rows) == expected
    states = order_states(cabinet.server, dossier)
    assert states.pop(lead) == ("lead", "accepted")
    assert states == dict.fromkeys(supports, ("support", "done"))


REFUSALS = ("odoo.exceptions.AccessError", "odoo.exceptions.UserError")
HOSTILE = ("truong.yte", "cv1.vhtt", "vt.tuphap", "phochutich", "quantri", "vanthu")


@pytest.fixture(scope="module")
def prey(cabinet):
    """An order, a proposal, a completed and a closed dossier, to be tried on."""
    dossier, (_lead, support) = cabinet.in_progress(cabinet.line("TP"))
    proposal = cabinet.act("cv1.vhtt", "propose_support", dossier, [cabinet.line("NV")])
    return support, proposal, cabinet.completed(), cabinet.closed()


@pytest.mark.parametrize("login", HOSTILE)
def test_who_may_not_is_refused_over_rpc(cabinet, prey, login):
    """Neither opens, assigns, decides nor closes, and leaves nothing behind."""
    support, proposal, finished, closed = prey
    rpc = cabinet[login]
    before = traces(cabinet.server)
    attempts = [
        ("qlvb.dossier", "create", {"name": "Hồ sơ trái thẩm quyền"}),
        ("qlvb.dossier", "action_assign", [finished], [cabinet.line("YT", "lead")]),
        ("qlvb.dossier", "action_close", [finished]),
        ("qlvb.dossier", "action_send_back", [finished], "Làm lại"),
        ("qlvb.dossier", "action_reopen", [closed], "Mở lại"),
        ("qlvb.dossier", "write", [closed], {"name": "Tên khác"}),
        ("qlvb.dossier", "write", [finished], {"state": "closed"}),
        ("qlvb.dossier", "unlink", [finished]),
        ("qlvb.assignment", "action_decide_support", proposal, True),
        ("qlvb.assignment", "action_recall", [support], "Thu hồi"),
        ("qlvb.opinion", "create", {"dossier_id": closed, "body": "Muộn"}),
        ("qlvb.opinion", "create", {"dossier_id": finished, "body": "Chen vào"}),
        ("qlvb.dossier", "action_complete", [finished]),
        ("qlvb.dossier.decision", "create", {"dossier_id": closed, "kind": "reopened"}),
        ("qlvb.dossier.stay", "create", {"dossier_id": closed, "step": "work"}),
        ("qlvb.dossier", "action_attach", [closed], [1]),
    ]
    for model, method, *arguments in attempts:
        with pytest.raises(RpcError) as refused:
            rpc.call(model, method, *arguments)
        assert refused.value.name in REFUSALS, (model, method, refused.value.debug)
    assert traces(cabinet.server) == before


def test_who_may_not_is_refused_over_json_2(cabinet):
    """The new API has the same gate, and shows nothing to whom it is not shown."""
    dossier, (lead,) = cabinet.in_progress()
    finished = cabinet.completed()
    key = cabinet.key("truong.yte")
    opinion = {"dossier_id": dossier, "body": "Chen vào"}
    before = traces(cabinet.server)
    attempts = [
        ("qlvb.dossier", "action_close", {"ids": [finished]}),
        ("qlvb.dossier", "action_complete", {"ids": [dossier]}),
        ("qlvb.dossier", "create", {"vals_list": [{"name": "Hồ sơ"}]}),
        ("qlvb.dossier", "read", {"ids": [dossier], "fields": ["name"]}),
        ("qlvb.opinion", "create", {"vals_list": [opinion]}),
        ("qlvb.assignment", "action_accept", {"ids": [lead]}),
        ("qlvb.dossier", "_transit", {"ids": [dossier], "name": "close"}),
    ]
    for model, method, arguments in attempts:
        with pytest.raises(RpcError) as refused:
            json_2(cabinet.server, key, model, method, **arguments)
        assert refused.value.name in REFUSALS, (model, method, refused.value.debug)
    for model, domain in (
        ("qlvb.dossier", [("id", "in", [dossier, finished])]),
        ("qlvb.opinion", [("dossier_id", "=", finished)]),
        ("qlvb.assignment", [("dossier_id", "=", dossier)]),
    ):
        found = json_2(cabinet.server, key, model, "search_count", domain=domain)
        assert found == 0, model
    assert traces(cabinet.server) == before
    key = cabinet.key("chanhvp")
    assert json_2(cabinet.server, key, "qlvb.dossier", "action_close", ids=[finished])
    assert state_of(cabinet.server, finished) == "closed"


def test_everything_at_once_on_two_dossiers_with_one_document(cabinet):
    """Whoever does not contradict another gets through, and nobody waits for ever."""
    paper = cabinet.paper()
    logins = ("truong.tuphap", "truong.noivu")
    for login in (*logins, "truong.vhtt", "cv2.vhtt"):
        assert cabinet[login]
    dossiers = []
    for _number in range(2):
        dossier = cabinet.opened()
        lines = [cabinet.line("VHTT", "lead"), cabinet.line("TP"), cabinet.line("NV")]
        orders = cabinet.act("chanhvp", "assign", dossier, lines)
        dossiers.append((dossier, orders))
    (one, orders_one), (two, orders_two) = dossiers
    forward = [cabinet.person("cv2.vhtt", "lead")]
    jobs = [
        lambda: cabinet.act("chanhvp", "attach", one, [paper]),
        lambda: cabinet.act("chutich", "attach", two, [paper]),
        lambda: cabinet.order("truong.vhtt", "forward", orders_one[0], forward),
        lambda: cabinet.order("truong.vhtt", "forward", orders_two[0], forward),
        lambda: cabinet.order("chanhvp", "urge", orders_one[1], "Đề nghị sớm trả lời"),
        lambda: cabinet.order("chutich", "urge", orders_two[2], "Đề nghị sớm trả lời"),
        lambda: cabinet.act("chanhvp", "assign", one, [cabinet.line("TCKH")]),
        lambda: cabinet.act("chanhvp", "assign", two, [cabinet.line("TCKH")]),
        *(
            lambda login=login, dossier=dossier: cabinet.opine(login, dossier)
            for login in ("truong.vhtt", "chutich")
            for dossier in (one, two)
        ),
    ]
    results = together(*jobs)
    assert told(results) == []
    results = together(
        *(
            lambda login=login, dossier=dossier: cabinet.opine(login, dossier)
            for login in logins
            for dossier in (one, two)
        )
    )
    assert told(results) == []
    ((audience,),) = query(
        cabinet.server.dsn, "SELECT audience FROM qlvb_document WHERE id = %s", paper
    )
    for dossier in (one, two):
        ((seen,),) = query(
            cabinet.server.dsn,
            "SELECT audience FROM qlvb_dossier WHERE id = %s",
            dossier,
        )
        assert set(seen) <= set(audience), "who sees the dossier sees its document"
        rows = query(
            cabinet.server.dsn,
            "SELECT count(*) FROM qlvb_opinion WHERE dossier_id = %s",
            dossier,
        )
        assert rows == [(4,)]


def test_nobody_had_to_be_ended_for_a_deadlock(cabinet):
    assert deadlocks(cabinet.server) == 0
