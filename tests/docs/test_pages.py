"""The pages name what there is, and say it once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import creatorgraph
from api.mcp.resources import PAGES
from api.mcp.tools import TOOLS
from creatorgraph import Client

DOCS = Path(__file__).parents[2] / "docs"
METHODS = [name for name in vars(Client) if not name.startswith("_") and name not in ("carried_out", "close")]
ERRORS = [name for name in creatorgraph.__all__ if name not in ("AsyncClient", "Client")]


@pytest.mark.parametrize("name", [*METHODS, *ERRORS])
def test_the_clients_page_has_every_method_and_error(name: str) -> None:
    text = (DOCS / "client.md").read_text("utf-8")
    assert f"`{name}`" in text or f"`{name}(" in text or f"`{name}s`" in text


@pytest.mark.parametrize("name", [*(tool.name for tool in TOOLS), *(page.uri for page in PAGES)])
def test_the_agents_page_has_every_tool_and_resource(name: str) -> None:
    assert f"| `{name}` |" in (DOCS / "mcp.md").read_text("utf-8")


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_no_page_has_two_headings_alike_in_one_place(page: Path) -> None:
    """Links lead to the first alone, and a part that stands twice is out of date once."""
    above: dict[int, str] = {}
    seen: list[tuple[str, ...]] = []
    for line in re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL).splitlines():
        if match := re.fullmatch(r"(#+) (.+)", line):
            above = {level: text for level, text in above.items() if level < len(match[1])} | {len(match[1]): match[2]}
            seen.append(tuple(above.values()))
    assert [each for each, times in Counter(seen).items() if times > 1] == []
