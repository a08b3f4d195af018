"""How the checks are counted: what did not run proved nothing."""

import pytest

from launcher import checks
from launcher.outcomes import Outcome, count

REPORT = """<testsuites><testsuite>
<testcase classname="a" name="good"/>
<testcase classname="a" name="bad"><failure message="no"/></testcase>
<testcase classname="a" name="worse"><error message="no"/></testcase>
<testcase classname="a" name="absent"><skipped message="no browser"/></testcase>
</testsuite></testsuites>"""


def test_a_skip_is_a_failure(tmp_path):
    report = tmp_path / "r.xml"
    report.write_text(REPORT, encoding="utf-8")
    outcome = Outcome("x", 1)
    count(outcome, report, 1)
    assert (outcome.passed, outcome.failed) == (1, 3)
    assert "a.absent was skipped: no browser" in outcome.complaints


@pytest.mark.parametrize("text", [None, "<torn"])
def test_a_run_without_a_report_failed(tmp_path, text):
    report = tmp_path / "r.xml"
    if text:
        report.write_text(text, encoding="utf-8")
    outcome = Outcome("x", 1)
    count(outcome, report, 0)
    assert outcome.failed == 1


def test_a_crash_after_good_tests_is_a_failure(tmp_path):
    report = tmp_path / "r.xml"
    report.write_text(
        '<testsuite><testcase classname="a" name="b"/></testsuite>', encoding="utf-8"
    )
    outcome = Outcome("x", 1)
    count(outcome, report, 3)
    assert (outcome.passed, outcome.failed) == (1, 1)


@pytest.mark.parametrize(
    ("argument", "is_in_addon"),
    [
        ("addons/qlvb_base/tests/test_x.py::TestX::test_y", True),
        ("tests/static", False),
        ("tests/launcher/test_checks.py::test_a", False),
    ],
)
def test_which_pytest_gets_a_path(argument, is_in_addon):
    assert checks._is_in_addon(argument) is is_in_addon
