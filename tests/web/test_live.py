"""What happens at the service while a page is open: it is said, shown in place, and moves nothing before somebody asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final, LiteralString

import pytest
from neo4j import AsyncDriver
from playwright.async_api import Browser, Page, Route, expect

from api.access.viewer import Role
from graph.outbox import RUN_PUBLISHED, Event, record
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.conftest import TestServer
from tests.web.test_find import ROWS
from tests.web.visits import NARROW, is_stream, shown, visit

FOLLOWERS: Final[LiteralString] = "MATCH (c:Creator {id: 'c01'}) WITH c, c.followerCount AS old SET c.followerCount = $count RETURN old"
CURRENT: Final[LiteralString] = "MATCH (run:ScoringRun) RETURN run.id AS id ORDER BY run.id DESC LIMIT 1"
ENDED: Final = {"status": 200, "content_type": "text/event-stream", "body": ":\n\nevent: complete\ndata:\n\n"}
"""A stream that has ended, as one does whose server was replaced."""


@pytest.fixture
async def driver(neo4j: TestServer) -> AsyncIterator[AsyncDriver]:
    """Return a driver whose changes of the first creator's followers do not outlast a test."""
    async with neo4j.driver() as opened:
        (found,) = (await opened.execute_query(FOLLOWERS, count=0)).records
        await opened.execute_query(FOLLOWERS, count=found["old"])
        yield opened
        await opened.execute_query(FOLLOWERS, count=found["old"])


async def published(driver: AsyncDriver, *, followers: int) -> None:
    """Give the first creator other followers, and tell of the current run as of one that was just published."""
    await driver.execute_query(FOLLOWERS, count=followers)
    (run,) = (await driver.execute_query(CURRENT)).records
    async with driver.session() as session:
        await session.execute_write(record, Event(RUN_PUBLISHED, run["id"]))


async def names(page: Page) -> list[str]:
    return await page.locator(f"{ROWS} .creator a").all_inner_texts()


async def test_rows_say_what_is_new_and_stay_where_they_are(browser: Browser, market: ServedMarket, driver: AsyncDriver) -> None:
    async with visit(browser, market, Role.BRAND, "/find?sort=FOLLOWERS") as page:
        await shown(page)
        before = await names(page)
        assert before[-1] == "creator1"
        typed = page.get_by_label("from", exact=True)
        await typed.press_sequentially("12")
        await published(driver, followers=7_000_000)
        said = page.get_by_role("status").filter(has_text="New scores were published, and are shown. 8 rows are elsewhere now.")
        await expect(said).to_be_visible()
        assert await names(page) == before
        await expect(page.locator(ROWS).last).to_contain_text("7M")
        await expect(typed).to_be_focused()
        await expect(typed).to_have_value("12")
        await typed.fill("")
        assert await violations(page) == []
        await page.get_by_role("button", name="Show the new order").press("Enter")
        await expect(page.locator(ROWS).first).to_contain_text("creator1")
        assert await names(page) == ["creator1", *before[:-1]]
        await expect(page.get_by_role("button", name="Close what is said")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("The new order is shown.")).to_have_count(0)
        asked, free = asyncio.Event(), asyncio.Event()

        async def held(route: Route) -> None:
            first = not asked.is_set() and all(part in (route.request.post_data or "") for part in ('"first":50', '"min":6000000'))
            if first:
                asked.set()
                await free.wait()
            await route.continue_()

        await page.route("**/graphql", held)
        await typed.fill("6000000")
        await page.keyboard.press("Tab")
        await asked.wait()
        await published(driver, followers=7_500_000)  # before the answer to the new filter is there
        await expect(page.locator(ROWS)).to_have_count(1)
        await expect(page.locator(ROWS)).to_contain_text("7.5M")
        await expect(page.get_by_role("button", name="Show the new order")).to_have_count(0)
        free.set()
        await page.unroute_all(behavior="wait")


async def test_nothing_is_missed_while_a_stream_is_interrupted(browser: Browser, market: ServedMarket, driver: AsyncDriver) -> None:
    whole, streams = asyncio.Event(), 0

    async def interrupted(route: Route) -> None:
        nonlocal streams
        if not is_stream(route):
            await route.continue_()
            return
        streams += 1
        if streams == 1:
            await whole.wait()
            await published(driver, followers=9_000_000)  # the page knows where the order of events stands, and does not listen yet
            await route.fulfill(**ENDED)
        else:
            await route.continue_()

    async with visit(browser, market, Role.BRAND, "/methodology", width=NARROW, scheme="dark") as page:
        await page.route("**/graphql", interrupted)
        await page.goto("/creators/Creator:c01")
        await shown(page)
        whole.set()
        await expect(page.get_by_role("status").filter(has_text="New scores were published, and are shown.")).to_be_visible()
        await expect(page.locator("dl")).to_contain_text("9M")
        assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        await page.get_by_role("navigation").get_by_role("link", name="Methodology").click()
        await expect(page.get_by_role("button", name="Close what is said")).to_have_count(0)
    assert streams >= 2
