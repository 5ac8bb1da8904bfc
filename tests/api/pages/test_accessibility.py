"""Every page as people with assistive technology meet it: no violation that axe-core finds, in any look."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import product

import pytest
from playwright.async_api import Browser, Page, Route, expect

from api.http.starting import PAGE
from api.process.startup import Startup
from tests.api.serving import Served
from tests.browser import violations

SCHEMES = ("light", "dark")
WIDTHS = (1280, 390)


@pytest.fixture(params=list(product(SCHEMES, WIDTHS)), ids=[f"{scheme}-{width}" for scheme, width in product(SCHEMES, WIDTHS)])
async def page(browser: Browser, served: Served, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """Open a browser's page of one look on the service."""
    scheme, width = request.param
    context = await browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 844}, base_url=served.url)
    yield await context.new_page()
    await context.close()


async def test_the_page_for_developers(page: Page) -> None:
    await page.goto("/developers")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert await violations(page) == []


async def test_the_page_while_the_service_starts(page: Page) -> None:
    startup = Startup(stage="importing the market")

    async def first(route: Route) -> None:
        await route.fulfill(body=PAGE.substitute(detail=startup.detail), content_type="text/html")

    async def readiness(route: Route) -> None:
        await route.fulfill(status=503, json={"status": "starting", "start": startup.progress, "checks": [{"detail": startup.detail}]})

    await page.route("/", first)
    await page.route("/readyz", readiness)
    await page.goto("/")
    assert await violations(page) == []


async def test_the_ide(page: Page, key: str) -> None:
    await page.goto("/graphiql?role=analyst&example=Windows")
    await expect(page.locator(".graphiql-query-editor")).to_contain_text("query Windows")
    assert await violations(page) == []
    await page.get_by_label("Access key").fill(key)
    await page.get_by_role("button", name="Use").click()
    await expect(page.get_by_role("status")).to_have_text("the admin, admin")
    await page.get_by_role("button", name="Execute query").click()
    await expect(page.locator(".result-window")).to_contain_text("data")
    assert await violations(page) == []
    found: dict[str, list[str]] = {}
    for panel in ("Show Documentation Explorer", "Show History", "Open short keys dialog", "Open settings dialog"):
        await page.get_by_role("button", name=panel).click()
        await page.wait_for_timeout(300)  # it fades in
        found[panel] = await violations(page)
        await page.keyboard.press("Escape")
    assert {panel: each for panel, each in found.items() if each} == {}


async def test_a_violation_is_found(browser: Browser) -> None:
    page = await browser.new_page()
    await page.set_content('<html lang="en"><title>Without a name</title><main><h1>One</h1><img src="x.png"></main>')
    assert [each.split(": ")[0] for each in await violations(page)] == ["critical image-alt"]
    await page.close()
