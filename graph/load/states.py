"""A node between the database and memory: its register, what it looks like, and how it is stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from graph.load import names
from graph.load.registers import (
    FIRST_SEEN,
    NEVER,
    OF_PROGRAMME,
    SELECTED,
    TIMELESS,
    UNKNOWN_REGION,
    Register,
    aged,
    ages,
    counts,
    dumped,
    history,
    is_part,
    loaded,
    merged,
    overlaid,
)
from graph.load.shapes import HIDDEN, Shape
from graph.search.terms import searchable

Derive = Callable[[str, dict[str, Any], Register], dict[str, Any]]
"""Label, fields and register → the properties that follow from them."""


@dataclass(frozen=True, slots=True)
class State:
    """What is stored of one node.

    `own` is what rows said of it by id, `heard` what others said under a name that it held; `properties` and
    `references` (column → keys) are what the graph shows of both. `adopted_by` is the creator to whom a content was
    given that no row gives a publisher; `fixed` are properties that people wrote since.
    """

    own: Register = field(default_factory=dict[str, Any])
    heard: tuple[Register, ...] = ()
    properties: dict[str, Any] = field(default_factory=dict[str, Any])
    references: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    adopted_by: str | None = None
    fixed: frozenset[str] = frozenset()

    @property
    def known(self) -> bool:
        """Whether any row was of this node; others are there only because a row names them."""
        return bool(self.own.keys() - {FIRST_SEEN} or self._said)

    @property
    def empty(self) -> bool:
        """Whether nothing was said of this node, not even in passing."""
        return not self.own and not self._said

    @property
    def _said(self) -> bool:
        """Whether anything was said by name; a programme's terms alone make no collaboration."""
        return any(not key.startswith(OF_PROGRAMME) for register in self.heard for key in register)


ABSENT: Final = State()


def stored(shape: Shape, properties: Mapping[str, Any], references: dict[str, tuple[str, ...]], heard: Sequence[str]) -> State:
    """Return the state of a node as it was read."""
    adopted = references.pop("creator_id")[0] if properties.get("_adopted") else None
    told = tuple(loaded(text) for text in heard)
    fixed = shape.fixed(properties)
    kept = {name: value for name, value in properties.items() if name in shape.kept and name not in fixed}
    return State(_own(shape, kept, references), told, kept, references, adopted, fixed)


def _own(shape: Shape, properties: Mapping[str, Any], references: Mapping[str, Sequence[str]]) -> Register:
    if "_own" in properties:
        return loaded(properties["_own"])
    if "_age" not in properties:
        return {}
    assumed = set(properties.get("_assumed", ()))
    fields = {name: properties[name] for name in ("id", *shape.observed) if name in properties and name not in assumed}
    fields |= {
        link.column: list(references[link.column]) if link.many else references[link.column][0]
        for link in shape.links
        if references.get(link.column)
    }
    age = properties["_age"]
    if age == NEVER and not shape.whole:
        del fields["id"]
    if shape.whole:
        states = history(fields.pop("seenAt", ()), fields.pop("statuses", ()), age)
        numbers = counts(fields.pop("countedAt", ()), fields.pop("contentCounts", ()), age)
        return {properties.get("_part", ""): (age, fields)} | states | numbers | _first_seen(shape, properties)
    if shape.label == "Content":
        fields[SELECTED] = properties.get(SELECTED, False)
    if shape.sighted or FIRST_SEEN in properties:
        fields[FIRST_SEEN] = properties.get(FIRST_SEEN, 0)
    if shape.label == "FEATURES":
        fields["id"] = ""
    if "publishedAt" in assumed:
        fields["time_in_id"] = properties["publishedAt"]
    return aged(fields, newest=age, older=properties.get("_older", []))


def _first_seen(shape: Shape, properties: Mapping[str, Any]) -> Register:
    """Return when something was first known as an entry of its register; what shows no time was told by an undated source."""
    return {FIRST_SEEN: (NEVER, properties.get(FIRST_SEEN, 0))} if shape.sighted else {}


def renewed(shape: Shape, state: State, own: Register, derive: Derive, *, key: str) -> State:
    """Return the state of node `key` once its own register is `own`."""
    heard = state.heard
    register = own
    for told in heard:
        register = merged(register, told)
    fields = overlaid(register) if shape.whole else {name: value for name, (_, value) in register.items()}
    guessed = _guessed(shape.label, key, fields)
    references = {link.column: _keys(fields[link.column]) for link in shape.links if fields.get(link.column)}
    shown = {name: value for name, value in fields.items() if value or name not in TIMELESS}
    properties = {name: value for name, value in shown.items() if name in shape.names and name not in state.fixed}
    properties |= derive(shape.label, fields, register) | _bookkeeping(shape, own, apart=bool(heard))
    return State(own, heard, ({"id": key} if key else {}) | properties | guessed, references, state.adopted_by, state.fixed)


def of_creator(state: State, creator: str | None) -> State:
    """Return the state of a node whose creator no row of its own tells, only the names by which others speak of it."""
    if creator is None or "creator_id" in state.references:
        return state
    return replace(state, references=state.references | {"creator_id": (creator,)})


def _keys(value: list[str] | str) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _bookkeeping(shape: Shape, own: Register, *, apart: bool) -> dict[str, Any]:
    """Return the hidden properties from which `stored` finds the own register again."""
    if apart or shape.apart or (shape.whole and not _single(own)):
        return {"_own": dumped(own)}
    if not shape.whole:
        return {name: value for name, value in ages(own).items() if value is not None}
    part = next(part for part in own if is_part(part))
    return {"_age": own[part][0]} | ({"_part": part} if part else {})


def _single(own: Register) -> bool:
    """Tell whether a whole was seen once, in one part."""
    parts = [key for key in own if is_part(key)]
    return len(parts) == 1 and len({age for key, (age, _) in own.items() if key != FIRST_SEEN}) == 1


def _guessed(label: str, key: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in for fields that no source has told."""
    if label == "Content" and "time_in_id" in fields and "publishedAt" not in fields:
        return {"publishedAt": fields["time_in_id"], "_assumed": ["publishedAt"]}
    return assumed(label, key, fields)


def assumed(label: str, key: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return what follows from a node's own fields: what it is found by, and what a creator must have and no source has said.

    That is the id in place of a handle, `ZZ` in place of a region.
    """
    if label != "Creator":
        return searchable(label, key, properties)
    region, _, handle = key.rpartition(":")
    guess = {"handle": handle if region else key, "region": region if len(region) == 2 else UNKNOWN_REGION}
    missing = {name: value for name, value in guess.items() if name not in properties}
    handle_key = names.compared(properties.get("handle") or guess["handle"])
    found_by = searchable(label, key, {**properties, **missing})
    return missing | {"handleKey": handle_key} | found_by | ({"_assumed": sorted(missing)} if missing else {})


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties to set, null for those to remove."""
    removed = {name: None for name in before if name not in after and name in before}
    return removed | {name: value for name, value in after.items() if not _same(before.get(name), value)}


def _same(one: Any, other: Any) -> bool:
    return one == other and type(one) is type(other)


def shows_another(before: State, after: State, *, besides: Collection[str] = HIDDEN) -> bool:
    """Tell whether a reader would see a change, the properties `besides` left out."""
    if before.references != after.references:
        return True
    changed = difference(before.properties, after.properties)
    return any(name not in besides for name in changed)
