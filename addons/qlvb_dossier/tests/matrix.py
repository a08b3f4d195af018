"""Who may do what: the acts of all workflows, and the roles that may do each."""

from typing import NamedTuple

PEOPLE = {
    "chairman": "chairman",
    "vice": "vice_culture",
    "other_vice": "vice_economy",
    "chief": "chief",
    "clerk": "clerk",
    "administrator": "administrator",
    "head": "culture_head",
    "deputy": "culture_deputy",
    "delegate": "culture_deputy",
    "holder": "culture_one",
    "colleague": "culture_two",
    "unit_clerk": "culture_clerk",
    "unit_account": "culture_account",
    "other_head": "justice_head",
    "other_clerk": "justice_clerk",
    "outsider": "outsider",
}
"""Roles, and who plays each in the office of the tests."""


class Row(NamedTuple):
    """An act on a record in a fitting state, and who may do it."""

    on: str
    act: str
    args: tuple
    may: frozenset


def _row(on, act, *args, may=""):
    return Row(on, act, args, frozenset(may.split()))


ACTS = [
    # Incoming papers (Articles 5.1, 5.2)
    _row("paper_draft", "register", may="clerk"),
    _row("paper_draft", "refuse", "Sai thể thức", may="clerk"),
    _row("paper_registered", "direct", "Giao VHTT", may="chairman chief clerk"),
    _row("paper_of_field", "direct", "Giao VHTT", may="chairman vice chief clerk"),
    _row("paper_registered", "assign", "LINES", may="chairman chief"),
    _row("paper_registered", "classify", "FIELD", may="chairman chief clerk"),
    _row("paper_assigned", "reply", may="head delegate"),
    # Work given (Article 5.3)
    _row("order_sent", "accept", may="head delegate"),
    _row("order_sent", "forward", "PASS_ON", may="head delegate"),
    _row("order_sent", "return", "Không thuộc chức năng", may="head delegate"),
    _row("order_sent", "done", "Đã xong", may="head delegate"),
    _row("order_sent", "recall", "Giao nhầm", may="chairman chief"),
    _row("order_sent", "urge", "Làm gấp", may="chairman chief head delegate"),
    _row(
        "order_sent",
        "request_extension",
        "2026-10-30",
        "Chờ số liệu",
        may="head delegate",
    ),
    _row("order_passed_on", "accept", may="holder"),
    _row("order_passed_on", "return", "Không thuộc phần việc", may="holder"),
    _row("order_passed_on", "done", "Đã xong", may="holder"),
    _row("order_passed_on", "recall", "Giao nhầm", may="head delegate"),
    _row("order_passed_on", "urge", "Làm gấp", may="head delegate"),
    _row("order_asked", "decide_extension", False, "Không được", may="head delegate"),
    _row("order_done", "send_back", "Bổ sung số liệu", may="head delegate"),
    _row("order_proposed", "decide_support", True, may="chairman chief"),
    _row("order_proposed", "withdraw_support", may="head delegate holder"),
    # Documents on their way out (Article 7)
    _row("out_draft", "submit", may="head holder unit_clerk unit_account"),
    _row("out_sent_back", "drop", "Thôi", may="head holder unit_clerk unit_account"),
    _row("out_review", "approve", may="head"),
    _row("out_review", "send_back", "Sửa căn cứ", may="head"),
    _row("out_review", "withdraw", may="head holder unit_clerk unit_account"),
    _row("out_signing", "sign", may="chairman"),
    _row("out_signing", "send_back", "Sửa căn cứ", may="chairman"),
    _row("out_signing_of_vice", "sign", may="vice"),
    _row("out_signed", "issue", may="clerk"),
    _row("out_signed", "send_back", "Sai thể thức", may="clerk"),
    _row("out_issued", "tick", "stamp", may="clerk"),
    _row("out_issued", "void", "Ban hành nhầm", may="chairman clerk"),
    _row("out_issued", "dispatch", may="clerk"),
    _row("out_issued", "replace", may="head holder unit_clerk unit_account"),
    _row("out_dispatched", "recall", "Phát hành nhầm", "CHAIRMAN", may="clerk"),
    _row("dispatch_waiting", "post", "EB123456789VN", may="clerk"),
    _row("dispatch_sent", "recall", "Gửi nhầm", "CHAIRMAN", may="clerk"),
    # Registers (Articles 5.1, 7.3)
    _row("register_open", "reserve", 1, "Giữ số", "Phòng VHTT", may="clerk"),
    _row("register_open", "insert", 1, "Bỏ sót", "Phòng VHTT", may="chairman"),
    _row("register_unused", "open_at", 5, "Sổ giấy", may="unit_clerk unit_account"),
    _row("register_open", "close_year", may="clerk"),
    _row("register_closed", "reopen", "Bổ sung văn bản", may="chairman"),
    _row("entry_waiting", "void", "Không dùng", may="clerk"),
    # Dossiers (Article 6)
    _row("dossier_draft", "assign", "LINES", may="chairman chief"),
    _row("dossier_draft", "attach", "PAPERS", may="chairman chief"),
    _row("dossier_at_work", "propose_support", "SUPPORT", may="head delegate holder"),
    _row("dossier_at_work", "complete", may="head delegate holder"),
    _row("dossier_completed", "send_back", "Bổ sung", may="chairman chief"),
    _row("dossier_completed", "close", may="chairman chief"),
    _row("dossier_closed", "reopen", "Bổ sung", may="chairman chief"),
    _row(
        "dossier_closed",
        "keep_longer",
        "2028-12-31",
        "Quyết định 12/QĐ-UBND",
        may="chief clerk",
    ),
    _row("list_draft", "approve", may="chairman"),
    _row("list_draft", "continue", may="chief clerk"),
    _row("transfer_draft", "hand_over", may="chief clerk"),
    # Changes by decision of the chairman (Articles 8.2, 9.5)
    _row("correction_draft", "submit", may="clerk"),
    _row("correction_submitted", "approve", "12/QĐ", "2026-08-26", may="chairman"),
    _row("correction_submitted", "refuse", "Không đúng", may="chairman"),
    # Delegation, accounts, hand-over (Articles 5.3d, 9.4, 10.2)
    _row("delegation_draft", "activate", may="head"),
    _row("delegation_active", "shorten", "2026-09-11", may="head"),
    _row("delegation_active", "revoke", may="head"),
    _row("request_draft", "submit", may="chief clerk"),
    _row("request_submitted", "take_back", may="chief clerk"),
    _row("request_submitted", "approve", may="chairman"),
    _row("request_submitted", "refuse", "Chưa có quyết định", may="chairman"),
    _row("request_approved", "carry_out", may="chief clerk administrator"),
    _row("handover_open", "refresh", may="head"),
    _row("handover_open", "accept", may="head"),
]
"""Every act that has a method of its own, on a record that waits for it."""

NOT_YET = {("register_open", "close_year")}
"""Acts for which the time has not come in the tests: who may is told so."""


def count():
    """Return how many probes are allowed, and how many are refused."""
    allowed = sum(len(row.may) for row in ACTS)
    return allowed, len(ACTS) * len(PEOPLE) - allowed
