"""``./qlvb bench --desk``: thirty papers go through a clerk's hands, in a browser.

Fifteen are scans without text, which the clerk types and declares; fifteen are scans
with text, which the machine has read and the clerk compares.  Everything from the
first field to the number with the keyboard, at a clerk's pace.
"""

import io
import logging
import re
import statistics
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from .typist import Typist

PAPERS = 30
TYPED = 15
COMPARE_SECONDS = 8.0
"""How long a clerk takes to compare with the paper what the machine has read."""

LOGIN = "vanthu"
_AT_FIRST_FIELD = """() => document.activeElement
    ?.closest('.o_field_widget')?.getAttribute('name') === 'reference'"""
_FILLED = """([name, was]) => {
    const input = document.querySelector(`.o_field_widget[name=${name}] input`);
    return input && input.value && input.value !== was;
}"""
_CALL = """async ([model, method, args]) => {
    const answer = await fetch(`/web/dataset/call_kw/${model}/${method}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
            jsonrpc: "2.0", method: "call", params: { model, method, args, kwargs: {} },
        }),
    });
    const { result, error } = await answer.json();
    if (error) throw new Error(error.data.message);
    return result;
}"""
# The calendar takes what was typed before it opened for its own, and selects it.
_AT_DATE = """() => document.querySelector('.o_datetime_picker')
    && document.activeElement?.closest('.o_field_widget[name=document_date]')"""
_ASKED = """() => document.activeElement
    ?.closest('.modal [name=no_text_declared]')"""
_REGISTERED = """([reference]) => [...document.querySelectorAll('.o_notification')]
    .some((note) => note.textContent.includes(reference))
    && document.activeElement?.closest('.o_field_widget')
        ?.getAttribute('name') === 'reference'
    && !document.querySelector('.o_blockUI')"""


def thirty_papers(now):
    """Return thirty entries of the demonstration, dated in the running year.

    :param now: the present moment, naive, in Hà Nội
    """
    from odoo.addons.qlvb_demo.replay import catalogue

    known = catalogue.load(now)
    papers = [entry for entry in known.running if entry.to == "ubnd"]
    for entry in known.year:
        timeless = not re.search(r"20\d\d", entry.summary + entry.reference)
        if len(papers) < PAPERS and entry.to == "ubnd" and timeless:
            day = now.date() - timedelta(days=2 + len(papers) % 9)
            papers.append(replace(entry, dated=day, received=now.date()))
    # So that senders come again, as they do, and neither half is the harder one.
    return papers[::2] + papers[1::2]


def picture_of(entry):
    """Return a scan of a paper as a picture in a PDF: for the eye, without text."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (1240, 1754), 250)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(28)
    lines = (entry.issuer_name, entry.reference, f"{entry.dated:%d/%m/%Y}")
    for row, line in enumerate((*lines, entry.summary)):
        draw.text((140, 160 + 60 * row), line, fill=20, font=font)
    content = io.BytesIO()
    page.save(content, "PDF", resolution=150)
    return content.getvalue()


class Desk:
    """The clerk's desk in a browser: measures paper by paper.

    :param page: a page, logged in as the clerk, on the list of what waits
    :param pace: keystrokes a second; see ``Typist``
    """

    def __init__(self, page, pace):
        self.page = page
        self.pace = pace
        self.clerk = Typist(page, pace)

    def make_known(self, entries):
        """Register an earlier paper of each sender, as if they had written before."""
        call = self.page.evaluate
        kinds = call(_CALL, ["qlvb.document.type", "search", [[["code", "=", "BC"]]]])
        for entry in entries:
            number, _slash, symbol = entry.reference.partition("/")
            paper = {
                "reference": f"{int(number) + 900}/{symbol}",
                "issuer": entry.issuer_name,
                "summary": entry.summary,
                "document_date": entry.dated.isoformat(),
                "type_id": kinds[0],
            }
            ids = call(_CALL, ["qlvb.document", "create", [[paper]]])
            call(_CALL, ["qlvb.document", "action_register", [ids]])

    def take_scans(self, entries, folder, *, pictures=False):
        """Drop scans on the list; return how long the machine took.

        :param pictures: scans as most scanners make them, without any text
        """
        files = []
        for number, entry in enumerate(entries, 1):
            file = Path(folder) / f"scan{number:02d}.pdf"
            file.write_bytes(picture_of(entry) if pictures else entry.pdf())
            files.append(str(file))
        self.clerk.begin()
        self.page.set_input_files(".o_qlvb_scans_input", files)
        self.page.wait_for_selector(".o_notification:has(.bg-success)", timeout=120_000)
        seconds = self.clerk.seconds
        self.page.locator(".o_data_row").first.click()
        self.clerk.wait_for(_AT_FIRST_FIELD)
        return seconds

    def back_to_the_list(self):
        """Leave the form for the list on which scans are dropped."""
        self.page.locator(".breadcrumb-item a, .o_back_button").first.click()
        self.page.wait_for_selector(".o_qlvb_take_scans")

    def type_papers(self, entries):
        """Enter the papers that wait, from the first field to the number."""
        return [self._type(entry) for entry in entries]

    def _type(self, entry):
        clerk = self.clerk
        clerk.begin()
        clerk.type(entry.reference)
        clerk.press("Tab")
        clerk.wait_for(_FILLED, "type_id", "")
        clerk.press("Tab")
        clerk.wait_for(_AT_DATE)
        # Day and month suffice within the year.
        clerk.type(f"{entry.dated:%d/%m}")
        clerk.press("Tab")
        if clerk.value("issuer") != entry.issuer_name:
            clerk.press("Control+a")
            clerk.type(entry.issuer_name)
        clerk.press("Tab")
        clerk.type(entry.summary)
        clerk.press("Alt+t")
        clerk.wait_for(_ASKED)
        clerk.press("Space", "Alt+q")
        clerk.wait_for(_REGISTERED, entry.reference)
        return self._row(entry)

    def compare_papers(self, entries):
        """Compare the drafts with the papers, mend them, register them."""
        return [self._compare(entry) for entry in entries]

    def _compare(self, entry):
        clerk = self.clerk
        clerk.begin()
        clerk.wait_for(
            """([reference]) => document.querySelector(
                '.o_field_widget[name=reference] input')?.value === reference""",
            entry.reference,
        )
        if self.pace:
            self.page.wait_for_timeout(1000 * COMPARE_SECONDS)
        if clerk.value("issuer") != entry.issuer_name:
            clerk.press("Tab", "Tab", "Tab", "Control+a")
            clerk.type(entry.issuer_name)
            clerk.press("Tab")
        clerk.press("Alt+t")
        clerk.wait_for(
            """([reference]) => [...document.querySelectorAll('.o_notification')]
                .some((note) => note.textContent.includes(reference))""",
            entry.reference,
        )
        return self._row(entry)

    def _row(self, entry):
        clerk = self.clerk
        return (entry.reference, clerk.strokes, clerk.seconds, clerk.waited)


@contextmanager
def at_the_desk(url, password, picture):
    """Give a page on which the clerk is logged in, at the list of what waits.

    :param picture: where to leave a picture of the page, should something fail
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-quic", "--disable-background-networking"],
        )
        page = browser.new_page(
            viewport={"width": 1366, "height": 768},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        page.set_default_timeout(90_000)
        page.goto(f"{url}/web/login")
        page.fill("input[name=login]", LOGIN)
        page.fill("input[name=password]", password)
        page.click("form.oe_login_form button[type=submit]")
        page.wait_for_selector(".o_qlvb_take_scans")
        try:
            yield page
        except Exception:
            page.screenshot(path=picture)
            raise
        finally:
            browser.close()


def run(url, password, pace, picture):
    """Let thirty papers go through the clerk's hands.

    :return: dict of ``typed`` and ``compared`` rows (reference, keystrokes, seconds,
        of which waited for the machine) and ``taken`` seconds for the scans
    """
    logging.getLogger("weasyprint").setLevel(logging.WARNING)
    entries = thirty_papers(datetime.now())
    with (
        at_the_desk(url, password, picture) as page,
        tempfile.TemporaryDirectory() as folder,
    ):
        desk = Desk(page, pace)
        # Every second sender has written before; of the others nothing is known.
        desk.make_known(entries[1:TYPED:2])
        taken = desk.take_scans(entries[:TYPED], folder, pictures=True)
        typed = desk.type_papers(entries[:TYPED])
        desk.back_to_the_list()
        taken += desk.take_scans(entries[TYPED:], folder)
        compared = desk.compare_papers(entries[TYPED:])
    return {"typed": typed, "taken": taken, "compared": compared}


def table(result, pace):
    """Return the lines of the report."""
    yield f"keyboard alone, {pace:g} keystrokes a second"
    parts = {
        "typed, of a sender who never wrote before": result["typed"][::2],
        "typed, of a sender who wrote before": result["typed"][1::2],
        f"scan with text, compared for {COMPARE_SECONDS:g} s": result["compared"],
    }
    for label, rows in parts.items():
        yield ""
        yield f"{label}: {len(rows)} papers"
        for reference, strokes, seconds, waited in rows:
            yield (
                f"  {reference:<22} {strokes:4d} keystrokes  {seconds:5.1f} s"
                f"  of which waiting {waited:4.1f} s"
            )
        spans = [row[2] for row in rows]
        yield (
            f"  median {statistics.median(spans):.1f} s, longest {max(spans):.1f} s, "
            f"{statistics.median(row[1] for row in rows):.0f} keystrokes"
        )
    spans = [row[2] for rows in parts.values() for row in rows]
    yield ""
    yield f"all {len(spans)}: median {statistics.median(spans):.1f} s"
    yield f"{PAPERS} scans taken in: {result['taken']:.1f} s"
