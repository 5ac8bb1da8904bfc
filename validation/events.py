"""Event tables of a simulated market as the import and the graph would give them, without either: for quick checks of what is learnt."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring.facts import EVENT_TABLES, Period
from scoring.facts.events.declarations import Type
from simulation import Market

pa: Final[Any] = import_module("pyarrow")
pc: Final[Any] = import_module("pyarrow.compute")
AGREED: Final = ("ACCEPTED", "DELIVERED", "FAILED")
ARROW: Final = {Type.TEXT: pa.string(), Type.WHOLE: pa.int64(), Type.REAL: pa.float64(), Type.FLAG: pa.bool_()}
Rows = dict[str, Any]


def events_of(made: Market) -> dict[str, Any]:
    """Return all event tables of a market as of its end."""
    tables, period = made.tables, Period(made.world.period.end)
    sales = _sales(made)
    early = np.asarray(sales["at"]) < period.start
    rows = {
        "creators": tables["creators"],
        "brands": tables["brands"],
        "categories": _categories(tables["categories"]),
        "products": tables["products"].append_column("price_usd", pa.array(_dollars(made, "products", "price"))),
        "contents": _contents(tables["contents"], since=period.history_start),
        "features": _features(made),
        "sales": sales.filter(pa.array(~early)),
        "earlier_sales": sales.filter(pa.array(early)),
        "collaborations": _collaborations(tables["collaborations"]),
        "promotions": _promotions(tables["collaborations"]),
        "report_history": tables["reports"],
    }
    return {each.name: _as_declared(rows.get(each.name, {}), each.columns) for each in EVENT_TABLES}


def _as_declared(given: Any, columns: Sequence[Any]) -> Any:
    """Return the declared columns; those that are not given are null."""
    names = given.column_names if hasattr(given, "column_names") else ()
    count = given.num_rows if names else 0
    return pa.table(
        {
            column.name: given[column.name].cast(ARROW[column.type]) if column.name in names else pa.nulls(count, ARROW[column.type])
            for column in columns
        }
    )


def _dollars(made: Market, table: str, column: str) -> NDArray[np.float64]:
    """Return amounts in US dollars at the mean rate of the period."""
    rates: dict[str, list[float]] = {}
    for row in made.tables["rates"].to_pylist():
        rates.setdefault(row["currency"], []).append(float(row["usd_per_unit"]))
    mean = {currency: float(np.mean(each)) for currency, each in rates.items()} | {"USD": 1.0}
    amounts = made.tables[table][column].to_pylist()
    currencies = made.tables[table]["currency"].to_pylist()
    return np.array(
        [np.nan if amount is None else float(amount) * mean[currency] for amount, currency in zip(amounts, currencies, strict=True)]
    )


def _categories(table: Any) -> Any:
    """Return categories; whatever is above the top is none."""
    above = pc.if_else(pc.is_in(table["parent_id"], value_set=table["id"].combine_chunks()), table["parent_id"], None)
    return table.set_column(table.column_names.index("parent_id"), "parent_id", above)


def _contents(table: Any, *, since: int) -> Any:
    lasted = pc.subtract(table["ended_at"], table["published_at"])
    engaged = pc.add(pc.add(table["likes"], table["comments"]), table["shares"])
    live = pc.equal(table["kind"], "LIVE")
    more = {
        "live": live,
        "selected": pa.array([False] * table.num_rows),
        "engagements": engaged,
        "live_seconds": pc.if_else(live, lasted, 0),
    }
    for name, column in more.items():
        table = table.append_column(name, column)
    return table.filter(pc.greater_equal(table["published_at"], since))


def _features(made: Market) -> Any:
    """Return products shown; sums where no order line of the content and product is known."""
    table = made.tables["features"].append_column("gmv_usd", pa.array(_dollars(made, "features", "gmv")))
    sold = set(zip(made.tables["sales"]["content_id"].to_pylist(), made.tables["sales"]["product_id"].to_pylist(), strict=True))
    pairs = zip(table["content_id"].to_pylist(), table["product_id"].to_pylist(), strict=True)
    lines = pa.array([pair in sold for pair in pairs])
    for name in ("orders", "units", "refunded_units", "gmv_usd"):
        place = table.column_names.index(name)
        column = pc.if_else(lines, pa.scalar(None, table[name].type), table[name])
        table = table.set_column(place, name, column)
    recent = pa.table({"id": made.tables["contents"]["id"], "at": made.tables["contents"]["published_at"]})
    period = Period(made.world.period.end)
    known = recent.filter(pc.greater_equal(recent["at"], period.history_start))["id"]
    return table.filter(pc.is_in(table["content_id"], value_set=known.combine_chunks()))


def _sales(made: Market) -> Any:
    return made.tables["sales"].append_column("gmv_usd", pa.array(_dollars(made, "sales", "gmv")))


def _collaborations(table: Any) -> Any:
    statuses, seen = table["statuses"].to_pylist(), table["seen_at"].to_pylist()
    first = [
        next((at for status, at in zip(one, two, strict=True) if status in AGREED), None) for one, two in zip(statuses, seen, strict=True)
    ]
    accepted = pc.fill_null(table["accepted"], False)
    table = table.set_column(table.column_names.index("accepted"), "accepted", accepted)
    table = table.append_column("status_since", pa.array([one[-1] if one else None for one in seen], pa.int64()))
    return table.append_column("accepted_since", pa.array(first, pa.int64()))


def _promotions(table: Any) -> Any:
    pairs = zip(table["id"].to_pylist(), table["product_ids"].to_pylist(), strict=True)
    rows = [(name, product) for name, products in pairs for product in products or ()]
    return pa.table(
        {"collaboration_id": pa.array([row[0] for row in rows], pa.string()), "product_id": pa.array([row[1] for row in rows], pa.string())}
    )
