"""What is shown of a network: expanded, filtered and moved, by mouse and by keyboard, all of it in the page's address."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from math import dist
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import networkx as nx
from playwright.async_api import Browser, Locator, Page, Route, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.browser import violations
from tests.web.visits import asked, is_stream, shown, visit

NEIGHBOURS: Final = """
query { brand(id: "b1") { network { nodes { nodeId } edges { source target kind firstAt lastAt trend } } }
        neighbours(of: ["Creator:c05"]) { of { total new { nodeId } } edges { source target trend } } }
"""
PLACES: Final = """() => Object.fromEntries([...document.querySelectorAll('svg [data-node]')].map((each) => {
  const shape = each.querySelector('circle, rect')
  const [x, y, size] = ['cx', 'cy', 'r'].map((name) => Number(shape.getAttribute(name)))
  const side = Number(shape.getAttribute('width')) / 2
  const corner = ['x', 'y'].map((name) => Number(shape.getAttribute(name)) + side)
  const place = shape.tagName === 'circle' ? [x, y, size] : [...corner, side]
  return [each.dataset.node, place.map((value) => Number(value.toFixed(6)))]
}))"""
UNTOLD: Final = "Ties of the neighbours brought in that are too many to be shown, the lightest"
PNG: Final = b"\x89PNG\r\n\x1a\n"


async def places(page: Page) -> dict[str, list[float]]:
    """Return where each node is drawn, and how large."""
    return await page.evaluate(PLACES)


def drawn(page: Page) -> Locator:
    return page.locator("svg [data-node]")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=re.compile("^(creator|Brand )")).get_by_role("button", name=name)


async def with_more_ties(route: Route) -> None:
    """Answer as the service does where the nodes that are brought in have more ties than are told."""
    if is_stream(route):
        await route.continue_()
        return
    answer = await route.fetch()
    body = await answer.json()
    if "neighbours" in body.get("data", {}):
        body["data"]["neighbours"]["leftOut"] = 1_234
    await route.fulfill(response=answer, json=body)


async def test_expanded_and_collapsed(browser: Browser, market: ServedMarket) -> None:
    """An analyst sees all ties: creator5's other brands come in around it, and nothing else moves."""
    found = await asked(market, market.keys[Role.ANALYST], NEIGHBOURS)
    base = {node["nodeId"] for node in found["brand"]["network"]["nodes"]}
    (of,) = found["neighbours"]["of"]
    new = {node["nodeId"] for node in of["new"]} - base
    assert new
    async with visit(browser, market, Role.ANALYST, "/network?brand=Brand:b1&node=Creator:c05") as page:
        await shown(page)
        before = await places(page)
        assert before.keys() == base
        await button(page, "Bring in neighbours: creator5").click()
        await expect(drawn(page)).to_have_count(len(base | new))
        await expect(page).to_have_url(re.compile(r"expand=Creator%3Ac05"))
        await expect(page.get_by_role("status").filter(has_text="neighbours shown")).to_contain_text(f"{of['total']} of {of['total']}")
        after = await places(page)
        assert {node: after[node][:2] for node in base} == {node: before[node][:2] for node in base}
        assert all(dist(after[one][:2], after[two][:2]) > after[one][2] + after[two][2] for one in new for two in after.keys() - {one})
        assert await violations(page) == []

        table = page.get_by_role("group", name="All nodes as a table")
        await table.get_by_role("button", name="Bring in neighbours: creator7", exact=True).focus()
        await page.keyboard.press("Enter")
        await expect(table.get_by_role("button", name="Take neighbours away")).to_have_count(2)
        await expect(page).to_have_url(re.compile("expand=Creator%3Ac05%2CCreator%3Ac07"))
        await page.reload()
        await expect(table.get_by_role("row", name=re.compile("creator7.*of .* neighbours shown"))).to_have_count(1)
        assert await places(page) == after  # both work with the same brands
        await button(page, "Take neighbours away: creator5").click()
        await expect(page).to_have_url(re.compile("expand=Creator%3Ac07&pins=Brand"))
        stayed = await places(page)  # what the other brings in, too; addresses have thousandths
        assert all(dist(stayed[node][:2], place[:2]) < 0.001 for node, place in after.items())
        for count in (len(after), len(after), len(base)):
            await page.go_back()
            await expect(drawn(page)).to_have_count(count)
        await expect(page).to_have_url(re.compile("node=Creator(?!.*expand)"))
        assert await places(page) == before
        await page.go_forward()
        await button(page, "Take neighbours away: creator5").click()
        await expect(drawn(page)).to_have_count(len(base))

        await expect(page.get_by_text(UNTOLD)).to_have_count(0)
        await page.route("**/graphql", with_more_ties)
        await page.reload()
        await button(page, "Bring in neighbours: creator5").click()
        await expect(page.get_by_text(f"{UNTOLD}: 1,234.")).to_be_visible()
        await button(page, "Take neighbours away: creator5").click()
        await expect(page.get_by_text(UNTOLD)).to_have_count(0)


async def test_ties_by_time_kind_trend_and_community(browser: Browser, market: ServedMarket) -> None:
    edges: list[dict[str, Any]] = (await asked(market, market.keys[Role.BRAND], NEIGHBOURS))["brand"]["network"]["edges"]
    days = sorted({edge[end][:10] for edge in edges for end in ("firstAt", "lastAt") if edge[end]})
    kinds = {kind: sum(edge["kind"] == kind for edge in edges) for kind in ("COLLABORATED", "CO_PROMOTED")}
    trends = {edge["trend"] for edge in edges} - {None}
    async with visit(browser, market, Role.BRAND, "/network?node=Creator:c07") as page:
        await shown(page)
        without = await page.locator("p", has_text="Without this one:").inner_text()
        told = page.get_by_role("region", name="The network drawn").get_by_role("status")
        await expect(told).to_contain_text(f"nodes, {len(edges)} ties.")
        since, until = page.get_by_role("slider", name="From"), page.get_by_role("slider", name="Until")
        await since.focus()
        await page.keyboard.press("End")  # not past the other end
        await page.keyboard.press("ArrowLeft")
        first = (date.fromisoformat(days[-1]) - timedelta(days=1)).isoformat()
        await expect(page).to_have_url(re.compile(f"since={first}"))
        lately = sum(bool(edge["lastAt"]) and edge["lastAt"][:10] >= first for edge in edges)
        await expect(told).to_contain_text(f"Shown: {lately} of {len(edges)} ties")
        await expect(told).to_contain_text(f"is chosen: {sum(not edge['lastAt'] for edge in edges)}.")
        await expect(page.locator("svg line")).to_have_count(lately)
        assert await since.get_attribute("aria-valuetext") != await until.get_attribute("aria-valuetext")
        await page.get_by_role("button", name="At any time").click()
        await expect(told).to_contain_text(f"nodes, {len(edges)} ties.")
        await since.press("End")
        await expect(page).to_have_url(re.compile(f"since={days[-1]}"))
        await slid(page, since, -300)  # where both handles are, it is this one that moves
        await expect(page).not_to_have_url(re.compile(f"since={days[-1]}"))
        await since.press("End")
        await slid(page, since, -300, 0)
        await page.get_by_role("button", name="At any time").click()
        await expect(told).to_contain_text(f"nodes, {len(edges)} ties.")

        await page.get_by_text("Show only some ties").click()
        await page.get_by_role("checkbox", name="same products").check()
        await expect(told).to_contain_text(f"Shown: {kinds['CO_PROMOTED']} of {len(edges)} ties")
        await expect(page.locator("p", has_text="Without this one:")).to_have_text(without)  # what is filtered out is there nevertheless
        await page.get_by_role("checkbox", name="same products").uncheck()
        for trend in sorted(trends):
            box = page.get_by_role("checkbox", name=trend.lower(), exact=True)
            await box.focus()
            await page.keyboard.press("Space")
            ties = sum(edge["trend"] == trend for edge in edges)
            await expect(told).to_contain_text(f"Shown: {ties} of {len(edges)} ties")
            marked = trend in ("GROWING", "DORMANT")
            await expect(page.locator(f"svg path.mark.{trend.lower()}")).to_have_count(ties if marked else 0)
            await page.keyboard.press("Space")
        assert await violations(page) == []
        await page.get_by_role("checkbox", name="without a community").check()
        await expect(page).to_have_url(re.compile("groups=none"))
        rows = page.get_by_role("group", name="All nodes as a table").get_by_role("row")
        await expect(rows).to_have_count(await drawn(page).count())  # the table has a head, the drawing the brand
        await page.get_by_role("button", name="Show all ties").click()
        await expect(told).to_contain_text(f"nodes, {len(edges)} ties.")


async def slid(page: Page, slider: Locator, *across: int) -> None:
    """Drag the handle at a slider's right end, by so many pixels one after the other, and let it go."""
    box = await slider.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] - 8, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    for each in across:
        await page.mouse.move(x + each, y, steps=3)
    await page.mouse.up()


async def test_pinned_by_mouse_and_by_keyboard(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/network") as page:
        await shown(page)
        before = await places(page)
        box = await page.locator("[data-node='Creator:c07'] circle").first.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        await page.mouse.move(x, y)
        await page.mouse.down()
        inwards = [-1 if before["Creator:c07"][axis] > 0 else 1 for axis in (0, 1)]
        await page.mouse.move(x + 60 * inwards[0], y + 30 * inwards[1], steps=4)
        await page.mouse.up()
        await expect(page).to_have_url(re.compile(r"pins=Creator%3Ac07%40-?\d+%7E-?\d+"))
        moved = await places(page)
        (after,) = [place for node, place in moved.items() if node == "Creator:c07"]
        assert all((after[axis] - before["Creator:c07"][axis]) * inwards[axis] > 0.01 for axis in (0, 1))
        assert {node for node in moved if moved[node] != before[node]} == {"Creator:c07"}
        await expect(page.locator("#chosen")).to_have_text("Brand 1")  # it was dragged, not chosen

        await page.locator("[data-node='Creator:c11']").click()
        await button(page, "Move: creator11").focus()
        inwards = [-1 if before["Creator:c11"][axis] > 0 else 1 for axis in (0, 1)]
        across, along = ("ArrowLeft", "ArrowRight")[inwards[0] > 0], ("ArrowUp", "ArrowDown")[inwards[1] > 0]
        for key in (across, across, f"Shift+{along}"):
            await page.keyboard.press(key)
        await expect(page.get_by_role("status").filter(has_text="Pinned at")).to_be_visible()
        at = (await places(page))["Creator:c11"]
        assert [round(at[axis] - before["Creator:c11"][axis], 2) for axis in (0, 1)] == [0.04 * inwards[0], 0.1 * inwards[1]]
        assert await violations(page) == []
        await page.go_back()
        await expect(page).not_to_have_url(re.compile("c11%40"))
        await page.get_by_role("button", name="Unpin all").click()
        await expect(page).not_to_have_url(re.compile("pins="))
        assert {node: place[:2] for node, place in (await places(page)).items()} == {node: place[:2] for node, place in before.items()}
        await expect(page.get_by_role("button", name="Save as SVG")).to_be_focused()

        await page.route("**/graphql*", lambda route: renamed(route, "Creator:c11", "Creator:a, b@1~2%"))
        await page.goto("/network?node=Creator:a, b@1~2%25")
        await shown(page)
        await button(page, "Move: creator11").press("ArrowLeft")
        await expect(page).to_have_url(re.compile(r"pins=Creator%3Aa%252c\+b%25401%257e2%2525%40"))
        await page.reload()
        await expect(page.get_by_role("button", name="Unpin", exact=True)).to_be_visible()


async def renamed(route: Route, this: str, other: str) -> None:
    """Answer with another text in the place of one."""
    if is_stream(route):
        await route.continue_()
        return
    answer = await route.fetch()
    await route.fulfill(response=answer, body=(await answer.text()).replace(this, other))


async def test_what_is_shown_as_files(browser: Browser, market: ServedMarket, tmp_path: Path) -> None:
    async with visit(
        browser, market, Role.BRAND, "/network?kinds=COLLABORATED&pins=Creator:c07@500~-250&expand=none,Creator:c07,Creator:c07"
    ) as page:
        await shown(page)
        await expect(page.get_by_role("button", name="Take neighbours away")).to_have_count(1)  # no other entry was asked for
        await expect(page.get_by_text("neighbours shown")).to_have_count(1)
        await page.route("**/graphql*", lambda route: renamed(route, '"creator7"', json.dumps('\x01<b>&"')))
        await page.reload()
        await expect(page.locator("svg [data-node] title").filter(has_text="<b>&")).to_have_count(1)
        for kind in ("PNG", "GEXF", "SVG"):
            async with page.expect_download() as begun:
                await page.get_by_role("button", name=f"Save as {kind}").click()
            await (await begun.value).save_as(tmp_path / f"network.{kind.lower()}")
        at, lines = await places(page), await page.locator("svg line").count()
    image = (tmp_path / "network.png").read_bytes()
    assert image.startswith(PNG)
    assert [int.from_bytes(image[at : at + 4]) for at in (16, 20)] == [2400, 2400]
    names = [each.text or "" for each in ElementTree.parse(tmp_path / "network.svg").iter() if each.tag.endswith("title")]
    assert any(name.startswith('\ufffd<b>&"') for name in names)
    graph = nx.read_gexf(tmp_path / "network.gexf")
    assert set(graph) == at.keys()
    assert graph.number_of_edges() == lines
    position = graph.nodes["Creator:c07"]["viz"]["position"]
    assert (position["x"], position["y"]) == (500, -250)
    assert all(graph.edges[edge]["weight"] > 0 for edge in graph.edges)
    assert len({tuple(graph.nodes[node]["viz"]["color"][part] for part in "rgb") for node in graph}) > 1
