"""What a brand sees of its sales, and a creator of themselves."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from playwright.async_api import Browser, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.web.visits import shown, visit


async def test_sales_by_product_and_period(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/sales") as page:
        await shown(page)
        net = page.get_by_role("row", name=re.compile("^Net sales"))
        before = await net.inner_text()
        await page.get_by_role("combobox", name="By").select_option("Product")
        await expect(page).to_have_url(re.compile("group=PRODUCT"))
        await expect(page.get_by_role("group", name="Product").get_by_text("Product 1")).to_be_visible()
        assert await net.inner_text() == before
        await page.get_by_label("From", exact=True).fill("2024-09-01")
        await expect(page).to_have_url(re.compile("from=2024-09-01"))
        await expect(net).not_to_have_text(before)


async def test_sales_say_what_the_brand_is_expected_to_sell(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/sales") as page:
        await shown(page)
        said = page.get_by_role("region", name="In all").get_by_text("Sales of the next 28 days")
        found = re.search(r"days \$([\d,]+) From \$([\d,]+) to \$([\d,]+) with 80% certainty", await said.inner_text())
        assert found is not None
        expected, low, high = (int(amount.replace(",", "")) for amount in found.groups())
        assert 0 < low < expected < high


async def test_a_creator_contests_an_event(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.CREATOR, "/me?part=events&kind=COLLABORATION") as page:
        await shown(page)
        await page.get_by_role("button", name=re.compile("^Contest")).first.click()
        await page.get_by_label("Why it should not count").fill("The parcel <b>never</b> came")
        await page.get_by_label("Addresses of what shows it").fill("https://files.example/track")
        await page.get_by_role("button", name="Send").click()
        await expect(page.get_by_text("Waits for a decision")).to_be_visible()
        await expect(page.get_by_text("The parcel <b>never</b> came")).to_be_visible()
        await expect(page.get_by_role("link", name="https://files.example/track")).to_be_visible()
        await page.get_by_text("What it adds to the overall score").click()
        await expect(page.get_by_text("without it")).to_be_visible()
        assert await violations(page) == []


async def test_consent_and_objection(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.CREATOR, "/me?part=held") as page:
        await shown(page)
        await page.get_by_role("button", name="Show exact sales").click()
        await expect(page.get_by_text("because you agreed")).to_be_visible()
        await page.get_by_role("button", name="Withdraw consent").click()
        await expect(page.get_by_text("in ranges only")).to_be_visible()

        await page.get_by_role("button", name="Object").click()
        await expect(page.get_by_role("dialog")).to_contain_text("All scores of you go at once")
        await page.get_by_role("button", name="Cancel").click()


async def test_a_request_to_be_erased_is_taken_back(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, market.key_of("c06"), "/me?part=held") as page:
        await shown(page)
        erase = page.get_by_role("button", name="Ask to be erased")
        await expect(erase).to_be_disabled()
        await page.get_by_label("Type creator6 to confirm").fill("creator6")
        await erase.click()
        await page.get_by_role("button", name="Take the request back").click()
        await expect(erase).to_be_visible()


async def test_everything_held_is_saved_as_a_file(browser: Browser, market: ServedMarket, tmp_path: Path) -> None:
    async with visit(browser, market, Role.CREATOR, "/me?part=held") as page:
        await shown(page)
        async with page.expect_download() as begun:
            await page.get_by_role("button", name="Save everything as a file").click()
        await (await begun.value).save_as(tmp_path / "own.zip")
    assert "about.json" in zipfile.ZipFile(tmp_path / "own.zip").namelist()


async def test_who_looked(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/creators/Creator%3Ac01") as page:
        await shown(page)
    async with visit(browser, market, Role.CREATOR, "/me?part=looked") as page:
        await shown(page)
        await expect(page.get_by_role("row").filter(has_text="the brand").first).to_contain_text("You, among others by name")
