"""Documents that leave, and the people of the units that issue them."""

import base64
import io

from pypdf import PdfWriter

#: Three outgoing registers: whose, then drafter, reviewers in order, signer and clerk.
DESKS = (
    (
        [("kind", "=", "committee")],
        ("cv1.vhtt", ("truong.vhtt", "chanhvp"), "chutich", "vanthu"),
    ),
    (
        [("symbol", "=", "NV")],
        ("cv1.noivu", ("truong.noivu",), "truong.noivu", "vt.noivu"),
    ),
    (
        [("symbol", "=", "TCKH")],
        ("cv1.tckh", ("truong.tckh",), "truong.tckh", "vt.tckh"),
    ),
)


def pdf(size=0):
    """A PDF of one empty page, padded to about ``size`` bytes."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    content = out.getvalue()
    if size <= len(content):
        return content
    head, newline, rest = content.partition(b"\n")
    padding = b"%" + b"x" * (size - len(content) - 2) + newline
    return head + newline + padding + rest


class Desk:
    """The people on one document's way, each logged in once.

    :param server: a live server
    :param issuer: domain of the issuing unit
    :param people: drafter, reviewers, signer and clerk, by login
    """

    def __init__(self, server, issuer, people):
        drafter, reviewers, signer, clerk = people
        self.drafter = server.rpc(drafter)
        self.reviewers = [server.rpc(login) for login in reviewers]
        self.signer = server.rpc(signer)
        self.clerk = server.rpc(clerk)
        (self.unit,) = self.drafter.call("qlvb.unit", "search", issuer, limit=1)

    def draft(self, count=1, code="TTr", content=None, **more):
        """Draft documents; gives their ids."""
        kind = self.drafter.call(
            "qlvb.document.type", "search", [("code", "=", code)], limit=1
        )
        data = base64.b64encode(content or pdf()).decode()
        rows = [
            {
                "direction": "out",
                "unit_id": self.unit,
                "type_id": kind[0],
                "summary": f"Về việc kiểm tra công tác văn thư lần {number}",
                "attachment_ids": [(0, 0, {"name": "du-thao.pdf", "datas": data})],
            }
            | more
            for number in range(1, count + 1)
        ]
        return self.drafter.call("qlvb.document", "create", rows)

    def sign(self, papers):
        """Let drafts climb to the signer, who signs them."""
        self.drafter.call("qlvb.document", "action_submit", papers)
        for reviewer in self.reviewers:
            reviewer.call("qlvb.document", "action_approve", papers)
        self.signer.confirm("qlvb.document", "action_sign", papers)

    def check(self, papers):
        """Let the clerk tick every line of the form check."""
        rows = self.clerk.call("qlvb.document", "read", papers, ["format_check_ids"])
        lines = [line for row in rows for line in row["format_check_ids"]]
        self.clerk.call("qlvb.format.check", "write", lines, {"passed": True})

    def signed(self, count=1, **more):
        """Documents that wait for their number, checked; gives their ids."""
        papers = self.draft(count, **more)
        self.sign(papers)
        self.check(papers)
        return papers

    def issue(self, paper):
        """Number a document and tell its number."""
        self.clerk.call("qlvb.document", "action_issue", [paper])
        (row,) = self.clerk.call("qlvb.document", "read", [paper], ["number"])
        return row["number"]
