#!/usr/bin/env python3
"""Kiểm tra một gói hồ sơ (ZIP) bên ngoài hệ thống, chỉ bằng thư viện chuẩn của Python.

    python3 verify_dossier.py GOI.zip [--sha256 MÃ] [--most-bytes SỐ]

Verifies a dossier's package without the system that made it: every file that the
index and the list of checksums name is there and unchanged, none was added, and the
index is well-formed and agrees with itself.  Nothing is ever unpacked to disk, names
that lead out of a folder are refused, and reading stops at a bound, so that a package
made to harm whoever opens it does not.

Exit codes: 0 the package is whole; 1 it is not; 2 it cannot be read at all.
"""

import argparse
import hashlib
import re
import stat
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

INDEX = "index.xml"
CHECKSUMS = "checksums.sha256"
CHUNK = 1 << 20
MOST_BYTES = 8 << 30
MOST_FILES = 100_000
MOST_RATIO = 200
SMALL = 10 << 20
"""Below this size a good ratio harms nobody: plain XML is packed twenty-fold."""
MOST_INDEX = 200 << 20

LENGTHS = {
    "OrganId": 13,
    "FileCatalog": 4,
    "FileNotation": 20,
    "Title": 500,
    "Maintenance": 30,
    "Rights": 30,
    "Creator": 30,
    "StartDate": 10,
    "EndDate": 10,
    "DocTotal": 4,
    "PageTotal": 4,
    "Description": 500,
    "DocOrdinal": 3,
    "TypeName": 100,
    "CodeNumber": 11,
    "CodeNotation": 30,
    "IssuedDate": 10,
    "OrganName": 200,
    "Subject": 500,
    "PageAmount": 3,
    "ArrivalDate": 10,
    "ArrivalNumber": 10,
    "Position": 100,
    "FullName": 50,
    "Priority": 1,
    "IssuedAmount": 3,
    "ToPlaces": 1000,
    "DueDate": 10,
}
NUMBERS = {
    "FileCatalog", "DocTotal", "PageTotal", "DocOrdinal", "PageAmount",
    "ArrivalNumber", "Priority", "IssuedAmount",
}  # fmt: skip
DAYS = {"StartDate", "EndDate", "IssuedDate", "ArrivalDate", "DueDate"}
NEEDED = ("FileCode", "FileCatalog", "FileNotation", "Title", "Maintenance", "DocTotal")

_DAY = re.compile(r"(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])/\d{4}")
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class Unreadable(Exception):
    """The file is no package that could be judged; the message says why."""


def main(arguments=None):
    """Verify a package and tell what was found; return the exit code."""
    parser = argparse.ArgumentParser(
        description="Kiểm tra tính toàn vẹn của một gói hồ sơ (ZIP)."
    )
    parser.add_argument("package", help="đường dẫn tới gói hồ sơ")
    parser.add_argument(
        "--sha256", help="mã kiểm tra của cả gói, như nhật ký hệ thống đã ghi"
    )
    parser.add_argument(
        "--most-bytes",
        type=int,
        default=MOST_BYTES,
        help="dung lượng tối đa sau khi giải nén (byte)",
    )
    options = parser.parse_args(arguments)
    try:
        checksum, faults, told = verify(
            Path(options.package), options.most_bytes, options.sha256
        )
    except Unreadable as error:
        say(f"KHÔNG ĐỌC ĐƯỢC: {error}", sys.stderr)
        return 2
    say(f"Gói hồ sơ: {options.package}")
    say(f"SHA-256 của gói: {checksum}")
    for line in told:
        say(line)
    if faults:
        say(f"KHÔNG TOÀN VẸN: {len(faults)} lỗi.")
        for fault in faults:
            say(f"  - {fault}")
        return 1
    say("TOÀN VẸN: mọi tệp đều có, không tệp nào bị thêm hoặc thay đổi.")
    return 0


def say(line, stream=None):
    """Write a line; a console that knows no Vietnamese letters gets the others."""
    stream = stream or sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(line.encode(encoding, "replace").decode(encoding) + "\n")


def verify(path, most_bytes=MOST_BYTES, expected=None):
    """Judge a package.

    :return: its own checksum, what is wrong with it, what it tells of itself
    :raises Unreadable: it is no package
    """
    checksum = digest_of(path)
    faults = []
    if expected and expected.strip().lower() != checksum:
        faults.append("mã SHA-256 của gói khác với mã đã cho")
    try:
        with zipfile.ZipFile(path) as package:
            entries = entries_of(package, most_bytes, faults)
            found = read_all(package, entries, most_bytes, faults)
            index, sums = found.pop("index"), found.pop("sums")
            sizes, digests = found["sizes"], found["digests"]
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError) as error:
        raise Unreadable(f"không phải tệp ZIP hoặc tệp ZIP bị hỏng ({error})") from None
    if sums is None:
        faults.append(f"thiếu danh sách mã kiểm tra {CHECKSUMS}")
    else:
        faults += compare_sums(sums, digests)
    told = []
    if index is None:
        faults.append(f"thiếu tệp chỉ mục {INDEX}")
    else:
        wrong, told = check_index(index, digests, sizes)
        faults += wrong
    return checksum, list(dict.fromkeys(faults)), told


# -- the ZIP ---------------------------------------------------------------------


def digest_of(path):
    digest = hashlib.sha256()
    try:
        with open(path, "rb") as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise Unreadable(f"không mở được tệp ({error.strerror})") from None
    return digest.hexdigest()


def entries_of(package, most_bytes, faults):
    """Return the entries that can be read safely; name the others."""
    entries, seen = [], set()
    infos = package.infolist()
    if len(infos) > MOST_FILES:
        raise Unreadable(f"gói có quá nhiều tệp ({len(infos)})")
    if sum(info.file_size for info in infos) > most_bytes:
        raise Unreadable("gói quá lớn sau khi giải nén")
    for info in infos:
        name = info.filename
        if problem := unsafe(info):
            faults.append(f"{name!r}: {problem}")
        elif name in seen:
            faults.append(f"{name}: xuất hiện hai lần trong gói")
        elif info.file_size > max(SMALL, MOST_RATIO * max(info.compress_size, 1)):
            raise Unreadable(f"{name}: tỷ lệ nén bất thường (bom nén)")
        elif not info.is_dir():
            entries.append(info)
        seen.add(name)
    return entries


def unsafe(info):
    """Return why an entry is not to be touched, or ``None``."""
    name = info.filename
    parts = name.replace("\\", "/").split("/")
    if not name or name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
        return "đường dẫn tuyệt đối, không an toàn"
    if ".." in parts or "\\" in name:
        return "đường dẫn trỏ ra ngoài gói, không an toàn"
    if any(ord(letter) < 32 for letter in name):
        return "tên tệp có ký tự điều khiển"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "là liên kết, không phải tệp"
    if info.flag_bits & 1:
        return "tệp bị mã hóa"
    return None


def read_all(package, entries, most_bytes, faults):
    """Read every entry once, in bounds; keep the index and the list of checksums."""
    digests, sizes, kept, total = {}, {}, {INDEX: None, CHECKSUMS: None}, 0
    for info in entries:
        digest, size, held = hashlib.sha256(), 0, []
        keeps = info.filename in kept and info.file_size <= MOST_INDEX
        try:
            with package.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    total += len(chunk)
                    if total > most_bytes or size > info.file_size:
                        raise Unreadable(f"{info.filename}: lớn hơn mức đã khai báo")
                    digest.update(chunk)
                    if keeps:
                        held.append(chunk)
        except Unreadable:
            raise
        except Exception:
            # Whatever a broken entry does to its reader.
            faults.append(f"{info.filename}: tệp bị hỏng trong gói")
            digests[info.filename], sizes[info.filename] = "", size
            continue
        digests[info.filename], sizes[info.filename] = digest.hexdigest(), size
        if keeps:
            kept[info.filename] = b"".join(held)
    return {
        "digests": digests,
        "sizes": sizes,
        "index": kept[INDEX],
        "sums": kept[CHECKSUMS],
    }


# -- the list of checksums -------------------------------------------------------


def compare_sums(content, digests):
    """Return where the files differ from the list of checksums."""
    try:
        lines = content.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return [f"{CHECKSUMS}: không đọc được"]
    faults, known = [], {}
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if not match:
            faults.append(f"{CHECKSUMS}: dòng {number} sai khuôn dạng")
        elif match[2] in known:
            faults.append(f"{CHECKSUMS}: {match[2]} được ghi hai lần")
        else:
            known[match[2]] = match[1]
    for name, checksum in known.items():
        if name not in digests:
            faults.append(f"{name}: thiếu trong gói")
        elif digests[name] != checksum:
            faults.append(f"{name}: nội dung đã bị thay đổi (sai mã SHA-256)")
    return faults + [
        f"{name}: tệp lạ, không có trong danh sách mã kiểm tra"
        for name in digests
        if name not in known and name != CHECKSUMS
    ]


# -- the index -------------------------------------------------------------------


def check_index(content, digests, sizes):
    """Return what is wrong with the index, and what it tells of the dossier."""
    head = content[:4096].upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in content.upper():
        return [f"{INDEX}: có khai báo DOCTYPE, không được phép"], []
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        return [f"{INDEX}: XML không đúng cú pháp ({error})"], []
    if root.tag != "DossierPackage":
        return [f"{INDEX}: không phải chỉ mục của gói hồ sơ"], []
    top = root.find("File")
    if top is None:
        return [f"{INDEX}: thiếu phần thông tin hồ sơ"], []
    faults = [
        f"{INDEX}: thiếu {name} của hồ sơ" for name in NEEDED if not text_of(top, name)
    ]
    faults += check_values(top, "hồ sơ")
    documents = root.findall("Documents/Document")
    faults += check_agreement(top, documents)
    for number, document in enumerate(documents, 1):
        faults += check_values(document, f"văn bản {number}")
    faults += check_files(root, digests, sizes)
    told = [
        f"Hồ sơ: {text_of(top, 'FileCode')} - {text_of(top, 'Title')}",
        f"Văn bản: {len(documents)}; tệp: {len(root.findall('.//DataFile'))}",
    ]
    told += [f"Lưu ý: {remark.text or ''}" for remark in root.findall("Remarks/Remark")]
    return faults, told


def text_of(element, name):
    return (element.findtext(name) or "").strip()


def check_values(element, where):
    """Return the fields whose values do not fit annex VI of Decree 30/2020."""
    faults = []
    for child in element.iter():
        text = child.text or ""
        limit = LENGTHS.get(child.tag)
        if child.tag == "Language":
            limit = 50
        if limit and len(text) > limit:
            faults.append(f"{INDEX}: {where}: {child.tag} dài hơn {limit} ký tự")
        if child.tag in NUMBERS and text and not text.isdecimal():
            faults.append(f"{INDEX}: {where}: {child.tag} không phải là số")
        if child.tag in DAYS and text and not _DAY.fullmatch(text):
            faults.append(f"{INDEX}: {where}: {child.tag} không phải là ngày")
    return faults


def check_agreement(top, documents):
    """Return where the index contradicts itself."""
    faults = []
    code = ".".join(
        filter(
            None,
            (text_of(top, name) for name in ("OrganId", "FileCatalog", "FileNotation")),
        )
    )
    if text_of(top, "FileCode") != code:
        faults.append(
            f"{INDEX}: FileCode không khớp OrganId, FileCatalog, FileNotation"
        )
    if text_of(top, "DocTotal") != str(len(documents)):
        faults.append(
            f"{INDEX}: DocTotal là {text_of(top, 'DocTotal') or 'trống'}, nhưng có "
            f"{len(documents)} văn bản"
        )
    for number, document in enumerate(documents, 1):
        if text_of(document, "DocOrdinal") != str(min(number, 999)):
            faults.append(f"{INDEX}: văn bản {number}: số thứ tự không liên tục")
        if text_of(document, "FileCode") != text_of(top, "FileCode"):
            faults.append(f"{INDEX}: văn bản {number}: mã hồ sơ khác mã của hồ sơ")
    return faults


def check_files(root, digests, sizes):
    """Return where the index and the files of the package differ."""
    faults, known = [], set()
    for file in root.iter("DataFile"):
        name = file.get("path") or ""
        if name in known:
            faults.append(f"{INDEX}: {name} được ghi hai lần")
        known.add(name)
        if name not in digests:
            faults.append(f"{name}: có trong chỉ mục nhưng thiếu trong gói")
            continue
        if file.get("sha256") != digests[name]:
            faults.append(f"{name}: nội dung đã bị thay đổi (khác mã trong chỉ mục)")
        if file.get("size") != str(sizes[name]):
            faults.append(f"{name}: dung lượng khác với chỉ mục")
    return faults + [
        f"{name}: tệp lạ, không có trong chỉ mục"
        for name in digests
        if name not in known and name not in (INDEX, CHECKSUMS)
    ]


if __name__ == "__main__":
    sys.exit(main())
