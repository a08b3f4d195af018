"""The sender takes a document back at the instant at which it is registered."""

import base64

import pytest
from clerks import query, together, unsound_registers
from drafters import DESKS, Desk, pdf
from livesystem import RpcError

ROUNDS = 3


@pytest.fixture(scope="module")
def workers(make_server):
    """A server of two processes: whoever acts at once is in another."""
    live = make_server(workers=2)
    yield live
    live.stop()


@pytest.fixture(scope="module")
def desk(workers):
    return Desk(workers, *DESKS[0])


@pytest.fixture(scope="module")
def recipient(workers):
    return workers.rpc("vt.noivu")


def sent(desk, paper):
    """Send a signed document to one agency; gives the id of the dispatch."""
    (unit,) = desk.clerk.call("qlvb.unit", "search", [("symbol", "=", "NV")], limit=1)
    (row,) = desk.clerk.call(
        "qlvb.dispatch", "create", [{"document_id": paper, "unit_id": unit}]
    )
    desk.issue(paper)
    desk.clerk.call("qlvb.document", "action_dispatch", [paper])
    return row


def replacement(desk, paper):
    """Draft, sign and number what replaces a document; gives its id."""
    new = desk.drafter.call("qlvb.document", "action_replace", [paper])["res_id"]
    file = {"name": "moi.pdf", "datas": base64.b64encode(pdf()).decode()}
    changes = {"attachment_ids": [(0, 0, file)]}
    desk.drafter.call("qlvb.document", "write", [new], changes)
    desk.sign([new])
    desk.check([new])
    desk.issue(new)
    return new


def copy_of(server, row):
    """The recipient's copy of a dispatch."""
    ((copy,),) = query(
        server.dsn, "SELECT copy_id FROM qlvb_dispatch WHERE id = %s", row
    )
    return copy


def assert_recalled(server, row, registered):
    """Both sides agree: recalled, with a number if the recipient was faster.

    :param registered: what the recipient got, or what they were told
    """
    ((here, told, there, number, entered),) = query(
        server.dsn,
        """SELECT d.state, d.received_number, c.state, c.number, count(j.id)
           FROM qlvb_dispatch d JOIN qlvb_document c ON c.id = d.copy_id
           LEFT JOIN qlvb_journal j ON j.res_model = 'qlvb.document'
             AND j.res_id = c.id AND j.event = 'registered'
           WHERE d.id = %s GROUP BY d.id, c.id""",
        row,
    )
    assert (here, there) == ("recalled", "recalled")
    if isinstance(registered, Exception):
        assert isinstance(registered, RpcError), repr(registered)
        assert registered.name == "odoo.exceptions.UserError", repr(registered)
        assert "psycopg2" not in registered.message
        assert "hồi" in registered.message, registered.message
        assert (told, number or 0, entered) == (None, 0, 0)
    else:
        assert int(told) == number
        assert entered == 1
    assert not unsound_registers(server.dsn)


@pytest.mark.parametrize("whole", [False, True])
def test_recalled_and_registered_at_once(workers, desk, recipient, whole):
    """From this recipient, or from everybody."""
    for paper in desk.signed(ROUNDS, code="QĐ"):
        row = sent(desk, paper)
        copy = copy_of(workers, row)
        model, record = ("qlvb.document", paper) if whole else ("qlvb.dispatch", row)
        results = together(
            lambda model=model, record=record: desk.clerk.call(
                model, "action_recall", [record], "Sai số liệu"
            ),
            lambda copy=copy: recipient.call(
                "qlvb.document", "action_register", [copy]
            ),
        )
        assert results[0] is True, results
        assert_recalled(workers, row, results[1])


def test_replaced_and_registered_at_once(workers, desk, recipient):
    """The old one is recalled, the new one is there, whoever was first."""
    for paper in desk.signed(ROUNDS, code="QĐ"):
        row = sent(desk, paper)
        new = replacement(desk, paper)
        copy = copy_of(workers, row)
        results = together(
            lambda new=new: desk.clerk.call("qlvb.document", "action_dispatch", [new]),
            lambda copy=copy: recipient.call(
                "qlvb.document", "action_register", [copy]
            ),
        )
        assert results[0] is True, results
        assert_recalled(workers, row, results[1])
        states = query(
            workers.dsn,
            """SELECT d.state, c.state FROM qlvb_dispatch d
               JOIN qlvb_document c ON c.id = d.copy_id WHERE d.document_id = %s""",
            new,
        )
        assert states == [("sent", "draft")]
