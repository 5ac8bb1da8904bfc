"""The hand-written pages name what there is."""

from __future__ import annotations

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
