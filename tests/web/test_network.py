"""The network around a brand: drawn for the mouse, and as tables in which the keyboard does all that the drawing does."""

from __future__ import annotations

import csv
import re
from math import prod
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
from playwright.async_api import Browser, Page, expect

from api.access.viewer import Role
from tests.api.served_market import ServedMarket
from tests.web.visits import asked, shown, visit

NETWORK = """
{ brand(id: "b1") { network(depth: 2) { nodes { nodeId label distance } edges { source target kind gmvUsd }
                                        measures { concentration { gmvUsd } } } } }
"""
WAYS = '{ path(from: "Brand:b1", to: "Creator:c07") { paths { strength steps { text strength } } } }'


def chosen(page: Page) -> Any:
    return page.locator("#chosen")


async def test_by_mouse(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/network") as page:
        await shown(page)
        await expect(page.get_by_role("heading", level=1)).to_have_text("Network of Brand 1")
        await expect(page.locator("svg [data-node]")).to_have_count(7)
        await page.locator("[data-node='Creator:c07']").click()
        await expect(chosen(page)).to_have_text("creator7")
        await expect(page).to_have_url(re.compile("node=Creator%3Ac07"))
        await page.get_by_role("button", name="creator11", exact=True).first.click()
        await expect(chosen(page)).to_have_text("creator11")
        await page.go_back()
        await expect(chosen(page)).to_have_text("creator7")
        await page.go_back()
        await expect(chosen(page)).to_have_text("Brand 1")
        assert "creator3" not in await page.content()  # of a region that the key is not granted


async def test_by_keyboard(browser: Browser, market: ServedMarket) -> None:
    """From the table of all nodes to a creator, and the strongest way from there to the brand, with what each step is."""
    found = (await asked(market, market.keys[Role.BRAND], WAYS))["path"]["paths"]
    async with visit(browser, market, Role.BRAND, "/network") as page:
        await shown(page)
        table = page.get_by_role("group", name="All nodes as a table")
        await table.get_by_role("button", name="creator7", exact=True).focus()
        await page.keyboard.press("Enter")
        await expect(chosen(page)).to_have_text("creator7")
        await page.get_by_role("button", name="Ways to the brand").focus()
        await page.keyboard.press("Enter")
        ways = page.get_by_role("region", name="How two are connected").locator("ol.steps")
        await expect(ways).to_have_count(len(found))
        await expect(ways.first.get_by_role("listitem")).to_have_count(len(found[0]["steps"]))
        for step in found[0]["steps"]:
            await expect(ways.first).to_contain_text(step["text"])
        assert abs(found[0]["strength"] - prod(step["strength"] for step in found[0]["steps"])) < 1e-9


async def test_what_would_remain_without_a_creator(browser: Browser, market: ServedMarket) -> None:
    network = (await asked(market, market.keys[Role.BRAND], NETWORK))["brand"]["network"]
    drawn = nx.Graph((edge["source"], edge["target"]) for edge in network["edges"])
    sales = {edge["source"]: edge["gmvUsd"] for edge in network["edges"] if edge["target"] == "Brand:b1"}
    whole = network["measures"]["concentration"]["gmvUsd"]
    creators = [node for node in network["nodes"] if node["distance"] == 1]

    def cut_off(node: str) -> int:
        rest = nx.restricted_view(drawn, [node], [])
        return rest.number_of_nodes() - len(nx.node_connected_component(rest, "Brand:b1"))

    worst = max(creators, key=lambda node: cut_off(node["nodeId"]))
    async with visit(browser, market, Role.BRAND, f"/network?depth=2&node={worst['nodeId']}") as page:
        await shown(page)
        said = page.locator("p", has_text="Without this one:")
        count = cut_off(worst["nodeId"])
        await expect(said).to_contain_text(f"{count} node" if count else "all others here stay connected")
        await expect(said).to_contain_text(f"{sales[worst['nodeId']] / whole:.1%} of the brand".replace(".0%", "%"))


async def test_a_way_between_any_two(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/network") as page:
        await shown(page)
        for label, text, option in (("From", "creator5", "creator5"), ("To", "Product 1", "Product 1")):
            field = page.get_by_role("combobox", name=label, exact=True)
            await field.fill(text)
            await expect(page.get_by_role("option", name=option).first).to_be_visible()
            await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile("from=Creator%3Ac05&to=Product%3Ap1"))
        ways = page.get_by_role("region", name="How two are connected")
        await expect(ways.get_by_role("heading", level=3).first).to_contain_text("the strongest")
        await ways.get_by_role("button", name="Change").last.click()
        await expect(page).not_to_have_url(re.compile("to="))


async def test_it_is_saved_as_files(browser: Browser, market: ServedMarket, tmp_path: Path) -> None:
    network = (await asked(market, market.keys[Role.BRAND], NETWORK))["brand"]["network"]
    async with visit(browser, market, Role.BRAND, "/network?depth=2") as page:
        await shown(page)
        for name in ("Save ties as CSV", "Save as SVG"):
            async with page.expect_download() as begun:
                await page.get_by_role("button", name=name).click()
            await (await begun.value).save_as(tmp_path / name)
    rows = list(csv.DictReader((tmp_path / "Save ties as CSV").read_text("utf-8").splitlines()))
    assert [(row["source"], row["target"], row["kind"]) for row in rows] == [
        (edge["source"], edge["target"], edge["kind"]) for edge in network["edges"]
    ]
    drawing = ElementTree.fromstring((tmp_path / "Save as SVG").read_text("utf-8"))
    assert len(drawing.findall(".//{*}g")) == len(network["nodes"])
    assert all(each.get("fill") for each in drawing.iter() if each.tag.endswith("circle"))


async def test_analysts_choose_a_brand(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.ANALYST, "/network") as page:
        await expect(page.get_by_text("Choose a brand")).to_be_visible()
        await page.get_by_role("combobox", name="Another brand").fill("Brand 2")
        await page.get_by_role("option", name="Brand 2").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Network of Brand 2")
        await page.get_by_role("combobox", name="How far").select_option("and their other brands")
        await expect(page.locator("[data-node^='Brand:']")).to_have_count(6)
        await page.locator("[data-node='Brand:b1']").click()
        await page.get_by_role("button", name="Show its network").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Network of Brand 1")
        await page.goto("/network?brand=Brand:none")
        await expect(page.get_by_text("There is no network to show")).to_be_visible()


async def test_from_a_collaboration_to_its_place_in_the_network(browser: Browser, market: ServedMarket) -> None:
    async with visit(browser, market, Role.BRAND, "/creators/Creator%3Ac07") as page:
        await shown(page)
        await page.get_by_role("group", name="Collaborations").get_by_role("link", name="Brand 1").first.click()
        await shown(page)
        await expect(page.get_by_role("heading", level=1)).to_have_text("Network of Brand 1")
        await expect(chosen(page)).to_have_text("creator7")
