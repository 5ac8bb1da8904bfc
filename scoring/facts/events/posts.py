"""Videos and live streams of the longest window, and the products that they show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.facts.arrays import ABSENT, Bools, Columns, Floats, Ints, ordered
from scoring.facts.events.arrow import Column, Table, Tables, bools, codes, floats, ints, numbered
from scoring.facts.events.catalogue import Catalogue
from scoring.facts.events.creators import Creators
from scoring.facts.period import DAY, Period


@dataclass(frozen=True, slots=True)
class Posts:
    """Content, sorted by creator, time and numbers.

    Views and engagements are today's: the graph keeps no history of them. `name` numbers the content for joining.
    """

    name: Ints
    creator: Ints
    at: Ints
    live: Bools
    selected: Bools
    views: Floats
    engagements: Floats
    hours: Floats

    @property
    def day(self) -> Ints:
        """UTC days since 1970."""
        return self.at // DAY


@dataclass(frozen=True, slots=True)
class Features:
    """Products shown; `post` is the place of the content in `Posts`.

    Sums (`orders`, `gross`, `net`, `units`) are NaN where none are known at the as-of time, or where order lines of that
    content and product are known, so that nothing counts twice.
    """

    post: Ints
    product: Ints
    clicks: Floats
    orders: Floats
    units: Floats
    gross: Floats
    net: Floats


def posts(tables: Tables, period: Period, creators: Creators, catalogue: Catalogue) -> tuple[Posts, Features, Column]:
    """Return the content of the longest window with what it features, and the content ids that `Posts.name` numbers."""
    contents = tables["contents"]
    name, ids = numbered(contents["id"])
    columns: Columns = {
        "name": name,
        "creator": codes(contents["creator_id"], creators.values),
        "at": ints(contents["published_at"]),
        "live": bools(contents["live"]),
        "selected": bools(contents["selected"]),
        "views": floats(contents["views"]),
        "engagements": floats(contents["engagements"]),
        "hours": floats(contents["live_seconds"]) / 3600,
    }
    kept = (columns["creator"] != ABSENT) & period.holds(columns["at"])
    columns = _once_a_post({name: column[kept] for name, column in columns.items()})
    content = ordered(columns, "creator", "at", "views", "engagements", "hours", "live", "selected", "name")
    return Posts(**content), _features(tables["features"], content["name"], ids, catalogue), ids


def _features(table: Table, names: Ints, ids: Column, catalogue: Catalogue) -> Features:
    place = np.full(len(ids) + 1, ABSENT, dtype=np.int64)
    place[names] = np.arange(len(names))
    columns = {
        "post": place[codes(table["content_id"], ids)],
        "product": codes(table["product_id"], catalogue.product_values),
        "clicks": floats(table["clicks"]),
        **_sums(table),
    }
    known = (columns["post"] != ABSENT) & (columns["product"] != ABSENT)
    return Features(**ordered({name: column[known] for name, column in columns.items()}, "post", "product"))


def _sums(table: Table) -> Columns:
    """Return the sums kept on features, net of refunds; an order is kept as long as a unit of it may be."""
    orders, units, refunded, gross = (floats(table[name]) for name in ("orders", "units", "refunded_units", "gmv_usd"))
    kept = np.maximum(units - refunded, 0)
    share = np.divide(kept, units, out=np.where(np.isnan(units), np.nan, 1.0), where=units > 0)
    return {"orders": np.where(units > 0, np.minimum(orders, kept), orders), "units": kept, "gross": gross, "net": gross * share}


def _once_a_post(columns: Columns) -> Columns:
    """Return the first row of each content."""
    first = np.full(1 + int(columns["name"].max(initial=ABSENT)), ABSENT, dtype=np.int64)
    first[columns["name"][::-1]] = np.arange(len(columns["name"]))[::-1]
    first = first[first != ABSENT]
    return {name: column[first] for name, column in columns.items()}
