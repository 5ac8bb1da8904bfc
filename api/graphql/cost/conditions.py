"""What filters cost: to plan a condition takes the database time that no time limit ends, however little the condition finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from graphql import Undefined, ValueNode, value_from_ast_untyped

from api.errors import LimitExceeded

PLAIN: Final = 10
"""Cost of a condition on the node itself; a millisecond of planning costs 1, on a small server whose code is not warm yet."""
RELATION: Final = 100
"""Cost of a condition on a neighbour."""

COSTS: Final[Mapping[str, Mapping[str, int]]] = {
    "CreatorFilter": {
        "score": 50,
        "sales": 900,
        "soldIn": 500,
        "workedWith": RELATION,
        "promoted": RELATION,
        "mentions": RELATION,
    },
    "BrandFilter": {"category": 2 * RELATION},
    "ProductFilter": {"brand": RELATION, "category": 2 * RELATION},
    "CategoryFilter": {"parent": RELATION},
    "CollaborationFilter": {"brand": RELATION, "creator": RELATION, "product": RELATION},
}
"""Conditions that cost more than plain ones, by the type of the filter; as measured."""

COMBINED: Final = ("and", "or", "not")
FEWER: Final = "use fewer conditions, or split the operation into several requests"
FLATTER: Final = "write conditions side by side, since all fields of one object must match, or split the operation"
FOLLOW_LESS: Final = (
    "use fewer conditions on sales, categories, brands, products and scores, or split the operation into several requests;"
    " the API guide lists what each costs"
)


class FilterBounds(NamedTuple):
    """What all filters of one operation may have."""

    conditions: int
    depth: int
    cost: int


@dataclass(frozen=True, slots=True)
class Filtered:
    """A filter as written: its type, its value, which variables may stand for or in, and how many `times` it is read.

    A list reads it once, and each of its facets once more: that is paid for, and no reason to refuse it.
    """

    type_name: str
    value: ValueNode
    times: int = 1

    def given(self, variables: Mapping[str, Any]) -> Any:
        """Return the value with the variables in their places."""
        return value_from_ast_untyped(self.value, dict(variables))


class _Condition(NamedTuple):
    depth: int
    cost: int


def cost_of(filters: Iterable[Filtered], variables: Mapping[str, Any], bounds: FilterBounds) -> int:
    """Return what the filters of an operation cost; LimitExceeded where they are more, deeper or costlier than the bounds."""
    found = [(each.times, list(_conditions(each.type_name, each.given(variables)))) for each in filters]
    conditions = [condition for _, own in found for condition in own]
    count = sum(each.cost > 0 for each in conditions)
    depth, cost = max((each.depth for each in conditions), default=0), sum(each.cost for each in conditions)
    for told, value, most, remedy in (
        (f"have {count:,} conditions", count, bounds.conditions, FEWER),
        (f"are {depth:,} levels deep", depth, bounds.depth, FLATTER),
        (f"cost {cost:,}", cost, bounds.cost, FOLLOW_LESS),
    ):
        if value > most:
            raise LimitExceeded(f"the filters of this operation {told}; at most {most:,} are allowed: {remedy}", limit=most)
    return sum(times * each.cost for times, own in found for each in own)


def _conditions(type_name: str, value: Any) -> Iterator[_Condition]:
    """Yield each condition with the number of `and`, `or` and `not` that it stands in."""
    costs = COSTS.get(type_name, {})
    waiting: list[tuple[int, Any]] = [(0, value)]
    while waiting:
        depth, given = waiting.pop()
        if isinstance(given, list | tuple):
            waiting += [(depth, each) for each in given]
        for name, inner in given.items() if isinstance(given, Mapping) else ():
            if name in COMBINED:
                waiting.append((depth + 1, inner))
                yield from [_Condition(depth + 1, 0)] * (inner is not None)
            elif inner is not None and inner is not Undefined:
                yield _Condition(depth, costs.get(name, PLAIN))
