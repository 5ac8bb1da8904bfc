"""The network as it is read out: a screen reader in the real page finds the strongest way between two, and says why."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Page, expect

from api.access.viewer import Role
from api.pages.packages import packages
from tests.api.served_market import ServedMarket
from tests.web.conftest import ROOT
from tests.web.visits import asked, shown, visit

READER: Final = Path("@guidepup", "virtual-screen-reader", "lib", "esm", "index.browser.js")
WAYS: Final = '{ path(from: "Creator:c05", to: "Product:p1") { paths { strength steps { from { label } to { label } text } } } }'

BEGIN: Final = """async () => {
  globalThis.reader = (await import('/screen-reader.js')).virtual
  await reader.start({ container: document.body })
}"""
READ: Final = """async ([command, wanted]) => {
  const said = []
  for (let step = 0; step < 500; step++) {
    if (command === 'next') await reader.next()
    else await reader.perform(reader.commands[command])
    said.push(await reader.lastSpokenPhrase())
    if (new RegExp(wanted).test(said.at(-1))) return said
  }
  throw new Error(`${wanted} is never said, but: ${said.join(' | ')}`)
}"""
TYPE: Final = "async (text) => { await reader.act(); await reader.type(text) }"
PRESS: Final = "async (key) => { await reader.press(key) }"

HEADING: Final = "moveToNextHeadingLevel2"


async def read(page: Page, wanted: str, *, by: str = "next") -> list[str]:
    """Go on, by one thing or by headings, until something is said; return all that was said on the way."""
    return await page.evaluate(READ, [by, wanted])


async def choose(page: Page, end: str, text: str) -> None:
    """Choose an end of the ways, as it is asked for."""
    await read(page, "^heading, How two are connected", by=HEADING)
    await read(page, f"^combobox, {end}")
    await page.evaluate(TYPE, text)
    await expect(page.get_by_role("option", name=text).first).to_be_visible()
    await page.evaluate(PRESS, "Enter")
    await expect(page.get_by_role("combobox", name=end, exact=True)).to_have_count(0)


async def test_the_strongest_way_between_two_and_why(browser: Browser, market: ServedMarket, cache: Path) -> None:
    best = (await asked(market, market.keys[Role.BRAND], WAYS))["path"]["paths"][0]
    async with visit(browser, market, Role.BRAND, "/network") as page:
        await page.route("**/screen-reader.js", lambda route: route.fulfill(path=packages(ROOT / "web", cache) / READER))
        await shown(page)
        await page.evaluate(BEGIN)
        await choose(page, "From", "creator5")
        await choose(page, "To", "Product 1")
        await expect(page.get_by_role("heading", name=re.compile("the strongest"))).to_be_visible()
        await read(page, "^heading, How two are connected", by=HEADING)
        (strength,) = (await read(page, "^heading, .*the strongest"))[-1:]
        said = " ".join(await read(page, "^end of list$"))
    assert f"{best['strength']:.0%}".rstrip("%") in strength
    for step in best["steps"]:
        assert all(words in said for words in (step["from"]["label"], step["to"]["label"], step["text"])), said
