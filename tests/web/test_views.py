"""Saved views: kept, opened, changed and deleted from any page, by mouse and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.web.visits import NARROW, WIDE, asked, shown, visit

ROWS = "tbody tr[data-index]"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LISTED = "{ viewer { savedViews { nodes { viewId name address shared start } } } }"


@pytest.fixture(autouse=True)
async def nothing_saved(market: ServedMarket) -> AsyncIterator[None]:
    """Delete what a test has saved."""
    yield
    for role in (Role.BRAND, Role.PARTNER, Role.ANALYST):
        for view in await saved(market, role):
            await asked(market, market.keys[role], f'mutation {{ deleteView(input: {{viewId: "{view["viewId"]}"}}) {{ viewId }} }}')


async def saved(market: ServedMarket, role: Role) -> list[dict[str, object]]:
    return (await asked(market, market.keys[role], LISTED))["viewer"]["savedViews"]["nodes"]


async def keep(market: ServedMarket, role: Role, text: str) -> None:
    made = await asked(market, market.keys[role], f"mutation {{ saveView(input: {{{text}}}) {{ userErrors {{ message }} }} }}")
    assert made["saveView"]["userErrors"] == []


async def opened(page: Page) -> None:
    await page.get_by_role("banner").get_by_role("button", name="Saved views").click()
    await expect(page.get_by_role("dialog").get_by_role("textbox", name="Name").first).to_be_visible()


async def test_by_mouse(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/find?followers_min=20000&lang=en") as page:
        await shown(page)
        await page.get_by_role("main").get_by_role("button", name="Saved views").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("textbox", name="Name").fill("Large ones")
        await dialog.get_by_role("button", name="Save this view").click()
        await expect(dialog.get_by_role("status").filter(has_text="Large ones is saved.")).to_be_visible()
        await page.keyboard.press("Escape")

        await page.get_by_role("button", name="Clear all filters").click()
        await expect(page.locator(ROWS)).to_have_count(8)
        await opened(page)
        await dialog.get_by_role("link", name="Large ones").click()
        await expect(dialog).to_have_count(0)
        await expect(page).to_have_url(re.compile(r"/find\?followers_min=20000"))
        await expect(page.locator(ROWS)).to_have_count(4)

        await page.get_by_role("button", name="Followers").click()
        await expect(page).to_have_url(re.compile("sort=FOLLOWERS"))
        await opened(page)
        await dialog.get_by_text("Change", exact=True).click()
        await dialog.get_by_role("button", name="Overwrite").click()
        await expect(dialog.get_by_role("status").filter(has_text="Large ones is changed.")).to_be_visible()
        await dialog.get_by_role("textbox", name="Name").last.fill("Largest first")
        await dialog.get_by_role("button", name="Rename").click()
        await expect(dialog.get_by_role("link", name="Largest first")).to_be_visible()
        await dialog.get_by_role("checkbox", name="Share").check()
        await expect(dialog.get_by_text("Find creators · shared")).to_be_visible()
        (view,) = await saved(market, Role.BRAND)
        assert {**view, "viewId": ""} == {
            **{"viewId": "", "name": "Largest first", "shared": True, "start": False},
            "address": "/find?followers_min=20000&sort=FOLLOWERS",
        }
        await dialog.get_by_role("button", name="Delete").click()
        await expect(dialog.get_by_text("No views are saved yet.")).to_be_visible()
    assert await saved(market, Role.BRAND) == []


async def test_by_keyboard(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.ANALYST, "/network") as page:
        await shown(page)
        await page.get_by_role("banner").get_by_role("button", name="Saved views").focus()
        await page.keyboard.press("Enter")
        name = page.get_by_role("dialog").get_by_role("textbox", name="Name")
        await expect(name).to_be_visible()
        await page.keyboard.press("Tab")
        await expect(name).to_be_focused()
        await page.keyboard.type("A network")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("link", name="A network")).to_be_visible()
        await page.keyboard.press("Escape")
        await page.get_by_role("navigation").get_by_role("link", name="Find creators").focus()
        await page.keyboard.press("Enter")
        await shown(page)
        await page.get_by_role("main").get_by_role("button", name="Saved views").focus()
        await page.keyboard.press("Enter")
        await page.get_by_role("link", name="A network").focus()
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile("/network"))
        assert await page.get_by_role("checkbox", name="Share").count() == 0


async def test_a_page_opens_with_its_start_view(browser: Browser, market: ServedMarket) -> None:
    await keep(market, Role.BRAND, 'name: "Mine", address: "/find?followers_min=20000", start: true')
    async with visit(browser, market, Role.BRAND, "/?theme=dark") as page:
        await shown(page)
        await expect(page).to_have_url(re.compile(r"/find\?followers_min=20000&theme=dark$"))
        await expect(page.locator(ROWS)).to_have_count(4)
        await page.get_by_role("button", name="Clear all filters").click()
        await expect(page.locator(ROWS)).to_have_count(8)
        await page.goto("/find?sort=FOLLOWERS")
        await expect(page.locator(ROWS)).to_have_count(8)
        await page.get_by_role("navigation").get_by_role("link", name="Methodology").click()
        await shown(page)
        await page.get_by_role("navigation").get_by_role("link", name="Find creators").click()
        await expect(page.locator(ROWS)).to_have_count(4)
        await page.go_back()
        await expect(page).to_have_url(re.compile("/methodology"))
        await opened(page)
        await expect(page.get_by_text("This page has no view to save.")).to_be_visible()
        await expect(page.get_by_text("Find creators · start of the page")).to_be_visible()


async def test_what_is_refused_says_why(browser: Browser, market: ServedMarket) -> None:
    await keep(market, Role.BRAND, 'name: "Taken", address: "/find"')
    async with visit(browser, market, Role.BRAND, "/find") as page:
        await shown(page)
        await opened(page)
        await page.get_by_role("textbox", name="Name").first.fill("taken")
        await page.get_by_role("button", name="Save this view").click()
        await expect(page.get_by_role("alert")).to_contain_text("another saved view with the name 'taken'")


@pytest.mark.parametrize(("scheme", "width", "language"), [("light", WIDE, "en"), ("dark", NARROW, "vi"), ("light", NARROW, "th")])
async def test_it_looks_well(browser: Browser, market: ServedMarket, scheme: str, width: int, language: str) -> None:
    await keep(market, Role.BRAND, f'name: "{"Long name " * 9}", address: "/find?region=US", shared: true, start: true')
    async with visit(browser, market, Role.BRAND, f"/sales?group=CREATOR&lang={language}", scheme=scheme, width=width) as page:
        await shown(page)
        await page.locator("header .tools > button").first.click()
        await page.locator("dialog summary").click()
        await expect(page.locator("dialog li input[type=checkbox]")).to_have_count(2)
        assert await violations(page) == []
        assert await page.evaluate(WIDER) == 0
        assert (
            await page.evaluate("document.querySelector('dialog[open]').scrollWidth - document.querySelector('dialog[open]').clientWidth")
            == 0
        )


async def test_creators_have_none(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.CREATOR, "/me") as page:
        await shown(page)
        assert await page.get_by_role("button", name="Saved views").count() == 0
