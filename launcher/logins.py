"""What is printed when the page is ready: its address, and who may log in."""

from .messages import say

PASSWORD = "Hiephoa-2014"
DISTRICT = (
    ("chutich", "Chủ tịch UBND huyện"),
    ("phochutich", "Phó Chủ tịch UBND huyện"),
    ("chanhvp", "Chánh Văn phòng"),
    ("vanthu", "Văn thư UBND huyện và Văn phòng"),
    ("quantri", "Quản trị kỹ thuật"),
)
EVERY_UNIT = (
    ("truong.SLUG", "Trưởng đơn vị; ở xã: Chủ tịch UBND xã"),
    ("pho.SLUG", "Phó trưởng đơn vị"),
    ("vt.SLUG", "Tài khoản của đơn vị, do văn thư giữ"),
    ("cv1.SLUG, cv2.SLUG", "Chuyên viên"),
)
SLUGS = (
    "SLUG là: noivu tuphap tckh tnmt ldtbxh vhtt gddt yte thanhtra ktht nnptnt",
    "hoặc tên xã viết liền không dấu: thang, ducthang, maidinh …",
)


def print_ready(url, home, *, demo):
    """Say where the page is and how to log in.

    :param demo: whether the database holds the demo's people
    """
    say()
    say(f"  {url}")
    say()
    if demo:
        say(f"  Đăng nhập (mật khẩu chung / password of all: {PASSWORD})")
        for login, who in (*DISTRICT, *EVERY_UNIT):
            say(f"    {login:20} {who}")
        for line in SLUGS:
            say(f"    {line}")
    else:
        say("  Lần đầu: đăng nhập bằng admin để lập đơn vị, Chủ tịch, Chánh Văn phòng.")
        say("  (First time: admin enters units, the chairman and the Chief of Office.)")
    secret = home.path / "secrets" / "admin-password"
    say(f"  admin: {secret} giữ mật khẩu (for emergencies only)")
    say()
