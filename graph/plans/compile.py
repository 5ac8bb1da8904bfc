"""A selection and a sight → one Cypher query."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from graph.plans.catalogue import members
from graph.plans.errors import InvalidValue, PlanError, TooComplex
from graph.plans.inputs import Binding, Inputs, resolved
from graph.plans.known import Named, NamedList, NamedRegions
from graph.plans.parts import Finish, Finishing
from graph.plans.selection import Pick
from graph.plans.visibility import Visibility
from graph.plans.writer import KNOWN, Members, Writer

ROOT: Final = "Query"

Absent: TypeAlias = Callable[[Sequence[str], tuple[str, ...]], Awaitable[str | None]]
"""Tells the first of some regions in which no node of the labels sells."""

LONGEST: Final = 40_000
PATTERNS: Final = 100
"""To plan a query takes the database about a millisecond for two characters and a tenth of a second for a pattern, and no time limit
ends it. Every field of a type with every field of its lists takes 13,000 characters."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A query that answers one root field for every viewer of a kind: text, parameters, and what Python finishes."""

    text: str
    bindings: tuple[Binding, ...]
    finish: Finish | None
    picks: Mapping[str, tuple[Pick, ...]]
    named: tuple[Named | NamedList, ...]
    regions: tuple[NamedRegions, ...] = ()

    def parameters(self, inputs: Inputs) -> dict[str, Any]:
        """Return the parameters of one run; raise `PlanError`, with the picks that it is for, for a value that breaks a rule."""
        found: dict[str, Any] = {}
        for each in self.bindings:
            try:
                found[each.name] = each.value(inputs)
            except PlanError as error:
                error.picks = self.picks.get(each.name, ())
                raise
        return found

    def check(self, missing: Sequence[str | Sequence[str] | None], inputs: Inputs) -> None:
        """Raise `InvalidValue`, with the picks that it is for, where an argument names a node that is not there.

        What is missing is a parameter's name, for a list with the item.
        """
        for each in missing:
            if each is not None:
                name, *item = [each] if isinstance(each, str) else each
                named = next(one for one in self.named if one.parameter == name)
                binding = next(one for one in self.bindings if one.name == name)
                raise self._refused(named, item[0] if item else resolved(binding.source, inputs.values))

    async def check_regions(self, parameters: Mapping[str, Any], absent: Absent) -> None:
        """Raise `InvalidValue`, with the picks that it is for, where an argument names a region that `absent` says nobody sells in."""
        for named in self.regions:
            value: str | list[str] | None = parameters[named.parameter]
            regions = [value] if isinstance(value, str) else value or []
            region = await absent(regions, named.labels)
            if region is not None:
                raise self._refused(named, region)

    def _refused(self, named: Named | NamedList | NamedRegions, value: object) -> InvalidValue:
        error = named.unknown(value)
        error.picks = self.picks[named.parameter]
        return error

    def finished(self, data: Any, finishing: Finishing) -> Any:
        """Return the answer that the query's value stands for; the value is used up."""
        return self.finish(data, finishing) if self.finish else data


def compiled(pick: Pick, *, visibility: Visibility, sole_region: bool, indicators: Sequence[str]) -> Plan:
    """Return the plan of a root field; `TooComplex` where it could not be planned in time.

    Only the sight's kind shapes it, with whether it is bounded to one region.
    """
    writer = Writer(visibility, sole_region, tuple(indicators), _members(tuple(indicators)))
    part = writer.row(ROOT, "root").part(ROOT, pick)
    missing = ", ".join(each.missing() for each in writer.named.values())
    text = f"RETURN {part.expression} AS data" + (f",\n[{missing}] AS missing" if missing else "")
    _check_size(pick.key, text)
    standing = [each for each in KNOWN if f"${each.name}" in text]
    regions = tuple(writer.named_regions.values())
    return Plan(text, (*standing, *writer.bindings), part.finish, writer.picks, tuple(writer.named.values()), regions)


def _check_size(key: str, text: str) -> None:
    patterns = text.count("MATCH ")
    if len(text) > LONGEST or patterns > PATTERNS:
        raise TooComplex(
            f"{key}: with all that is selected below it, this field becomes a database query of {patterns:,} patterns and {len(text):,}"
            f" characters; at most {PATTERNS:,} and {LONGEST:,} are allowed: use fewer aliases, nested lists and conditions,"
            " or split it into several requests"
        )


@lru_cache(maxsize=8)
def _members(indicators: tuple[str, ...]) -> Members:
    return members(indicators)
