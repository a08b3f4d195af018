"""Mail against a real server: fetched from a mailbox, or handed over through RPC."""

import base64
import time
from email.message import EmailMessage

import pytest
from clerks import failures, query, together
from livesystem import RpcError
from mailserver import MailServer

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SECRET = "Mat-khau-cua-hop-thu"
PATIENCE = 60


def letter(number, to="ubnd@house.example", subject=None, file=PDF, name="a.pdf"):
    """A mail as bytes."""
    mail = EmailMessage()
    mail["From"] = "Sở Nội vụ <vanthu@snv.example>"
    mail["To"] = to
    mail["Message-Id"] = f"<{number}@snv.example>"
    mail["Subject"] = subject or f"Tờ trình {number}/TTr-SNV về việc kiểm tra"
    mail.set_content("Kính gửi: Ủy ban nhân dân.")
    mail.add_attachment(file, maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()


def drafts(server, number):
    """How many documents bear the symbol of a letter."""
    return query(
        server.dsn,
        "SELECT count(*) FROM qlvb_document WHERE reference = %s",
        f"{number}/TTr-SNV",
    )[0][0]


@pytest.fixture(scope="module")
def server(make_server):
    """A server that keeps its schedule, as in production."""
    live = make_server(options=["--max-cron-threads", "1"])
    yield live
    live.stop()


@pytest.fixture(scope="module")
def administrator(server):
    """The technical administrator, who has set the committee's address."""
    person = server.rpc("quantri")
    (unit,) = query(
        server.dsn, "SELECT id FROM qlvb_unit WHERE kind = 'committee' LIMIT 1"
    )
    found = person.call(
        "qlvb.mail.address", "search", [("address", "=", "ubnd@house.example")]
    )
    if not found:
        person.call(
            "qlvb.mail.address",
            "create",
            [{"unit_id": unit[0], "address": "ubnd@house.example"}],
        )
    return person


def hand_over(person, raw):
    """Hand a mail over as the house's mail pipe does."""
    return person.call("mail.thread", "message_process", False, raw.decode())


def test_nobody_hands_a_mail_over_but_the_technical_account(server, administrator):
    for login in ("vanthu", "chutich", "chanhvp", "vt.vhtt", "cv1.vhtt"):
        person = server.rpc(login)
        for model in ("mail.thread", "res.partner", "qlvb.document"):
            for more in ({}, {"thread_id": 1}, {"custom_values": {"number": 7}}):
                with pytest.raises(RpcError) as caught:
                    person.call(
                        model,
                        "message_process",
                        "qlvb.document",
                        letter(9001).decode(),
                        context={"qlvb_mail": True, "default_state": "registered"},
                        **more,
                    )
                assert caught.value.name.endswith("AccessError")
    assert drafts(server, 9001) == 0
    assert len(hand_over(administrator, letter(9002))) == 1
    assert drafts(server, 9002) == 1
    with pytest.raises(RpcError):
        administrator.call("qlvb.document", "message_new", {"subject": "x"})


def test_one_mail_brought_twice_at_once_is_one_draft(server, administrator):
    pipes = [server.rpc("quantri") for _pipe in range(6)]
    raw = letter(9003)
    results = together(*(lambda p=pipe: hand_over(p, raw) for pipe in pipes))
    assert not failures(results)
    assert drafts(server, 9003) == 1


def test_a_mailbox_is_emptied_by_the_schedule(server, administrator):
    """Entered, tested and used by the administrator; the schedule does the rest."""
    with MailServer(SECRET) as mailbox:
        box = administrator.call(
            "fetchmail.server",
            "create",
            {
                "name": "Hộp thư",
                "server_type": "pop",
                "server": "127.0.0.1",
                "port": mailbox.port,
                "is_ssl": False,
                "user": "ubnd",
                "new_password": "sai",
            },
        )
        with pytest.raises(RpcError, match="wrong password"):
            administrator.call("fetchmail.server", "button_confirm_login", [box])
        administrator.call("fetchmail.server", "write", [box], {"new_password": SECRET})
        administrator.call("fetchmail.server", "button_confirm_login", [box])
        mailbox.mails += [
            letter(9010),
            letter(9010),
            letter(9011, subject="Đơn khiếu nại 9011/TTr-SNV"),
            letter(9012, to="khac@house.example"),
            b"\xff\xfe broken \x00",
            letter(9013, file=b"MZ" + bytes(500)),
            letter(9014),
        ]
        administrator.call("fetchmail.server", "fetch_mail", [box])
        assert [drafts(server, number) for number in range(9010, 9015)] == [
            1,
            0,
            0,
            0,
            1,
        ]
        assert not mailbox.mails
        mailbox.mails.append(letter(9015))
        # The schedule itself, brought forward.
        query(
            server.dsn,
            """UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' - interval '1 m'
               WHERE id = (SELECT res_id FROM ir_model_data WHERE module = 'mail'
                           AND name = 'ir_cron_mail_gateway_action')
               RETURNING id""",
        )
        deadline = time.monotonic() + PATIENCE * 2
        while not drafts(server, 9015):
            assert time.monotonic() < deadline, f"not fetched; see {server.log}"
            time.sleep(1)
        administrator.call("fetchmail.server", "set_draft", [box])
    assert SECRET not in str(
        administrator.call("fetchmail.server", "web_read", [box], {"new_password": {}})
    )
    with pytest.raises(RpcError):
        administrator.call("fetchmail.server", "read", [box], ["password"])
    told = query(
        server.dsn,
        """SELECT body FROM mail_message
           WHERE body LIKE '%%snv.example%%' AND model IS NULL""",
    )
    assert len(told) == 1
    assert "9013" not in told[0][0]
    clerk = server.rpc("vanthu")
    (draft,) = clerk.call(
        "qlvb.document",
        "search_read",
        [("reference", "=", "9015/TTr-SNV")],
        ["state", "source", "mail_from", "issuer", "attachment_ids"],
    )
    assert (draft["state"], draft["source"]) == ("draft", "mail")
    assert draft["mail_from"] == "vanthu@snv.example"
    (file,) = clerk.call("ir.attachment", "read", draft["attachment_ids"], ["datas"])
    assert base64.b64decode(file["datas"]) == PDF
