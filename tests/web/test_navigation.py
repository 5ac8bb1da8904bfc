"""The navigation shows every heading whole, whatever the role, the language and the width."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.web.test_messages import LANGUAGES
from tests.web.visits import NARROW, WIDE, shown, visit

CUT_OFF = """nav => [...nav.querySelectorAll('a')].filter(heading => {
  const box = heading.getBoundingClientRect(), around = nav.getBoundingClientRect()
  const middle = document.elementFromPoint(box.right - 3, (box.top + box.bottom) / 2)
  return box.left < around.left - 1 || box.right > Math.min(around.right, document.documentElement.clientWidth) + 1
    || box.bottom > around.bottom + 1 || heading.scrollWidth > heading.clientWidth || !heading.contains(middle)
}).map(heading => heading.textContent)"""
HEADINGS = {Role.ADMIN: 7, Role.ANALYST: 6, Role.PARTNER: 9, Role.BRAND: 9, Role.CREATOR: 2}


@pytest.mark.parametrize("role", Role)
async def test_no_heading_is_cut_off(browser: Browser, market: ServedMarket, role: Role) -> None:
    wrong: dict[tuple[str, int], list[str]] = {}
    for language in LANGUAGES:
        async with visit(browser, market, role, f"/methodology?lang={language}", width=WIDE) as page:
            await shown(page)
            pages = page.get_by_role("navigation").first
            assert await pages.get_by_role("link").count() == HEADINGS[role]
            for width in (1280, WIDE, 1024, NARROW):
                await page.set_viewport_size({"width": width, "height": 900})
                if found := await pages.evaluate(CUT_OFF):
                    wrong[language, width] = found
    assert wrong == {}
