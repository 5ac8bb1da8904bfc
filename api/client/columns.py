"""What a frame's columns are: dotted paths into the API's records, each with its type.

`overall.value` is the field `value` of the field `overall`, as the schema names them. The selection that is asked for is
written from the same table, so that an empty frame has the same columns and types as a full one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl

TEXT: Final = pl.String()
WHOLE: Final = pl.Int64()
NUMBER: Final = pl.Float64()
TRUTH: Final = pl.Boolean()
INSTANT: Final = pl.Datetime("us", "UTC")
TEXTS: Final = pl.List(pl.String())
OPEN: Final = pl.Unknown()
"""The type of a field that the caller asks for beside ours: found from the values, and an instant where the name says so."""

Columns = Mapping[str, Any]

INDICATORS: Final[tuple[str, ...]] = (
    "overall",
    "cooperation",
    "diligence",
    "influence",
    "contentVolume",
    "contentSuccess",
    "salesAbility",
    "collaboration",
    "consistency",
)
PROFILE: Final[Columns] = {
    "id": TEXT,
    "handle": TEXT,
    "region": TEXT,
    "nickname": TEXT,
    "language": TEXT,
    "verified": TRUTH,
    "followerCount": WHOLE,
    "videoCount": WHOLE,
    "joinedAt": INSTANT,
}
SCORE: Final[Columns] = {
    "indicator": TEXT,
    "value": NUMBER,
    "low": NUMBER,
    "high": NUMBER,
    "evidence": WHOLE,
    "percentile": NUMBER,
    "rank": WHOLE,
    "peers": WHOLE,
    "previous": NUMBER,
    "basis": TEXT,
    "reason": TEXT,
}
CREATORS: Final[Columns] = PROFILE | {f"{name}.{part}": NUMBER for name in INDICATORS for part in ("value", "low", "high")}
PLACE: Final[Columns] = {"rank": WHOLE}
BRANDS: Final[Columns] = {"id": TEXT, "name": TEXT, "region": TEXT}
MONEY: Final[Columns] = {"amount": NUMBER, "currency": TEXT, "usd": NUMBER}
PRODUCTS: Final[Columns] = {
    "id": TEXT,
    "title": TEXT,
    "region": TEXT,
    "status": TEXT,
    "commissionRate": NUMBER,
    "unitsSold": WHOLE,
    "brand.id": TEXT,
    "brand.name": TEXT,
    "category.id": TEXT,
    "category.name": TEXT,
    **{f"price.{name}": type_ for name, type_ in MONEY.items()},
}
COLLABORATIONS: Final[Columns] = {
    "id": TEXT,
    "kind": TEXT,
    "status": TEXT,
    "brand.id": TEXT,
    "brand.name": TEXT,
    "creator.id": TEXT,
    "creator.handle": TEXT,
    **dict.fromkeys(("offeredAt", "answeredAt", "dueAt", "deliveredAt", "endsAt"), INSTANT),
    "commissionRate": NUMBER,
    "rating": NUMBER,
    "contentCount": WHOLE,
}
COMPONENT: Final[Columns] = {
    "name": TEXT,
    "contribution": NUMBER,
    "raw": NUMBER,
    "shrunk": NUMBER,
    "peerMedian": NUMBER,
    "weight": NUMBER,
}


def with_fields(columns: Columns, fields: Iterable[str]) -> Columns:
    """Return the columns and those of further fields, named as the schema names them: `bio`, `sales.gmvUsd`."""
    return dict(columns) | {each: OPEN for each in fields if each not in columns}


def selection(paths: Iterable[str], arguments: Mapping[str, str] | None = None) -> str:
    """Return the selection that asks for these paths; `arguments` are written behind the field that they are given for."""
    tree: dict[str, Any] = {}
    for path in paths:
        place = tree
        for part in path.split("."):
            place = place.setdefault(part, {})
    return _written(tree, arguments or {})


def _written(tree: Mapping[str, Any], arguments: Mapping[str, str]) -> str:
    fields = (f"{name}{arguments.get(name, '')}" + (f" {_written(below, arguments)}" if below else "") for name, below in tree.items())
    return "{ " + " ".join(fields) + " }"
