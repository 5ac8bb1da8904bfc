"""The sample inbox as a brand meets it: decided by mouse and keyboard, undone, exported, and a rule tried on the past."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final, LiteralString

import pytest
from playwright.async_api import Browser, expect

from api.access.viewer import Role
from tests.api.drawn_market import END
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.conftest import TestServer
from tests.web.visits import NARROW, asked, shown, visit

SAMPLES: Final[LiteralString] = """
MATCH (b:Brand {id: 'b1'})
CREATE (b)-[:SELLS]->(cup:Product {id: 'asked-cup', title: 'Asked cup', priceUsd: 20.0})
WITH b, cup
UNWIND range(0, 39) AS n
MATCH (c:Creator {id: 'c' + right('0' + (1 + n % 12), 2)})
CREATE (b)-[:OFFERED]->(k:Collaboration {id: 'asked-past' + n, kind: 'SAMPLE',
         status: CASE WHEN n % 12 < 6 THEN 'DELIVERED' ELSE 'FAILED' END,
         answeredAt: $end - (220 - 4 * n) * 86400, approvedAt: $end - (220 - 4 * n) * 86400, commissionRate: 0.1})-[:WITH]->(c),
       (k)-[:PROMOTES]->(cup)
FOREACH (_ IN CASE WHEN n % 12 < 6 THEN [1] ELSE [] END |
  SET k.deliveredAt = k.approvedAt + 86400
  CREATE (s:Sale {id: 'asked-sale' + n, orderId: 'asked-o' + n, at: k.approvedAt + 90000, quantity: 1, refundedQuantity: 0, gmvUsd: 100.0,
                  status: 'SETTLED'})-[:OF]->(cup), (s)-[:CREDITED_TO]->(c))
WITH DISTINCT b, cup
UNWIND [['sample:asked-1', 'c02', 1], ['sample:asked-2', 'c02', 3], ['sample:asked-3', 'c08', 5], ['sample:asked-4', 'c05', -1]] AS row
MATCH (c:Creator {id: row[1]})
CREATE (b)-[:OFFERED]->(k:Collaboration {id: row[0], kind: 'SAMPLE', status: 'OFFERED', commissionRate: 0.1,
          approvalDueAt: $end + row[2] * 86400})-[:WITH]->(c), (k)-[:PROMOTES]->(cup)
"""
DECIDED_ELSEWHERE: Final = """
mutation { decideSamples(input: {collaborationIds: ["sample:asked-1"], decision: APPROVE}) { approved userErrors { message } } }
"""
GONE: Final[LiteralString] = "MATCH (n) WHERE n.id CONTAINS 'asked-' OR n:SampleRule DETACH DELETE n"


@pytest.fixture
async def samples(neo4j: TestServer, market: ServedMarket) -> AsyncIterator[ServedMarket]:
    """Add forty samples that are over and four that wait, one of them too long, for as long as a test runs."""
    async with neo4j.driver() as driver:
        await driver.execute_query(GONE)
        await driver.execute_query(SAMPLES, end=END)
        yield market
        await driver.execute_query(GONE)


async def test_applications_are_approved_undone_and_exported(browser: Browser, samples: ServedMarket, tmp_path: Path) -> None:
    async with visit(browser, samples, Role.BRAND, "/samples") as page:
        await shown(page)
        await expect(page.get_by_text("3 applications to decide")).to_be_visible()
        first = page.get_by_role("row").filter(has_text="creator2").first
        await expect(first).to_contain_text("24 hours")
        await expect(first).to_contain_text("2 applications open")
        await expect(page.get_by_role("row").filter(has_text="creator5")).to_contain_text("Overdue")
        await expect(page.get_by_role("row").filter(has_text="creator5").get_by_role("checkbox")).to_be_disabled()

        await first.get_by_role("checkbox").check()
        await page.get_by_role("button", name="Approve", exact=True).click()
        await expect(page.get_by_role("status").filter(has_text="1 application approved.")).to_be_visible()
        await first.get_by_role("button", name="Undo the decision on creator2").click()
        await expect(page.get_by_text("The decision was undone.")).to_be_visible()
        await expect(page.get_by_role("button", name="Download 0 decisions")).to_be_disabled()

        await page.get_by_role("checkbox", name="Select all that can be decided").check()
        await expect(page.get_by_text("3 selected")).to_be_visible()
        await page.get_by_role("combobox", name="Reason for declining").select_option("Out of stock")
        await page.get_by_role("button", name="Decline", exact=True).click()
        async with page.expect_download() as begun:
            await page.get_by_role("button", name="Download 3 decisions").click()
        await (await begun.value).save_as(tmp_path / "decisions.json")
        await expect(page.get_by_text("exported").first).to_be_visible()
        await expect(page.get_by_role("button", name=re.compile("^Undo"))).to_have_count(0)
    requests = json.loads((tmp_path / "decisions.json").read_text("utf-8"))
    assert {request["path"].split("/")[-2] for request in requests} == {"asked-1", "asked-2", "asked-3"}
    assert {json.dumps(request["body"], sort_keys=True) for request in requests} == {
        '{"reject_reason": "OUT_OF_STOCK", "review_result": "REJECT"}'
    }


async def test_what_somebody_else_decides_is_shown_in_its_place(browser: Browser, samples: ServedMarket) -> None:
    async with visit(browser, samples, Role.BRAND, "/samples?undecided=1") as page:
        await shown(page)
        rows = page.locator("tbody tr")
        places = rows.locator("th a, .left")
        before = await places.all_inner_texts()
        await rows.nth(0).get_by_role("checkbox").check()
        await rows.nth(1).get_by_role("checkbox").check()
        await page.get_by_label("Margin, %").press_sequentially("9")
        await asked(samples, samples.keys[Role.PARTNER], DECIDED_ELSEWHERE)
        await expect(page.get_by_text("1 selected")).to_be_visible()
        said = page.get_by_role("status").filter(has_text="Something has changed, and is shown.")
        await expect(said).to_contain_text("rows are elsewhere now")
        assert await places.all_inner_texts() == before
        await expect(rows.nth(0).get_by_role("checkbox")).to_be_disabled()
        await expect(rows.nth(1).get_by_role("checkbox")).to_be_checked()
        await expect(page.get_by_label("Margin, %")).to_have_value("509")
        await page.get_by_role("button", name="Show the new order").press("Enter")
        await expect(places).to_have_count(len(before) - 2)
        await rows.nth(1).get_by_role("checkbox").check()
        await page.get_by_role("button", name="Approve", exact=True).click()
        await expect(page.get_by_role("status").filter(has_text="2 applications approved.")).to_be_visible()
        await expect(page.get_by_role("button", name="Show the new order")).to_have_count(0)


async def test_the_order_is_in_the_address_and_back_undoes_it(browser: Browser, samples: ServedMarket) -> None:
    async with visit(browser, samples, Role.BRAND, "/samples") as page:
        await shown(page)
        await page.get_by_role("combobox", name="Sort by").select_option("Expected profit")
        await expect(page).to_have_url(re.compile("sort=PROFIT"))
        await page.get_by_label("Margin, %").fill("80")
        await page.keyboard.press("Tab")
        await expect(page).to_have_url(re.compile("margin=80"))
        await page.go_back()
        await expect(page.get_by_label("Margin, %")).to_have_value("50")
        await page.go_back()
        await expect(page.get_by_role("combobox", name="Sort by")).to_have_value("DUE")


async def test_a_rule_is_tried_saved_and_applied_by_keyboard(browser: Browser, samples: ServedMarket) -> None:
    async with visit(browser, samples, Role.BRAND, "/samples?chance=40&each=1") as page:
        await shown(page)
        await page.locator("summary").press("Enter")
        await page.get_by_role("button", name="Try on the past").press("Enter")
        trial = page.get_by_role("region", name="The rule on the past")
        await expect(trial).to_contain_text("Of 31 applications since Apr 7, 2024, enough was known of 17")
        await expect(trial.get_by_role("row", name=re.compile("All that you approved"))).to_be_visible()
        await expect(page).to_have_url(re.compile("trial=1"))
        await page.get_by_role("button", name="Save and switch on").press("Enter")
        await expect(page.get_by_text("Switched on: Rule for samples")).to_be_visible()
        await expect(page.get_by_text(re.compile("^The rule (approves|does not approve)$")).first).to_be_visible()
        await page.get_by_role("button", name="Approve what the rule approves").press("Enter")
        await expect(page.get_by_role("status").filter(has_text="approvals were made")).to_be_visible()
        await expect(page.get_by_role("row").filter(has_text="Approved")).not_to_have_count(0)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", NARROW)])
async def test_a_full_inbox_is_accessible(browser: Browser, samples: ServedMarket, scheme: str, width: int) -> None:
    async with visit(browser, samples, Role.PARTNER, "/samples?trial=1&chance=40", scheme=scheme, width=width) as page:
        await shown(page)
        await expect(page.get_by_role("region", name="The rule on the past")).to_be_visible()
        assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
