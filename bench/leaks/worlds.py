"""A market, and its copy in which whatever a viewer may not see is another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from random import Random
from typing import Final

from bench.leaks.goods import CLIENTS, PRODUCTS, REGION, Row, World, brand_of, goods
from bench.leaks.people import DAY, END, TABLES, creator, deal, line

CREATORS: Final = 32
ABROAD: Final = {"GB": 16, "ID": 12}
TIED_ABROAD: Final = 3
"""Creators of other regions who sell for the clients: their order lines and terms are the clients' own, they themselves are not."""
SAMPLES: Final = 60
"""Samples of the first client, as many as it takes to learn what becomes of one."""


def original(seed: int = 1) -> World:
    """Return the market."""
    return _market(seed, abroad=Random(f"{seed} abroad"), counts=ABROAD)


def _market(seed: int, *, abroad: Random, counts: dict[str, int]) -> World:
    rng = Random(seed)
    world: World = {**goods(), **{name: [] for name in TABLES}}
    for number in range(CREATORS):
        creator(world, REGION, number, rng, products=list(PRODUCTS))
    _sampled(world, Random(f"{seed} samples"))
    foreign: World = {name: [] for name in TABLES}
    hidden = [each for each in PRODUCTS if brand_of(each) not in CLIENTS]
    for region, many in counts.items():
        for number in range(many):
            creator(foreign, region, number, abroad, products=hidden)
    _tied(foreign, Random(f"{seed} tied"), abroad)
    return world | {name: world[name] + foreign[name] for name in TABLES}


def _sampled(world: World, rng: Random) -> None:
    """Have creators ask the first client for samples of what they show; some wait for an answer."""
    posts = {each["id"]: each for each in world["contents"]}
    shown = [each for each in world["features"] if brand_of(each["product_id"]) == CLIENTS[0]]
    for n, feature in enumerate(rng.choices(shown, k=SAMPLES)):
        post = posts[feature["content_id"]]
        drawn = (deal(f"sample-k{n:02}", post["creator_id"], feature["product_id"], rng, [post]) for _ in count())
        world["collaborations"].append(next(each for each in drawn if each["kind"] == "SAMPLE"))


def _tied(foreign: World, rng: Random, abroad: Random) -> None:
    """Give some creators of other regions, whoever they are, the clients' order lines and terms, which the clients see."""
    own = [each for each in PRODUCTS if brand_of(each) in CLIENTS]
    for n, row in enumerate(abroad.sample(foreign["creators"], TIED_ABROAD)):
        post = next(each for each in foreign["contents"] if each["creator_id"] == row["id"])
        product = own[n]
        foreign["features"].append({"content_id": post["id"], "product_id": product, "impressions": 50, "clicks": 9})
        for k in range(4 + n):
            foreign["sales"].append(line(f"abroad-{n}-{k}", post, product, rng, at=END - (5 + 9 * k) * DAY))
        foreign["collaborations"].append({**deal(f"abroad-k{n}", row["id"], product, rng, ()), "content_ids": []})


def redrawn_abroad(seed: int, draw: int) -> World:
    """Return the market with other creators, of another number, in the other regions."""
    counts = {region: many + 2 + draw for region, many in ABROAD.items()}
    return _market(seed, abroad=Random(f"{seed} abroad {draw}"), counts=counts)


def of_creator(world: World, name: str) -> World:
    """Return the rows of one creator, by table."""
    contents = {each["id"] for each in world["contents"] if each["creator_id"] == name}
    return {
        "creators": [each for each in world["creators"] if each["id"] == name],
        "features": [each for each in world["features"] if each["content_id"] in contents],
        **{
            table: [each for each in world[table] if each["creator_id"] == name]
            for table in ("contents", "collaborations", "sales", "reports")
        },
    }


def replaced(world: World, name: str, rows: World) -> World:
    """Return the world with other rows for one creator; what the rows leave out stays."""
    before = {id(each): table for table, each_of in of_creator(world, name).items() for each in each_of}
    kept = {table: [each for each in world[table] if id(each) not in before] for table in rows}
    return world | {table: kept[table] + rows[table] for table in rows}


def names(world: World, region: str = REGION) -> list[str]:
    """Return the ids of a region's creators."""
    return [each["id"] for each in world["creators"] if each["region"] == region]


def others(rows: Sequence[Row], own: Sequence[str]) -> list[Row]:
    """Return the rows, of features, order lines or collaborations, that are of none of the own brands."""
    return [each for each in rows if (each.get("brand_id") or brand_of(each["product_id"])) not in own]
