"""The portfolio as a buyer meets it: who is chosen for a budget, who is not and why, what other budgets buy, by mouse and keyboard."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.web.visits import NARROW, asked, shown, visit

SEEN: Final = ("c01", "c02", "c04", "c05", "c07", "c08", "c10", "c11")
"""The creators of the brand's region, 20 dollars each here."""
TAKEN_OUT: Final = (3, 6)
"""Creators who, in tests of what they and administrators may do, object to being rated."""
FLAT: Final = f"/portfolio?creators={','.join(f'Creator:{each}' for each in SEEN)}&sample=20&fee=0&commission=0"
ANSWER: Final = """
{ portfolio(budgetUsd: %s, creators: [%s], costs: {sampleUsd: 20, feeUsd: 0, commission: 0}) {
    chosen { creator { id handle } costUsd } leftOut { creator { id handle } costUsd } worthUsd
    extra { entering { handle } } frontier { budgetUsd creators } } }
"""


async def answered(market: ServedMarket, budget: int) -> Any:
    """Return what the service says of the same portfolio."""
    creators = ", ".join(f'"{each}"' for each in SEEN)
    return (await asked(market, market.keys[Role.BRAND], ANSWER % (budget, creators)))["portfolio"]


def handles(rows: list[Any]) -> list[str]:
    return [each["creator"]["handle"] for each in rows]


def table(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def names(page: Page, name: str) -> Locator:
    return table(page, name).locator("tbody th a")


async def test_by_mouse(browser: Browser, market: ServedMarket) -> None:
    """From the ranking's selection to a portfolio; one is excluded, and allowed again by Back; another budget is chosen."""
    known, more = await answered(market, 60), await answered(market, 120)
    async with visit(browser, market, Role.BRAND, "/find") as page:
        await shown(page)
        for name in ("creator2", "creator7"):
            await page.get_by_role("checkbox", name=f"Select {name}", exact=True).check()
        await page.get_by_role("link", name="Portfolio of 2").click()
        await expect(page).to_have_url(re.compile("/portfolio.creators=Creator%3Ac02%2CCreator%3Ac07"))
        await expect(page.get_by_text("Among 2 creators named by you")).to_be_visible()

        await page.goto(f"{FLAT}&budget=60")
        await shown(page)
        await expect(names(page, "Chosen")).to_have_text(handles(known["chosen"]))
        await expect(names(page, "Left out")).to_have_text(handles(known["leftOut"]))
        best = page.get_by_role("region", name="The best choice")
        await expect(best).to_contain_text("3 of 8")
        await expect(best).to_contain_text("$60.00 of $60.00")
        await expect(best).to_contain_text("No other choice within the limits is worth more.")
        await expect(best).to_contain_text("an upper bound")
        budgets = page.get_by_role("region", name="Other budgets")
        await expect(budgets).to_contain_text(f"Also chosen then: {', '.join(each['handle'] for each in known['extra']['entering'])}")
        await expect(budgets.locator("circle")).to_have_count(len(known["frontier"]))

        first = handles(known["chosen"])[0]
        await page.get_by_role("button", name=f"Exclude {first}", exact=True).click()
        await expect(page).to_have_url(re.compile("exclude=Creator%3A"))
        await expect(table(page, "Left out").get_by_role("row").filter(has_text="Excluded by you")).to_contain_text(first)
        await expect(names(page, "Chosen")).to_have_count(3)
        await page.go_back()
        await expect(names(page, "Chosen")).to_have_text(handles(known["chosen"]))

        await budgets.get_by_role("button", name="$120").click()
        await expect(page).to_have_url(re.compile("budget=120"))
        await expect(names(page, "Chosen")).to_have_text(handles(more["chosen"]))


async def test_by_keyboard(browser: Browser, market: ServedMarket) -> None:
    """One who is left out is required, the number limited until both contradict, and the requirement cleared."""
    last = handles([each for each in (await answered(market, 60))["leftOut"] if each["costUsd"] is not None])[-1]
    async with visit(browser, market, Role.BRAND, f"{FLAT}&budget=60") as page:
        await shown(page)
        await page.get_by_role("button", name=f"Require {last}", exact=True).press("Enter")
        await expect(page.get_by_role("button", name=f"Required ✕: no longer require {last}", exact=True)).to_be_visible()
        await expect(names(page, "Chosen").filter(has_text=re.compile(f"^{last}$"))).to_have_count(1)

        await page.get_by_label("Creators, at most").fill("0")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("cannot be kept together: maxCreators 0, include")
        await page.get_by_role("button", name="Clear both").press("Enter")
        await expect(page.get_by_role("heading", name="Nobody is worth choosing")).to_be_visible()
        await page.get_by_label("Creators, at most").fill("2")
        await page.keyboard.press("Enter")
        await expect(names(page, "Chosen")).to_have_count(2)
        await expect(table(page, "Left out").get_by_text("Too many creators").first).to_be_visible()


async def test_a_region_is_limited(browser: Browser, market: ServedMarket) -> None:
    everyone = ",".join(f"Creator:c{number:02}" for number in range(1, 13) if number not in TAKEN_OUT)
    path = f"/portfolio?creators={everyone}&sample=1&fee=0&commission=0&budget=12"
    async with visit(browser, market, Role.ANALYST, path) as page:
        await shown(page)
        british = table(page, "Chosen").get_by_text("United Kingdom", exact=True)
        await expect(british).to_have_count(2)
        await page.get_by_text("Limits", exact=True).press("Enter")
        await page.get_by_role("combobox", name="At most from a region").select_option("United Kingdom")
        await page.get_by_role("button", name="Limit", exact=True).first.press("Enter")
        await expect(page).to_have_url(re.compile("regions=GB%3A1"))
        await expect(british).to_have_count(1)
        await expect(table(page, "Left out").get_by_text("Too many from the region")).to_have_count(1)
        await page.get_by_role("button", name="Remove the limit for United Kingdom").press("Enter")
        await expect(british).to_have_count(2)


async def test_a_budget_that_buys_nobody_says_what_would_and_the_form_stays(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, f"{FLAT}&budget=10") as page:
        await expect(page.get_by_role("alert")).to_contain_text("costs 20.00 USD: give at least that")
        await page.get_by_label("Budget, USD").fill("20")
        await page.keyboard.press("Tab")
        await expect(names(page, "Chosen")).to_have_count(1)


async def test_without_costs_nobody_can_be_chosen_and_each_says_so(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.PARTNER, "/portfolio") as page:
        await shown(page)
        await expect(page.get_by_role("heading", name="Nobody is worth choosing")).to_be_visible()
        await expect(table(page, "Left out").get_by_text("Commission unknown").first).to_be_visible()


async def test_the_export_has_everybody(browser: Browser, market: ServedMarket, tmp_path: Path) -> None:
    known = await answered(market, 60)
    async with visit(browser, market, Role.BRAND, f"{FLAT}&budget=60") as page:
        await shown(page)
        async with page.expect_download() as begun:
            await page.get_by_role("button", name="Export CSV").click()
        await (await begun.value).save_as(tmp_path / "portfolio.csv")
    rows = list(csv.DictReader((tmp_path / "portfolio.csv").read_text("utf-8").splitlines()))
    assert [row["handle"] for row in rows if row["chosen"] == "true"] == handles(known["chosen"])
    assert [row["handle"] for row in rows if row["chosen"] == "false"] == handles(known["leftOut"])
    costs = [each["costUsd"] for each in known["chosen"] + known["leftOut"]]
    assert [row["cost_usd"] for row in rows] == ["" if each is None else "20" for each in costs]
    assert costs.count(20.0) > len(known["chosen"])
    assert sum(float(row["expected_usd"]) - float(row["overlap_usd"]) for row in rows if row["chosen"] == "true") == pytest.approx(
        known["worthUsd"]
    )


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", NARROW)])
async def test_a_full_portfolio_is_accessible(browser: Browser, market: ServedMarket, scheme: str, width: int) -> None:
    wanted, unwanted = (each["creator"]["id"] for each in (await answered(market, 60))["chosen"][:2])
    view = f"{FLAT}&budget=60&include={wanted}&exclude={unwanted}&regions=US:7&share=20"
    async with visit(browser, market, Role.BRAND, view, scheme=scheme, width=width) as page:
        await shown(page)
        await expect(page.get_by_role("region", name="Other budgets").locator("circle").first).to_be_visible()
        assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
