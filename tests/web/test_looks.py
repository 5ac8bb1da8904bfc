"""Every page as people meet it: no violation that axe-core finds, nothing wider than the screen, every text in the language."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.web.visits import NARROW, WIDE, shown, visit

PAGES = (
    (Role.BRAND, "/find"),
    (Role.ANALYST, "/creators/Creator%3Ac02?with=Creator:c05"),
    (Role.BRAND, "/compare?creators=Creator:c02,Creator:c05,Creator:c08"),
    (Role.BRAND, "/compare"),
    (Role.BRAND, "/network?depth=2&node=Creator:c07&from=Brand:b1&to=Creator:c07"),
    (Role.ANALYST, "/network"),
    (Role.BRAND, "/portfolio"),
    (Role.BRAND, "/sales"),
    (Role.BRAND, "/samples"),
    (Role.BRAND, "/invite"),
    (Role.BRAND, "/briefs"),
    (Role.PARTNER, "/briefs?new=1&show=1"),
    (Role.CREATOR, "/me"),
    (Role.CREATOR, "/me?part=looked"),
    (Role.CREATOR, "/me?part=events"),
    (Role.CREATOR, "/me?part=held"),
    (Role.ADMIN, "/methodology"),
    (Role.ADMIN, "/creators/nobody"),
    (Role.ADMIN, "/admin?part=audit"),
)
LOOKS = (("light", WIDE, "en"), ("dark", NARROW, "th"))
KEY = re.compile(r"\b[a-z_]+\.[a-zA-Z_]+\b")
SQUEEZED = """[...document.querySelectorAll('td, th')]
  .filter((cell) => cell.checkVisibility() && !cell.querySelector('.unseen') && cell.innerText.trim().length > 3 && cell.clientWidth < 24)
  .map((cell) => `squeezed: ${cell.innerText}`)"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("scheme", "width", "language"), LOOKS, ids=[f"{scheme}-{width}-{language}" for scheme, width, language in LOOKS])
async def test_every_page(browser: Browser, market: ServedMarket, scheme: str, width: int, language: str) -> None:
    wrong: dict[str, list[str]] = {}
    for role, path in PAGES:
        own = f"{path}{'&' if '?' in path else '?'}lang={language}"
        async with visit(browser, market, role, own, scheme=scheme, width=width) as page:
            await shown(page)
            found = await violations(page)
            if await page.evaluate(WIDER) > 0:
                found.append("it is wider than the screen")
            found += await page.evaluate(SQUEEZED)
            untranslated = KEY.findall(await page.get_by_role("navigation").first.inner_text())
            wrong[own] = [*found, *untranslated]
    assert {path: found for path, found in wrong.items() if found} == {}


async def test_menus_and_dialogs(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/find") as page:
        await shown(page)
        await page.get_by_role("button", name="the brand").click()
        await expect(page.get_by_role("combobox", name="Language")).to_be_visible()
        assert await violations(page) == []
        await page.get_by_role("combobox", name="Language").select_option("Tiếng Việt")
        await expect(page.locator("html")).to_have_attribute("lang", "vi")
        await page.get_by_role("combobox", name="Ngôn ngữ").select_option("English")
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Show as GraphQL").click()
        await expect(page.get_by_role("dialog")).to_contain_text("query CreatorsFound")
        assert await violations(page) == []
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Columns").click()
        assert await violations(page) == []
