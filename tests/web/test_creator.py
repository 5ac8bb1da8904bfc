"""A creator's page and the comparison: why scores are what they are, and what could be chance."""

from __future__ import annotations

import re
from typing import Final, LiteralString

import pytest
from playwright.async_api import Browser, Page, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.conftest import TestServer
from tests.web.visits import shown, visit

SKEWED: Final[LiteralString] = """
MATCH (s:Scorecard {creatorId: 'c05'})
WITH DISTINCT s.runId AS run
MERGE (f:Forecast {id: run + '|Creator:c05'})
SET f.runId = run, f.expected = 256.0, f.median = 90.0, f.low = 0.0, f.high = 239.0, f.chance = 0.7, f.forForecast = 50.0
"""
"""What is forecast of creator 5, inside and as it goes out: a mean above the interval."""


async def numbers(page: Page, cells: str) -> list[float]:
    return [float(text.replace("\N{MINUS SIGN}", "-")) for text in await page.locator(cells).all_inner_texts()]


async def test_contributions_add_up_to_the_score(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/creators/Creator%3Ac02") as page:
        await shown(page)
        for name in ("Diligence", "Overall"):
            await page.get_by_role("table", name="Scores").get_by_role("link", name=name).click()
            table = page.get_by_role("table", name=f"What {name} is made of")
            await expect(table).to_be_visible()
            own = f"table:has(caption:text-is('What {name} is made of'))"
            parts = await numbers(page, f"{own} tbody td:nth-child(2)")
            (whole,) = await numbers(page, f"{own} tfoot td:nth-child(2)")
            assert abs(sum(parts) - whole) <= 0.05 * (len(parts) + 1)  # each is rounded to a tenth
        await page.go_back()
        await expect(page).to_have_url(re.compile("by=DILIGENCE"))


async def test_history_and_what_changed(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.ANALYST, "/creators/Creator%3Ac02") as page:
        await shown(page)
        await expect(page.locator(".series canvas")).to_be_visible()
        await expect(page.get_by_role("table", name="Overall over time").get_by_role("row")).to_have_count(2)
        await expect(page.get_by_text(re.compile(r"points since"))).to_be_visible()


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (Role.ANALYST, ("$90", "From $0 to $239 with 80% certainty", "On average $256")),
        (Role.BRAND, ("$0–$100", "From $0 to $1K with 80% certainty", "On average $100–$1K")),
    ],
)
async def test_the_interval_of_expected_sales_lies_around_what_is_shown(
    browser: Browser, market: ServedMarket, neo4j: TestServer, who: Role, said: tuple[str, str, str]
) -> None:
    async with neo4j.driver() as driver:
        await driver.execute_query(SKEWED)
    async with visit(browser, market, who, "/creators/Creator%3Ac05") as page:
        await shown(page)
        card = page.get_by_role("region", name="Sales of the next 28 days")
        await expect(card.locator(".big")).to_have_text(said[0])
        for text in said:
            await expect(card).to_contain_text(text)


async def test_could_it_be_chance(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/creators/Creator%3Ac02") as page:
        await shown(page)
        field = page.get_by_role("combobox", name="Another creator")
        await field.fill("creator5")
        await page.get_by_role("option", name="creator5").click()
        await expect(page).to_have_url(re.compile("with=Creator%3Ac05"))
        await expect(page.get_by_text(re.compile(r"creator2 is truly above creator5 with a probability of .*\d ?%"))).to_be_visible()


async def test_a_creator_who_is_not_for_the_key(browser: Browser, market: ServedMarket) -> None:
    """Creator 3 is in a region that the brand's key may not see: it is as if there were none."""
    async with visit(browser, market, Role.BRAND, "/creators/Creator%3Ac03") as page:
        await expect(page.get_by_role("heading", level=1, name="There is no such creator")).to_be_visible()
        assert "creator3" not in await page.content()


async def test_comparing(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/compare?creators=Creator:c02,Creator:c03") as page:
        await shown(page)
        await expect(page.get_by_text("1 of the creators in the address does not exist")).to_be_visible()
        await page.get_by_role("button", name="Leave them out").click()
        await expect(page).to_have_url(re.compile(r"creators=Creator%3Ac02$"))
        await page.get_by_role("combobox", name="Add a creator").fill("creator8")
        await expect(page.get_by_role("option", name="creator8")).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("columnheader", name="creator8")).to_be_visible()
        await expect(page.get_by_role("heading", name="What they share")).to_be_visible()
        await expect(page.get_by_text("highest").first).to_be_visible()
        await page.get_by_role("button", name="Remove creator2").click()
        await expect(page).to_have_url(re.compile(r"creators=Creator%3Ac08$"))
