"""Article 3 against a real server: what is refused is gone when the answer comes."""

import base64
import uuid
from pathlib import Path

import psycopg2
import pytest
from clerks import query, values
from livesystem import RpcError
from psycopg2 import sql

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def mark():
    """A word that stands in every text of one paper, and nowhere else."""
    return f"xq{uuid.uuid4().hex[:12]}"


@pytest.fixture
def clerk(server):
    return server.rpc("vanthu")


def paper(clerk, mark, **more):
    """A paper that bears the mark in each of its texts."""
    return values(clerk, f"1/{mark}", issuer=f"{mark} issuer", **more) | {
        "summary": f"{mark} summary"
    }


def upload(clerk, mark, number=1):
    """A file sent ahead of the paper, as the form does."""
    raw = PDF + f"%{mark}{number}".encode()
    (file,) = clerk.call(
        "ir.attachment",
        "create",
        [
            {
                "name": f"{mark}{number}.pdf",
                "datas": base64.b64encode(raw).decode(),
                "res_model": "qlvb.document",
                "res_id": 0,
            }
        ],
    )
    return file


def refused(call, *args, **kwargs):
    """The message with which a call is refused at the gate."""
    with pytest.raises(RpcError) as caught:
        call(*args, **kwargs)
    assert caught.value.name.endswith("AdmissionRefused"), caught.value
    return caught.value.message


def refusals(server):
    """How often the gate refused so far."""
    return query(
        server.dsn,
        "SELECT count(*) FROM qlvb_journal WHERE event = 'admission_refused'",
    )[0][0]


def traces(server, mark):
    """Where the mark still stands: tables, files of the store, the server's log."""
    found = []
    with psycopg2.connect(server.dsn) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                sql.SQL("SELECT count(*) FROM {} t WHERE t::text LIKE {}").format(
                    sql.Identifier(table), sql.Literal(f"%{mark}%")
                )
            )
            if cursor.fetchone()[0]:
                found.append(table)
    store = Path(server.data_dir) / "filestore" / server.db
    found += [
        str(path)
        for path in store.rglob("*")
        if path.is_file() and mark.encode() in path.read_bytes()
    ]
    if mark in Path(server.log).read_text(encoding="utf-8"):
        found.append("log")
    return found


def test_a_paper_with_files_sent_ahead(server, clerk, mark):
    before = refusals(server)
    files = [upload(clerk, mark, number) for number in range(3)]
    assert len(traces(server, mark)) >= 4, "the check itself works"
    commands = [[4, files[0]], [6, 0, files[1:]]]
    said = refused(
        clerk.call,
        "qlvb.document",
        "web_save",
        [],
        paper(clerk, mark, secrecy="mat", attachment_ids=commands),
        {"display_name": {}},
    )
    assert "Điều 3" in said
    assert mark not in said
    assert traces(server, mark) == []
    assert refusals(server) == before + 1


def test_a_draft_declared_secret_on_the_form(server, clerk, mark):
    files = [upload(clerk, mark)]
    (document,) = clerk.call(
        "qlvb.document",
        "create",
        [paper(clerk, mark, attachment_ids=[[6, 0, files]]) | {"reference": "1/CV"}],
    )
    clerk.call("qlvb.document", "message_post", [document], body=f"{mark} body")
    assert "qlvb_document" in traces(server, mark)
    before = refusals(server)
    said = refused(
        clerk.call,
        "qlvb.document",
        "web_save",
        [document],
        {"secrecy": "tuyet_mat", "summary": f"{mark} again"},
        {"summary": {}},
    )
    assert "Điều 3" in said
    assert traces(server, mark) == []
    assert refusals(server) == before + 1
    assert not clerk.call("qlvb.document", "search", [["id", "=", document]])


def test_a_draft_in_anothers_hands_is_not_half_destroyed(server, clerk, mark):
    """Where somebody is acting on the draft, all of it stays, and one is told."""
    (document,) = clerk.call(
        "qlvb.document", "create", [paper(clerk, mark) | {"reference": "1/CV"}]
    )
    with psycopg2.connect(server.dsn) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM qlvb_document WHERE id = %s FOR UPDATE", (document,)
        )
        with pytest.raises(RpcError) as caught:
            clerk.call("qlvb.document", "write", [document], {"secrecy": "mat"})
        assert caught.value.name == "odoo.exceptions.UserError", caught.value
        connection.rollback()
    said = refused(clerk.call, "qlvb.document", "write", [document], {"secrecy": "mat"})
    assert "Điều 3" in said
    assert traces(server, mark) == []


@pytest.mark.parametrize("dryrun", [True, False])
def test_a_file_being_imported(server, clerk, mark, dryrun):
    columns = ["reference", "issuer", "summary", "secrecy", "nature"]
    rows = [
        ["1/CV", f"{mark} issuer", f"{mark} one", "", ""],
        ["2/CV", f"{mark} issuer", f"{mark} two", "MẬT", ""],
        ["3/CV", f"{mark} issuer", f"{mark} three", "", "one_stop"],
    ]
    lines = [columns, *rows]
    content = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    (buffer,) = clerk.call(
        "base_import.import",
        "create",
        [
            {
                "res_model": "qlvb.document",
                # Odoo keeps the file as it comes; RPC sends it in base64.
                "file": base64.b64encode(content.encode()).decode(),
                "file_name": f"{mark}.csv",
                "file_type": "text/csv",
            }
        ],
    )
    with psycopg2.connect(server.dsn) as connection, connection.cursor() as cursor:
        cursor.execute(
            "UPDATE base_import_import SET file = %s WHERE id = %s",
            (content.encode(), buffer),
        )
    before = refusals(server)
    options = {
        "has_headers": True,
        "quoting": '"',
        "separator": ",",
        "encoding": "utf-8",
        "date_format": "",
        "datetime_format": "",
        "float_thousand_separator": ",",
        "float_decimal_separator": ".",
    }
    answer = clerk.call(
        "base_import.import",
        "execute_import",
        [buffer],
        columns,
        columns,
        options,
        dryrun,
    )
    assert not answer["ids"]
    assert [message["record"] for message in answer["messages"]] == [1, 2]
    assert mark not in str(answer)
    assert traces(server, mark) == []
    assert refusals(server) == before + 2
    with pytest.raises(RpcError):
        clerk.call(
            "base_import.import",
            "execute_import",
            [buffer],
            columns,
            columns,
            options,
            False,
        )
    assert refusals(server) == before + 2


def test_rows_loaded_by_a_call(server, clerk, mark):
    file = upload(clerk, mark)
    before = refusals(server)
    answer = clerk.call(
        "qlvb.document",
        "load",
        ["reference", "issuer", "summary", "secrecy", "attachment_ids/.id"],
        [
            ["1/CV", f"{mark} issuer", f"{mark} one", "none", ""],
            ["2/CV", f"{mark} issuer", f"{mark} two", "mat", str(file)],
        ],
    )
    assert not answer["ids"]
    assert traces(server, mark) == []
    assert refusals(server) == before + 1


def test_reading_is_noted_once_and_blocks_nobody(server, clerk, mark):
    """Opened and downloaded, on a cursor of its own, whatever else goes on."""
    file = upload(clerk, mark)
    (document,) = clerk.call(
        "qlvb.document",
        "create",
        [paper(clerk, mark, attachment_ids=[[6, 0, [file]]])],
    )
    with psycopg2.connect(server.dsn) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM qlvb_document WHERE id = %s FOR UPDATE", (document,)
        )
        for _again in range(3):
            clerk.call("qlvb.document", "web_read", [document], {"summary": {}})
            status, _headers, body = clerk.get(f"/web/content/{file}")
            assert (status, mark.encode() in body) == (200, True)
    noted = query(
        server.dsn,
        f"""SELECT event, count(*) FROM qlvb_journal
            WHERE res_model = 'qlvb.document' AND res_id = {document}
            GROUP BY event ORDER BY event""",
    )
    assert noted == [("downloaded", 1), ("opened", 1), ("received", 1)]
    other = server.rpc("truong.vhtt")
    status, _headers, body = other.get(f"/web/content/{file}")
    assert mark.encode() not in body
