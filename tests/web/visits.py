"""Visits of the explorer: in a browser of its own each, signed in, with everything recorded that must not happen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import httpx
from playwright.async_api import Browser, Page, Route, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket

OURS: Final = {"X-Creatorgraph-Request": "explorer"}
HANDLED: Final = ("the server responded with a status of 401", "the server responded with a status of 429")
"""What the browser says of answers that the page is made for: nobody is signed in yet; too much at once, so it asks again."""

SECONDS: Final = 90_000
"""Milliseconds until something must be there: a busy machine plans a first query for long."""

WIDE, NARROW = 1440, 390

expect.set_options(timeout=SECONDS)


@asynccontextmanager
async def visit(
    browser: Browser,
    market: ServedMarket,
    who: Role | str | None,
    path: str = "/",
    *,
    scheme: str = "light",
    width: int = WIDE,
    refused: int = 0,
) -> AsyncIterator[Page]:
    """Open a page as somebody, by role or key; what the console says, the policy forbids or goes elsewhere fails the test at the end.

    `refused` is the status of one answer that the test brings about, of which the browser speaks.
    """
    size = {"width": width, "height": 900}
    context = await browser.new_context(base_url=market.url, color_scheme=scheme, viewport=size, locale="en-US")  # pyright: ignore[reportArgumentType]
    if who:
        signed_in = await context.request.post("/session", data={"key": market.keys[who] if isinstance(who, Role) else who}, headers=OURS)
        assert signed_in.ok, await signed_in.text()
    wrong: list[str] = []
    page = await context.new_page()
    page.set_default_timeout(SECONDS)
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") and not _handled(said.text) else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((market.url, "blob:")) else wrong.append(f"request to {asked.url}"))
    await page.goto(path)
    yield page
    await context.close()
    if refused:
        (said,) = wrong
        assert f"the server responded with a status of {refused}" in said
    else:
        assert not wrong, wrong


def _handled(said: str) -> bool:
    return any(known in said for known in HANDLED)


async def shown(page: Page) -> None:
    """Wait until a page is whole: its heading is there, and nothing is still loading."""
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.locator(".skeleton")).to_have_count(0)


def is_stream(route: Route) -> bool:
    """Tell whether a page asks for a stream of events: one that goes on has no answer to wait for."""
    return route.request.headers.get("accept") == "text/event-stream"


async def asked(market: ServedMarket, key: str, text: str) -> Any:
    """Ask the service itself, with a key, and return the data of its answer; an error fails the test."""
    async with httpx.AsyncClient(base_url=market.url, timeout=120) as client:
        answer = await client.post("/graphql", json={"query": text}, headers={"Authorization": f"Bearer {key}"})
    assert "errors" not in answer.json(), answer.json()
    return answer.json()["data"]
