"""PDF files of Word files, by the LibreOffice of this machine where there is one.

Pure: bytes in, bytes out.  The program runs alone: with a folder and a profile of
its own that are gone afterwards, without macros and without fetching what a file
points to, for so long and no longer.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

_NAMES = ("soffice", "libreoffice")
_PATIENCE = 90

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_SETTING = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" '
    'oor:op="fuse"><value>{value}</value></prop></item>'
)
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
)


class NotConverted(RuntimeError):
    """No PDF came of it.

    :ivar code: ``missing`` (there is no LibreOffice here), ``failed``
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def program() -> str | None:
    """Return where LibreOffice is on this machine, or ``None``."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def to_pdf(content: bytes) -> bytes:
    """Return a Word file as PDF.

    :raises NotConverted: ``missing``, ``failed``
    """
    path = program()
    if path is None:
        raise NotConverted("missing")
    with tempfile.TemporaryDirectory(prefix="qlvb-office-") as folder:
        room = Path(folder)
        _make_profile(room / "profile")
        (room / "paper.docx").write_bytes(content)
        _run(
            [
                path,
                f"-env:UserInstallation={(room / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                str(room / "paper.docx"),
            ],
            folder,
        )
        made = room / "paper.pdf"
        if not made.exists():
            raise NotConverted("failed")
        return made.read_bytes()


def _make_profile(folder):
    items = "\n".join(
        _SETTING.format(path=path, name=name, value=value)
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        _PROFILE.format(items=items), encoding="utf-8"
    )


def _run(command, folder):
    """Run the program, and end it with all that it started when it takes too long."""
    environment = {"HOME": folder, "PATH": os.defpath, "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        raise NotConverted("failed") from None
    finally:
        # It starts another that does the work: none of them is left behind.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
