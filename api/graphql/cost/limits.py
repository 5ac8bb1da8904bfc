"""How much one operation may ask for, and how much one key may ask for in a while.

What depends on the text alone is measured once and kept with the parsed text (`measure`); what depends on
the variables is left as sums of products, so that a request costs microseconds (`Measured.cost`).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final, Protocol

from graphql import DocumentNode, GraphQLSchema

from api.errors import BadUserInput, CostExceeded, LimitExceeded
from api.graphql.cost.actual import Counted, counted
from api.graphql.cost.conditions import FilterBounds, cost_of
from api.graphql.cost.estimate import Estimate, estimate
from api.graphql.cost.shape import Shape, shape
from api.graphql.cost.tariff import UNBOUNDED_PAGE, Tariff

NETWORK: Final = "network"
"""The field whose rows are drawn together, and so come at once."""
BATCHES: Final = frozenset({"nodes", "creatorList", "_entities"})
"""Fields whose rows are as many as the names given."""
CHECKED: Final = frozenset({"portfolio"})
"""Fields that say themselves how many rows they may be asked for, and how many names given."""
FILTERS: Final = FilterBounds(conditions=100, depth=6, cost=4_000)
"""Planning takes a small server up to five seconds at these bounds."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds; settings give other values.

    `cost` is counted in nodes: those that one operation can be answered with, at most, and what its filters take to plan.
    """

    tokens: int = 4_000
    depth: int = 20
    root_fields: int = 10
    aliases: int = 30
    fields: int = 1_000
    page: int = 100
    batch: int = 1_000
    network: int = 500
    filters: FilterBounds = FILTERS
    cost: int = 20_000
    budget: int = 600_000
    """Cost that a key may ask for in a minute."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one request asks for at most, of which its `filters` cost so much whatever is answered."""

    requested: int
    filters: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """One operation of a text within the limits that need no variables."""

    shape: Shape
    estimate: Estimate
    counted: Counted
    limits: Limits
    defaults: Mapping[str, Any]

    def cost(self, variables: Mapping[str, Any]) -> Cost:
        """Return the cost with these variables; BadUserInput or LimitExceeded where a page is malformed or too large."""
        given = {**self.defaults, **variables} if self.defaults else variables
        requested = self.estimate.nodes(given, self._page)
        if requested > self.limits.cost:
            raise LimitExceeded(
                f"this operation could return up to {requested:,} nodes; at most {self.limits.cost:,} are allowed: "
                "request smaller pages, or fewer nested lists",
                requested=requested,
                limit=self.limits.cost,
            )
        filters = cost_of(self.estimate.filters, given, self.limits.filters)
        return Cost(requested + filters, filters)

    def actual(self, cost: Cost, answer: Mapping[str, Any]) -> int:
        """Return what an answer cost by the nodes that are in it and were looked for; all that was asked for where anything failed."""
        if answer.get("data") is None or answer.get("errors"):
            return cost.requested
        return max(min(1, cost.requested), cost.filters + self.counted.nodes(answer["data"]))

    def _page(self, field: str, first: Any, last: Any, default: int | None) -> int:
        """Return the number of rows that one page of `field` may have."""
        if first is not None and last is not None:
            raise BadUserInput(f"{field}: both first ({first}) and last ({last}) were given; use only one of them")
        name, size = ("last", last) if first is None else ("first", first)
        if size is None:
            return UNBOUNDED_PAGE if default is None else default
        if not isinstance(size, int):
            return 0  # no integer: coercion refuses it with a better message
        if field in CHECKED:
            return max(0, min(size, self.limits.page))
        if size < 0:
            raise BadUserInput(f"{field}: {name} is {size}; give 0 to {self.limits.page}")
        if field == NETWORK:
            most, remedy = self.limits.network, "a network has at most {} nodes: narrow it by category, region or weight"
        elif field in BATCHES:
            most, remedy = self.limits.batch, "give at most {:,}, and the others in further requests"
        else:
            most, remedy = self.limits.page, "a page has at most {} rows: request fewer, and continue with `after` where the field has it"
        if size > most:
            given = f"{size:,} names are given" if field in BATCHES else f"{name} is {size}"
            raise LimitExceeded(f"{field}: {given}; {remedy.format(most)}")
        return size


def measure(document: DocumentNode, schema: GraphQLSchema, operation_name: str | None, limits: Limits, *, tariff: Tariff) -> Measured:
    """Measure one operation of a valid document; LimitExceeded where it is too deep or too broad.

    Depth and breadth are counted with all fragments written out, yet without writing them out, so that
    fragments within fragments cannot make the measuring itself long.
    """
    found = shape(document, operation_name)
    for what, count, limit, remedy in (
        ("levels", found.depth, limits.depth, "split it into two requests, the second by id"),
        ("root fields", found.root_fields, limits.root_fields, "split it into several requests, or use `nodes(ids:)`"),
        ("fields", found.fields, limits.fields, "select fewer fields, or split it into several requests"),
        ("aliases of one field", found.aliases, limits.aliases, "split it into several requests"),
    ):
        if count > limit:
            raise LimitExceeded(f"this operation has {count} {what}; at most {limit} are allowed: {remedy}", limit=limit)
    estimated, defaults = estimate(document, schema, operation_name, tariff=tariff)
    return Measured(found, estimated, counted(document, schema, operation_name, tariff=tariff), limits, defaults)


class Levels(Protocol):
    """What is left in each key's bucket, and the moment (monotonic seconds) of which that is."""

    def held(self) -> AbstractContextManager[None]:
        """Keep others from reading and writing within the block."""
        ...

    def get(self, key: str, /) -> tuple[float, float] | None:
        """Return a key's level; None where there is none."""
        ...

    def set(self, key: str, level: float, at: float, /) -> None:
        """Write a key's level."""
        ...


_NOBODY: Final = nullcontext()


class OwnLevels(dict[str, tuple[float, float]]):
    """Levels of one process alone."""

    def held(self) -> AbstractContextManager[None]:
        """Keep nobody away: there is nobody."""
        return _NOBODY

    def set(self, key: str, level: float, at: float, /) -> None:
        """Write a key's level."""
        self[key] = (level, at)


class Budgets:
    """What each key may still ask for: a bucket that refills at a steady rate."""

    def __init__(self, limits: Limits, levels: Levels | None = None) -> None:
        """Give each key a full bucket of `limits.budget`, or of its own size, that refills in a minute; without `levels` they are ours."""
        self.size = limits.budget
        self._levels = OwnLevels() if levels is None else levels

    def take(self, key_id: str, cost: Cost, *, size: int | None = None, now: float | None = None) -> dict[str, int]:
        """Take the cost from a key's budget and return `extensions.cost`; CostExceeded where too little is left.

        `size` is the budget of a key that has one of its own. What is left is told beside the answer, not in it: the same answer is made of
        the same bytes.
        """
        whole = size or self.size
        with self._levels.held():
            at = monotonic() if now is None else now
            level = self._level(key_id, at, whole)
            if cost.requested <= level:
                self._levels.set(key_id, level - cost.requested, at)
        if cost.requested > level:
            raise self._refusal(cost.requested, level, whole)
        return self._told(cost.requested, whole)

    def give_back(self, key_id: str, cost: int, *, size: int | None = None, now: float | None = None) -> None:
        """Return to a key what an answer cost less than was taken for it; what it cost more is taken, and may leave a debt.

        `size` is as in `take`.
        """
        whole = size or self.size
        with self._levels.held():
            at = monotonic() if now is None else now
            level = self._level(key_id, at, whole) + cost
            self._levels.set(key_id, min(float(whole), max(-float(whole), level)), at)

    def left(self, key_id: str, *, size: int | None = None, now: float | None = None) -> int:
        """Return what a key may still ask for; `size` is as in `take`."""
        with self._levels.held():
            return max(0, int(self._level(key_id, monotonic() if now is None else now, size or self.size)))

    def _level(self, key_id: str, at: float, whole: int) -> float:
        level, since = self._levels.get(key_id) or (float(whole), at)
        return min(float(whole), level + (at - since) * whole / 60)

    def _told(self, requested: int, whole: int) -> dict[str, int]:
        return {"requested": requested, "budget": whole, "restoreRate": int(whole / 60)}

    def _refusal(self, requested: int, level: float, whole: int) -> CostExceeded:
        told = {**self._told(requested, whole), "remaining": max(0, int(level))}
        if requested > whole:
            return CostExceeded(
                f"this operation costs {requested:,}, more than the key's whole budget of {told['budget']:,} a minute; request less",
                cost=told,
            )
        wait = int((requested - level) * 60 / whole) + 1
        return CostExceeded(
            f"this operation costs {requested:,}, and the key has {told['remaining']:,} of {told['budget']:,} left; try again in {wait} s",
            headers={"Retry-After": str(wait)},
            retryAfter=wait,
            cost=told,
        )
