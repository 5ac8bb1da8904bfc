"""Signing in, staying, and being signed out."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from time import time

from playwright.async_api import Browser, Route, expect

from api.access.store import Store
from api.access.viewer import Role
from tests.api.served_market import GRANTS, ServedMarket
from tests.browser import violations
from tests.web.visits import is_stream, shown, visit


async def test_a_key_leads_to_the_page_that_was_wanted(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, None, "/methodology?lang=en") as page:
        await page.get_by_label("Access key").fill("cgk_wrong")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).not_to_be_empty()
        assert await violations(page) == []
        await page.get_by_label("Access key").fill(market.keys[Role.BRAND])
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1, name="Methodology")).to_be_visible()
        assert market.keys[Role.BRAND] not in await page.content()


async def test_signing_out_leaves_nothing(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/find") as page:
        await shown(page)
        await page.get_by_role("button", name="the brand").click()
        await page.get_by_role("button", name="Sign out").click()
        await expect(page.get_by_label("Access key")).to_be_visible()
        await page.reload()
        await expect(page.get_by_label("Access key")).to_be_visible()
        assert "creator2" not in await page.content()
        assert (await page.request.get("/session")).status == 401


async def test_a_key_that_ends_ends_its_session_and_keeps_the_address(browser: Browser, market: ServedMarket) -> None:
    store = Store(market.home)
    grant = replace(GRANTS[Role.BRAND], name="a brand for a while")
    made = store.create(grant, now=int(time()))
    own = ServedMarket(market.url, market.home, market.keys | {Role.BRAND: made.text}, market.environment)
    async with visit(browser, own, Role.BRAND, "/find?followers_min=2000") as page:
        await shown(page)
        store.revoke(grant.name, now=int(time()))
        store.close()
        await page.get_by_role("button", name="Followers").click()
        await expect(page.get_by_text("Your session has ended.")).to_be_visible()
        await expect(page).to_have_url(re.compile("followers_min=2000"))


async def test_each_role_begins_where_it_belongs(browser: Browser, market: ServedMarket) -> None:
    for role, title in ((Role.CREATOR, "creator1"), (Role.ANALYST, "Find creators")):
        async with visit(browser, market, role) as page:
            await expect(page.get_by_role("heading", level=1)).to_have_text(title)
    async with visit(browser, market, Role.CREATOR, "/find") as page:
        await expect(page.get_by_role("heading", level=1, name="This page is for others")).to_be_visible()


async def test_a_late_refusal_of_who_signed_out_ends_no_other_session(browser: Browser, market: ServedMarket) -> None:
    under_way, signed_out, refused, signed_in, answered = (asyncio.Event() for _ in range(5))

    async def late(route: Route) -> None:
        if under_way.is_set() or is_stream(route):
            await route.continue_()
            return
        under_way.set()
        await signed_out.wait()
        refusal = await route.fetch()
        assert refusal.status == 401
        refused.set()
        await signed_in.wait()
        await route.fulfill(response=refusal)
        answered.set()

    async with visit(browser, market, Role.BRAND, "/find") as page:
        await shown(page)
        await page.route("**/graphql", late)
        await page.get_by_role("button", name="Followers").click()
        await under_way.wait()
        await page.get_by_role("button", name="the brand").click()
        await page.get_by_role("button", name="Sign out").click()
        key = page.get_by_label("Access key")
        await expect(key).to_be_visible()
        signed_out.set()
        await refused.wait()
        await key.fill(market.keys[Role.ANALYST])
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="the analyst")).to_be_visible()
        signed_in.set()
        await answered.wait()
        await page.get_by_role("navigation").get_by_role("link", name="Methodology").click()
        await expect(page.get_by_role("heading", level=1, name="Methodology")).to_be_visible()
        await shown(page)
        await expect(key).to_have_count(0)
        await page.unroute_all(behavior="wait")
