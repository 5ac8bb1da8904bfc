"""The drawing of a network under fingers, as Chromium hears them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.async_api import Browser, CDPSession, Locator, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.web.test_network_view import places
from tests.web.visits import NARROW, shown, visit


async def test_by_touch(browser: Browser, market: ServedMarket) -> None:
    """A tap chooses, two fingers magnify, one moves what is in view, or a node, and the page where all of the drawing is in view."""
    async with visit(browser, market, Role.BRAND, "/network", width=NARROW) as page:
        await shown(page)
        touched = await page.context.new_cdp_session(page)
        await touched.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})
        node = page.locator("[data-node='Creator:c07']")
        await node.scroll_into_view_if_needed()
        drawing = page.locator("svg:has([data-node])")
        whole = await drawing.get_attribute("viewBox") or ""
        x, y = await middle(node)
        await stroked(touched, [(x, y)])
        await expect(page.locator("#chosen")).to_have_text("creator7")

        await stroked(touched, [(x - 20, y), (x + 20, y)], [(x - 30, y), (x + 30, y)], [(x - 60, y), (x + 60, y)])
        await expect(drawing).not_to_have_attribute("viewBox", whole)
        closer = await drawing.get_attribute("viewBox") or ""
        assert abs(float(closer.split()[2]) - float(whole.split()[2]) / 3) < 0.01
        assert all(abs(now - then) < 2 for now, then in zip(await middle(node), (x, y), strict=True))  # it is what lies between
        await expect(page).not_to_have_url(re.compile("pins="))

        x, y = await middle(node)
        aside = 40 if x < NARROW / 2 else -40
        await stroked(touched, [(x, y)], [(x + aside / 2, y)], [(x + aside, y)])
        await expect(page).to_have_url(re.compile("pins=Creator%3Ac07%40"))

        before, scrolled = await places(page), await page.evaluate("scrollY")
        box = await drawing.bounding_box()
        assert box is not None
        corner = (box["x"] + 12, box["y"] + 12)
        inwards = [(corner[0] + step * 10, corner[1] + step * 10) for step in range(8)]
        await stroked(touched, *([place] for place in inwards))
        await expect(drawing).not_to_have_attribute("viewBox", closer)
        assert (await places(page), await page.evaluate("scrollY")) == (before, scrolled)


async def middle(shape: Locator) -> tuple[float, float]:
    box = await shape.locator("circle").first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


async def stroked(touched: CDPSession, *steps: Sequence[tuple[float, float]]) -> None:
    """Put fingers down where the first step says, move them to the others, and lift them."""
    for kind, fingers in (*zip(("touchStart", *("touchMove",) * len(steps)), steps, strict=False), ("touchEnd", ())):
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(fingers)]
        await touched.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
