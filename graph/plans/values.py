"""What a request's values become before they are parameters: own ids, compared handles, numbers of a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, Final

from graph.plans.errors import InvalidValue
from graph.plans.inputs import Convert, Inputs

KINDS: Final = (
    "Creator",
    "Brand",
    "Product",
    "Category",
    "Collaboration",
    "Content",
    "Report",
    "ScoringRun",
    "Sale",
    "Flag",
    "Appeal",
    "Brief",
    "BriefRun",
)
"""Kinds of nodes that have a global id, `Kind:own id`."""


def split_id(value: str) -> tuple[str | None, str]:
    """Return kind and own id of a global id; no kind where it has none that we know."""
    kind, colon, own = value.partition(":")
    return (kind, own) if colon and kind in KINDS else (None, value)


def own_id(kind: str) -> Convert:
    """Return what makes an own id of a global one; an own id alone is taken too."""
    return _OWN_IDS[kind]


def own_ids(kind: str) -> Convert:
    """Return what makes own ids of a list of global ones."""
    return _OWN_ID_LISTS[kind]


def ids_of(kind: str) -> Convert:
    """Return what picks, of a list of global ids of any kind, the own ids of one kind."""
    return _IDS_OF[kind]


def handle_key(value: Any, _inputs: Inputs) -> str | None:
    """Return a handle as compared: trimmed, without `@`, NFKC, case-folded."""
    return None if value is None else unicodedata.normalize("NFKC", str(value).strip().removeprefix("@")).casefold()


def _converter(kind: str) -> Convert:
    def convert(value: Any, _inputs: Inputs) -> str | None:
        if value is None:
            return None
        found, own = split_id(str(value))
        if found not in (None, kind):
            raise InvalidValue(f"{value!r} is the id of a {found}, but a {kind} is expected; give an id that starts with {kind}:")
        return own

    return convert


def _list_converter(kind: str) -> Convert:
    one = _converter(kind)

    def convert(values: Any, inputs: Inputs) -> list[Any]:
        return [one(value, inputs) for value in values or ()]

    return convert


def _selector(kind: str) -> Convert:
    def convert(values: Any, _inputs: Inputs) -> list[str]:
        return [own for found, own in map(split_id, values) if found == kind]

    return convert


def _by_kind(make: Callable[[str], Convert]) -> dict[str, Convert]:
    return {kind: make(kind) for kind in KINDS}


_OWN_IDS: Final = _by_kind(_converter)
_OWN_ID_LISTS: Final = _by_kind(_list_converter)
_IDS_OF: Final = _by_kind(_selector)

category_id: Final = _OWN_IDS["Category"]
