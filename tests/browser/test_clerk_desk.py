"""A stack of paper at the clerk's desk, in a real browser."""

import base64
from datetime import datetime

import pytest
from livesystem import Rpc
from sources import ADDONS

import odoo.addons

from bench.desk import Desk, thirty_papers

DROP = """([name, content]) => {
    const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([bytes], name, { type: "application/pdf" }));
    const tell = (target, type) => target.dispatchEvent(
        new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true })
    );
    tell(document.querySelector(".o_list_renderer"), "dragenter");
    return new Promise((resolve) => setTimeout(() => {
        tell(document.querySelector(".o-Dropzone"), "drop");
        resolve();
    }, 300));
}"""


@pytest.fixture
def papers():
    """Papers as they arrive in the running year, drawn in this process."""
    if str(ADDONS) not in odoo.addons.__path__:
        odoo.addons.__path__.append(str(ADDONS))
    return thirty_papers(datetime.now())


@pytest.fixture
def clerk(server):
    """The committee's clerk, over RPC: what is in the register in the end."""
    return Rpc(server.base_url, server.db, "vanthu")


def _stored(clerk, entry):
    """Return what the register holds of a paper."""
    fields = ["number", "issuer", "summary", "document_date", "state", "source"]
    rows = clerk.call(
        "qlvb.document",
        "search_read",
        [("reference", "=", entry.reference)],
        fields,
        order="id desc",
        limit=1,
    )
    return rows[0]


def _says(row, entry):
    """Check that the register says what the paper says."""
    assert row["state"] == "registered"
    assert row["issuer"] == entry.issuer_name
    assert row["summary"] == entry.summary
    assert row["document_date"] == entry.dated.isoformat()


def test_clerk_enters_papers_with_the_keyboard_alone(sit_down, clerk, papers, tmp_path):
    page = sit_down("vanthu")
    page.wait_for_selector(".o_qlvb_take_scans")
    desk = Desk(page, pace=0)
    desk.take_scans(papers[:2], tmp_path, pictures=True)
    desk.type_papers(papers[:2])
    rows = [_stored(clerk, entry) for entry in papers[:2]]
    for row, entry in zip(rows, papers, strict=False):
        _says(row, entry)
        assert row["source"] == "scan"
        (declared,) = clerk.call(
            "qlvb.journal",
            "search_read",
            [("res_id", "=", row["id"]), ("event", "=", "declared")],
            ["data"],
        )
        assert declared["data"] == {"declarations": ["no_text"]}
    assert rows[1]["number"] == rows[0]["number"] + 1
    assert page.errors == []


def test_scans_dropped_on_the_list_become_drafts(sit_down, clerk, papers):
    page = sit_down("vanthu")
    page.wait_for_selector(".o_qlvb_take_scans")
    entry = papers[5]
    content = base64.b64encode(entry.pdf()).decode()
    page.evaluate(DROP, ["scan.pdf", content])
    page.wait_for_selector(".o_notification:has-text('bản quét')")
    assert _stored(clerk, entry)["state"] == "draft"
    page.locator(f".o_data_row:has-text('{entry.reference}')").click()
    Desk(page, pace=0).compare_papers([entry])
    row = _stored(clerk, entry)
    _says(row, entry)
    assert row["source"] == "scan"


def test_clerk_takes_a_sender_over_with_arrow_and_enter(sit_down):
    page = sit_down("vanthu")
    page.wait_for_selector(".o_qlvb_take_scans")
    page.keyboard.press("Alt+c")
    box = page.locator(".o_field_widget[name=issuer] input")
    for keys in (
        ("ArrowDown", "Enter"),
        ("ArrowDown", "ArrowDown", "Enter"),
        ("ArrowUp", "Enter"),
        ("ArrowDown", "Tab"),
    ):
        box.click()
        page.keyboard.press("Control+a")
        page.keyboard.type("tu phap", delay=30)
        page.wait_for_function(
            "() => document.querySelectorAll('.o-autocomplete--dropdown-item')"
            ".length === 1"
        )
        for key in keys:
            page.keyboard.press(key)
        page.keyboard.press("Tab")
        page.wait_for_timeout(500)
        assert box.input_value() == "Phòng Tư pháp", keys
    box.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Chi cục Kiểm lâm", delay=10)
    page.keyboard.press("Tab")
    page.wait_for_timeout(500)
    assert box.input_value() == "Chi cục Kiểm lâm", "what is new stays as typed"
    assert page.errors == []


def test_a_scan_beside_the_fields_fills_them_in(sit_down, papers, tmp_path):
    page = sit_down("vanthu")
    page.wait_for_selector(".o_qlvb_take_scans")
    page.keyboard.press("Alt+c")
    program = tmp_path / "quyetdinh.pdf"
    program.write_bytes(b"MZ" + bytes(200))
    page.set_input_files(".o_qlvb_scan input[type=file]", str(program))
    page.wait_for_selector(".o_notification:has-text('Nội dung tệp')")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(papers[7].pdf())
    page.set_input_files(".o_qlvb_scan input[type=file]", str(scan))
    page.wait_for_selector(".o_qlvb_scan .o_pdfview_iframe")
    value = page.locator(".o_field_widget[name=reference] input").input_value
    assert value() == papers[7].reference
    assert page.locator(".o_field_widget[name=summary] textarea").input_value() == (
        papers[7].summary
    )
    dated = page.locator(".o_field_widget[name=document_date]").inner_text()
    dated = (
        dated or page.locator(".o_field_widget[name=document_date] input").input_value()
    )
    assert f"{papers[7].dated:%d/%m/%Y}" in dated
