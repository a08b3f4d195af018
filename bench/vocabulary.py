"""Words for papers: issuers and subjects of a district, in endless combination.

The folded forms, by which documents are searched, are made once per word and joined:
folding a million texts one by one would take longer than storing them.
"""

from itertools import product

from odoo.addons.qlvb_base.lib.symbols import symbol_key, word_key

ISSUERS = (
    ("UBND tỉnh Bắc Giang", "UBND"),
    ("Văn phòng UBND tỉnh", "VP"),
    ("Sở Nội vụ", "SNV"),
    ("Sở Tư pháp", "STP"),
    ("Sở Tài chính", "STC"),
    ("Sở Kế hoạch và Đầu tư", "SKHĐT"),
    ("Sở Tài nguyên và Môi trường", "STNMT"),
    ("Sở Lao động - Thương binh và Xã hội", "SLĐTBXH"),
    ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
    ("Sở Giáo dục và Đào tạo", "SGDĐT"),
    ("Sở Y tế", "SYT"),
    ("Sở Công Thương", "SCT"),
    ("Sở Xây dựng", "SXD"),
    ("Sở Giao thông vận tải", "SGTVT"),
    ("Sở Nông nghiệp và Phát triển nông thôn", "SNNPTNT"),
    ("Sở Thông tin và Truyền thông", "STTTT"),
    ("Sở Khoa học và Công nghệ", "SKHCN"),
    ("Thanh tra tỉnh", "TTT"),
    ("Cục Thuế tỉnh", "CT"),
    ("Cục Thống kê tỉnh", "CTK"),
    ("Bảo hiểm xã hội tỉnh", "BHXH"),
    ("Kho bạc Nhà nước tỉnh", "KBNN"),
    ("Hội Nông dân tỉnh", "HND"),
    ("Tỉnh đoàn", "TĐ"),
)
SUBJECTS = (
    "ban hành Quyết định phê duyệt kế hoạch sử dụng đất",
    "lấy ý kiến dự thảo Quyết định phân cấp quản lý ngân sách",
    "thực hiện Quyết định của Thủ tướng Chính phủ về cải cách hành chính",
    "báo cáo tình hình sản xuất vụ xuân",
    "báo cáo công tác phòng, chống thiên tai",
    "báo cáo kết quả xây dựng nông thôn mới",
    "tăng cường công tác bảo đảm an toàn thực phẩm",
    "tăng cường quản lý hoạt động khai thác cát, sỏi",
    "tổ chức lễ hội truyền thống",
    "tổ chức hội nghị sơ kết công tác tuyển quân",
    "rà soát hộ nghèo, hộ cận nghèo",
    "rà soát quy hoạch mạng lưới trường học",
    "thẩm định hồ sơ giao đất, cho thuê đất",
    "thẩm định báo cáo kinh tế kỹ thuật công trình kênh mương",
    "cấp kinh phí tu bổ di tích lịch sử",
    "cấp bổ sung kinh phí hỗ trợ tiêm phòng gia súc, gia cầm",
    "kiểm tra công tác thu, nộp ngân sách",
    "kiểm tra việc chấp hành pháp luật về xây dựng",
    "hướng dẫn tuyển sinh vào lớp đầu cấp",
    "hướng dẫn lập dự toán thu, chi ngân sách",
    "đôn đốc tiến độ giải phóng mặt bằng",
    "đôn đốc nộp báo cáo thống kê",
    "mời dự họp giao ban công tác nội chính",
    "đề nghị khen thưởng tập thể, cá nhân có thành tích",
    "đề nghị bổ nhiệm lại cán bộ quản lý",
    "phối hợp tuyên truyền bảo hiểm y tế toàn dân",
    "triển khai tháng hành động vì trẻ em",
    "triển khai phần mềm dùng chung trong cơ quan nhà nước",
    "công bố thủ tục được chuẩn hóa",
    "chuyển văn bản của cơ quan cấp trên để thực hiện",
)
RARE = "sửa chữa khẩn cấp kè Đại La"
"""A subject that few papers have; ``RARE_WORDS`` finds them and nothing else."""
RARE_WORDS = "kè đại la"
FREQUENT_WORDS = "quyet dinh"


class Phrase:
    """A piece of text with its folded form."""

    __slots__ = ("folded", "text")

    def __init__(self, text, fold=word_key):
        self.text = text
        self.folded = fold(text)


def issuers():
    """Return each issuer as a pair: its name, and the tail of its symbols."""
    return [
        (Phrase(name), Phrase(symbol, lambda text: symbol_key(f"1/{text}")[2:]))
        for name, symbol in ISSUERS
    ]


def subjects(places):
    """Return every subject of every place."""
    return [
        Phrase(f"V/v {subject} tại {place}")
        for subject, place in product(SUBJECTS, places)
    ]
