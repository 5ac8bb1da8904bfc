"""The table of what breaks: each row names a test that breaks it, and each such test has a row."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text("utf-8")
NAMED = re.compile(r"^\|.+\|.+\|.+\| `(tests/[\w/]+\.py)::(test_\w+)` \|$", re.MULTILINE)
MARK = "pytest.mark.fault"


def marked() -> set[tuple[str, str]]:
    """Return the tests that `make faults` runs."""
    return {
        (str(file.relative_to(ROOT)), each.name)
        for file in (ROOT / "tests").rglob("test_*.py")
        if MARK in (text := file.read_text("utf-8"))
        for each in ast.parse(text).body
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and MARK in map(ast.unparse, each.decorator_list)
    }


def test_each_row_has_its_test_and_each_test_its_row() -> None:
    assert set(NAMED.findall(PAGE)) == marked()
    assert len(marked()) >= 25


def test_no_row_lacks_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| what breaks")]
    assert len(rows) == len(NAMED.findall(PAGE))
