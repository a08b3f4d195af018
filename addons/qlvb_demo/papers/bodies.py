"""Bodies of papers, one builder a kind.

A builder takes a :class:`~.writer.Writer` and returns the blocks of the body. Kinds
that are laid out alike share one; what has none of its own is written as a plan.
"""

from datetime import timedelta

from .paper import Block


def letter(w):
    """Công văn: an opening, numbered points, a closing request."""
    opening = w.dice.choice(
        (
            f"Thời gian qua, việc triển khai {w.topic.name} đã có chuyển biến. Để "
            f"{w.deed}, {w.issuer.name} đề nghị {w.addressee} thực hiện các nội dung "
            "sau:",
            f"{w.topic.bases[0]}, {w.issuer.name} đề nghị {w.addressee} phối hợp "
            f"{w.deed.removeprefix('phối hợp ')}, trong đó lưu ý một số nội dung:",
            f"Thực hiện nhiệm vụ trọng tâm năm {w.dated.year} về {w.topic.name}, "
            f"{w.issuer.name} trao đổi với {w.addressee} về việc {w.deed} như sau:",
        )
    )
    closing = w.dice.choice(
        (
            f"Đề nghị {w.addressee} quan tâm, tổ chức thực hiện và gửi kết quả về "
            f"{w.issuer.name} trước ngày {w.day_after(12, 25)} để tổng hợp./.",
            f"Trong quá trình thực hiện nếu có vướng mắc, đề nghị phản ánh về "
            f"{w.issuer.name} để được hướng dẫn, giải quyết./.",
            f"{w.issuer.name} trân trọng đề nghị {w.addressee} phối hợp thực hiện./.",
        )
    )
    return [
        *w.context(w.dice.randint(1, 2)),
        w.say(opening),
        *w.points(w.topic.measures, w.dice.randint(3, 5)),
        w.say(closing),
    ]


def report(w):
    """Báo cáo: results with a table, what is lacking, what comes next."""
    return [
        w.say(
            f"Thực hiện chế độ thông tin, báo cáo, {w.issuer.name} báo cáo "
            f"{w.addressee} {w.subject} với những nội dung chính sau:"
        ),
        Block("heading", "TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN", "I."),
        *w.context(1),
        *w.points(w.topic.results, 3),
        _figures(w),
        Block("heading", "TỒN TẠI, HẠN CHẾ", "II."),
        *w.dashes(w.topic.problems, 2),
        Block("heading", "NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI", "III."),
        *w.points(w.topic.measures, w.dice.randint(3, 5)),
        w.say(f"Trên đây là báo cáo của {w.issuer.name}, trân trọng báo cáo./."),
    ]


def _figures(w):
    """A small table of planned and reached figures, as reports have."""
    labels = w.dice.sample(
        (
            "Số nhiệm vụ được giao",
            "Số cuộc kiểm tra",
            "Số lượt tuyên truyền",
            "Số người tham gia",
            "Kinh phí thực hiện (triệu đồng)",
            "Số văn bản đã ban hành",
        ),
        4,
    )
    rows = [("TT", "Nội dung", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)")]
    for index, label in enumerate(labels, 1):
        planned = w.dice.randint(12, 180)
        reached = round(planned * w.dice.uniform(0.78, 1.12))
        share = f"{reached * 100 / planned:.1f}".replace(".", ",")
        rows.append((str(index), label, str(planned), str(reached), share))
    return Block("table", rows=tuple(rows))


def plan(w):
    """Kế hoạch and its relatives: purpose, contents, carrying out."""
    return [
        *w.context(1),
        w.say(f"{w.issuer.name} xây dựng nội dung {w.subject} như sau:"),
        Block("heading", "MỤC ĐÍCH, YÊU CẦU", "I."),
        w.say(
            "Nâng cao nhận thức và trách nhiệm của các cấp, các ngành về "
            f"{w.topic.name}; xác định rõ người, rõ việc, rõ thời gian hoàn thành.",
            "item",
            "1.",
        ),
        w.say(
            "Bảo đảm thiết thực, tiết kiệm, phù hợp điều kiện từng nơi; tránh hình "
            "thức và chồng chéo với các chương trình khác.",
            "item",
            "2.",
        ),
        Block("heading", "NỘI DUNG VÀ GIẢI PHÁP", "II."),
        *w.points(w.topic.measures, w.dice.randint(4, 6)),
        Block("heading", "TỔ CHỨC THỰC HIỆN", "III."),
        w.say(
            f"Thời gian thực hiện từ ngày {w.day_after(4, 9)}; sơ kết trước ngày "
            f"{w.day_after(60, 110)}.",
            "item",
            "1.",
        ),
        w.say(
            "Các đơn vị liên quan căn cứ chức năng, nhiệm vụ cụ thể hóa thành việc "
            f"làm của mình, định kỳ gửi kết quả về {w.issuer.name}.",
            "item",
            "2.",
        ),
        w.say(
            "Kinh phí bố trí từ dự toán được giao và các nguồn huy động hợp pháp./.",
            "item",
            "3.",
        ),
    ]


def proposal(w):
    """Tờ trình: why it is needed, what is proposed, the request."""
    return [
        *w.bases(),
        w.say(f"{w.issuer.name} kính trình {w.addressee} {w.subject}, cụ thể:"),
        Block("heading", "Sự cần thiết", "1."),
        *w.context(2),
        Block("heading", "Nội dung đề nghị", "2."),
        *w.dashes(w.topic.measures, w.dice.randint(3, 5)),
        Block("heading", "Quá trình chuẩn bị", "3."),
        *[w.say(s) for s in w.choose(w.topic.results, 1)],
        w.say(f"{w.issuer.name} kính trình {w.addressee} xem xét, quyết định./."),
    ]


def decision(w):
    """Quyết định: legal bases and articles."""
    issuing = "QUYẾT ĐỊNH:"
    measures = w.choose(w.topic.measures, 2)
    return [
        Block("centre", w.issuer.authority),
        *w.bases(listed=False),
        Block("centre", issuing),
        w.say(f"Nay {w.deed}. Nội dung chủ yếu gồm:", "article", "Điều 1."),
        *[w.say(s, "item", "-") for s in measures],
        w.say(
            "Giao các cơ quan, đơn vị liên quan tổ chức thực hiện, định kỳ báo cáo kết "
            "quả; kinh phí sử dụng từ nguồn ngân sách được giao.",
            "article",
            "Điều 2.",
        ),
        w.say(
            f"Quyết định có hiệu lực kể từ ngày ký. Thủ trưởng các đơn vị liên quan và "
            f"{w.addressee} căn cứ Quyết định thi hành./.",
            "article",
            "Điều 3.",
        ),
    ]


def notice(w):
    """Thông báo: what was concluded, point by point."""
    morning = w.dated - timedelta(days=w.dice.randint(1, 4))
    return [
        w.say(
            f"Ngày {morning:%d/%m/%Y}, {w.issuer.name} đã tổ chức hội nghị về "
            f"{w.topic.name}. Sau khi nghe báo cáo và ý kiến của các đại biểu, người "
            "chủ trì hội nghị kết luận như sau:"
        ),
        *w.context(1),
        *w.points(w.topic.measures, w.dice.randint(3, 5)),
        w.say(
            f"{w.issuer.name} thông báo để các đơn vị biết, tổ chức thực hiện nghiêm "
            "túc./."
        ),
    ]


def invitation(w):
    """Giấy mời: what, when, where, who."""
    when = w.dated + timedelta(days=w.dice.randint(3, 8))
    if when.weekday() > 4:
        when += timedelta(days=3)
    hour = w.dice.choice(("7 giờ 30 phút", "8 giờ 00 phút", "14 giờ 00 phút"))
    place = w.dice.choice(
        ("Hội trường lớn", "Phòng họp tầng 2", "Phòng họp trực tuyến")
    )
    subject = w.subject.removeprefix("dự ")
    return [
        w.say(f"{w.issuer.name} trân trọng kính mời {w.addressee} tới dự họp."),
        Block("pair", subject[:1].upper() + subject[1:] + ".", "Nội dung:"),
        Block("pair", f"Đại diện lãnh đạo {w.addressee}.", "Thành phần:"),
        Block("pair", f"{hour}, ngày {when:%d/%m/%Y}.", "Thời gian:"),
        Block("pair", f"{place}, {w.issuer.name}.", "Địa điểm:"),
        *w.context(1),
        w.say(
            "Đề nghị đại biểu chuẩn bị ý kiến phát biểu theo lĩnh vực phụ trách, tập "
            "trung vào các nội dung:"
        ),
        *w.dashes(w.topic.measures, 2),
        w.say("Rất mong các đại biểu bố trí thời gian tham dự đầy đủ, đúng giờ./."),
    ]


def directive(w):
    """Chỉ thị: the situation, then orders."""
    return [
        *w.context(2),
        w.say(
            f"Để khắc phục tình trạng trên và {w.deed}, {w.issuer.name} yêu cầu "
            f"{w.addressee} thực hiện ngay các nhiệm vụ sau:"
        ),
        *w.points(w.topic.measures, 6),
        w.say(
            "Nhận được Chỉ thị này, yêu cầu người đứng đầu các đơn vị tổ chức thực "
            "hiện nghiêm túc và chịu trách nhiệm về kết quả./."
        ),
    ]


def telegram(w):
    """Công điện: short orders to be carried out at once."""
    return [
        *w.context(1),
        w.say(f"Để {w.deed}, {w.issuer.name} yêu cầu:"),
        *w.points(w.topic.measures, 4),
        w.say(
            "Nhận được Công điện, các đơn vị khẩn trương thực hiện và báo cáo kết quả "
            f"trước 16 giờ ngày {w.day_after(1, 2)}./."
        ),
    ]


def guidance(w):
    """Hướng dẫn: how something is to be done."""
    return [
        *w.bases(),
        w.say(f"{w.issuer.name} hướng dẫn {w.subject} như sau:"),
        Block("heading", "ĐỐI TƯỢNG, PHẠM VI", "I."),
        *w.context(1),
        Block("heading", "CÁCH THỰC HIỆN", "II."),
        *w.points(w.topic.measures, w.dice.randint(4, 6)),
        Block("heading", "CHẾ ĐỘ BÁO CÁO", "III."),
        w.say(
            f"Kết quả gửi về {w.issuer.name} trước ngày {w.day_after(20, 40)}; quá "
            "trình thực hiện có khó khăn, đề nghị phản ánh để được giải đáp./."
        ),
    ]


BUILDERS = {
    "CV": letter,
    "BC": report,
    "TTr": proposal,
    "QĐ": decision,
    "NQ": decision,
    "TB": notice,
    "GM": invitation,
    "CT": directive,
    "CĐ": telegram,
    "HD": guidance,
}


def build(type_code, writer):
    """Return the blocks of the body for a kind of paper."""
    return tuple(BUILDERS.get(type_code, plan)(writer))
