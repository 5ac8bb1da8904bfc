"""Values of the database as plain ones: what JSON can say, and nothing of the engine's own ids.

JSON has no number for what is none or infinite: these become the texts `NaN`, `Infinity` and `-Infinity`. Whole numbers stay
numbers, of up to 64 bits.
"""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final, cast

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graph.plans.values import KINDS

TEMPORAL: Final = (Date, DateTime, Time, date, datetime, time)
COORDINATES: Final = ("x", "y", "z")

INTERNAL: Final = "_"
"""How the names of properties begin that the product keeps for itself, such as the age of an observation."""

PRIVATE: Final = frozenset(
    {
        "_adopted",
        "_age",
        "_assumed",
        "_byContent",
        "_consented",
        "_consentGivenAt",
        "_consentWithdrawnAt",
        "_dropped",
        "_older",
        "_own",
        "_part",
        "_points",
        "_programmes",
        "_said",
        "_searchForms",
        "_searchSounds",
        "_searchTerms",
        "_uncredited",
        "_whole",
    }
)
"""These names. A map made of all properties of a node, as by `properties(n)` or `n {.*}`, has them too; other names are its writer's."""

Ids = Mapping[str, str | None]
"""Ids of nodes by the engine's own."""


def identity(labels: Iterable[str], own: object) -> str | None:
    """Return a node's global id where its kind has one, else its own id; None where it has none."""
    if not isinstance(own, str):
        return None
    here = frozenset(labels)
    kind = next((kind for kind in KINDS if kind in here), None)
    return own if kind is None else f"{kind}:{own}"


def plain(value: Any, ids: Ids) -> Any:
    """Return a value as JSON has it; `ids` tells of the nodes that relationships join."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else _unsaid(value)
        case list():
            return [plain(item, ids) for item in cast("list[Any]", value)]
        case dict():
            return {key: plain(item, ids) for key, item in cast("dict[str, Any]", value).items() if key not in PRIVATE}
        case Node() | Relationship() | Path():
            return _of_the_graph(value, ids)
        case _:
            return _said(value)


def ends(values: Iterable[Any]) -> Iterator[Node]:
    """Yield the nodes within values, those that relationships join among them; those come bare, without labels and properties."""
    for value in values:
        match value:
            case Node():
                yield value
            case Relationship():
                yield from (node for node in value.nodes if node is not None)
            case Path():
                yield from value.nodes
            case list():
                yield from ends(cast("list[Any]", value))
            case dict():
                yield from ends(cast("dict[str, Any]", value).values())
            case _:
                pass


def _of_the_graph(value: Node | Relationship | Path, ids: Ids) -> dict[str, Any]:
    if isinstance(value, Node):
        return {"id": ids.get(value.element_id), "labels": sorted(value.labels), "properties": _properties(value, ids)}
    if isinstance(value, Relationship):
        start, end = (None if node is None else ids.get(node.element_id) for node in value.nodes)
        return {"type": value.type, "from": start, "to": end, "properties": _properties(value, ids)}
    return {"nodes": [plain(node, ids) for node in value.nodes], "relationships": [plain(each, ids) for each in value.relationships]}


def _properties(entity: Node | Relationship, ids: Ids) -> dict[str, Any]:
    return {name: plain(item, ids) for name, item in sorted(entity.items()) if not name.startswith(INTERNAL)}


def _unsaid(value: float) -> str:
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _said(value: Any) -> Any:
    """Return what JSON has no word for: times and durations as ISO 8601, bytes as base64, points as their coordinates."""
    match value:
        case Duration():
            return value.iso_format()
        case timedelta():
            return Duration(seconds=value.total_seconds()).iso_format()
        case bytes() | bytearray():
            return b64encode(value).decode()
        case Point():
            return {"srid": value.srid, **dict(zip(COORDINATES, map(float, value), strict=False))}
        case _ if isinstance(value, TEMPORAL):
            return _moment(value)
        case _:
            return str(value)


def _moment(value: Any) -> str:
    return cast("str", value.iso_format() if hasattr(value, "iso_format") else value.isoformat())
