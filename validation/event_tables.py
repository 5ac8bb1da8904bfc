"""Event tables of a simulated market as its import tables tell them, without a graph between: for what has to be re-scored many times."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from graph.dates import DAY
from scoring.facts import EVENT_TABLES, WINDOWS
from scoring.facts.events.arrow import pa, pc
from scoring.facts.events.declarations import EventTable, Type
from simulation import Market

TYPES: Final = {Type.TEXT: pa.string(), Type.WHOLE: pa.int64(), Type.REAL: pa.float64(), Type.FLAG: pa.bool_()}
Columns = dict[str, Any]


def event_tables(made: Market) -> dict[str, Any]:
    """Return every declared event table, as of the market's end; columns that its import tables do not bring are null."""
    start = made.world.period.end - max(WINDOWS) * DAY
    sales = _sales(made)
    late = pc.greater_equal(sales["at"], start)
    given = {
        "creators": _renamed(made["creators"], id="id", region="region", follower_count="follower_count", joined_at="joined_at"),
        "brands": _renamed(made["brands"], id="id"),
        "categories": _categories(made),
        "products": _products(made),
        "contents": _contents(made),
        "features": _features(made),
        "sales": {name: pc.filter(column, late) for name, column in sales.items()},
        "earlier_sales": {name: pc.filter(column, pc.invert(late)) for name, column in sales.items()},
        "collaborations": _collaborations(made),
        "promotions": _promotions(made),
        "mentions": _mentions(made),
        **_reports(made),
    }
    return {declared.name: _table(declared, given.get(declared.name, {})) for declared in EVENT_TABLES}


def _table(declared: EventTable, columns: Columns) -> Any:
    length = len(next(iter(columns.values()))) if columns else 0
    return pa.table(
        {
            each.name: _plain(columns[each.name]).cast(TYPES[each.type]) if each.name in columns else pa.nulls(length, TYPES[each.type])
            for each in declared.columns
        }
    )


def _plain(column: Any) -> Any:
    if isinstance(column, np.ndarray):
        return pa.array(column, from_pandas=True)
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _renamed(table: Any, **names: str) -> Columns:
    return {name: table[source] for name, source in names.items() if source in table.column_names}


def _usd(made: Market, table: Any, name: str) -> Any:
    """Return amounts in US dollars, each currency at its last rate."""
    last = {row["currency"]: row["usd_per_unit"] for row in made["rates"].to_pylist()} | {"USD": 1.0}
    rates = [last.get(currency, np.nan) for currency in table["currency"].to_pylist()]
    return table[name].to_numpy() * np.array(rates)


def _categories(made: Market) -> Columns:
    parents = [None if parent in (None, "0") else parent for parent in made["categories"]["parent_id"].to_pylist()]
    return {"id": made["categories"]["id"], "parent_id": pa.array(parents, pa.string())}


def _products(made: Market) -> Columns:
    table = made["products"]
    return _renamed(table, id="id", category_id="category_id", brand_id="brand_id") | {"price_usd": _usd(made, table, "price")}


def _contents(made: Market) -> Columns:
    table = made["contents"]
    reacted = pc.add(pc.add(table["likes"], table["comments"]), table["shares"])
    live = pc.equal(table["kind"], "LIVE")
    return _renamed(table, id="id", creator_id="creator_id", published_at="published_at", views="views") | {
        "live": live,
        "selected": np.zeros(table.num_rows, dtype=np.bool_),
        "engagements": reacted,
        "live_seconds": pc.if_else(live, table["duration_seconds"], 0),
    }


def _features(made: Market) -> Columns:
    table = made["features"]
    names = {each: each for each in ("content_id", "product_id", "clicks", "orders", "units", "refunded_units")}
    return _renamed(table, **names) | {"gmv_usd": _usd(made, table, "gmv")}


def _sales(made: Market) -> Columns:
    table = made["sales"]
    names = {each: each for each in ("order_id", "creator_id", "product_id", "content_id", "content_kind", "at", "quantity", "status")}
    return _renamed(table, **names) | {"gmv_usd": _usd(made, table, "gmv"), "refunded_quantity": table["refunded_quantity"]}


def _collaborations(made: Market) -> Columns:
    table = made["collaborations"]
    names = ("id", "creator_id", "brand_id", "kind", "status", "offered_at", "answered_at", "due_at", "approved_at", "sample_delivered_at")
    more = ("ends_at", "delivered_at", "rating", "rated_at", "content_count")
    return _renamed(table, **{each: each for each in (*names, *more)}) | {"accepted": pc.fill_null(table["accepted"], False)}


def _promotions(made: Market) -> Columns:
    table = made["collaborations"].select(["id", "product_ids"])
    lists = table["product_ids"].combine_chunks()
    return {"collaboration_id": table["id"].combine_chunks().take(pc.list_parent_indices(lists)), "product_id": pc.list_flatten(lists)}


def _mentions(made: Market) -> Columns:
    table, contents = made["mentions"], made["contents"]
    place = pc.index_in(table["content_id"], value_set=contents["id"].combine_chunks())
    return {
        "creator_id": contents["creator_id"].take(place),
        "mentioned_id": table["creator_id"],
        "published_at": contents["published_at"].take(place),
    }


def _reports(made: Market) -> dict[str, Columns]:
    table = made["reports"].sort_by("at")
    every = {each.name: each.name for declared in EVENT_TABLES if declared.name == "report_history" for each in declared.columns}
    newest = {creator: row for row, creator in enumerate(table["creator_id"].to_pylist())}
    last = table.take(pa.array(sorted(newest.values())))
    latest = {each.name: each.name for declared in EVENT_TABLES if declared.name == "reports" for each in declared.columns}
    money = {f"{name}_usd": _usd(made, last, name) for name in ("gmv", "gmv_low", "gmv_high", "gpm")}
    return {"report_history": _renamed(table, **every), "reports": _renamed(last, **latest) | money}
