"""Pages as they are read out: a screen reader finds the strongest way between two and says why, and compares the three best of a region."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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
IN_THAILAND: Final = """
{ compare(creators: ["Creator:t2", "Creator:t4", "Creator:t1"], category: "Category:1") {
    indicators { indicator best { handle } scores { creator { handle } value low high }
                 differences { ahead { handle } behind { handle } distinct } } } }
"""

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
ACT: Final = "async () => { await reader.act() }"
FOCUS: Final = "() => reader.activeNode.focus()"

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


async def pick(page: Page, field: str, option: str) -> None:
    """Choose from a list that is read out, by its first letters on the keyboard."""
    await read(page, f"^combobox, {field}")
    await page.evaluate(FOCUS)
    await page.keyboard.type(option)


@asynccontextmanager
async def read_out(browser: Browser, market: ServedMarket, who: Role, path: str, cache: Path) -> AsyncIterator[Page]:
    """Visit a page with a screen reader in it."""
    async with visit(browser, market, who, path) as page:
        await page.route("**/screen-reader.js", lambda route: route.fulfill(path=packages(ROOT / "web", cache) / READER))
        await shown(page)
        await page.evaluate(BEGIN)
        yield page


async def test_the_strongest_way_between_two_and_why(browser: Browser, market: ServedMarket, cache: Path) -> None:
    best = (await asked(market, market.keys[Role.BRAND], WAYS))["path"]["paths"][0]
    async with read_out(browser, market, Role.BRAND, "/network", cache) as page:
        await choose(page, "From", "creator5")
        await choose(page, "To", "Product 1")
        await expect(page.get_by_role("heading", name=re.compile("the strongest"))).to_be_visible()
        await read(page, "^heading, How two are connected", by=HEADING)
        (strength,) = (await read(page, "^heading, .*the strongest"))[-1:]
        said = " ".join(await read(page, "^end of list$"))
    assert f"{best['strength']:.0%}".rstrip("%") in strength
    for step in best["steps"]:
        assert all(words in said for words in (step["from"]["label"], step["to"]["label"], step["text"])), said


async def test_the_three_best_sellers_of_beauty_in_thailand_compared(browser: Browser, market: ServedMarket, cache: Path) -> None:
    compared = (await asked(market, market.keys[Role.ANALYST], IN_THAILAND))["compare"]
    selling = next(each for each in compared["indicators"] if each["indicator"] == "SALES_ABILITY")
    scores = sorted(selling["scores"], key=lambda score: -score["value"])
    async with read_out(browser, market, Role.ANALYST, "/find", cache) as page:
        await pick(page, "Category", "Beauty")
        await expect(page).to_have_url(re.compile("category=Category%3A1"))
        await read(page, "^checkbox, Thailand")
        await page.evaluate(ACT)
        await pick(page, "Indicator", "Sales")
        await expect(page.get_by_role("columnheader", name="Sales ability")).to_have_attribute("aria-sort", "descending")
        await expect(page.get_by_text(re.compile("^5 creators"))).to_be_visible()
        await expect(page.get_by_role("checkbox", name=re.compile("^Select (?!all)"))).to_have_count(5)
        best: list[str] = []
        for _ in range(3):
            best.append((await read(page, "^checkbox, Select"))[-1])
            await page.evaluate(ACT)
        await read(page, "^link, Compare 3")
        await page.evaluate(ACT)
        await expect(page.get_by_role("rowheader", name="Sales ability")).to_be_visible()
        await read(page, "^heading, Compare")
        about = await read(page, "^rowheader, Sales ability")
        said = [words for words in await read(page, "^end of row, Sales ability") if words.startswith("cell, ")]
    assert best == [f"checkbox, Select {score['creator']['handle']}, not checked" for score in scores]
    assert [words for words in about if words.startswith("columnheader")] == [
        f"columnheader, {score['creator']['handle']}" for score in scores
    ]
    assert any(words.startswith("button, Beauty") for words in about)
    for words, score in zip(said, scores, strict=True):
        value, low, high = (f"{score[name]:.1f}" for name in ("value", "low", "high"))
        assert words.startswith(f"cell, {value}, with 90 % certainty from {low} to {high}"), said
    assert selling["best"] == scores[0]["creator"]
    assert said[0].endswith(" highest"), said
    assert [words.endswith(" could be chance") for words in said[1:]] == [
        not next(
            pair["distinct"] for pair in selling["differences"] if pair["behind"] == score["creator"] and pair["ahead"] == selling["best"]
        )
        for score in scores[1:]
    ]
