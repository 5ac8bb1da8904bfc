"""Briefs as a brand meets them: described, seen, saved, run again and compared, by mouse and keyboard."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any, Final, LiteralString

import httpx
import pytest
from playwright.async_api import Browser, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.conftest import TestServer
from tests.web.visits import NARROW, WIDE, asked, shown, visit

NONE: Final[LiteralString] = "MATCH (n:Brief|BriefVersion|BriefRun) DETACH DELETE n"
OTHERWISE: Final[LiteralString] = """
MATCH (r:BriefRun)
WITH r, size(r.creatorIds) AS last
SET r.creatorIds = r.creatorIds[1..] + ['c02'], r.scores = [n IN range(1, last) | 60.0 - n], r.at = r.at - 86400
RETURN r.creatorIds AS creators
"""
"""The run that is kept found everyone a place higher: the first is missing, and somebody else is last."""
OTHERS: Final[LiteralString] = """
MATCH (b:Brief)
MATCH (v:BriefVersion {briefId: b.id})
UNWIND range(1, 50) AS n
CREATE (:Brief {id: 'b' + n, brandId: b.brandId, name: 'other ' + n, version: 1, createdAt: b.createdAt, updatedAt: b.updatedAt + n})
CREATE (:BriefVersion {id: 'b' + n + '|1', briefId: 'b' + n, version: 1, name: 'other ' + n, wanted: v.wanted, createdAt: v.createdAt})
"""
"""Fifty briefs that were changed after the one that is there."""


@pytest.fixture
async def market_without_briefs(neo4j: TestServer, market: ServedMarket) -> AsyncIterator[ServedMarket]:
    async with neo4j.driver() as driver:
        await driver.execute_query(NONE)
        yield market
        await driver.execute_query(NONE)


WISHES: Final = """{ savedBriefs { nodes { version wanted { followers { min } minimumScores { indicator min } budget { currency }
  excludeCreators audience { dimension bucket share } } } } }"""


async def made(market: ServedMarket, role: Role, **brief: Any) -> str:
    """Save a brief past the page, and return its id."""
    return await changed(market, role, "create", name="Spring", brief=brief)


async def changed(market: ServedMarket, role: Role, what: str, **given: Any) -> str:
    """Create or update a brief past the page, and return its id."""
    text = f"mutation ($input: {what.title()}BriefInput!) {{ {what}Brief(input: $input) {{ brief {{ id }} userErrors {{ message }} }} }}"
    asked = {"query": text, "variables": {"input": given}}
    async with httpx.AsyncClient(base_url=market.url, timeout=120) as client:
        answer = await client.post("/graphql", json=asked, headers={"Authorization": f"Bearer {market.keys[role]}"})
    return answer.json()["data"][f"{what}Brief"]["brief"]["id"]


async def wishes(market: ServedMarket) -> Any:
    """Return the briefs with what of their wishes the page's form lacks, or has no choice for."""
    found = await asked(market, market.keys[Role.BRAND], WISHES)
    return found["savedBriefs"]["nodes"]


async def test_a_brief_is_described_seen_and_saved(browser: Browser, market_without_briefs: ServedMarket, neo4j: TestServer) -> None:
    async with visit(browser, market_without_briefs, Role.BRAND, "/briefs") as page:
        await shown(page)
        await expect(page.get_by_role("heading", name="No briefs yet")).to_be_visible()
        await page.get_by_role("button", name="New brief").click()
        await page.get_by_label("Name", exact=True).fill("Lips in spring")
        await page.get_by_label("Followers, from").fill("1")
        await page.get_by_role("combobox", name="Goal").select_option("Reach")
        await page.get_by_role("checkbox", name="Only creators new to the brand").check()
        await page.reload()
        await expect(page.get_by_label("Name", exact=True)).to_have_value("Lips in spring")
        await page.get_by_role("button", name="See who fits").click()
        await expect(page.get_by_text(re.compile(r"^\d+ of \d+ creators meet the brief\."))).to_be_visible()
        left_out = page.get_by_role("region", name="Whom the brief leaves out")
        await expect(left_out.get_by_role("row", name=re.compile("Already works with the brand"))).to_be_visible()
        await page.get_by_role("checkbox", name="Only creators new to the brand").uncheck()
        await expect(left_out).to_have_count(0)
        await page.go_back()
        await expect(left_out).to_be_visible()
        await page.get_by_role("button", name="Save the brief").click()
        await expect(page).to_have_url(re.compile(r"/briefs/Brief%3A"))
        await expect(page.get_by_role("heading", level=1, name="Lips in spring")).to_be_visible()
        await page.get_by_role("link", name="All briefs").click()
        await expect(page.get_by_role("row", name=re.compile("Lips in spring"))).to_contain_text("Reach")
        async with neo4j.driver() as driver:
            await driver.execute_query(OTHERS)
        await page.reload()
        await expect(page.get_by_text("50 of 51 shown")).to_be_visible()
        await expect(page.get_by_role("row", name=re.compile("^other"))).to_have_count(50)
        await page.get_by_role("button", name="Older").press("Enter")
        await expect(page.get_by_role("row", name=re.compile("Lips in spring"))).to_be_visible()
        await page.get_by_role("button", name="Newest").press("Enter")
        await expect(page.get_by_role("row", name=re.compile("^other"))).to_have_count(50)


async def test_what_breaks_a_rule_is_said_and_nothing_typed_is_lost(browser: Browser, market_without_briefs: ServedMarket) -> None:
    async with visit(browser, market_without_briefs, Role.BRAND, "/briefs?new=1") as page:
        await shown(page)
        await page.get_by_label("Budget for a post, at most").fill("-5")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("brief.budget.amount is -5")
        await page.get_by_label("Budget for a post, at most").fill("500")
        await page.get_by_role("button", name="Save the brief").press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("name is empty")
        await expect(page.get_by_label("Budget for a post, at most")).to_have_value("500")
        await page.go_back()
        await expect(page.get_by_label("Budget for a post, at most")).to_have_value("-5")


async def test_a_brief_is_run_again_and_two_results_are_compared_by_keyboard(
    browser: Browser, market_without_briefs: ServedMarket, neo4j: TestServer
) -> None:
    id_ = await made(market_without_briefs, Role.BRAND, excludeCreators=["Creator:c02"])
    async with visit(browser, market_without_briefs, Role.BRAND, f"/briefs/{id_}") as page:
        await shown(page)
        await expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()
        await expect(page.get_by_role("button", name="Run and keep")).to_be_enabled()
        await page.get_by_role("button", name="Run and keep").press("Enter")
        result = page.get_by_role("region", name=re.compile("^Result of"))
        await expect(result.get_by_role("row").nth(1)).to_contain_text(re.compile("than|usual|unknown"))
        await expect(page.get_by_role("button", name="Invite list")).to_have_count(2)  # of who fits now, and of the run
        async with neo4j.driver() as driver:
            await driver.execute_query(OTHERWISE)
        await page.reload()
        await expect(page.get_by_role("button", name="Run and keep")).to_be_enabled()
        await page.get_by_role("button", name="Run and keep").press("Enter")
        compared = page.get_by_role("region", name="What changed")
        await expect(compared.get_by_role("region", name="1 came")).to_be_visible()
        await expect(compared.get_by_role("region", name="1 left")).to_contain_text("creator2")
        await expect(compared.get_by_role("region", name=re.compile("moved$")).get_by_role("row")).not_to_have_count(0)
        address = page.url
        before = page.get_by_role("radio", name=re.compile("^Compare from"))
        await expect(before).to_have_count(2)
        await before.first.focus()
        await page.keyboard.press("Space")
        await expect(compared).to_have_count(0)
        await page.go_back()
        await expect(compared).to_be_visible()
    async with visit(browser, market_without_briefs, Role.PARTNER, address.removeprefix(market_without_briefs.url)) as page:
        await shown(page)
        await expect(page.get_by_role("region", name="1 came")).to_be_visible()


async def test_a_brief_is_changed_and_deleted_by_keyboard(browser: Browser, market_without_briefs: ServedMarket) -> None:
    kept = {"excludeCreators": ["Creator:c02"], "audience": [{"dimension": "GENDER", "bucket": "FEMALE", "share": 0.5}]}
    least = [{"indicator": "INFLUENCE", "min": 2.0}, {"indicator": "OVERALL", "min": 1.0}]
    id_ = await made(market_without_briefs, Role.BRAND, minimumScores=least, budget={"amount": 900.0, "currency": "JPY"}, **kept)
    async with visit(browser, market_without_briefs, Role.BRAND, f"/briefs/{id_}") as page:
        await shown(page)
        await page.get_by_role("button", name="Change the brief").press("Enter")
        await expect(page.get_by_role("combobox", name="Currency")).to_have_value("JPY")
        await page.get_by_label("Name", exact=True).fill("Summer")
        await page.get_by_role("combobox", name="Goal").select_option("Reach")
        await changed(market_without_briefs, Role.BRAND, "update", briefId=id_, name="Meanwhile")
        await page.get_by_role("button", name="Save the brief").press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("the brief is at version 2, not 1")
        await expect(page.get_by_label("Name", exact=True)).to_have_value("Summer")
        await expect(page.get_by_role("button", name="Save over version 2")).to_be_enabled()
        assert await violations(page) == []
        await page.get_by_role("button", name="Leave it as it is").press("Enter")
        await expect(page.get_by_role("form", name="Change the brief")).to_have_count(0)
        await page.get_by_role("button", name="Change the brief").press("Enter")
        await page.get_by_label("Followers, from").fill("1")
        await page.get_by_role("button", name="Save the brief").press("Enter")
        await expect(page.get_by_role("status").filter(has_text="The brief was changed.")).to_be_visible()
        await expect(page.get_by_role("heading", level=1, name="Meanwhile")).to_be_visible()
        (now,) = await wishes(market_without_briefs)
        assert now == {"version": 3, "wanted": {"followers": {"min": 1}, "minimumScores": least, "budget": {"currency": "JPY"}, **kept}}
        await page.get_by_role("button", name="Change the brief").press("Enter")
        await page.get_by_label("Followers, from").fill("3")
        await changed(market_without_briefs, Role.BRAND, "update", briefId=id_, name="Otherwise")
        await page.get_by_role("button", name="Save the brief").press("Enter")
        await page.get_by_role("button", name="Save over version 4").press("Enter")
        await expect(page.get_by_role("status").filter(has_text="The brief was changed.")).to_be_visible()
        await expect(page.get_by_role("heading", level=1, name="Meanwhile")).to_be_visible()
        (now,) = await wishes(market_without_briefs)
        assert (now["version"], now["wanted"]["followers"], now["wanted"]["minimumScores"]) == (5, {"min": 3}, least)
        await page.get_by_role("button", name="Delete", exact=True).press("Enter")
        dialog = page.get_by_role("dialog", name="Delete “Meanwhile”?")
        await dialog.get_by_role("button", name="Leave it as it is").press("Enter")
        await expect(dialog).to_have_count(0)
        await page.get_by_role("button", name="Delete", exact=True).press("Enter")
        assert await violations(page) == []
        await dialog.get_by_role("button", name="Delete", exact=True).press("Enter")
        await expect(page.get_by_role("heading", name="No briefs yet")).to_be_visible()


async def test_a_brief_of_another_brand_is_none(browser: Browser, market_without_briefs: ServedMarket) -> None:
    id_ = await made(market_without_briefs, Role.ADMIN, brand="b2")
    async with visit(browser, market_without_briefs, Role.BRAND, f"/briefs/{id_}") as page:
        await expect(page.get_by_role("heading", level=1, name="There is no such brief")).to_be_visible()
        assert "Spring" not in await page.content()


@pytest.mark.parametrize(("scheme", "width"), [("light", WIDE), ("dark", NARROW)])
async def test_a_brief_with_results_is_accessible(browser: Browser, market_without_briefs: ServedMarket, scheme: str, width: int) -> None:
    id_ = await made(market_without_briefs, Role.PARTNER, budget={"amount": 1.0, "currency": "USD"}, goal="CONTENT")
    async with visit(browser, market_without_briefs, Role.PARTNER, f"/briefs/{id_}", scheme=scheme, width=width) as page:
        await shown(page)
        for _ in range(2):
            await page.get_by_role("button", name="Run and keep").click()
            await expect(page.get_by_role("status").filter(has_text="The result was kept.")).to_be_visible()
        await expect(page.get_by_role("region", name="What changed")).to_be_visible()
        assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        await page.goto("/briefs?new=1&goal=REACH&show=1")
        await shown(page)
        assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
