"""The pages in a real browser: what people see, and that nothing comes from elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.api.serving import Served

LOOKS: list[tuple[Literal["light", "dark"], int, int]] = [("light", 1280, 900), ("dark", 1280, 900), ("light", 390, 844)]


@dataclass
class Watched:
    """A page, and what went wrong on it."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


@pytest.fixture
async def watched(browser: Browser, served: Served, request: pytest.FixtureRequest) -> AsyncIterator[Watched]:
    scheme, width, height = getattr(request, "param", LOOKS[0])
    context = await browser.new_context(color_scheme=scheme, viewport={"width": width, "height": height}, base_url=served.url)
    found = Watched(await context.new_page())
    found.page.on("console", lambda message: found.complaints.append(message.text) if message.type == "error" else None)
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.on("request", lambda each: None if each.url.startswith((served.url, "data:")) else found.elsewhere.append(each.url))
    yield found
    await context.close()


@pytest.mark.parametrize("watched", LOOKS, indirect=True, ids=["light", "dark", "narrow"])
async def test_the_page_for_developers(watched: Watched) -> None:
    page = watched.page
    await page.goto("/developers")
    await expect(page.get_by_role("heading", level=1)).to_have_text("creatorgraph")
    await expect(page.get_by_role("main")).to_contain_text("State of this service")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"
    assert await page.evaluate(POOR_CONTRAST) == []
    link = page.get_by_role("link", name="The largest creators, this week against this quarter")
    await expect(link).to_have_attribute("href", "/graphiql?role=analyst&example=Windows")
    await page.get_by_role("link", name="Open the GraphQL IDE").click()
    await expect(page).to_have_url("/graphiql")
    assert (watched.complaints, watched.elsewhere) == ([], [])


@pytest.mark.parametrize("watched", LOOKS, indirect=True, ids=["light", "dark", "narrow"])
async def test_the_ide_asks_with_a_key(watched: Watched, key: str) -> None:
    page = watched.page
    await page.goto("/graphiql?role=brand")
    await expect(page.get_by_role("status")).to_have_text("Enter an access key to run queries.")
    await expect(page.locator(".graphiql-container")).to_contain_text("OwnNetwork")
    await expect(page.locator(".result-window")).not_to_contain_text("errors")
    await page.get_by_label("Access key").fill(key)
    await page.get_by_role("button", name="Use").click()
    await expect(page.get_by_role("status")).to_have_text("the admin, admin")
    await expect(page.get_by_label("Examples for")).to_have_value("admin")
    await page.get_by_role("button", name="Runs", exact=True).click()
    await page.wait_for_timeout(500)  # GraphiQL learns the operation's name a moment after the tab
    await page.get_by_role("button", name="Execute query").click()
    await expect(page.locator(".result-window")).to_contain_text("scoringRuns")
    await page.evaluate(
        "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.setValue(`{ creator(id: \"c1\") { id } }`)"
    )
    await page.wait_for_timeout(500)
    await page.get_by_role("button", name="Execute query").click()
    await expect(page.locator(".result-window .cm-keyword")).to_have_text("null")
    assert await page.evaluate(POOR_CONTRAST) == []
    assert key not in await page.evaluate("JSON.stringify({...localStorage})")
    assert (watched.complaints, watched.elsewhere) == ([], [])


@pytest.mark.parametrize("watched", LOOKS, indirect=True, ids=["light", "dark", "narrow"])
async def test_an_example_of_the_start_page_opens_in_the_ide_where_all_can_read_it(watched: Watched) -> None:
    page = watched.page
    await page.goto("/graphiql?role=analyst&example=Windows")
    for _ in range(2):  # the second time GraphiQL has tabs of its own stored
        await expect(page.locator(".graphiql-query-editor")).to_contain_text("query Windows")
        await expect(page.locator("[aria-current=true]")).to_have_text("Windows")
        await page.reload()
    for editor in ("Query", "Response"):
        await expect(page.get_by_role("textbox", name=editor, exact=True)).to_have_count(1)
    await expect(page.get_by_role("tablist")).to_have_count(0)
    await expect(page.get_by_role("heading", level=1)).to_have_text("GraphQL IDE")
    assert await page.evaluate(POOR_CONTRAST) == []
    assert await page.evaluate(SHOWN_LINES) >= 12
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"


async def test_a_key_that_is_none_is_said_to_be(watched: Watched) -> None:
    page = watched.page
    await page.goto("/graphiql")
    await page.get_by_label("Access key").fill("cgk_wrong")
    await page.get_by_role("button", name="Use").click()
    await expect(page.get_by_role("status")).to_contain_text("malformed access key")


async def test_a_key_that_is_sent_before_the_examples_are_there_is_not_lost(watched: Watched) -> None:
    async def late(route: Route) -> None:
        await asyncio.sleep(1)
        await route.continue_()

    page = watched.page
    await page.route("**/graphiql/examples", late)
    await page.goto("/graphiql")
    await page.get_by_label("Access key").fill("cgk_wrong")
    await page.get_by_role("button", name="Use").click()
    await expect(page.get_by_role("status")).to_contain_text("malformed access key")
    await expect(page.get_by_role("button", name="Execute query")).to_be_visible()


async def test_what_is_typed_before_the_script_has_come_stays(watched: Watched) -> None:
    async def late(route: Route) -> None:
        await asyncio.sleep(1)
        await route.continue_()

    page = watched.page
    await page.route("**/static/graphiql.js", late)
    await page.goto("/graphiql", wait_until="commit")
    await page.get_by_label("Access key").fill("cgk_wrong")
    await page.get_by_label("Access key").press("Enter")
    await page.get_by_role("button", name="Use").click()
    await expect(page.get_by_role("status")).to_contain_text("malformed access key")
    assert page.url.endswith("/graphiql")


POOR_CONTRAST = """() => {
  const channels = (colour) => {
    const found = colour.match(/[\\d.]+/g).map(Number);
    return found.length === 3 ? [...found, 1] : found;
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((c, i) => c * a + below[i] * (1 - a));
  const light = (colour) => {
    const linear = colour.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const ground = (element) => {
    if (!element) return [255, 255, 255];
    const own = channels(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, ground(element.parentElement));
  };
  const poor = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.data.trim() || !text.parentElement.checkVisibility() || text.parentElement.closest("script, noscript, select")) continue;
    const below = ground(text.parentElement);
    const [a, b] = [light(over(channels(getComputedStyle(text.parentElement).color), below)), light(below)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${text.data.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return poor;
}"""
"""Texts on the page whose contrast to their ground is below 4.5 : 1."""

SHOWN_LINES = """() => {
  const editor = document.querySelector(".graphiql-query-editor .CodeMirror-scroll").getBoundingClientRect();
  const lines = [...document.querySelectorAll(".graphiql-query-editor .CodeMirror-line")].map((line) => line.getBoundingClientRect());
  return lines.filter((line) => line.bottom <= editor.bottom && line.right <= innerWidth).length;
}"""
"""How many lines of the query can be read."""
