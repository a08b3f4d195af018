"""The page on rights says what the tests probe."""

import sys

import pytest
from sources import CHECKOUT

sys.path.insert(0, str(CHECKOUT / "tools"))
import write_rights


def test_the_page_on_rights_is_the_table():
    page = CHECKOUT / "docs" / "quyen-han.md"
    if page.read_text(encoding="utf-8") != write_rights.text():
        pytest.fail("docs/quyen-han.md is old: run python3 tools/write_rights.py")
