"""What arguments name: a node or region that is not there, or not for this viewer, is an error and not an empty answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from graph.plans.errors import InvalidValue, Refused
from graph.plans.sights import described, where

FIND: Final[Mapping[str, str]] = {
    "Category": "use the id of a category, not its name; `categories(filter: {search: …})` finds it",
    "Brand": "use the id of a brand, not its name; `brands(filter: {search: …})` finds it",
    "Product": "use the id of a product, not its title; `products(filter: {search: …})` finds it",
    "Creator": "use the id of a creator, not their name; `creators(filter: {search: …})` finds it",
}


OF_KEY: Final[Mapping[str, str]] = {
    "Creator": "creator that this key can see",
    "Brand": "brand of this key",
    "Product": "product of this key's brands",
    "Collaboration": "collaboration that this key can see",
    "Content": "content that this key can see",
    "Appeal": "appeal that this key can see",
}
"""What an argument may name where not all of a kind may be named."""


@dataclass(frozen=True, slots=True)
class Named:
    """An argument whose value, in a parameter, is the own id of a node; `predicates` say which nodes `named` the viewer may name."""

    argument: str
    kind: str
    parameter: str
    predicates: tuple[str, ...] = ()

    def missing(self) -> str:
        """Return the expression that is the parameter's name where there is no such node, else null."""
        match = f"MATCH (named:{self.kind} {{id: ${self.parameter}}}) {_kept(self)}".strip()
        return f"CASE WHEN ${self.parameter} IS NULL OR EXISTS {{ {match} }} THEN null ELSE '{self.parameter}' END"

    def unknown(self, value: object) -> InvalidValue:
        """Return the error for a value that names no node: the same for one that is not there and for one that is hidden."""
        return unknown(self.argument, self.kind, value, hidden=bool(self.predicates))


@dataclass(frozen=True, slots=True)
class NamedList:
    """An argument whose value, in a parameter, is a list of own ids, each of a node that fits the `predicates`."""

    argument: str
    kind: str
    parameter: str
    predicates: tuple[str, ...] = ()

    def missing(self) -> str:
        """Return the expression that is the parameter's name and the first id of no such node, else null."""
        match = f"MATCH (named:{self.kind} {{id: id}}) {_kept(self)}".strip()
        name = self.parameter
        absent = f"UNWIND ${name} AS id\nWITH id\nWHERE NOT (EXISTS {{ {match} }})\nRETURN ['{name}', id] AS absent\nLIMIT 1"
        return f"head(COLLECT {{ {absent} }})"

    def unknown(self, value: object) -> InvalidValue:
        """Return the error for an id of no node: the same for one that is not there and for one that is hidden."""
        what = _kind_of(self.kind, hidden=bool(self.predicates))
        return InvalidValue(
            f"{self.argument}: there is no {what} with the id {value!r}; remove it, or use `nodes`, which answers null for it"
        )


def _kept(of: Named | NamedList) -> str:
    """Return the WHERE clause that keeps the nodes which may be named."""
    return where([*described(of.kind, "named"), *of.predicates])


@dataclass(frozen=True, slots=True)
class NamedRegions:
    """An argument whose value, in a parameter, is a region or a list of them; some creator, or some of `labels`, has to sell in each."""

    argument: str
    parameter: str
    labels: tuple[str, ...] = ("Creator",)

    def unknown(self, value: object) -> InvalidValue:
        """Return the error for a region in which nobody is known to sell."""
        return no_creators(self.argument, value, *self.labels)


def unknown(argument: str, kind: str, value: object, *, hidden: bool = False) -> InvalidValue:
    """Return the error for an argument that names no node of a kind; `hidden` where there may be one that the viewer may not name."""
    return InvalidValue(f"{argument}: there is no {_kind_of(kind, hidden=hidden)} with the id {value!r}; {FIND[kind]}")


def _kind_of(kind: str, *, hidden: bool) -> str:
    return OF_KEY.get(kind, kind.lower()) if hidden else kind.lower()


def no_creators(argument: str, regions: object, *labels: str) -> InvalidValue:
    """Return the error for regions in which no creator, or none of some other kinds of nodes, is known to sell."""
    kinds = [label.lower() for label in labels or ("Creator",)]
    shows = " or ".join(f"`{kind}s {{ nodes {{ region }} }}`" for kind in kinds)
    return InvalidValue(f"{argument}: no {' or '.join(kinds)} sells in {_listed(regions)}; {shows} shows regions that have some")


def granted(argument: str, value: str | Sequence[str] | None, regions: Sequence[str]) -> None:
    """Raise `Refused` where a region is none of `regions`, those that the key is granted."""
    named = [] if value is None else [value] if isinstance(value, str) else value
    others = [each for each in named if each not in regions]
    if others:
        raise Refused(
            f"{argument}: this key is not granted {_listed(others)}; use {_listed(regions)}, or ask the administrator for more regions"
        )


def _listed(value: object) -> str:
    return ", ".join(map(str, cast("Sequence[object]", value))) if isinstance(value, list | tuple) else str(value)
