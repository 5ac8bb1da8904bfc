"""What a dollar of cheating buys in rank: creators of the middle buy views, or orders from themselves, and all are scored again.

Prices are the cheapest known, so the gain a dollar is an upper bound: 1,000 views, likes or shares cost what NATO's Strategic
Communications Centre of Excellence paid in 2020 (AP, 21 December 2020: 300 euros, $366, for 337,768 on five platforms), and an order
from oneself its price less the commission that comes back. What is sent back costs nothing here, and counts for nothing in a score.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from api.runs.scorecards import Scored, scored
from graph.dates import DAY
from scoring.facts import Period, market
from scoring.facts.events.arrow import pa
from simulation import Market
from validation.event_tables import event_tables

PRICE_PER_THOUSAND: Final = 366.0 / 337.768
"""US dollars for 1,000 views or likes."""
COMMISSION: Final = 0.15
"""What comes back of an order from oneself; assumed, the middle of usual rates."""
SPENT: Final = (10.0, 100.0, 1_000.0)
"""US dollars of each creator who cheats."""
BUYERS: Final = 10
EVERYTHING: Final = "*"
WINDOW: Final = 90
Tables = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Purchase:
    """What so many dollars a creator bought: the mean gain in percentile, of all and of those without a flag, and the share flagged."""

    what: str
    dollars: float
    gain: float
    most: float
    unflagged_gain: float
    flagged: float

    @property
    def a_dollar(self) -> float:
        """Percentiles gained for a dollar, 0 where none were."""
        return max(self.gain, 0.0) / self.dollars


def purchases(made: Market) -> list[Purchase]:
    """Return what each kind of purchase gains at each sum spent; the market should be without cheats of its own."""
    tables, as_of = event_tables(made), made.world.period.end
    before = scored(market(tables, Period(as_of)))
    buyers = _middle(before, tables, as_of)
    bought: dict[str, Callable[[float], Tables]] = {
        "views": lambda dollars: with_views(tables, buyers, as_of, dollars, likes=False),
        "views and likes": lambda dollars: with_views(tables, buyers, as_of, dollars, likes=True),
        "orders from oneself": lambda dollars: with_orders(tables, buyers, as_of, dollars),
    }
    return [
        _judged(what, dollars, buyers, before, scored(market(buy(dollars), Period(as_of))))
        for what, buy in bought.items()
        for dollars in SPENT
    ]


def with_views(tables: Tables, buyers: list[str], as_of: int, dollars: float, *, likes: bool) -> Tables:
    """Return the tables with views bought for the posts of the window, as many for each; with likes at the creator's own rate."""
    contents = tables["contents"]
    creator, at = np.array(contents["creator_id"].to_pylist()), contents["published_at"].to_numpy()
    views, engagements = (contents[name].to_numpy().astype(np.float64) for name in ("views", "engagements"))
    grown = dict[str, float]()
    for who in buyers:
        own = (creator == who) & (at >= as_of - WINDOW * DAY)
        rate = float(engagements[own].sum() / views[own].sum()) if likes else 0.0
        number = 1_000 * dollars / PRICE_PER_THOUSAND / (1 + rate) / max(int(own.sum()), 1)
        grown[who] = 1.0 + number * float(own.sum()) / float(views[own].sum())
        views[own] += number
        engagements[own] += number * rate
    changed = _replaced(contents, views=np.round(views).astype(np.int64), engagements=np.round(engagements).astype(np.int64))
    return tables | {"contents": changed, **_reported(tables, grown, likes=likes)}


def with_orders(tables: Tables, buyers: list[str], as_of: int, dollars: float) -> Tables:
    """Return the tables with orders of one unit for what the creator's videos of the window show, one after the other, spread over it."""
    features, contents = tables["features"].to_pylist(), {row["id"]: row for row in tables["contents"].to_pylist()}
    price = {row["id"]: row["price_usd"] for row in tables["products"].to_pylist()}
    rows: list[dict[str, Any]] = []
    for who in buyers:
        own = [each for each in features if contents[each["content_id"]]["creator_id"] == who]
        slots = [each for each in own if _buyable(contents[each["content_id"]], as_of)]
        left, turn = dollars, 0
        while slots and left > 0:
            slot = slots[turn % len(slots)]
            cost = price[slot["product_id"]] * (1 - COMMISSION)
            at = contents[slot["content_id"]]["published_at"] + DAY // 2 + 7_001 * turn % (2 * DAY)
            rows.append(_order(who, slot, at, price[slot["product_id"]], len(rows)))
            left, turn = left - max(cost, 1.0), turn + 1
    added = pa.Table.from_pylist(rows, schema=tables["sales"].schema) if rows else tables["sales"].slice(0, 0)
    return tables | {"sales": pa.concat_tables([tables["sales"], added])}


def _buyable(content: dict[str, Any], as_of: int) -> bool:
    return not content["live"] and as_of - WINDOW * DAY <= content["published_at"] < as_of - 3 * DAY


def _order(who: str, slot: dict[str, Any], at: int, price: float, number: int) -> dict[str, Any]:
    named = {"order_id": f"own{number}", "creator_id": who, "product_id": slot["product_id"], "content_id": slot["content_id"]}
    return named | {"content_kind": "VIDEO", "at": at, "quantity": 1, "gmv_usd": price, "status": "SETTLED", "refunded_quantity": 0}


def _middle(of: Scored, tables: Tables, as_of: int) -> list[str]:
    """Return creators nearest to the middle by overall, of those who posted ten videos or more with a product in the window."""
    rows = np.flatnonzero((of.cards.category == EVERYTHING) & (of.cards.window == WINDOW))
    contents = {row["id"]: row for row in tables["contents"].to_pylist()}
    shown = [contents[id_] for id_ in tables["features"]["content_id"].to_pylist()]
    ids, counts = np.unique([each["creator_id"] for each in shown if _buyable(each, as_of)], return_counts=True)
    able = set(ids[counts >= 10].tolist())
    ranked = sorted((abs(_percentile(of, row) - 50.0), str(of.cards.creator[row])) for row in rows.tolist())
    return [who for _, who in ranked if who in able][:BUYERS]


def _percentile(of: Scored, row: int) -> float:
    value = float(of.cards.percentile[row, of.names.index("overall")])
    return value if np.isfinite(value) else 200.0


def _judged(what: str, dollars: float, buyers: list[str], before: Scored, after: Scored) -> Purchase:
    place = {str(who): row for row, who in enumerate(after.cards.creator) if _whole(after, row)}
    start = {str(who): row for row, who in enumerate(before.cards.creator) if _whole(before, row)}
    gains = np.array([_percentile(after, place[who]) - _percentile(before, start[who]) for who in buyers])
    flagged = np.isin(buyers, after.flags.creator)
    free = gains[~flagged]
    return Purchase(what, dollars, float(gains.mean()), float(gains.max()), float(free.mean()) if len(free) else 0.0, float(flagged.mean()))


def _whole(of: Scored, row: int) -> bool:
    return bool(of.cards.category[row] == EVERYTHING and of.cards.window[row] == WINDOW)


def _reported(tables: Tables, grown: dict[str, float], *, likes: bool) -> Tables:
    """Return the platform's reports with the views bought in their means; engagement rates fall where no likes were bought."""
    changed: Tables = {}
    for name in ("reports", "report_history"):
        table = tables[name]
        factor = np.array([grown.get(who, 1.0) for who in table["creator_id"].to_pylist()])
        columns = {
            each: table[each].to_numpy() * factor
            for each in ("video_views", "median_video_views", "live_views")
            if each in table.column_names
        }
        if not likes:
            columns["video_engagement_rate"] = table["video_engagement_rate"].to_numpy() / factor
        changed[name] = _replaced(table, **columns)
    return changed


def _replaced(table: Any, **columns: Any) -> Any:
    for name, values in columns.items():
        place = table.column_names.index(name)
        table = table.set_column(place, table.schema.field(name), pa.array(values, from_pandas=True).cast(table.schema.field(name).type))
    return table
