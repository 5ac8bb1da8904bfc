"""Administrators see runs, decide appeals and erasures, and hand out keys; each change is a click, and told."""

from __future__ import annotations

import asyncio
import re

from playwright.async_api import Browser, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.web.visits import NARROW, asked, shown, visit

CONTESTABLE = "{ viewer { creator { contestable(first: 1) { nodes { subjectId } } } } }"
CONTEST = """mutation { contestEvent(input: {subjectId: "%s", reason: "<b>not</b> mine", evidence: ["https://files.example/receipt"]}) {
  userErrors { message }
} }"""
ERASURE = 'mutation { requestErasure(input: {handle: "%s"}) { userErrors { message } } }'
WITHDRAWN = "mutation { withdrawErasureRequest { userErrors { message } } }"
SEEN = 'query Seen { ranking(by: SALES_ABILITY, region: "US", first: 2) { edges { rank node { handle } } } }'
LOG = "{ disclosures(first: 10) { nodes { operation } } }"
HANDLE = "{ viewer { creator { handle } } }"


async def test_runs_are_listed_with_their_drift(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.ADMIN, "/admin") as page:
        await shown(page)
        await expect(page.get_by_role("heading", level=2)).to_have_count(2)
        await expect(page.get_by_text("Current", exact=True)).to_have_count(1)
        await page.get_by_text("Largest drift").click()
        await expect(page.get_by_role("columnheader", name="Stability index")).to_be_visible()
        assert await violations(page) == []


async def test_an_appeal_is_decided_with_grounds(browser: Browser, market: ServedMarket) -> None:
    found = await asked(market, market.keys[Role.CREATOR], CONTESTABLE)
    (event,) = found["viewer"]["creator"]["contestable"]["nodes"]
    contested = await asked(market, market.keys[Role.CREATOR], CONTEST % event["subjectId"])
    assert contested["contestEvent"]["userErrors"] == []
    async with visit(browser, market, Role.ADMIN, "/admin?part=appeals") as page:
        await shown(page)
        await expect(page.get_by_text("<b>not</b> mine")).to_be_visible()
        await expect(page.get_by_role("link", name="https://files.example/receipt")).to_have_attribute(
            "rel", "noopener noreferrer nofollow"
        )
        await expect(page.get_by_text("To be decided by")).to_be_visible()
        await page.get_by_text("What it adds to the overall score").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("without it")).to_be_visible()
        assert await violations(page) == []
        await expect(page.get_by_role("button", name="Reject: it counts")).to_be_disabled()
        await page.get_by_label("Grounds, for the creator and the brand").fill("The order is yours.")
        await page.get_by_role("button", name="Reject: it counts").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("There is none")).to_be_visible()
        await expect(page.get_by_text("The next scoring run leaves it out.")).to_have_count(0)
        await page.get_by_label("Decision").select_option("Rejected")
        await expect(page.get_by_text("The order is yours.")).to_be_visible()


async def test_an_upheld_appeal_counts_with_the_next_run(browser: Browser, market: ServedMarket) -> None:
    own = market.key_of("c05")
    (event,) = (await asked(market, own, CONTESTABLE))["viewer"]["creator"]["contestable"]["nodes"]
    assert (await asked(market, own, CONTEST % event["subjectId"]))["contestEvent"]["userErrors"] == []
    async with visit(browser, market, Role.ADMIN, "/admin?part=appeals") as page:
        await shown(page)
        await page.get_by_label("Grounds, for the creator and the brand").fill("It is not yours.")
        await page.get_by_role("button", name="Uphold: it does not count").click()
        await expect(page.get_by_text("The next scoring run leaves it out.")).to_be_visible()
        assert await violations(page) == []
        await page.get_by_role("link", name="Score now").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="Score now")).to_be_enabled()


async def test_an_erasure_needs_the_name_typed(browser: Browser, market: ServedMarket) -> None:
    own = market.key_of("c03")
    handle = (await asked(market, own, HANDLE))["viewer"]["creator"]["handle"]
    await asked(market, own, ERASURE % handle)
    async with visit(browser, market, Role.ADMIN, "/admin?part=erasures") as page:
        await shown(page)
        erase = page.get_by_role("button", name="Erase")
        await expect(erase).to_be_disabled()
        await page.get_by_label(f"User name of {handle}, to confirm").fill(handle)
        await expect(erase).to_be_enabled()
        assert await violations(page) == []
        await asked(market, own, WITHDRAWN)
        await page.reload()
        await expect(page.get_by_text("Nobody asks to be erased")).to_be_visible()


async def test_a_key_is_made_shown_once_and_revoked(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.ADMIN, "/admin?part=keys") as page:
        await shown(page)
        await page.get_by_label("Who holds it").fill("a new analyst")
        await page.get_by_label("Role").select_option("analyst")
        await page.get_by_role("button", name="Create a key").click()
        await expect(page.locator("output")).to_contain_text("cgk_")
        assert await violations(page) == []
        await page.get_by_role("button", name="Create a key").click()
        await expect(page.get_by_role("alert")).to_contain_text("is in use")
        await page.get_by_label("Name or id").fill("a new analyst")
        await page.get_by_role("button", name="Revoke a key").click()
        await expect(page.get_by_role("alert")).to_contain_text("Revoked: a new analyst")


async def test_it_is_for_administrators_alone(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.ANALYST, "/admin") as page:
        await expect(page.get_by_role("heading", level=1)).to_have_text("This page is for others")


async def test_the_audit_log_is_read_and_verified(browser: Browser, market: ServedMarket) -> None:
    await asked(market, market.keys[Role.PARTNER], SEEN)
    async with asyncio.timeout(60):  # it is written down within about a second
        while "Seen" not in str(await asked(market, market.keys[Role.ADMIN], LOG)):
            await asyncio.sleep(0.1)
    async with visit(browser, market, Role.ADMIN, "/admin?part=audit", width=NARROW, scheme="dark") as page:
        await shown(page)
        row = page.get_by_role("row").filter(has_text="Seen").first
        await expect(row).to_contain_text("the partner")
        await expect(row.get_by_role("link")).to_have_count(2)
        assert await violations(page) == []
        await page.get_by_role("button", name="Verify the whole log").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("as they were written.")).to_be_visible()
        await page.get_by_label("To (UTC)").fill("2020-01-01")
        await page.keyboard.press("Tab")
        await expect(page.get_by_text("There are no such entries.")).to_be_visible()
        await page.get_by_label("To (UTC)").fill("")
        await page.keyboard.press("Tab")
        own = await row.get_by_role("button").inner_text()
        await row.get_by_role("button", name=own).click()
        await expect(page).to_have_url(re.compile(f"key={own}"))
        await expect(page.get_by_role("row").filter(has_text="the partner")).not_to_have_count(0)
        await expect(page.get_by_role("row").filter(has_text="the brand")).to_have_count(0)
        assert await violations(page) == []


async def test_the_alerts_are_those_of_the_own_key(browser: Browser, market: ServedMarket) -> None:
    made = 'mutation { createAlert(input: {name: "%s", filter: {verified: true}}) { alert { alertId } } }'
    removed = 'mutation { deleteAlert(input: {alertId: "%s"}) { userErrors { message } } }'
    ids: dict[Role, str] = {}
    try:
        for role, name in ((Role.ADMIN, "mine"), (Role.BRAND, "theirs")):
            ids[role] = (await asked(market, market.keys[role], made % name))["createAlert"]["alert"]["alertId"]
        async with visit(browser, market, Role.ADMIN, "/admin?part=alerts") as page:
            await shown(page)
            await expect(page.get_by_role("rowheader")).to_have_text(["mine"])
            assert await violations(page) == []
    finally:
        for role, id_ in ids.items():
            await asked(market, market.keys[role], removed % id_)
