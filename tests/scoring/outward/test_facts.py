"""The outward facts tell nothing that is hidden: neither one value of them moves when all that is hidden is drawn anew within its step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from scoring import FORMULA, apply, fit
from scoring.facts import Columns, Period, market
from scoring.facts.events.within import within
from scoring.outward import open_tables, outward_facts
from tests.scoring.facts.drawn import DAY, END, event_tables

Row = dict[str, Any]
PEOPLE, BRANDS = 40, 6


@dataclass(frozen=True)
class World:
    """Rows of event tables, of which some are hidden."""

    rows: dict[str, list[Row]]

    def facts(self, consenting: frozenset[str] = frozenset()) -> Columns:
        """Return the outward facts."""
        tables, period = event_tables(self.rows), Period(END)
        return outward_facts(market(open_tables(tables), period), market(tables, period), consenting)


def drawn(seed: int) -> World:
    """Return a market whose hidden part depends on the seed, and is the same in the steps in which it is told."""
    hidden = np.random.default_rng(seed)
    shift = int(hidden.integers(BRANDS))
    people, brands = [f"c{at}" for at in range(PEOPLE)], [f"b{at}" for at in range(BRANDS)]
    posts = [
        {"id": f"{who}.{at}", "creator_id": who, "published_at": END - (3 + 5 * at) * DAY, "live": False, "views": 50 * (1 + place + at)}
        for place, who in enumerate(people)
        for at in range(1 + place % 7)
    ]
    orders = [
        {
            "order_id": f"{who}.{at}",
            "creator_id": who,
            "product_id": f"p{(at + shift) % BRANDS}",
            "at": END - int(hidden.integers(1, 6)) * DAY,
            "quantity": 1,
            "gmv_usd": float(hidden.uniform(13.2, 14.0) if place % 3 == 0 else hidden.uniform(1.0, 10.0)),
        }
        for place, who in enumerate(people)
        for at in range((10 + int(hidden.integers(60)), int(hidden.integers(3)), 0)[place % 3])
    ]
    deals = [
        {
            "id": f"{who}.{at}",
            "creator_id": who,
            "brand_id": f"b{hidden.integers(BRANDS)}",
            "kind": "TARGETED",
            "status": "DELIVERED" if hidden.random() < 0.5 else "EXPIRED",
            "offered_at": END - 60 * DAY,
            "ends_at": END - 20 * DAY,
            "rating": float(hidden.integers(1, 6)),
            "rated_at": END - DAY,
        }
        for who in people
        for at in range(1 + int(hidden.integers(2)))
    ]
    return World(
        {
            "creators": [{"id": who, "region": "US", "follower_count": 500 * (1 + place)} for place, who in enumerate(people)],
            "brands": [{"id": brand} for brand in brands],
            "categories": [{"id": "beauty"}],
            "products": [{"id": f"p{at}", "category_id": "beauty", "brand_id": brand} for at, brand in enumerate(brands)],
            "contents": posts,
            "features": [{"content_id": post["id"], "product_id": f"p{at % BRANDS}"} for at, post in enumerate(posts)],
            "sales": orders,
            "collaborations": deals,
        }
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_facts_and_scores_are_the_same_to_the_bit_whatever_is_hidden(seed: int) -> None:
    one, other = drawn(0).facts(), drawn(seed).facts()
    assert one.keys() == other.keys()
    for name in one:
        np.testing.assert_array_equal(one[name], other[name], err_msg=name)
    scores = [apply(facts, fit(facts)) for facts in (one, other)]
    np.testing.assert_array_equal(scores[0].value, scores[1].value)


def test_the_hidden_worlds_do_differ() -> None:
    one, other = drawn(0), drawn(1)
    assert one.rows["sales"] != other.rows["sales"]
    assert one.rows["collaborations"] != other.rows["collaborations"]


def test_who_consents_is_known_exactly_and_nobody_else() -> None:
    world = drawn(0)
    facts = world.facts(frozenset({"c0"}))
    everything = (facts["category"] == "*") & (facts["window"] == 90)
    orders = dict(zip(facts["creator"][everything], facts["orders"][everything], strict=True))
    sold = sum(each["creator_id"] == "c0" for each in world.rows["sales"])
    assert orders["c0"] == sold
    assert orders["c3"] == pytest.approx(10**1.5)
    assert orders["c1"] == pytest.approx(10**0.5)


def with_four_of_ones_own(others: int, both: Row, foreign: Row) -> Columns:
    """Return the facts where a creator has four collaborations with one brand, and some with others, which differ from those."""
    world = drawn(1)
    own = {**world.rows["collaborations"][0], "creator_id": "c1", "brand_id": "b0", "status": "DELIVERED", "rating": 4.0, **both}
    theirs = [{**own, **foreign, "brand_id": f"b{1 + at % 4}"} for at in range(others)]
    deals = [{**each, "id": str(at)} for at, each in enumerate([own] * 4 + theirs)]
    return World(world.rows | {"collaborations": deals}).facts()


@pytest.mark.parametrize(
    ("fact", "told_of", "both", "foreign"),
    [
        ("brand_rating", "brand_rating", {}, ({"rating": 1.0}, {"rating": 5.0})),
        ("promises_kept", "promises_due", {}, ({}, {"status": "FAILED"})),
        ("open_promises_kept", "open_promises", {"ends_at": END + DAY}, ({}, {"status": "ACCEPTED"})),
        ("ended_invitations_answered", "ended_invitations", {}, ({}, {"status": "EXPIRED"})),
        ("open_invitations_answered", "open_invitations", {"ends_at": END + DAY}, ({}, {"status": "OFFERED"})),
    ],
)
@pytest.mark.parametrize(("others", "told"), [(1, False), (4, False), (5, True)])
def test_a_brand_cannot_take_its_own_off(others: int, told: bool, fact: str, told_of: str, both: Row, foreign: tuple[Row, Row]) -> None:
    before, after = (with_four_of_ones_own(others, both, each) for each in foreign)
    assert bool((np.nan_to_num(before[told_of]) > 0).any()) is told
    assert np.array_equal(before[fact], after[fact], equal_nan=True) is not told


def test_whether_anything_was_sold_in_the_first_range_is_not_told() -> None:
    facts = drawn(0).facts()
    everything = (facts["category"] == "*") & (facts["window"] == 90)
    shares = dict(zip(facts["creator"][everything], facts["category_sales_share"][everything], strict=True))
    assert shares["c0"] == pytest.approx(1 / len(range(0, PEOPLE, 3)))
    assert np.isnan(shares["c1"])
    assert np.isnan(shares["c2"])


def test_every_fact_that_scores_read_is_there() -> None:
    assert drawn(0).facts().keys() >= FORMULA.facts


def test_small_categories_are_not_told() -> None:
    world = drawn(0)
    for each in world.rows["products"]:
        each["brand_id"] = "b0" if each["brand_id"] == "b5" else each["brand_id"]
    assert set(world.facts()["category"].tolist()) == {"*", "beauty"}
    for each in world.rows["products"]:
        each["brand_id"] = "b0"
    assert set(world.facts()["category"].tolist()) == {"*"}


def test_the_tables_of_some_creators_hold_nothing_of_others() -> None:
    tables = within(event_tables(drawn(0).rows), ["c0", "c2"])
    assert set(tables["creators"]["id"].to_pylist()) == {"c0", "c2"}
    assert set(tables["contents"]["creator_id"].to_pylist()) == {"c0", "c2"}
    assert {each.split(".")[0] for each in tables["features"]["content_id"].to_pylist()} == {"c0", "c2"}
    assert set(tables["collaborations"]["creator_id"].to_pylist()) == {"c0", "c2"}
    assert tables["products"].num_rows == BRANDS


def test_the_tables_of_creators_of_whom_nothing_is_known_are_empty() -> None:
    tables = within(event_tables(drawn(0).rows), ["nobody"])
    assert [tables[name].num_rows for name in ("contents", "features", "deliveries", "sales")] == [0, 0, 0, 0]
