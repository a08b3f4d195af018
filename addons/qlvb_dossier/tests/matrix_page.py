"""The page on rights, in the words of its readers, from the table that tests probe.

``tools/write_rights.py`` loads this file and the table by their paths, without Odoo.
"""

ROLES = {
    "chairman": "Chủ tịch",
    "vice": "Phó Chủ tịch phụ trách lĩnh vực",
    "other_vice": "Phó Chủ tịch khác",
    "chief": "Chánh Văn phòng",
    "clerk": "Văn thư Văn phòng",
    "administrator": "Quản trị kỹ thuật",
    "head": "Thủ trưởng đơn vị",
    "deputy": "Cấp phó của đơn vị",
    "delegate": "Cấp phó đang được ủy quyền",
    "holder": "Chuyên viên được giao (soạn thảo)",
    "colleague": "Chuyên viên khác cùng đơn vị",
    "unit_clerk": "Văn thư đơn vị",
    "unit_account": "Tài khoản đơn vị",
    "other_head": "Thủ trưởng đơn vị khác",
    "other_clerk": "Văn thư đơn vị khác",
    "outsider": "Người không giữ chức vụ",
}

PARTS = {
    "Văn bản đến (Điều 5.1, 5.2)": {
        ("paper_draft", "register"): "Vào sổ văn bản đến",
        ("paper_draft", "refuse"): "Từ chối, trả lại nơi gửi",
        ("paper_registered", "direct"): "Cho ý kiến chỉ đạo (hoặc ghi lại từ bản giấy)",
        ("paper_of_field", "direct"): "Cho ý kiến chỉ đạo trong lĩnh vực phụ trách",
        ("paper_registered", "assign"): "Phân công xử lý",
        ("paper_registered", "classify"): "Xác định lĩnh vực",
        ("paper_assigned", "reply"): "Soạn văn bản trả lời",
    },
    "Việc được giao (Điều 5.3)": {
        ("order_sent", "accept"): "Tiếp nhận việc giao cho đơn vị",
        ("order_sent", "forward"): "Chuyển tiếp trong đơn vị",
        ("order_sent", "return"): "Trả lại việc không đúng chức năng",
        ("order_sent", "done"): "Hoàn thành việc của đơn vị",
        ("order_sent", "recall"): "Thu hồi việc đã giao cho đơn vị",
        ("order_sent", "urge"): "Đôn đốc việc của đơn vị",
        ("order_sent", "request_extension"): "Xin gia hạn",
        ("order_passed_on", "accept"): "Tiếp nhận việc được chuyển",
        ("order_passed_on", "return"): "Trả lại người chuyển",
        ("order_passed_on", "done"): "Hoàn thành việc được chuyển",
        ("order_passed_on", "recall"): "Thu hồi việc đã chuyển",
        ("order_passed_on", "urge"): "Đôn đốc chuyên viên",
        ("order_asked", "decide_extension"): "Quyết định việc xin gia hạn",
        ("order_done", "send_back"): "Trả lại kết quả để bổ sung",
        ("order_proposed", "decide_support"): "Quyết định đề nghị phối hợp",
        ("order_proposed", "withdraw_support"): "Rút đề nghị phối hợp",
    },
    "Văn bản đi (Điều 7)": {
        ("out_draft", "submit"): "Trình dự thảo",
        ("out_sent_back", "drop"): "Thôi soạn dự thảo",
        ("out_review", "approve"): "Duyệt nội dung",
        ("out_review", "send_back"): "Trả lại dự thảo khi duyệt",
        ("out_review", "withdraw"): "Rút dự thảo đã trình",
        ("out_signing", "sign"): "Ký văn bản",
        ("out_signing", "send_back"): "Trả lại dự thảo khi ký",
        ("out_signing_of_vice", "sign"): "Ký thay (KT.) trong lĩnh vực phụ trách",
        ("out_signed", "issue"): "Cấp số, ban hành",
        ("out_signed", "send_back"): "Trả lại vì thể thức",
        ("out_issued", "tick"): "Đánh dấu đóng dấu, nhân bản, lưu bản gốc",
        ("out_issued", "void"): "Hủy số văn bản",
        ("out_issued", "dispatch"): "Phát hành",
        ("out_issued", "replace"): "Soạn văn bản thay thế",
        ("out_dispatched", "recall"): "Thu hồi văn bản đã phát hành",
        ("dispatch_waiting", "post"): "Ghi nhận gửi qua bưu điện",
        ("dispatch_sent", "recall"): "Thu hồi từ một nơi nhận",
    },
    "Sổ văn bản (Điều 5.1, 7.3)": {
        ("register_open", "reserve"): "Giữ số",
        ("register_open", "insert"): "Chèn số",
        ("register_unused", "open_at"): "Mở sổ từ một số (sổ của đơn vị)",
        ("register_open", "close_year"): "Khóa sổ cuối năm",
        ("register_closed", "reopen"): "Mở lại sổ đã khóa",
        ("entry_waiting", "void"): "Bỏ số đã giữ",
    },
    "Hồ sơ công việc (Điều 6)": {
        ("dossier_draft", "assign"): "Giao hồ sơ",
        ("dossier_draft", "attach"): "Đưa văn bản vào hồ sơ mới mở",
        ("dossier_at_work", "propose_support"): "Đề nghị đơn vị phối hợp",
        ("dossier_at_work", "complete"): "Hoàn thành phần việc của mình",
        ("dossier_completed", "send_back"): "Trả lại hồ sơ",
        ("dossier_completed", "close"): "Kết thúc hồ sơ",
        ("dossier_closed", "reopen"): "Mở lại hồ sơ",
        ("dossier_closed", "keep_longer"): "Kéo dài thời gian giữ hồ sơ",
        ("list_draft", "approve"): "Duyệt danh mục hồ sơ",
        ("list_draft", "continue"): "Lập danh mục năm sau",
        ("transfer_draft", "hand_over"): "Giao nộp hồ sơ vào lưu trữ",
    },
    "Sửa dữ liệu đã đăng ký (Điều 8.2, 9.5)": {
        ("correction_draft", "submit"): "Trình yêu cầu sửa",
        ("correction_submitted", "approve"): "Chấp thuận yêu cầu sửa",
        ("correction_submitted", "refuse"): "Từ chối yêu cầu sửa",
    },
    "Ủy quyền, tài khoản, bàn giao (Điều 5.3d, 9.4, 10.2)": {
        ("delegation_draft", "activate"): "Ủy quyền cho cấp phó",
        ("delegation_active", "shorten"): "Rút ngắn ủy quyền",
        ("delegation_active", "revoke"): "Chấm dứt ủy quyền",
        ("request_draft", "submit"): "Trình yêu cầu về tài khoản",
        ("request_submitted", "take_back"): "Rút yêu cầu về tài khoản",
        ("request_submitted", "approve"): "Duyệt yêu cầu về tài khoản",
        ("request_submitted", "refuse"): "Từ chối yêu cầu về tài khoản",
        ("request_approved", "carry_out"): "Thực hiện yêu cầu đã duyệt",
        ("handover_open", "refresh"): "Lập lại danh sách bàn giao",
        ("handover_open", "accept"): "Tiếp nhận bàn giao",
    },
}

HEAD = """# Ai được làm gì

Bảng này được lập từ chính bảng mà bộ kiểm thử dùng để thử: từng việc, trên một bản ghi
đang chờ đúng việc đó, được gọi từ xa (RPC) bằng tài khoản của từng vai. Ai không có tên
ở cột bên phải thì bị từ chối. Đừng sửa trang này bằng tay: sửa bảng rồi chạy
`python3 tools/write_rights.py`.

Văn bản và hồ sơ dùng để thử là của UBND huyện, giao cho một phòng; “đơn vị” là phòng
đó.
"""


def page(table):
    """Return the page as Markdown.

    :param table: the module with ``ACTS``, ``PEOPLE`` and ``count``
    :raises KeyError: where an act or a role has no name here
    """
    allowed, refused = table.count()
    rows = {(row.on, row.act): row for row in table.ACTS}
    lines = [
        HEAD,
        f"Số lần thử: {allowed + refused}; được phép {allowed}, bị từ chối {refused}"
        f" ({len(table.ACTS)} việc × {len(table.PEOPLE)} vai).",
    ]
    for part, acts in PARTS.items():
        lines += ["", f"## {part}", "", "| Việc | Ai được làm |", "|---|---|"]
        for key, name in acts.items():
            may = rows.pop(key).may
            who = "; ".join(ROLES[role] for role in table.PEOPLE if role in may)
            lines.append(f"| {name} | {who} |")
    if rows:
        raise KeyError(sorted(rows))
    return "\n".join(lines) + "\n"
