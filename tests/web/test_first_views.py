"""What a new service asks itself for the explorer is what its pages ask, and is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, Request

from api.access.viewer import Role
from api.pages.explorer.build import Build, read
from api.process.warming import named
from api.settings import Settings
from tests.api.served_market import ServedMarket
from tests.web.visits import shown, visit

PAGES = {
    Role.ANALYST: ("/find", "/creators/Creator:c01", "/methodology"),
    Role.PARTNER: ("/find", "/creators/Creator:c01", "/sales", "/samples", "/invite", "/briefs", "/portfolio", "/network"),
    Role.CREATOR: ("/me",),
}


def explorer(cache: Path) -> Build:
    found = read(replace(Settings(), cache=cache))
    assert found is not None
    return found


async def test_they_are_answered_without_errors(market: ServedMarket, built: Path) -> None:
    async with httpx.AsyncClient(base_url=market.url, timeout=120) as client:
        for view in explorer(built).first_views:
            for role in view.roles:
                asked = {"query": view.text, "variables": named(view.variables, brand="b1", creator="c01")}
                answer = await client.post("/graphql", json=asked, headers={"Authorization": f"Bearer {market.keys[Role(role)]}"})
                assert "errors" not in answer.json(), (role, view.text, answer.json())


async def test_they_are_what_the_pages_ask(browser: Browser, market: ServedMarket, built: Path) -> None:
    documents = explorer(built).documents
    views = {(role, view.text): view.variables for view in explorer(built).first_views for role in view.roles}
    for role, paths in PAGES.items():
        for path in paths:
            for asked in await _asked(browser, market, role, path):
                text = documents[asked["documentId"].removeprefix("sha256:")]
                if (str(role), text) in views:
                    wanted = named(views.pop((str(role), text)), brand="b1", creator="c01")
                    assert _given(asked["variables"]) == _given(wanted), text
    assert list(views) == []


async def _asked(browser: Browser, market: ServedMarket, role: Role, path: str) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/graphql"):
            asked.append(request.post_data_json)

    async with visit(browser, market, role, path) as page:
        page.on("request", note)
        await page.reload()
        await shown(page)
    return asked


def _given(variables: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in variables.items() if value is not None}
