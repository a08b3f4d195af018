"""What people write in dossiers when the entry does not say it."""

# What an agency looks at first, whoever asks it.
OPINIONS = {
    "tuphap": (
        "Dự thảo phù hợp quy định của pháp luật hiện hành; đề nghị sửa lại căn cứ "
        "thứ 3 và bỏ cụm từ “vân vân” tại phần giải thích.",
        "Nội dung đúng thẩm quyền. Đề nghị quy định rõ trách nhiệm thi hành và thời "
        "điểm có hiệu lực.",
        "Không có ý kiến về thẩm quyền; cần đối chiếu với văn bản mới của tỉnh trước "
        "khi trình ký.",
    ),
    "noivu": (
        "Nhất trí. Đề nghị phân công rõ người chịu trách nhiệm, gắn với đánh giá công "
        "chức cuối năm.",
        "Việc phân công không làm phát sinh biên chế; đề nghị bổ sung thành phần "
        "Phòng Nội vụ.",
        "Thống nhất nội dung; phần khen thưởng, kỷ luật đề nghị dẫn chiếu quy "
        "định chung.",
    ),
    "tckh": (
        "Cân đối được từ dự phòng ngân sách; đề nghị chia 2 đợt, đợt 2 sau khi nghiệm "
        "thu.",
        "Nguồn sự nghiệp năm nay đã phân bổ hết, đề nghị bố trí vào dự toán năm sau.",
        "Dự toán lập đúng định mức; đề nghị giảm 8% chi phí quản lý.",
    ),
    "tnmt": (
        "Khu đất phù hợp quy hoạch sử dụng đất; đề nghị trích đo lại ranh giới "
        "phía đông.",
        "Còn 3 hộ chưa thống nhất nguồn gốc đất, đề nghị xã xác nhận bổ sung.",
        "Không có ý kiến khác; lưu ý thủ tục cam kết bảo vệ môi trường.",
    ),
    "ldtbxh": (
        "Nhất trí. Đề nghị ưu tiên hộ nghèo, gia đình người có công.",
        "Số liệu đối tượng khớp danh sách đang quản lý; bổ sung 2 trường hợp mới.",
        "Đề nghị lồng ghép với chương trình giảm nghèo để không trùng kinh phí.",
    ),
    "vhtt": (
        "Nhất trí; nội dung tuyên truyền đề nghị phát trên đài huyện 3 buổi mỗi tuần.",
        "Đề nghị gửi trước bản điện tử để đăng Cổng thông tin điện tử.",
        "Không có ý kiến khác, sẵn sàng cử cán bộ kỹ thuật hỗ trợ.",
    ),
    "gddt": (
        "Các trường tham gia được ngoài giờ chính khóa; đề nghị tránh tuần thi học kỳ.",
        "Nhất trí. Danh sách giáo viên tham gia gửi kèm.",
        "Đề nghị bổ sung trách nhiệm của Ban đại diện cha mẹ học sinh.",
    ),
    "yte": (
        "Đề nghị bố trí tổ y tế trực và cơ số thuốc dự phòng.",
        "Nhất trí; trạm y tế xã báo cáo nhanh trước 16 giờ hằng ngày.",
        "Bổ sung yêu cầu lấy mẫu kiểm nghiệm trước khi kết luận.",
    ),
    "thanhtra": (
        "Nội dung này nằm trong kế hoạch thanh tra, đề nghị không tổ chức đoàn riêng.",
        "Nhất trí; đề nghị công khai kết quả tại trụ sở xã.",
    ),
    "ktht": (
        "Khối lượng phù hợp thiết kế; đề nghị nghiệm thu từng đoạn.",
        "Tuyến này đã có trong kế hoạch duy tu, đề nghị kết hợp một lần thi công.",
        "Đề nghị bổ sung biện pháp bảo đảm giao thông khi thi công.",
    ),
    "nnptnt": (
        "Nhất trí; lịch thực hiện cần khớp khung thời vụ.",
        "Đề nghị bổ sung diện tích của 2 hợp tác xã mới thành lập.",
        "Số liệu diện tích khớp báo cáo của các xã.",
    ),
    "vp": (
        "Thể thức đúng quy định; đề nghị rút gọn phần mở đầu.",
        "Đã báo cáo Thường trực; nhất trí nội dung, lưu ý thời hạn gửi tỉnh.",
    ),
}
# What a commune answers about what happens on its ground.
OF_COMMUNES = (
    "Xã đã họp thôn, nhân dân nhất trí; gửi kèm biên bản.",
    "Số liệu trên địa bàn xã đúng như dự thảo, bổ sung 1 thôn còn thiếu.",
    "Nhất trí. Đề nghị huyện hỗ trợ thêm vật tư, phần công lao động xã tự lo.",
    "Xã đăng ký hoàn thành trước thời hạn 5 ngày.",
    "Còn vướng 2 hộ chưa thống nhất, xã đang vận động.",
)
PROPOSED = (
    "Đề nghị cho ý kiến về nội dung thuộc lĩnh vực quản lý.",
    "Cần số liệu và ý kiến chuyên môn trước khi trình.",
    "Đề nghị phối hợp kiểm tra thực tế và góp ý dự thảo.",
)
ACCEPTED = ("", "Đồng ý.", "Nhất trí, đề nghị trả lời đúng hạn.")
DECLINED = (
    "Việc này không thuộc lĩnh vực của đơn vị được đề nghị; hỏi ý kiến Văn "
    "phòng là đủ.",
    "Đơn vị đã có ý kiến tại văn bản trước, không cần lấy lại.",
)
SUPPORT_PASSED = (
    "Nghiên cứu, góp ý vào hồ sơ trước thời hạn.",
    "Đối chiếu số liệu, ghi ý kiến của phòng vào hồ sơ.",
)
SUPPORT_LOOKED = ("Nhất trí với ý kiến của chuyên viên.", "Đã duyệt ý kiến của phòng.")
TIME_GRANTED = "Đồng ý gia hạn một lần, không kéo dài thêm."
REDONE = (
    "Đã bổ sung theo ý kiến chỉ đạo: ",
    "Đã hoàn thiện lại, có phụ lục kèm theo: ",
)
CLOSED = (
    "Kết quả đạt yêu cầu, kết thúc hồ sơ.",
    "Đã có văn bản phát hành, đồng ý kết thúc hồ sơ.",
    "Đủ tài liệu, lưu theo thời hạn bảo quản.",
    "",
)
RESULTS = (
    "Đã hoàn thành nội dung được giao, đề nghị kết thúc hồ sơ.",
    "Đã tổng hợp ý kiến các đơn vị, đề xuất phương án 1 và trình lãnh đạo phòng.",
)


def opinion_of(unit, dice):
    """Return what a unit says as a supporter."""
    return dice.choice(OPINIONS.get(unit, OF_COMMUNES))
