"""The methodology, which is declared in Python and needs no query."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import scoring
from graph.model import snake
from graph.plans.selection import Selection


def methodology(selection: Selection) -> dict[str, Any]:
    """Return what is picked of the methodology."""
    return picked(_declared(), selection)


@lru_cache(maxsize=1)
def _declared() -> scoring.Methodology:
    return scoring.methodology()


def picked(thing: Any, selection: Selection) -> dict[str, Any]:
    """Return what is picked from an object, attributes by their names in snake case."""
    return {each.key: _value(thing, selection.kind, each.name, each.children) for each in selection.picks}


def _value(thing: Any, kind: str, name: str, children: tuple[Selection, ...]) -> Any:
    if name == "__typename":
        return kind
    if name == "indicator":
        return thing.name.upper()
    value = getattr(thing, snake(name))
    if isinstance(value, tuple):
        return [picked(each, children[0]) if children else each for each in value]
    return value
