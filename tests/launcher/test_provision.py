"""What set-up needs from outside: found missing, it is named with what to do."""

import os
import subprocess
from types import SimpleNamespace

import pytest

from launcher import debian, odoo_package, packages, python_env
from launcher.home import Home
from launcher.messages import Problem


@pytest.fixture
def home(tmp_path):
    """A fresh home."""
    made = Home(tmp_path / "home")
    made.prepare()
    return made


def test_wrong_python_is_told():
    for version in ((3, 10, 9), (3, 14, 0)):
        with pytest.raises(Problem, match=rf"this is Python 3\.{version[1]}"):
            python_env.check_python(version)
    python_env.check_python((3, 12, 1))


def test_an_ordinary_user_is_told_one_command(monkeypatch):
    monkeypatch.setattr(packages, "TO_RUN", {"nix": lambda: False, "is": lambda: True})
    monkeypatch.setattr(packages.os, "getuid", lambda: 1000)
    with pytest.raises(Problem, match="lacks: nix\n") as caught:
        packages.missing_packages()
    assert "apt-get install -y --no-install-recommends nix" in caught.value.remedy


def test_root_installs_what_is_missing(monkeypatch, capsys):
    called = []
    there = {"nix": lambda: bool(called)}
    monkeypatch.setattr(packages, "TO_RUN", there)
    monkeypatch.setattr(packages.os, "getuid", lambda: 0)
    monkeypatch.setattr(packages, "run", lambda command, **kw: called.append(command))
    assert packages.missing_packages() == ["nix"]
    packages.install_packages(["nix"])
    assert called[-1][-1] == "nix"
    assert "will be installed: nix" in capsys.readouterr().err


def test_no_postgresql_is_told(monkeypatch):
    monkeypatch.setattr(packages, "TO_RUN", {"postgresql": lambda: False})
    monkeypatch.setattr(packages.os, "getuid", lambda: 1000)
    with pytest.raises(Problem, match="postgresql"):
        packages.missing_packages()


def test_no_network_is_told(tmp_path):
    apt = debian.Unstable(tmp_path)
    apt._mirror = "http://127.0.0.1:9/debian"
    with pytest.raises(Problem, match="reading the index") as caught:
        apt.update()
    assert "check the network" in caught.value.remedy


def test_no_network_for_libraries_is_told(home, monkeypatch):
    env = python_env.PythonEnv(home, home.path)
    # A stand-in for the environment's Python: pip that reaches nobody.
    failing = "#!/bin/sh\necho no route to host >&2\nexit 1\n"

    def create():
        env.python.parent.mkdir(parents=True)
        env.python.write_text(failing, encoding="utf-8")
        env.python.chmod(0o755)

    monkeypatch.setattr(env, "_create", create)
    with pytest.raises(Problem, match="no route to host") as caught:
        env.ensure()
    assert "check the network" in caught.value.remedy
    assert not list(env.path.glob(".made-from-*"))


def test_a_given_checkout_must_be_odoo_19(home, monkeypatch, tmp_path):
    monkeypatch.setenv("ODOO_DIR", str(tmp_path))
    package = odoo_package.OdooPackage(home)
    with pytest.raises(Problem, match="holds no Odoo"):
        package.ensure()
    (tmp_path / "odoo").mkdir()
    release = tmp_path / "odoo" / "release.py"
    release.write_text("version_info = (18, 0, 0)", encoding="utf-8")
    with pytest.raises(Problem, match="not Odoo 19.0"):
        package.ensure()
    release.write_text("version_info = (19, 0, 0, FINAL, 0, '')", encoding="utf-8")
    package.ensure()
    assert str(tmp_path) in package.version


def test_a_full_disk_is_told_before_unpacking(home, monkeypatch):
    monkeypatch.delenv("ODOO_DIR", raising=False)
    monkeypatch.setattr(odoo_package, "SPACE", 10**9)
    with pytest.raises(Problem, match="MB are free"):
        odoo_package.OdooPackage(home).ensure()


def test_another_build_is_taken_with_a_word(capsys):
    odoo_package._accept_other_build("19.0.1+dfsg-2")
    assert "not the build tested" in capsys.readouterr().err
    with pytest.raises(Problem, match="ODOO_DIR|20.0"):
        odoo_package._accept_other_build("20.0.0-1")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("odoo/http.py", True),
        ("odoo/addons/mail/__init__.py", True),
        ("odoo/addons/mail/i18n/vi.po", True),
        ("odoo/addons/mail/i18n/fr.po", False),
        ("odoo/addons/mail/i18n/mail.pot", False),
        ("odoo/addons/sale/i18n/vi.po", False),
        ("odoo/addons/sms/__init__.py", False),
        ("odoo/addons/test_lint/__init__.py", True),
        ("addons/mail/__init__.py", False),
        ("setup/x.py", False),
    ],
)
def test_what_is_unpacked(name, wanted):
    assert odoo_package._wanted(f"{odoo_package.SITE}/{name}") is wanted


def test_addons_hang_together(tmp_path):
    for name, depends in (
        ("base", []),
        ("mail", ["base"]),
        ("lost", ["gone"]),
        ("far", ["lost"]),
    ):
        (tmp_path / name).mkdir()
        manifest = tmp_path / name / "__manifest__.py"
        manifest.write_text(f"{{'depends': {depends}}}", encoding="utf-8")
    assert odoo_package._drop_unreachable(tmp_path) == 2
    assert {path.name for path in tmp_path.iterdir()} == {"base", "mail"}


def test_a_link_to_nowhere_is_told(tmp_path):
    (tmp_path / "x.js").symlink_to("nowhere.js")
    with pytest.raises(Problem, match="x.js"):
        odoo_package._check_links(tmp_path)


def test_a_cut_package_is_told(tmp_path):
    control = tmp_path / "package" / "DEBIAN" / "control"
    control.parent.mkdir(parents=True)
    control.write_text(
        "Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x <x@example.org>\n"
        "Description: x\n",
        encoding="utf-8",
    )
    (tmp_path / "package" / "usr").mkdir()
    (tmp_path / "package" / "usr" / "big").write_bytes(os.urandom(300_000))
    whole = tmp_path / "x.deb"
    subprocess.run(
        ["dpkg-deb", "--build", tmp_path / "package", whole],
        check=True,
        capture_output=True,
    )
    odoo_package._extract(whole, tmp_path / "good", lambda name: True)
    assert (tmp_path / "good" / "usr" / "big").stat().st_size == 300_000
    cut = tmp_path / "cut.deb"
    cut.write_bytes(whole.read_bytes()[:-100_000])
    with pytest.raises(Problem):
        odoo_package._extract(cut, tmp_path / "bad", lambda name: True)


def test_a_damaged_download_is_thrown_away(tmp_path):
    apt = debian.Unstable(tmp_path)
    path = tmp_path / "x_1_all.deb"
    path.write_bytes(b"half")
    with pytest.raises(Problem, match="damaged"):
        apt._settle(path, {"Package": "x", "SHA256": "0" * 64})
    assert not path.exists()


def test_the_mirror_is_the_machines_own(monkeypatch):
    out = "http://one.example/debian bookworm\nhttp://two.example/x other\n"
    monkeypatch.setattr(debian, "codename", lambda: "bookworm")
    monkeypatch.setattr(
        debian.subprocess, "run", lambda *a, **k: SimpleNamespace(stdout=out)
    )
    assert debian.find_mirror() == "http://one.example/debian"
    monkeypatch.setattr(debian, "codename", lambda: "trixie")
    with pytest.raises(Problem, match="no Debian mirror"):
        debian.find_mirror()


def test_libraries_are_pinned_with_checksums():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (Home().checkout / name).read_text(encoding="utf-8")
        blocks = [b for b in text.replace("\\\n", " ").splitlines() if b.strip()]
        assert blocks and all("==" in b and "--hash=sha256:" in b for b in blocks)
        assert "pypdf2" not in text.lower()
