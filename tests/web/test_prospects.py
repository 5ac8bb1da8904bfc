"""Whom a brand wants to invite: put on the list from where creators are found, noted, saved as a file, and what came of it."""

from __future__ import annotations

import csv
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final, LiteralString

import pytest
from neo4j import AsyncDriver
from playwright.async_api import Browser, Page, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.conftest import TestServer
from tests.web.test_looks import WIDER
from tests.web.visits import NARROW, shown, visit

FIND: Final = "/find?selected=Creator%3Ac02,Creator%3Ac05"
INVITED: Final[LiteralString] = """
MATCH (b:Brand {id: 'b1'}), (c:Creator {id: 'c02'})
CREATE (b)-[:OFFERED]->(:Collaboration {id: 'asked', kind: 'TARGETED', status: 'DECLINED', offeredAt: timestamp() / 1000 + 60})-[:WITH]->(c)
"""
REMOVED: Final[LiteralString] = "MATCH (n:Prospect|Collaboration) WHERE n:Prospect OR n.id = 'asked' DETACH DELETE n"


@pytest.fixture
async def driver(market: ServedMarket, neo4j: TestServer) -> AsyncIterator[AsyncDriver]:
    """Return a driver on the market's graph, which holds nothing more of these tests when they are over."""
    async with neo4j.driver() as opened:
        yield opened
        await opened.execute_query(REMOVED)


async def listed(page: Page) -> list[str]:
    return [text.split()[0] for text in await page.locator("tbody tr th").all_inner_texts()]


async def test_by_mouse(browser: Browser, market: ServedMarket, driver: AsyncDriver, tmp_path: Path) -> None:
    async with visit(browser, market, Role.BRAND, FIND) as page:
        await shown(page)
        await page.get_by_role("button", name="Invite list").click()
        dialog = page.get_by_role("dialog")
        await expect(dialog).to_contain_text("On the list: 0 of 2")
        assert await violations(page) == []
        await dialog.get_by_role("textbox", name="Why").fill("Sells lip gloss")
        await dialog.get_by_role("combobox", name="Product").select_option("Product 1")
        await dialog.get_by_role("button", name="Add 2").click()
        await expect(page.get_by_role("status").filter(has_text="2 put on the list.")).to_be_visible()

        await page.goto("/creators/Creator%3Ac02")
        await page.get_by_role("button", name="Invite list").click()
        await expect(dialog).to_contain_text("On the list: 1 of 1")
        await expect(dialog.get_by_role("button", name="Add")).to_have_count(0)
        await page.keyboard.press("Escape")

        await page.goto("/invite")
        await shown(page)
        rows = page.locator("tbody tr")
        await expect(rows).to_have_count(2)
        second = rows.filter(has_text="creator2")
        await expect(second).to_contain_text("to invite")
        await driver.execute_query(INVITED)
        await page.reload()
        await expect(second).to_contain_text("declined")

        await page.get_by_role("button", name="Change what is noted of creator2").click()
        await dialog.get_by_role("textbox", name="Why").fill("=Eyes, first")
        await dialog.get_by_role("combobox", name="Product").select_option("No product")
        await dialog.get_by_role("combobox", name="Product").select_option("Product 1")
        assert await violations(page) == []
        await dialog.get_by_role("button", name="Save").click()
        await expect(second).to_contain_text("=Eyes, first")
        await expect(second).to_contain_text("Product 1")
        async with page.expect_download() as begun:
            await page.get_by_role("button", name="Save as CSV").click()
        await (await begun.value).save_as(tmp_path / "invite.csv")
        assert await violations(page) == []
    saved = {row["handle"]: row for row in csv.DictReader((tmp_path / "invite.csv").read_text("utf-8").splitlines())}
    assert saved["creator2"] == {
        **{"handle": "creator2", "region": "US", "note": "'=Eyes, first", "product_id": "p1", "product": "Product 1"},
        "status": "DECLINED",
    }
    assert (saved["creator5"]["note"], saved["creator5"]["product_id"]) == ("Sells lip gloss", "p1")


async def test_by_keyboard(browser: Browser, market: ServedMarket, driver: AsyncDriver) -> None:
    async with visit(browser, market, Role.PARTNER, "/briefs?new=1&show=1", scheme="dark", width=NARROW) as page:
        await expect(page.get_by_role("group", name="Who fits")).to_be_visible()
        first = page.get_by_role("group", name="Who fits").get_by_role("checkbox").first
        name = (await first.get_attribute("aria-label") or "").removeprefix("Select ")
        await first.focus()
        await page.keyboard.press("Space")
        await page.get_by_role("button", name="Invite list").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="Add 1")).to_be_visible()
        await page.get_by_role("textbox", name="Why").press("Tab")
        await expect(page.get_by_role("combobox", name="Product")).to_be_focused()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        link = page.get_by_role("link", name="Open the list")
        await expect(link).to_be_visible()
        await link.press("Enter")
        await expect(page).to_have_url(re.compile("/invite"))
        await shown(page)
        assert await listed(page) == [name]
        assert await page.evaluate(WIDER) <= 0
        assert await violations(page) == []
        await page.get_by_role("checkbox", name=f"Select {name}").press("Space")
        await page.get_by_role("button", name="Take 1 off the list").press("Enter")
        await expect(page.get_by_role("heading", name="Nobody is on the list yet")).to_be_visible()
        await expect(page.get_by_role("status").filter(has_text="1 taken off the list.")).to_be_visible()


async def test_it_is_for_those_who_keep_a_list(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.ANALYST, FIND) as page:
        await shown(page)
        await expect(page.get_by_role("link", name="Compare 2")).to_be_visible()
        await expect(page.get_by_role("button", name="Invite list")).to_have_count(0)
