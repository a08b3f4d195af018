"""``./qlvb bench --outgoing``: what it costs to number a decision and to send it out.

Decisions of the committee go their whole way: drafted by a specialist, reviewed,
signed, numbered by the clerk; one of five megabytes is dispatched to every unit that
keeps a register, and received there.  Counted: milliseconds, queries, and by how much
the file store grew.
"""

import base64
import io
import os
import statistics

from .server import PASSWORD, Client

DECISIONS = 12
BIG = 5 * 1024 * 1024
PAGES = 5


def decision(size=0):
    """Return the PDF of a decision of five pages, padded to ``size`` bytes."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    if size:
        # A picture that does not compress: the bytes are really there.
        side = int((size / 3) ** 0.5)
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        noise = Image.frombytes("RGB", (side, side), os.urandom(side * side * 3))
        canvas.drawImage(ImageReader(noise), 100, 100, 200, 200)
    for number in range(PAGES):
        canvas.drawString(72, 760, f"So:        /QD-UBND   trang {number + 1}")
        canvas.drawString(300, 740, "Hiep Hoa, ngay      thang      nam 2026")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class Way:
    """The people on a decision's way, and what their acts cost."""

    def __init__(self, server):
        self.server = server
        logins = ("cv1.vhtt", "truong.vhtt", "chanhvp", "chutich", "vanthu")
        people = [Client(server, login) for login in logins]
        self.drafter, self.head, self.chief, self.chairman, self.clerk = people
        call = self.clerk.call
        (self.committee,), _cost = call(
            "qlvb.unit", "search", [("kind", "=", "committee")], limit=1
        )
        (self.kind,), _cost = call(
            "qlvb.document.type", "search", [("code", "=", "QĐ")], limit=1
        )
        self.units, _cost = call(
            "qlvb.unit",
            "search_read",
            [("receives", "=", True), ("id", "!=", self.committee)],
            ["name", "account_user_id"],
        )

    def draft(self, content, recipients=()):
        """Draft a decision; gives its id and the cost."""
        file = {"name": "qd.pdf", "datas": base64.b64encode(content).decode()}
        values = {
            "direction": "out",
            "unit_id": self.committee,
            "type_id": self.kind,
            "summary": "Về việc kiện toàn Ban chỉ đạo",
            "attachment_ids": [(0, 0, file)],
        }
        if recipients:
            rows = [{"unit_id": unit, "channel": "internal"} for unit in recipients]
            values["dispatch_ids"] = [(0, 0, row) for row in rows]
        (paper,), cost = self.drafter.call("qlvb.document", "create", [values])
        return paper, cost

    def climb(self, paper):
        """Let a draft climb, be signed and checked; gives the cost of each act."""
        act = "qlvb.document"
        costs = {
            "submit": self.drafter.call(act, "action_submit", [paper])[1],
            "approve": self.head.call(act, "action_approve", [paper])[1],
        }
        self.chief.call(act, "action_approve", [paper])
        asked, costs["sign"] = self.chairman.call(act, "action_sign", [paper])
        if isinstance(asked, dict) and "res_model" in asked:
            _done, costs["sign"] = self.chairman.call(
                asked["res_model"],
                "run_check",
                [asked["res_id"]],
                context={"password": PASSWORD},
            )
        (row,), _cost = self.clerk.call(act, "read", [paper], ["format_check_ids"])
        _done, costs["tick"] = self.clerk.call(
            "qlvb.format.check", "write", row["format_check_ids"], {"passed": True}
        )
        return costs

    def issue(self, paper):
        """Number a document; gives the cost."""
        return self.clerk.call("qlvb.document", "action_issue", [paper])[1]

    def dispatch(self, paper):
        """Send a document to its recipients; gives the cost."""
        return self.clerk.call("qlvb.document", "action_dispatch", [paper])[1]


def stored(data_dir):
    """Return number and bytes of the files in a file store."""
    sizes = [
        os.path.getsize(os.path.join(folder, name))
        for folder, _folders, names in os.walk(data_dir)
        for name in names
    ]
    return len(sizes), sum(sizes)


def run(server, filestore, progress=print):
    """Send decisions out; return what each act cost.

    :param server: a running server of the bench
    :param filestore: its file store
    """
    way = Way(server)
    small = decision()
    costs = {}
    for number in range(DECISIONS):
        paper, cost = way.draft(small)
        acts = {"draft": cost} | way.climb(paper) | {"issue": way.issue(paper)}
        for name, cost in acts.items():
            costs.setdefault(name, []).append(cost)
        progress(f"decision {number + 1} of {DECISIONS}")
    everybody = [unit["id"] for unit in way.units]
    paper, _cost = way.draft(decision(BIG), everybody)
    way.climb(paper)
    issued = way.issue(paper)
    before = stored(filestore)
    sent = way.dispatch(paper)
    after = stored(filestore)
    return {
        "acts": costs,
        "recipients": len(everybody),
        "issue_big": issued,
        "dispatch": sent,
        "files": after[0] - before[0],
        "bytes": after[1] - before[1],
    }


def table(result):
    """Return the lines that tell of a run."""
    lines = ["act | median ms | worst ms | queries (median)"]
    for name, costs in result["acts"].items():
        times = [cost.total for cost in costs]
        queries = [cost.queries for cost in costs]
        lines.append(
            f"{name} | {statistics.median(times):.0f} | {max(times):.0f}"
            f" | {statistics.median(queries):.0f}"
        )
    big, sent = result["issue_big"], result["dispatch"]
    lines.append(f"issue, 5 MB | {big.total:.0f} | | {big.queries}")
    lines.append(
        f"dispatch to {result['recipients']}, 5 MB | {sent.total:.0f} | |"
        f" {sent.queries} ({sent.queries / result['recipients']:.1f} a recipient)"
    )
    lines.append(
        f"the file store grew by {result['files']} files, {result['bytes']:,} bytes"
    )
    return lines
