"""What the database says that it would do: its plan, as a tree of operators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Operator:
    """One step of a plan; `name` is without the database, which stands in `database`."""

    name: str
    database: str
    details: str
    estimated_rows: float
    identifiers: tuple[str, ...]
    children: tuple[Operator, ...]

    @property
    def base(self) -> str:
        """The name without what stands in brackets, such as the direction of an expansion."""
        return self.name.partition("(")[0].removeprefix("Partitioned")

    def walk(self) -> Iterator[Operator]:
        """Yield this operator and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def tree(self) -> dict[str, Any]:
        """Return the tree as plain values."""
        return {
            "operator": self.name,
            "details": self.details,
            "estimatedRows": self.estimated_rows,
            "children": [child.tree() for child in self.children],
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan: its kind (`r`, `w`, `rw`, `s`), who made it, and its operators; no root where there is nothing to do."""

    query_type: str
    version: str
    planner: str
    runtime: str
    root: Operator | None

    @property
    def estimated_rows(self) -> float:
        """How many rows the planner expects."""
        return 0.0 if self.root is None else self.root.estimated_rows


def plan(query_type: str | None, found: Mapping[str, Any] | None) -> Plan:
    """Return the plan out of a result's summary."""
    arguments: Mapping[str, Any] = (found or {}).get("args", {})
    told = (str(arguments.get(name, "")) for name in ("version", "planner", "runtime"))
    return Plan(query_type or "", *told, root=None if found is None else _operator(found))


def _operator(found: Mapping[str, Any]) -> Operator:
    name, _, database = str(found.get("operatorType", "")).partition("@")
    arguments: Mapping[str, Any] = found.get("args", {})
    return Operator(
        name=name,
        database=database,
        details=str(arguments.get("Details", "")),
        estimated_rows=float(arguments.get("EstimatedRows", 0.0)),
        identifiers=tuple(found.get("identifiers", ())),
        children=tuple(_operator(child) for child in found.get("children", ())),
    )
