"""The table of what GraphQL over HTTP asks: each row names a test that there is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.api.http.test_specification import REQUIREMENTS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "graphql-over-http.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in PAGE.splitlines() if line.startswith(("| MUST", "| SHOULD"))]


def test_the_table_is_there() -> None:
    assert len(ROWS) > 30
    assert all(len(row) == 4 and all(row) for row in ROWS)


@pytest.mark.parametrize("name", sorted({row[3].rstrip(" |") for row in ROWS}))
def test_each_row_names_a_test_that_there_is(name: str) -> None:
    path, _, function = name.partition("::")
    if not function:
        assert name in {each.says for each in REQUIREMENTS}
        return
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    assert function in {each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_each_must_is_met() -> None:
    assert [row for row in ROWS if row[0] == "MUST" and not row[2].startswith(("yes", "406"))] == []
