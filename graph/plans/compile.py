"""A selection and a sight → one Cypher query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from graph.plans.catalogue import members
from graph.plans.inputs import Binding, Inputs
from graph.plans.parts import Finish, Finishing
from graph.plans.selection import Pick
from graph.plans.sight import Sight
from graph.plans.writer import KNOWN, Members, Writer

ROOT: Final = "Query"


@dataclass(frozen=True, slots=True)
class Plan:
    """A query that answers one root field for every viewer of a kind: text, parameters, and what Python finishes."""

    text: str
    bindings: tuple[Binding, ...]
    finish: Finish | None

    def parameters(self, inputs: Inputs) -> dict[str, Any]:
        """Return the parameters of one run; raise `PlanError` for a value that breaks a rule."""
        return {each.name: each.value(inputs) for each in self.bindings}

    def finished(self, data: Any, finishing: Finishing) -> Any:
        """Return the answer that the query's value stands for; the value is used up."""
        return self.finish(data, finishing) if self.finish else data


def compiled(pick: Pick, *, sight: Sight, sole_region: bool, indicators: Sequence[str]) -> Plan:
    """Return the plan of a root field. Only the sight's kind shapes it, with whether it is bounded to one region."""
    writer = Writer(sight, sole_region, tuple(indicators), _members(tuple(indicators)))
    part = writer.row(ROOT, "root").part(ROOT, pick)
    text = f"RETURN {part.expression} AS data"
    named = [each for each in KNOWN if f"${each.name}" in text]
    return Plan(text, (*named, *writer.bindings), part.finish)


@lru_cache(maxsize=8)
def _members(indicators: tuple[str, ...]) -> Members:
    return members(indicators)
