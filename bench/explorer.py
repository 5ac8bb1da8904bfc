"""What people wait for in the explorer: its largest paint, what moves while it loads, and the paint that follows a click or a key."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.access.demo import demo_keys
from api.http.sessions import OURS
from bench.figures import Figure, Report
from bench.start import demo

CHROMIUM: Final = Path("/usr/bin/chromium")
ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update")
VISITS: Final = 3
WAIT: Final = 60_000
"""Milliseconds until something must be there."""
STILL: Final = 500
"""Milliseconds in which nothing more comes."""
SHIFT: Final = 0.01
"""A tenth of what Chromium's makers call good: a label that is a line longer once its count is known."""
LISTENING: Final = """
window.vitals = { paint: 0, shift: 0, reply: 0 }
function listen(type, each, more) {
  new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...more })
}
listen('largest-contentful-paint', (entry) => { vitals.paint = entry.startTime })
listen('layout-shift', (entry) => { if (!entry.hadRecentInput) vitals.shift += entry.value })
listen('event', (entry) => { if (entry.interactionId) vitals.reply = Math.max(vitals.reply, entry.duration) }, { durationThreshold: 16 })
"""
METHOD: Final = f"""The demo market of 2,000 creators, in Chromium with no graphics card, 1,440 × 900, each page opened by its address
{VISITS} times with nothing kept from before. Largest contentful paint from the start of navigation, the median of the visits; layout shift
until half a second after the page is whole, of the worst visit; then a few clicks and keys, and the longest time from one of them to the
next paint (event timing, in steps of 8 ms), the median of the visits."""


def typed(text: str) -> Callable[[Page], None]:
    """Return an act: a search from anywhere, typed key by key."""

    def act(page: Page) -> None:
        page.keyboard.press("/")
        page.keyboard.type(text, delay=60)
        page.locator("[role=option]").first.wait_for()
        page.keyboard.press("Escape")

    return act


def clicked(role: Any, name: str) -> Callable[[Page], None]:
    """Return an act: a click."""
    return lambda page: page.get_by_role(role, name=name).first.click()


def pressed(*keys: str, at: str) -> Callable[[Page], None]:
    """Return an act: keys, from an element on."""

    def act(page: Page) -> None:
        page.locator(at).first.focus()
        for key in keys:
            page.keyboard.press(key)

    return act


class Visited(NamedTuple):
    """A page, who opens it at which address, and what they do there."""

    name: str
    who: str
    path: str
    acts: Sequence[Callable[[Page], None]]


PAGES: Final = (
    Visited(
        "the ranking",
        "brand",
        "/find",
        (clicked("button", "Followers"), pressed("ArrowDown", "Space", "End", "Home", at="tbody tr[data-index]"), typed("basket")),
    ),
    Visited("a creator", "brand", "{creator}", (clicked("link", "Diligence"), typed("basket"))),
    Visited("the network of a brand", "brand", "/network", (pressed("Enter", at="[aria-labelledby=chosen] tbody button"), typed("basket"))),
    Visited("own sales", "brand", "/sales", (typed("basket"),)),
    Visited("samples to decide", "brand", "/samples", (typed("basket"),)),
    Visited("own scores", "creator", "/me", (clicked("link", "Diligence"),)),
    Visited("Cypher", "analyst", "/cypher", (typed("basket"),)),
)


class Vitals(NamedTuple):
    """What one visit measured: milliseconds, a score, milliseconds."""

    paint: float
    shift: float
    reply: float


def report() -> Report:
    """Measure every page."""
    with tempfile.TemporaryDirectory() as home, demo(home) as url, _chromium() as browser:
        keys = {role.value: key for role, key in demo_keys(Path(home)).items()}
        creator = f"/creators/{_somebody(url, keys['brand'])}"
        seen = {each.name: [_visit(browser, url, keys, each, creator) for _ in range(VISITS)] for each in PAGES}
    return Report("The explorer", METHOD, tuple(_figures(seen)))


def _figures(seen: dict[str, list[Vitals]]) -> Iterator[Figure]:
    for name, visits in seen.items():
        yield Figure(f"{name}: largest contentful paint", statistics.median(each.paint for each in visits), "ms", at_most=1_000)
        yield Figure(f"{name}: interaction to next paint", statistics.median(each.reply for each in visits), "ms", at_most=200)
        yield Figure(f"{name}: layout shift", max(each.shift for each in visits), "", at_most=SHIFT)


def _visit(browser: Browser, url: str, keys: dict[str, str], visited: Visited, creator: str) -> Vitals:
    context = browser.new_context(base_url=url, viewport={"width": 1440, "height": 900}, locale="en-US", color_scheme="light")
    context.add_init_script(LISTENING)
    signed_in = context.request.post("/session", data={"key": keys[visited.who]}, headers={OURS: "explorer"})
    assert signed_in.ok, signed_in.text()
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(visited.path.format(creator=creator))
    page.get_by_role("heading", level=1).wait_for()
    expect(page.locator(".skeleton")).to_have_count(0, timeout=WAIT)
    page.wait_for_timeout(STILL)
    loaded = page.evaluate("vitals")
    for act in visited.acts:
        act(page)
        page.wait_for_timeout(STILL)
    reply = page.evaluate("vitals.reply")
    context.close()
    return Vitals(loaded["paint"], loaded["shift"], reply)


def _somebody(url: str, key: str) -> str:
    """Return the id of the creator on top."""
    asked = {"query": "{ creators(first: 1, sort: [{by: OVERALL}]) { nodes { id } } }"}
    answer = httpx.post(f"{url}/graphql", json=asked, headers={"Authorization": f"Bearer {key}"}, timeout=WAIT / 1000)
    return answer.json()["data"]["creators"]["nodes"][0]["id"]


@contextmanager
def _chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        raise FileNotFoundError(f"{CHROMIUM} is missing: install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
