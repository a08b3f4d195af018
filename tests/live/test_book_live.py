"""An old book taken over while others work: no gap, no double, all or nothing."""

import base64
import io
import time
from datetime import date

import pytest
from clerks import failures, query, register, today, together, unsound_registers, values
from livesystem import RpcError
from openpyxl import Workbook

HEADINGS = (
    "Ngày đến",
    "Số đến",
    "Tác giả",
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Đơn vị hoặc người nhận",
)


def book(first, last, year):
    """An XLSX file of a book, in base64."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.append(HEADINGS)
    for number in range(first, last + 1):
        day = date(year, 1 + number % 12, 15)
        sheet.append(
            (
                *(day, number, "Sở Nội vụ", f"{number}/BC-SNV", day),
                *(f"Báo cáo kết quả công tác lần {number}", "Phòng Nội vụ"),
            )
        )
    stream = io.BytesIO()
    workbook.save(stream)
    return base64.b64encode(stream.getvalue()).decode()


def wizard(clerk, first, last, year):
    """A book that a clerk has chosen."""
    return clerk.call(
        "qlvb.book.wizard", "create", {"file": book(first, last, year), "year": year}
    )


def numbers(server, clerk, year):
    """The numbers of a clerk's register."""
    return [
        row["number"]
        for row in clerk.call(
            "qlvb.document",
            "search_read",
            [("register_id.year", "=", year), ("number", ">", 0)],
            ["number"],
            order="number",
        )
    ]


def test_two_imports_of_one_book_at_once(server):
    year = today().year - 2
    clerk = server.rpc("vt.tckh")
    books = [wizard(clerk, 1, 50, year) for _copy in range(2)]
    results = together(
        *(
            lambda b=one: clerk.call("qlvb.book.wizard", "action_import", [b])
            for one in books
        )
    )
    assert len(failures(results)) == 1
    assert numbers(server, clerk, year) == list(range(1, 51))
    assert not unsound_registers(server.dsn)


def test_papers_registered_beside_an_import(server):
    """Whoever registers meanwhile comes before the book or after it, never within."""
    year = today().year - 1
    clerk = server.rpc("vt.tnmt")
    day = date(year, 12, 30)
    papers = clerk.call(
        "qlvb.document",
        "create",
        [values(clerk, f"{n}/TTr-X", day, deadline=str(today())) for n in range(6)],
    )
    one = wizard(clerk, 1, 200, year)
    results = together(
        lambda: clerk.call("qlvb.book.wizard", "action_import", [one]),
        *(lambda p=paper: register(clerk, p) for paper in papers),
    )
    assert not failures(results[1:])
    found = numbers(server, clerk, year)
    # The book came first as a whole, or not at all.
    assert found == list(range(1, len(found) + 1))
    assert len(found) in (6, 206)
    assert (len(found) == 6) == isinstance(results[0], Exception)
    assert not unsound_registers(server.dsn)


def test_a_bad_book_leaves_nothing(server):
    year = today().year - 1
    clerk = server.rpc("vt.yte")
    one = wizard(clerk, 2, 30, year)
    with pytest.raises(RpcError):
        clerk.call("qlvb.book.wizard", "action_import", [one])
    assert not numbers(server, clerk, year)
    with pytest.raises(RpcError):
        server.rpc("vanthu").call("qlvb.book.wizard", "action_import", [one])


def test_a_year_of_two_thousand_papers(server):
    """In reasonable time; the file is gone afterwards."""
    year = today().year - 1
    clerk = server.rpc("vt.gddt")
    one = wizard(clerk, 1, 2000, year)
    begun = time.monotonic()
    clerk.call("qlvb.book.wizard", "action_check", [one])
    checked = time.monotonic()
    (state,) = clerk.call(
        "qlvb.book.wizard", "read", [one], ["problem_count", "line_count"]
    )
    assert (state["problem_count"], state["line_count"]) == (0, 2000)
    clerk.call("qlvb.book.wizard", "action_import", [one])
    print(f"checked in {checked - begun:.1f} s, {time.monotonic() - checked:.1f} s in")
    assert time.monotonic() - checked < 90
    assert numbers(server, clerk, year) == list(range(1, 2001))
    assert query(
        server.dsn, "SELECT count(*) FROM qlvb_book_wizard WHERE id = %s", one
    ) == [(0,)]
    assert not unsound_registers(server.dsn)
