"""What officials write when there is little to say."""

ORDERS = (
    "Nghiên cứu nội dung, tham mưu văn bản trả lời và trình trước thời hạn.",
    "Kiểm tra hồ sơ liên quan, tổng hợp số liệu, báo cáo trưởng phòng.",
    "Chủ trì tham mưu, phối hợp các đơn vị để hoàn thành đúng hạn.",
    "Rà soát, dự thảo văn bản, lưu ý căn cứ pháp lý mới.",
    "Xử lý theo chỉ đạo của lãnh đạo UBND huyện, có vướng mắc báo cáo ngay.",
    "Làm việc trực tiếp với đơn vị, nắm lại số liệu rồi đề xuất.",
)
URGENT_ORDERS = (
    "Việc khẩn, xử lý ngay trong ngày và báo cáo kết quả.",
    "Ưu tiên giải quyết trước, liên hệ trực tiếp các đơn vị để kịp thời hạn.",
)
SUPPORT_ORDERS = (
    "Phối hợp, có ý kiến bằng văn bản gửi đơn vị chủ trì.",
    "Cung cấp số liệu thuộc lĩnh vực quản lý cho đơn vị chủ trì.",
    "Cử cán bộ phối hợp khi đơn vị chủ trì đề nghị.",
)
SUPPORT_RESULTS = (
    "Nhất trí với nội dung dự thảo, không có ý kiến bổ sung.",
    "Đã cung cấp số liệu cho đơn vị chủ trì qua thư công vụ.",
    "Đã cử cán bộ phối hợp; đề nghị bổ sung phần kinh phí thực hiện.",
    "Đã góp ý 3 nội dung về căn cứ và thời gian thực hiện.",
    "Đã phối hợp kiểm tra thực tế cùng đơn vị chủ trì.",
)
HEAD_REMARKS = (
    "Đã kiểm tra, đồng ý kết quả. ",
    "Nhất trí với kết quả của chuyên viên. ",
    "Đã duyệt. ",
    "",
)
SENT_BACK = (
    "Dự thảo chưa nêu căn cứ pháp lý và chưa có số liệu đến cuối tháng. Bổ sung rồi "
    "trình lại.",
    "Phần kiến nghị còn chung chung. Viết rõ đơn vị thực hiện và thời gian hoàn thành.",
    "Số liệu chưa khớp với báo cáo kỳ trước. Rà soát lại.",
)
TIME_ASKED = (
    "Cần thêm thời gian lấy ý kiến các xã, thị trấn; đến nay mới nhận được một nửa số "
    "văn bản trả lời.",
    "Phải kiểm tra thực địa cùng các đơn vị phối hợp trước khi báo cáo.",
    "Số liệu của đơn vị phối hợp gửi về chưa đầy đủ.",
)
TIME_REFUSED = (
    "Cấp trên ấn định thời hạn, không kéo dài được. Đề nghị tập trung hoàn thành."
)
URGES = (
    "Văn bản sắp hết hạn xử lý. Đề nghị đơn vị chủ trì khẩn trương hoàn thành, báo cáo "
    "kết quả trong ngày.",
    "Lãnh đạo UBND huyện hỏi tiến độ. Đề nghị báo cáo ngay phần việc đã làm và lý do "
    "chậm.",
)
NOTE_ANSWER = "Đồng ý. Đề nghị hoàn thành đúng thời hạn đã giao, không để kéo dài thêm."
APPROVED = {
    "head": ("", "", "Nội dung đạt yêu cầu, kính trình.", "Nhất trí nội dung dự thảo."),
    "office": ("", "", "Thể thức đúng quy định.", "Đã rà soát thể thức, kính trình."),
    "legal": ("Dự thảo phù hợp quy định của pháp luật, đủ điều kiện trình ký.",),
    "cosign": ("Nhất trí với dự thảo.", "Đồng ý, không có ý kiến bổ sung."),
}
TURNED_BACK = {
    "can_cu": "Bỏ căn cứ đã hết hiệu lực, bổ sung luật chuyên ngành.",
    "tham_quyen": "Nội dung tại Điều 2 vượt thẩm quyền của huyện, viết lại cho đúng.",
    "noi_dung": "Viết rõ đơn vị chủ trì, thời hạn từng việc theo ý kiến chỉ đạo.",
    "so_lieu": "Số liệu chưa khớp với báo cáo kỳ trước, rà soát lại.",
    "y_kien": "Chưa tiếp thu ý kiến góp ý của phòng về tuyến tuyên truyền.",
    "the_thuc": "Trình bày lại tên loại, trích yếu và nơi nhận theo đúng thể thức.",
    "ky_hieu": "Sai ký hiệu văn bản của lĩnh vực, sửa lại.",
    "noi_nhan": "Nơi nhận còn thiếu đơn vị phối hợp, bổ sung.",
    "chinh_ta": "Sửa lỗi chính tả ở trang 1.",
}
ORDERS_RECEIVED = (
    "Nghiên cứu, triển khai thực hiện tại đơn vị; báo cáo kết quả.",
    "Tham mưu văn bản thực hiện, phổ biến đến từng bộ phận.",
    "Lưu theo dõi, đưa vào lịch làm việc của đơn vị.",
)
RESULTS_RECEIVED = (
    "Đã phổ biến tại cuộc họp giao ban của đơn vị, phân công người theo dõi.",
    "Đã đưa vào kế hoạch tháng, gửi các bộ phận thực hiện.",
    "Đã sao gửi các bộ phận liên quan và lưu hồ sơ theo dõi.",
    "Đã triển khai, đến nay không có vướng mắc.",
)
