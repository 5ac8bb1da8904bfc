"""Pieces of a query: an expression, and what Python still has to do to its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graph.dates import iso_time_or_null
from graph.plans.inputs import Inputs
from graph.plans.selection import Pick, Selection


@dataclass(frozen=True, slots=True)
class Deferred:
    """An explanation that is recomputed in one batch after the tree is there; put it under `key` of `holder`."""

    holder: dict[str, Any]
    key: str
    indicator: str
    columns: dict[str, Any]
    selection: Selection


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field that no plan holds, to be computed for a node after the tree is there; put it under `key` of `holder`.

    `field` names type and field; `own_id` is the node's own id, None at the root.
    """

    holder: Any
    key: str
    field: tuple[str, str]
    own_id: str | None
    pick: Pick


@dataclass(frozen=True, slots=True)
class Linked:
    """A node that a plan names by kind and own id, to be read after the tree is there; put it under `key` of `holder`."""

    holder: dict[str, Any]
    key: str
    kind: str
    own_id: str
    pick: Pick


@dataclass(frozen=True, slots=True)
class Failure:
    """What stands in the tree where a field cannot be answered, until the tree is whole and it is known what that makes null."""

    error: Exception


@dataclass(slots=True)
class Finishing:
    """One answer on its way out."""

    inputs: Inputs
    linked: list[Linked] = field(default_factory=list[Linked])
    failures: list[Failure] = field(default_factory=list[Failure])
    deferred: list[Deferred] = field(default_factory=list[Deferred])
    wanted: list[Wanted] = field(default_factory=list[Wanted])
    shown: set[str] = field(default_factory=set[str])
    """Own ids of the creators whose scores, or figures made of them, are in the answer."""


Finish = Callable[[Any, Finishing], Any]
Late = Callable[[dict[str, Any], str, Finishing], None]
"""Takes the value under a key out of its finished map, and notes what is to be put there later."""


@dataclass(frozen=True, slots=True)
class Part:
    """An expression, and what makes the answer of its value; None where the value is the answer.

    `late` is called instead where the answer is not made of this query alone.
    """

    expression: str
    finish: Finish | None = None
    late: Late | None = None


SHOWN: Final = "its creator"
"""The entry of a map that is about a creator's scores with the creator's own id; the answer leaves it out. No key has a blank."""


def in_map(
    keys: Sequence[str], finishes: Mapping[str, Finish] | None = None, lates: Mapping[str, Late] | None = None, *, shows: bool = False
) -> Finish | None:
    """Return what puts a map's keys into the order of the request, which the database does not keep, and finishes its entries.

    Where the map `shows` a creator's scores, their id is noted and taken out.
    """
    order = _ordered(keys, finishes or {}, shows=shows)
    if not lates:
        return order

    def finish(value: Any, finishing: Finishing) -> Any:
        holder = order(value, finishing) if order else value
        if holder is not None:
            for key, late in lates.items():
                late(holder, key, finishing)
        return holder

    return finish


def _ordered(keys: Sequence[str], finishes: Mapping[str, Finish], *, shows: bool) -> Finish | None:
    if len(keys) < 2 and not finishes and not shows:
        return None
    # An answer has hundreds of maps. Written out as a function of its own for each, as `dataclasses` does, this takes a
    # third of the time that it takes as loops; keys are names of GraphQL's and are quoted, so none can be code.
    steps = {f"finish_{place}": finishes[key] for place, key in enumerate(keys) if key in finishes}
    entries = ", ".join(_entry(key, f"finish_{place}" if key in finishes else "") for place, key in enumerate(keys))
    made = f"{{{entries}}}"
    if shows:
        made = f"(finishing.shown.add(value[{SHOWN!r}]), {made})[1]"
    return eval(f"lambda value, finishing: None if value is None else {made}", dict[str, Any](steps))


def _entry(key: str, step: str) -> str:
    return f"{key!r}: {step}(value[{key!r}], finishing)" if step else f"{key!r}: value[{key!r}]"


def in_list(each: Finish | None) -> Finish | None:
    """Return what finishes every item of a list."""
    if each is None:
        return None

    def finish(value: Any, finishing: Finishing) -> Any:
        return None if value is None else [each(item, finishing) for item in value]

    return finish


def iso(value: Any, _finishing: Finishing) -> Any:
    """Unix seconds → ISO 8601 in UTC."""
    return iso_time_or_null(value)
