"""Administrators score, follow it, cancel it, and take back the current run; each by keyboard, and told."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from neo4j import AsyncDriver
from playwright.async_api import Browser, Page, expect

from api.access.viewer import Role
from graph.load.lock import IMPORT, held
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.conftest import TestServer
from tests.web.test_looks import WIDER
from tests.web.visits import NARROW, WIDE, asked, shown, visit

TAKE_BACK = 'mutation { takeBackRun(input: {runId: "%s"}) { userErrors { message } } }'
DISCARD = 'mutation { discardRun(input: {runId: "%s"}) { userErrors { message } } }'
RUNS = "{ scoringRuns(first: 9) { nodes { id status } } }"
JOB = "{ scoringJob { status error } }"
LOOKS = (("light", WIDE, "en"), ("dark", NARROW, "th"), ("dark", WIDE, "fr"), ("light", NARROW, "vi"))


async def runs(market: ServedMarket) -> dict[str, str]:
    nodes = (await asked(market, market.keys[Role.ADMIN], RUNS))["scoringRuns"]["nodes"]
    return {each["id"]: each["status"] for each in nodes}


@pytest.fixture
async def before(market: ServedMarket) -> AsyncIterator[dict[str, str]]:
    """Return the runs of the market, which it has again when the test is over."""
    there = await runs(market)
    yield there
    key = market.keys[Role.ADMIN]
    for run, status in (await runs(market)).items():
        if run not in there:
            if status == "CURRENT":
                await asked(market, key, TAKE_BACK % run)
            await asked(market, key, DISCARD % run)
    assert await runs(market) == there


async def press(page: Page, name: str) -> None:
    """Press a button by the keyboard."""
    await page.get_by_role("button", name=name, exact=True).focus()
    await page.keyboard.press("Enter")


@pytest.mark.parametrize(("scheme", "width", "language"), LOOKS, ids=[f"{scheme}-{width}-{language}" for scheme, width, language in LOOKS])
async def test_progress_is_shown_and_it_is_cancelled(
    browser: Browser, market: ServedMarket, neo4j: TestServer, before: dict[str, str], scheme: str, width: int, language: str
) -> None:
    async with (
        neo4j.driver() as driver,
        visit(browser, market, Role.ADMIN, f"/admin?lang={language}", scheme=scheme, width=width) as page,
    ):
        await shown(page)
        section = page.get_by_role("region").first
        assert await violations(page) == []
        async with held(driver, IMPORT, database="neo4j", waiting=lambda _: None):
            await section.get_by_role("button").focus()
            await page.keyboard.press("Enter")
            await expect(section.get_by_role("progressbar")).to_be_visible()
            waits = {"en": "Waiting for another run or an import", "th": "กำลังรอรอบอื่นหรือการนำเข้า"}
            waits |= {"fr": "En attente d’un autre calcul ou d’un import", "vi": "Đang chờ lượt khác hoặc việc nhập dữ liệu"}
            await expect(section.get_by_role("status")).to_have_text(waits[language])
            await expect(section).to_contain_text("the admin")
            assert await violations(page) == []
            assert await page.evaluate(WIDER) == 0
            await section.get_by_role("button").focus()
            await page.keyboard.press("Enter")
            await expect(section.get_by_role("progressbar")).to_have_count(0)
        assert (await asked(market, market.keys[Role.ADMIN], JOB))["scoringJob"] == {"status": "CANCELLED", "error": None}
    assert await runs(market) == before


async def test_a_run_is_made_and_taken_back_and_published_again(browser: Browser, market: ServedMarket, before: dict[str, str]) -> None:
    async with visit(browser, market, Role.ADMIN, "/admin") as page:
        await shown(page)
        await page.get_by_label("As-of date").fill("2024-10-04")
        await press(page, "Score now")
        await expect(page.get_by_role("progressbar")).to_be_visible()
        await expect(page.get_by_role("progressbar")).to_have_count(0)
        made = {run: status for run, status in (await runs(market)).items() if run not in before}
        assert list(made.values()) == ["CURRENT"]
        (run,) = made
        await expect(page.get_by_text("Current", exact=True)).to_have_count(1)
        await press(page, "Take back …")
        await expect(page.get_by_role("dialog", name="Take back the current run?")).to_contain_text("the next run replaces it")
        assert await violations(page) == []
        await press(page, "Leave it current")
        assert (await runs(market))[run] == "CURRENT"
        await press(page, "Take back …")
        await press(page, "Take it back")
        await expect(page.get_by_text("Taken back ")).to_be_visible()
        assert (await runs(market))[run] == "HELD"
        assert await violations(page) == []
        await press(page, "Publish")
        await expect(page.get_by_text("Taken back ")).to_have_count(0)
        assert (await runs(market))[run] == "CURRENT"


async def test_why_the_last_one_failed_is_told_until_the_next(
    browser: Browser, market: ServedMarket, neo4j: TestServer, before: dict[str, str]
) -> None:
    async with neo4j.driver() as driver:
        await _failed(driver)
        async with visit(browser, market, Role.ADMIN, "/admin", scheme="dark", width=NARROW) as page:
            await shown(page)
            await expect(page.get_by_text("The last run failed")).to_contain_text("out of disk <b>space</b>")
            assert await violations(page) == []
            await page.get_by_label("As-of date").fill("2024-10-04")
            await press(page, "Score now")
            await expect(page.get_by_text("The last run failed")).to_have_count(0)
            await expect(page.get_by_role("progressbar")).to_have_count(0)


async def _failed(driver: AsyncDriver) -> None:
    failed = "MATCH (lock:Lock {id: 'scoring job'}) SET lock.status = 'failed', lock.error = 'out of disk <b>space</b>'"
    await driver.execute_query(failed, database_="neo4j")
