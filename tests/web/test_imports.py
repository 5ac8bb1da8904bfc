"""Administrators drop files, see what would happen, import, and mend what was rejected; by mouse and by keyboard, and told."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from neo4j import AsyncDriver
from playwright.async_api import Browser, Locator, Page, expect

from api.access.viewer import Role
from graph.load.lock import IMPORT, NOTE_HOLDER, PREPARE, TAKE
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.conftest import TestServer
from tests.web.test_looks import WIDER
from tests.web.visits import NARROW, WIDE, shown, visit

PAGE = "/admin?part=imports"
BAD = "id,handle,region\nz1,zoe,US\nz2,zed,Mars\n"
MAPPING = """[source]
files = ["list.csv"]
encoding = "windows-1252"
delimiter = ";"
decimal = ","

[[tables]]
table = "creators"
[tables.columns]
id = "Key"
handle = "Creator"
region = { constant = "US" }
follower_count = { column = "Followers", unit = "thousands" }
"""
CREATED = "MATCH (c:Creator) WHERE c.id IN ['z1', 'z2'] RETURN c.id AS id, c.region AS region ORDER BY id"
REMOVED = "MATCH (c:Creator) WHERE c.id IN ['z1', 'z2'] DETACH DELETE c"
LOOKS = (("light", WIDE, "en"), ("dark", NARROW, "th"), ("dark", WIDE, "fr"), ("light", NARROW, "vi"), ("light", NARROW, "id"))
DROP = """([zone, name, text]) => {
  const data = new DataTransfer()
  data.items.add(new File([text], name))
  for (const type of ['dragover', 'drop']) zone.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
}"""


@pytest.fixture
async def driver(market: ServedMarket, neo4j: TestServer) -> AsyncIterator[AsyncDriver]:
    """Return a driver on the market's graph, which holds nothing more of these tests when they are over."""
    async with neo4j.driver() as opened:
        yield opened
        await opened.execute_query(REMOVED)


@asynccontextmanager
async def gated(driver: AsyncDriver) -> AsyncGenerator[None]:
    """Keep imports waiting as another one would, but for that none is refused: the transaction does not say what it is for."""
    await driver.execute_query(PREPARE, id=IMPORT)
    await driver.execute_query(NOTE_HOLDER, id=IMPORT, holder="process 1 on another machine")
    async with driver.session() as session, await session.begin_transaction() as tx:  # pyright: ignore[reportUnknownMemberType] -- untyped options
        await (await tx.run(TAKE, id=IMPORT)).consume()
        yield


async def creators(driver: AsyncDriver) -> list[tuple[str, str]]:
    return [(row["id"], row["region"]) for row in (await driver.execute_query(CREATED)).records]


def status(page: Page, text: str) -> Locator:
    """Return the status of an import; the page has another one, of its own."""
    return page.get_by_role("status").filter(has_text=text)


async def press(page: Page, name: str) -> None:
    """Press a button by the keyboard."""
    await page.get_by_role("button", name=name, exact=True).focus()
    await page.keyboard.press("Enter")


async def test_files_are_chosen_checked_imported_and_mended_by_keyboard(
    browser: Browser, market: ServedMarket, driver: AsyncDriver, tmp_path: Path
) -> None:
    (tmp_path / "creators.csv").write_text(BAD)
    async with visit(browser, market, Role.ADMIN, PAGE) as page:
        await shown(page)
        await page.get_by_label("choose files").set_input_files(tmp_path / "creators.csv")
        await expect(page.get_by_role("heading", name="What would happen")).to_be_visible()
        await expect(page.get_by_role("row", name="creators 2 1 0 0 1 0")).to_be_visible()
        await expect(page.get_by_text("creators.csv line 3")).to_be_visible()
        assert await creators(driver) == []
        assert await violations(page) == []
        await press(page, "Import")
        await expect(page.get_by_role("heading", name="What happened")).to_be_visible()
        await expect(status(page, "Imported")).to_be_visible()
        assert await creators(driver) == [("z1", "US")]
        async with page.expect_download() as saved:
            await page.get_by_role("link", name="Download all (zip)").click()
        assert (await saved.value).suggested_filename.startswith("rejects-")
        await page.get_by_text("Correct here: creators").focus()
        await page.keyboard.press("Enter")
        await page.get_by_label("region").fill("MY")
        assert await violations(page) == []
        await press(page, "Import the corrected rows")
        await expect(page.get_by_role("row", name="creators 1 1 0 0 0 0")).to_be_visible()
        assert await creators(driver) == [("z1", "US"), ("z2", "MY")]
        await page.reload()
        await expect(page.get_by_role("row", name="creators 1 1 0 0 0 0")).to_be_visible()
        await page.get_by_role("link", name="All imports").click()
        await expect(page.get_by_text("1 new, 0 changed, 1 rejected")).to_be_visible()
        assert await violations(page) == []


@pytest.mark.parametrize(("scheme", "width", "language"), LOOKS, ids=[f"{scheme}-{width}-{language}" for scheme, width, language in LOOKS])
async def test_progress_is_shown_and_it_is_cancelled(
    browser: Browser, market: ServedMarket, driver: AsyncDriver, tmp_path: Path, scheme: str, width: int, language: str
) -> None:
    (tmp_path / "creators.csv").write_text(BAD)
    async with visit(browser, market, Role.ADMIN, f"{PAGE}&lang={language}", scheme=scheme, width=width) as page:
        await shown(page)
        assert await violations(page) == []
        assert await page.evaluate(WIDER) == 0
        await page.locator("input[multiple]").set_input_files(tmp_path / "creators.csv")
        await expect(page.get_by_role("table")).to_be_visible()
        assert await violations(page) == []
        assert await page.evaluate(WIDER) == 0
        async with gated(driver):
            await page.locator("button.main").click()
            await expect(page.get_by_role("progressbar")).to_be_visible()
            await expect(page.get_by_text("waiting for another import (process ")).to_be_visible()
            assert await violations(page) == []
            assert await page.evaluate(WIDER) == 0
            await page.locator("progress ~ button").focus()
            await page.keyboard.press("Enter")
            await expect(page.get_by_role("progressbar")).to_have_count(0)
        cancelled = {"en": "Cancelled", "th": "ยกเลิกแล้ว", "fr": "Annulé", "vi": "Đã hủy", "id": "Dibatalkan"}
        await expect(status(page, cancelled[language])).to_be_visible()
        assert await creators(driver) == []


async def test_a_file_of_another_tool_is_read_through_a_mapping(
    browser: Browser, market: ServedMarket, driver: AsyncDriver, tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_bytes("Key;Creator;Followers;Note\nz1;zoé;1,5;x\nz2;zed;3;y\n".encode("cp1252"))
    (tmp_path / "own.toml").write_text(MAPPING)
    (tmp_path / "huge.toml").write_text("#" * 200_001)
    async with visit(browser, market, Role.ADMIN, PAGE, scheme="dark", width=NARROW) as page:
        await shown(page)
        await page.get_by_label("choose files").set_input_files(tmp_path / "list.csv")
        await expect(page.get_by_text("give a mapping, which can be proposed from the file")).to_be_visible()
        await page.get_by_label("Through a mapping").check()
        typed = page.get_by_label("Mapping (TOML)")
        await page.get_by_text("Show as text").click()
        await expect(typed).to_have_value(re.compile('handle = "Creator"'))
        await page.get_by_label("choose a mapping file").set_input_files(tmp_path / "huge.toml")
        await expect(page.get_by_role("alert")).to_have_text("huge.toml is too long for a mapping, which has at most 50,000 characters.")
        await page.get_by_label("choose a mapping file").set_input_files(tmp_path / "own.toml")
        columns = page.get_by_role("region", name="Which column is which")
        await expect(columns.get_by_role("row", name="creators follower_count Followers unit = thousands")).to_be_visible()
        await expect(columns.get_by_role("row", name="creators region always US")).to_be_visible()
        await expect(page.get_by_text("Columns not used: Note")).to_be_visible()
        rows = page.get_by_role("region", name="creators", exact=True)
        await expect(rows.get_by_role("row", name="line 2 z1 zoé US 1500")).to_be_visible()
        assert await violations(page) == []
        assert await page.evaluate(WIDER) == 0
        await typed.fill(MAPPING.replace('"US"', '"Mars"'))
        await expect(rows.get_by_role("row", name="line 2 Rejected: region Mars")).to_be_visible()
        await typed.fill(MAPPING.replace("Followers", "Fans"))
        await expect(page.get_by_role("alert")).to_contain_text("list.csv: no column Fans; it has Key, Creator, Followers")
        await typed.fill(MAPPING)
        await expect(page.get_by_text("is not checked yet")).to_be_visible()
        await expect(page.get_by_role("button", name="Import", exact=True)).to_be_disabled()
        await press(page, "Check with this")
        await expect(page.get_by_role("row", name="creators 2 2 0 0 0 0")).to_be_visible()
        await expect(typed).to_have_value(MAPPING)
        assert await creators(driver) == []
        await press(page, "Import")
        await expect(status(page, "Imported")).to_be_visible()
        assert await creators(driver) == [("z1", "US"), ("z2", "US")]


async def test_columns_encoding_and_dates_are_chosen_by_keyboard(
    browser: Browser, market: ServedMarket, driver: AsyncDriver, tmp_path: Path
) -> None:
    """Nothing is written by hand: what is chosen is in the mapping's text."""
    (tmp_path / "list.csv").write_bytes("Creator;Fans;Since\nz1;1500;03/02/2024\nz2;3;04/02/2024\n".encode("utf-16"))
    async with visit(browser, market, Role.ADMIN, PAGE) as page:
        await shown(page)
        await page.get_by_label("choose files").set_input_files(tmp_path / "list.csv")
        await page.get_by_label("Through a mapping").check()
        columns = page.get_by_role("region", name="Which column is which")
        region = columns.get_by_label("In the file: creators region")
        await expect(region).to_be_visible()
        await region.focus()
        await page.keyboard.press("End")  # the last choice: always the same
        await page.get_by_label("In the file: creators region: other").fill("US")
        await page.keyboard.press("Enter")
        await expect(columns.get_by_role("row", name="creators region always US")).to_be_visible()
        await expect(region).to_be_focused()
        for column, source in (("follower_count", "Fans"), ("joined_at", "Since")):
            if await columns.get_by_role("row", name=f"creators {column}").count() == 0:
                await page.get_by_label("Add a column").select_option(column)
                await page.get_by_role("combobox", name="In the file", exact=True).select_option(source)
            await expect(columns.get_by_role("row", name=f"creators {column} {source}")).to_be_visible()
        rows = page.get_by_role("region", name="creators", exact=True)
        await expect(rows.get_by_role("row", name="line 2 Rejected: joined_at 03/02/2024")).to_be_visible()
        await columns.get_by_label("Dates of creators joined_at").focus()
        await page.keyboard.type("31/12/2024")
        await expect(rows.get_by_role("row", name="line 3 z2 z2 US 3 1707004800")).to_be_visible()
        assert await violations(page) == []

        encoding = page.get_by_label("Encoding")
        await encoding.select_option("other…")
        await page.get_by_label("Encoding: other").fill("morse")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("encoding = morse")
        await page.get_by_label("Encoding: other").press("Escape")
        await page.get_by_label("Time zone").select_option("+07:00")
        await expect(rows.get_by_role("row", name="line 3 z2 z2 US 3 1706979600")).to_be_visible()
        await expect(page.get_by_label("Mapping (TOML)")).to_have_value(re.compile('zone = "\\+07:00"'))
        await press(page, "Check with this")
        await expect(page.get_by_role("row", name="creators 2 2 0 0 0 0")).to_be_visible()
        await press(page, "Import")
        await expect(status(page, "Imported")).to_be_visible()
        assert await creators(driver) == [("z1", "US"), ("z2", "US")]


async def test_files_are_dropped_and_what_is_refused_is_told(browser: Browser, market: ServedMarket, driver: AsyncDriver) -> None:
    async with visit(browser, market, Role.ADMIN, PAGE, refused=400) as page:
        await shown(page)
        zone = await page.get_by_role("region", name="Import files").element_handle()
        await page.evaluate(DROP, [zone, "notes.txt", "hello"])
        await expect(status(page, "Failed")).to_be_visible()
        await expect(page.get_by_text("notes.txt")).to_be_visible()
        await press(page, "Remove")
        await expect(page.get_by_role("heading", name="Imports so far")).to_be_visible()
        await page.evaluate(DROP, [await page.get_by_role("region", name="Import files").element_handle(), "con.csv", "id\n"])
        await expect(page.get_by_role("alert")).to_contain_text("con.csv was not uploaded: the file name 'con.csv' has a part that is")
        assert await violations(page) == []


async def test_an_upload_is_abandoned_and_nothing_is_left(
    browser: Browser, market: ServedMarket, driver: AsyncDriver, tmp_path: Path
) -> None:
    before = sorted((market.home / "imports").glob("?" * 32))
    (tmp_path / "creators.csv").write_bytes(b"x" * 40_000_000)
    async with visit(browser, market, Role.ADMIN, PAGE) as page:
        await shown(page)
        session = await page.context.new_cdp_session(page)
        slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 500_000}
        await session.send("Network.emulateNetworkConditions", slow)
        await page.get_by_label("choose files").set_input_files(tmp_path / "creators.csv")
        await expect(page.get_by_role("progressbar", name="Progress of the upload")).to_be_visible()
        assert await violations(page) == []
        await press(page, "Abandon")
        await expect(page.get_by_text("The upload was abandoned")).to_be_visible()
        await expect(page.get_by_label("choose files")).to_be_attached()
    assert sorted((market.home / "imports").glob("?" * 32)) == before


async def test_one_that_is_gone_is_told(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.ADMIN, f"{PAGE}&import={'0' * 32}") as page:
        await expect(page.get_by_role("heading", name="There is no such import")).to_be_visible()
        assert await violations(page) == []
