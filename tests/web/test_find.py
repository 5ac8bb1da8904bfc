"""The ranking, as those who choose creators use it: by mouse, and by keyboard alone."""

from __future__ import annotations

import asyncio
import csv
import re
from pathlib import Path

import polars as pl
from playwright.async_api import Browser, Page, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.web.conftest import HOSTILE
from tests.web.visits import asked, shown, visit

ROWS = "tbody tr[data-index]"
GOING = {"id": "going", "status": "RUNNING", "progress": 0.25, "fileName": "creators.csv", "error": None}
"""What the service says of an export that is on the way."""


async def test_by_mouse(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/find") as page:
        await shown(page)
        await expect(page.locator(ROWS)).to_have_count(8)
        await expect(page.get_by_text("could be chance")).not_to_have_count(0)

        await page.get_by_role("button", name="Followers").click()
        await expect(page).to_have_url(re.compile("sort=FOLLOWERS"))
        await expect(page.locator(ROWS).first).to_contain_text("creator11")
        await page.go_back()
        await expect(page).not_to_have_url(re.compile("sort="))

        await page.get_by_label("from", exact=True).fill("20000")
        await page.keyboard.press("Enter")
        await expect(page.locator(ROWS)).to_have_count(4)
        await page.get_by_role("button", name="Clear all filters").click()
        await expect(page.locator(ROWS)).to_have_count(8)

        await page.get_by_role("button", name="Columns").click()
        await page.get_by_role("checkbox", name="Consistency").check()
        await page.get_by_role("button", name="Close").click()
        await expect(page.get_by_role("columnheader", name="Consistency")).to_be_visible()

        await page.get_by_role("checkbox", name="Select creator2").check()
        await page.get_by_role("checkbox", name="Select creator7").check()
        await page.get_by_role("link", name="Compare 2").click()
        await expect(page).to_have_url(re.compile("/compare.creators=Creator%3Ac02%2CCreator%3Ac07"))


async def test_in_another_order(browser: Browser, market: ServedMarket) -> None:
    sort = "sort: [{by: OVERALL, order: LOWER_BOUND}]"
    found = await asked(market, market.keys[Role.BRAND], f"{{ creators({sort}) {{ nodes {{ handle overall {{ low }} }} }} }}")
    async with visit(browser, market, Role.BRAND, "/find") as page:
        await shown(page)
        await expect(page.get_by_text("could be chance")).not_to_have_count(0)
        order = page.locator("label", has_text=re.compile("^Order")).get_by_role("combobox")
        await order.select_option("By lower end")
        await expect(page).to_have_url(re.compile("order=LOWER_BOUND"))
        for index, creator in enumerate(found["creators"]["nodes"]):
            await expect(page.locator(ROWS).nth(index)).to_contain_text(creator["handle"])
        await expect(page.get_by_text("could be chance")).to_have_count(0)
        await page.get_by_role("button", name="Followers").click()
        await expect(order).to_have_count(0)


async def test_by_keyboard(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/find") as page:
        await shown(page)
        await page.locator(ROWS).first.focus()
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Space")
        await page.keyboard.press("End")
        await page.keyboard.press("Space")
        await expect(page.get_by_role("status").filter(has_text="2 selected")).to_be_visible()
        await expect(page.locator(f"{ROWS}[aria-selected=true]")).to_have_count(2)
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile("/creators/"))

        await page.keyboard.press("/")
        await page.keyboard.type("creatr11")  # with a typing error
        await expect(page.get_by_role("option").first).to_contain_text("creator11")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("creator11")


async def test_an_address_is_the_whole_view(browser: Browser, market: ServedMarket) -> None:
    view = "/find?sort=FOLLOWERS&followers_min=2000&cols=followers,region&selected=Creator%3Ac05&lang=fr&theme=dark"
    async with visit(browser, market, Role.PARTNER, view) as page:
        await shown(page)
        await expect(page.locator("html")).to_have_attribute("lang", "fr")
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        await expect(page.get_by_role("columnheader")).to_have_text(
            [re.compile("Place"), re.compile("Créateur"), re.compile("Abonnés"), "Région"]
        )
        await expect(page.locator(f"{ROWS}[aria-selected=true]")).to_contain_text("creator5")
        await expect(page.locator(ROWS).last).to_contain_text("creator2")


async def exported(page: Page, path: Path) -> None:
    """Have the open dialog make its file, and save it."""
    async with page.expect_download() as begun:
        await page.get_by_role("dialog").get_by_role("button", name="Export").click()
    found = await begun.value
    assert found.suggested_filename == f"creators{path.suffix}"
    await found.save_as(path)


async def removed(page: Page) -> None:
    """Wait until the service keeps no file any more, which the page asks for once its own is saved."""
    async with asyncio.timeout(60):
        while (await (await page.request.get("/exports")).json())["exports"]:
            await asyncio.sleep(0.05)


async def test_the_export_has_what_the_filters_leave(browser: Browser, market: ServedMarket, tmp_path: Path) -> None:
    view = "/find?followers_min=20000&sort=FOLLOWERS&cols=score,followers,CONSISTENCY,region"
    async with visit(browser, market, Role.BRAND, view) as page:
        await shown(page)
        await page.get_by_role("main").get_by_role("button", name="Export").click()
        await expect(page.get_by_role("radio", name="All 4 creators")).to_be_checked()
        assert await violations(page) == []
        await exported(page, tmp_path / "creators.csv")
        await page.get_by_role("radio", name="Parquet").check()
        await exported(page, tmp_path / "creators.parquet")
        await removed(page)
    rows = list(csv.DictReader((tmp_path / "creators.csv").read_text("utf-8").splitlines()))
    assert sorted(row["handle"] for row in rows) == ["creator10", "creator11", "creator7", "creator8"]
    assert all(0 <= float(row["overall_low"]) <= float(row["overall"]) <= float(row["overall_high"]) <= 100 for row in rows)
    packed = pl.read_parquet(tmp_path / "creators.parquet")
    assert packed["handle"].to_list() == [row["handle"] for row in rows] == ["creator11", "creator10", "creator8", "creator7"]
    assert packed.columns == [
        *("id", "handle", "nickname", "overall", "overall_low", "overall_high", "followers", "region"),
        *("consistency", "consistency_low", "consistency_high"),
    ]


async def test_the_export_of_selected_rows(browser: Browser, market: ServedMarket, tmp_path: Path) -> None:
    async with visit(browser, market, Role.BRAND, "/find?followers_min=20000&selected=Creator%3Ac11,Creator%3Ac02") as page:
        await shown(page)
        await page.get_by_role("main").get_by_role("button", name="Export").click()
        await expect(page.get_by_role("radio", name="2 selected")).to_be_checked()
        await page.get_by_role("radio", name="Parquet").check()
        await exported(page, tmp_path / "creators.parquet")
    assert sorted(pl.read_parquet(tmp_path / "creators.parquet")["handle"]) == ["creator11", "creator2"]


async def test_an_export_that_is_refused_says_why_and_one_on_the_way_is_cancelled(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/find?selected=Creator%3Ac03", refused=400) as page:
        await shown(page)
        await page.get_by_role("main").get_by_role("button", name="Export").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("button", name="Export").click()
        await expect(dialog.get_by_role("alert")).to_contain_text("with the id 'c03'")

        await dialog.get_by_role("radio", name="All 8 creators").check()
        going = re.compile(r"/exports/[\w-]+$")
        await page.route(going, lambda route: route.fulfill(json=GOING) if route.request.method == "GET" else route.continue_())
        await dialog.get_by_role("button", name="Export").click()
        await expect(dialog.get_by_role("progressbar")).to_have_js_property("value", 0.25)
        assert await violations(page) == []
        await dialog.get_by_role("button", name="Cancel").click()
        await expect(dialog.get_by_role("progressbar")).to_have_count(0)
        await expect(dialog.get_by_role("alert")).to_have_count(0)
        await page.unroute(going)
        await expect(dialog.get_by_role("button", name="Export")).to_be_enabled()
        await removed(page)


async def test_names_are_text(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/find") as page:
        await shown(page)
        await expect(page.get_by_text(HOSTILE, exact=True)).to_be_visible()
        assert await page.locator("td img").count() == 0


async def test_what_meets_no_condition_says_so(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/find?followers_min=999999") as page:
        await expect(page.get_by_role("heading", name="No creator meets all conditions")).to_be_visible()
        await page.get_by_role("main").get_by_role("button", name="Clear all filters").first.click()
        await expect(page.locator(ROWS)).to_have_count(8)
