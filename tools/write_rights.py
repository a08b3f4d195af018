"""Write docs/quyen-han.md from the table of rights that the tests probe."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "addons" / "qlvb_dossier" / "tests"
PAGE = ROOT / "docs" / "quyen-han.md"


def load(name):
    """Return a module of the table by its path: its package would ask for Odoo."""
    spec = importlib.util.spec_from_file_location(name, TABLE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text():
    """Return what the page ought to hold."""
    return load("matrix_page").page(load("matrix"))


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
