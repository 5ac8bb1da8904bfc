"""From what a computed field answers to the tree that is asked for: attributes by their names, nodes by a plan."""

from __future__ import annotations

import keyword
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Final

from api.graphql.types.nouns import Ref
from graph.model import snake
from graph.plans.selection import Pick, Reference, Selection

IDS: Final = " ids"
"""The name among a request's values of the ids that a nested plan reads; no variable can be called so."""


CREATOR: Final = "Creator"
PLAIN: Final = frozenset({"None", "str", "int", "float", "bool", "list", "Id", "DateTime"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the tree that waits for a node."""

    holder: Any
    key: str | int
    ref: Ref
    selection: Selection


def write(value: Any, children: tuple[Selection, ...], holder: Any, key: str | int, slots: list[Slot]) -> None:
    """Put what is picked from a value under `key` of `holder`; nodes are noted in `slots`, and null until they are read."""
    holder[key] = None
    if isinstance(value, Ref):
        slots.extend(Slot(holder, key, value, each) for each in children if each.kind == value.kind)
    elif isinstance(value, list | tuple) and children:
        items: list[Any] = [None] * len(value)
        holder[key] = items
        for place, each in enumerate(value):
            write(each, children, items, place, slots)
    elif value is None or not children:
        holder[key] = value.name if isinstance(value, Enum) else value
    else:
        holder[key] = _tree(value, children, slots)


def _tree(value: Any, children: tuple[Selection, ...], slots: list[Slot]) -> dict[str, Any]:
    selection = children[0]
    tree: dict[str, Any] = {}
    for pick in selection.picks:
        if pick.name == "__typename":
            tree[pick.key] = selection.kind
        else:
            write(getattr(value, attribute(pick.name)), pick.children, tree, pick.key, slots)
    return tree


@cache
def attribute(name: str) -> str:
    """Return the attribute that answers a field: its name in snake case, `from_` where Python keeps the word."""
    found = snake(name)
    return f"{found}_" if keyword.iskeyword(found) else found


def creators_in(value: Any) -> set[str]:
    """Return the own ids of the creators whom a computed field's answer names, whether they are picked from it or not.

    What is `scoreless` names creators, and tells nothing of their scores.
    """
    found: set[str] = set()
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, Ref):
            if each.kind == CREATOR:
                found.add(each.own_id)
        elif isinstance(each, list | tuple):
            left += each
        elif each is not None and not getattr(each, "scoreless", False):
            left += [getattr(each, name) for name in _holding(type(each))]
    return found


@cache
def _holding(kind: type) -> tuple[str, ...]:
    """Return the attributes of a type of ours that may hold nodes, or other types of ours."""
    declared = {name: str(type_) for base in reversed(kind.__mro__) for name, type_ in vars(base).get("__annotations__", {}).items()}
    return tuple(name for name, type_ in declared.items() if not PLAIN.issuperset(re.findall(r"\w+", type_)))


def grouped(slots: Sequence[Slot]) -> list[list[Slot]]:
    """Return the slots by selection: one plan reads each group."""
    groups: dict[int, list[Slot]] = {}
    for each in slots:
        groups.setdefault(id(each.selection), []).append(each)
    return list(groups.values())


def nodes_of(selection: Selection) -> Pick:
    """Return the pick that reads nodes of one kind by their ids."""
    return Pick(IDS, "nodes", {"ids": Reference((IDS,))}, (selection,))
