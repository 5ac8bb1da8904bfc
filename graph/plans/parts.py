"""Pieces of a query: an expression, and what Python still has to do to its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from graph.plans.inputs import Inputs
from graph.plans.selection import Selection


@dataclass(frozen=True, slots=True)
class Deferred:
    """An explanation that is recomputed in one batch after the tree is there; put it under `key` of `holder`."""

    holder: dict[str, Any]
    key: str
    indicator: str
    columns: dict[str, Any]
    selection: Selection


@dataclass(slots=True)
class Finishing:
    """One answer on its way out."""

    inputs: Inputs
    deferred: list[Deferred] = field(default_factory=list[Deferred])


Finish = Callable[[Any, Finishing], Any]


@dataclass(frozen=True, slots=True)
class Part:
    """An expression, and what makes the answer of its value; None where the value is the answer."""

    expression: str
    finish: Finish | None = None


def in_map(keys: Sequence[str], finishes: Mapping[str, Finish] | None = None) -> Finish | None:
    """Return what puts a map's keys into the order of the request, which the database does not keep, and finishes its entries."""
    if len(keys) < 2:
        return _finished(finishes) if finishes else None
    order, values = tuple(keys), itemgetter(*keys)
    finished = _finished(finishes) if finishes else None

    # An answer has hundreds of maps: this runs once for each, so it does no more than it must.
    def ordered(value: Any, finishing: Finishing) -> Any:
        if value is None:
            return None
        made = dict(zip(order, values(value), strict=False))
        return finished(made, finishing) if finished else made

    return ordered


def _finished(finishes: Mapping[str, Finish]) -> Finish:
    entries = tuple(finishes.items())

    def finish(value: Any, finishing: Finishing) -> Any:
        if value is not None:
            for key, each in entries:
                value[key] = each(value[key], finishing)
        return value

    return finish


def in_list(each: Finish | None) -> Finish | None:
    """Return what finishes every item of a list."""
    if each is None:
        return None

    def finish(value: Any, finishing: Finishing) -> Any:
        return None if value is None else [each(item, finishing) for item in value]

    return finish


def iso(value: Any, _finishing: Finishing) -> Any:
    """Unix seconds → ISO 8601 in UTC."""
    return None if value is None else instant(value)


def instant(seconds: float) -> str:
    """Return Unix seconds as ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
