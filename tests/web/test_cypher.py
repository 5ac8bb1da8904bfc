"""Analysts query the graph: a query is completed, checked, run, seen in three forms, kept, saved as a file, and shared by its address."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.async_api import Browser, Locator, Page, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.web.visits import shown, visit

COUNTED = "MATCH (c:Creator) RETURN c.region AS region, count(*) AS creators ORDER BY region"


def address(query: str) -> str:
    return f"/cypher?q={quote(query)}"


def result(page: Page) -> Locator:
    return page.get_by_role("region", name="Result").get_by_role("row")


async def test_a_query_is_written_and_run_by_keyboard_alone(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.ANALYST, "/cypher") as page:
        await shown(page)
        editor = page.get_by_label("Query", exact=True)
        await editor.fill("MATCH (c:Crea")
        await expect(page.get_by_role("button", name="Creator", exact=True)).to_be_visible()
        await page.keyboard.press("Control+Space")
        await expect(editor).to_have_value("MATCH (c:Creator")
        await page.keyboard.type(") WHERE c.handle = $handle RETURN c.handle AS creator, c.joined")
        await page.keyboard.press("Control+Space")
        await expect(editor).to_have_value("MATCH (c:Creator) WHERE c.handle = $handle RETURN c.handle AS creator, c.joinedAt")
        await page.keyboard.press("Control+Enter")
        await expect(page.get_by_role("alert")).to_contain_text("handle")
        await page.get_by_label("Parameters, as JSON").fill('{"handle": "nobody"')
        await expect(page.get_by_text("Parameters are a JSON object")).to_be_visible()
        await page.keyboard.type("}")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("The query found nothing.")).to_be_visible()


async def test_a_link_shows_the_same_result_and_every_form_of_it(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.ANALYST, address(COUNTED)) as page:
        await shown(page)
        await expect(result(page).first).to_contain_text("region string")
        rows = await result(page).count()
        assert rows > 1
        for form in ("Bars", "Plan", "Table"):
            await page.get_by_role("button", name=form, exact=True).click()
            await expect(page).to_have_url(re.compile(f"view={form.lower()}"))
            assert await violations(page) == []
        await page.go_back()
        await expect(page.get_by_text("ProduceResults")).to_be_visible()
        async with page.expect_download() as saved:
            await page.get_by_role("button", name="CSV").click()
        text = (await (await saved.value).path()).read_text("utf-8").splitlines()
        assert (text[0], len(text)) == ("region,creators", rows)
        async with page.expect_download() as whole:
            await page.get_by_role("button", name="Arrow").click()
        assert (await whole.value).suggested_filename == "result.arrow"


async def test_what_would_write_is_refused_with_the_rule_before_it_runs(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.ANALYST, "/cypher") as page:
        await shown(page)
        await page.get_by_label("Query", exact=True).fill("CREATE (n:Creator) RETURN n")
        await page.get_by_role("button", name="Check without running").click()
        await expect(page.get_by_role("alert").first).to_contain_text("queries are read-only")
        await page.get_by_label("Query", exact=True).fill(COUNTED)
        await expect(page.get_by_text("This query may run.")).to_be_visible()


async def test_a_query_is_kept_found_again_and_deleted(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.ANALYST, "/cypher") as page:
        await shown(page)
        await page.get_by_label("Query", exact=True).fill(COUNTED)
        await page.get_by_label("Name, such as best-sellers").fill("creators-by-region")
        await page.get_by_label("What it shows").fill("How many creators each region has")
        await page.get_by_role("button", name="Save this query").click()
        await expect(page.get_by_role("button", name="creators-by-region", exact=True)).to_be_visible()
        await page.get_by_label("Query", exact=True).fill("RETURN 1")
        await page.get_by_role("button", name="creators-by-region", exact=True).click()
        await expect(page.get_by_label("Query", exact=True)).to_have_value(COUNTED)
        await page.get_by_role("button", name="Delete creators-by-region").click()
        await expect(page.get_by_role("button", name="creators-by-region", exact=True)).to_have_count(0)


async def test_it_is_not_for_brands(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, address(COUNTED)) as page:
        await expect(page.get_by_role("heading", level=1)).to_have_text("This page is for others")
        assert await page.get_by_role("link", name="Query the graph").count() == 0
