"""Points by one creator's own copies against those of a whole market that is made again without the event: nearly the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from scoring import apply, fit
from scoring.effects import Event, Scored, effects, events
from scoring.facts import Columns, Period, market, table
from scoring.solved import solved
from tests.scoring.facts.drawn import DAY, END, event_tables

PERIOD = Period(END)
PEOPLE = 30
GOODS = [{"id": f"p{at}", "category_id": f"k{at % 3}", "brand_id": f"b{at % 4}", "price_usd": 5.0 + at} for at in range(8)]
INDICATORS = ("overall", "cooperation", "diligence", "content_volume", "content_success", "sales_ability", "collaboration", "influence")


def drawn() -> dict[str, pa.Table]:
    """Return a market of thirty creators, who differ in how much they post, are seen, sell and keep their promises."""
    draws = np.random.default_rng(5)
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("creators", "contents", "features", "sales", "collaborations", "promotions")
    }
    for number in range(PEOPLE):
        who, rate, views, sells = f"c{number:02d}", *draws.lognormal([2.0, 6.0, 0.0], 0.6)
        rows["creators"].append({"id": who, "region": "US", "follower_count": int(views * 9), "first_seen_at": END - 170 * DAY})
        for post in range(2 + draws.poisson(rate)):
            at, product = END - int(draws.integers(1, 85)) * DAY, f"p{draws.integers(8)}"
            name = f"{who}-{post}"
            seen = {"live": False, "live_seconds": 0, "views": int(views * draws.lognormal(0, 0.5)), "engagements": int(views / 20)}
            rows["contents"].append({"id": name, "creator_id": who, "published_at": at, **seen})
            rows["features"].append({"content_id": name, "product_id": product})
            for order in range(draws.poisson(0.6 * sells)):
                line = {"order_id": f"{name}-{order}", "product_id": product, "content_id": name, "content_kind": "VIDEO", "quantity": 1}
                rows["sales"].append({**line, "creator_id": who, "gmv_usd": 9.0, "at": at + 600})
        for deal in range(draws.poisson(4.0)):
            status = str(draws.choice(["DELIVERED", "ACCEPTED", "EXPIRED"]))
            name, offered = f"{who}-k{deal}", END - int(draws.integers(40, 90)) * DAY
            times = {"offered_at": offered, "due_at": offered + 20 * DAY, "ends_at": offered + 25 * DAY, "status_since": offered}
            known = {"kind": "TARGETED", "status": status, "accepted": status != "EXPIRED", "brand_id": f"b{draws.integers(4)}"}
            rows["collaborations"].append({"id": name, "creator_id": who, **known, **times})
            rows["promotions"].append({"collaboration_id": name, "product_id": f"p{draws.integers(8)}"})
    things = {"brands": [{"id": f"b{at}"} for at in range(4)], "categories": [{"id": f"k{at}"} for at in range(3)], "products": GOODS}
    return event_tables(rows | things)


def facts_of(tables: dict[str, pa.Table]) -> Columns:
    made = market(tables, PERIOD)
    return solved(made, table(made)).facts


def row_of(facts: Columns, who: str) -> Columns:
    chosen = (facts["creator"] == who) & (facts["window"] == 90) & (facts["category"] == "*")
    return {name: column[chosen] for name, column in facts.items()}


def kept(rows: pa.Table, chosen: Any) -> pa.Table:
    return rows.filter(pa.array(np.asarray(chosen, dtype=bool)))


def own_tables(tables: dict[str, pa.Table], who: str) -> dict[str, pa.Table]:
    """Return one creator's events; names of contents and collaborations begin with the creator's."""
    found = dict(tables)
    for name in (
        "contents",
        "features",
        "sales",
        "earlier_sales",
        "collaborations",
        "promotions",
        "deliveries",
        "reports",
        "report_history",
    ):
        column = next(each for each in ("creator_id", "content_id", "collaboration_id") if each in tables[name].column_names)
        found[name] = kept(tables[name], [value.startswith(who) for value in tables[name][column].to_pylist()])
    found["creators"] = kept(tables["creators"], [value == who for value in tables["creators"]["id"].to_pylist()])
    for name in ("reports", "report_history"):
        found[name] = found[name].append_column("id", pa.array([], pa.string()))
    return found


def without(tables: dict[str, pa.Table], own: dict[str, pa.Table], event: Event) -> dict[str, pa.Table]:
    """Return the whole market's tables without the rows of an event; a creator's rows follow each other there."""
    found = dict(tables)
    for name, places in event.rows.items():
        column = next(each for each in ("creator_id", "content_id", "collaboration_id") if each in tables[name].column_names)
        who = own["creators"]["id"][0].as_py()
        at = np.flatnonzero([value.startswith(who) for value in tables[name][column].to_pylist()])[places]
        found[name] = kept(tables[name], np.isin(np.arange(tables[name].num_rows), at, invert=True))
    return found


def test_points_are_nearly_those_of_a_market_made_again() -> None:
    tables = drawn()
    whole = facts_of(tables)
    learnt = fit(whole)
    told: dict[str, list[tuple[float, float]]] = {name: [] for name in INDICATORS}
    for who in ("c03", "c11", "c20"):
        own, row = own_tables(tables, who), row_of(whole, who)
        every = events(own)
        points = {
            name: {each.event.key: each.points for each in effects(Scored(row, learnt, name, own, PERIOD), every)} for name in INDICATORS
        }
        before = apply(row, learnt)
        for event in every[:: max(1, len(every) // 5)]:
            after = apply(row_of(facts_of(without(tables, own, event)), who), learnt)
            for name in INDICATORS:
                at = before.names.index(name)
                told[name].append((points[name].get(event.key) or 0.0, float(before.value[0, at] - after.value[0, at])))
    errors = {name: float(np.abs(np.subtract(*np.array(pairs).T)).mean()) for name, pairs in told.items()}
    sizes = {name: float(np.abs(np.array(pairs)[:, 1]).mean()) for name, pairs in told.items()}
    for name in INDICATORS:
        # A creator's part of a walk follows from everybody's sales, of which the copies know nothing.
        assert errors[name] <= (1.5 if name == "influence" else 0.1 + 0.4 * sizes[name]), (name, errors[name], sizes[name])
    for name in ("overall", "sales_ability"):
        assert np.corrcoef(*np.array(told[name]).T)[0, 1] > 0.9, name
    assert sum(np.abs(exact) > 1.0 for pairs in told.values() for _, exact in pairs) > 20
    assert pytest.approx(np.array(told["cooperation"])[:, 0], abs=1e-6) == np.array(told["cooperation"])[:, 1]
