"""What a portfolio is asked for: checked, in own ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

from api.errors import BadUserInput
from api.graphql.execution.arguments import local, several
from graph.plans.bounds import check_order

MOST_CANDIDATES: Final = 100
"""Each pair that overlaps is a row of the program: with so many, it is often stopped with a gap of a few percent."""
MOST_LIMITS: Final = 20
LEAST_BUDGET: Final = 0.01


@dataclass(frozen=True, slots=True)
class Costs:
    """A rule for all, None where a creator's usual terms stand in its place, and costs of single creators, US dollars."""

    sample: float
    fee: float | None
    commission: float | None
    creators: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a region or category, both bounds included."""

    of: str
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Restrictions:
    """What must hold beside the budget."""

    least: int
    most: int | None
    regions: tuple[Count, ...]
    categories: tuple[Count, ...]
    include: tuple[str, ...]
    exclude: frozenset[str]


@dataclass(frozen=True, slots=True)
class Terms:
    """One request; `creators` are candidates as given by own id, None where a brief names them."""

    budget: float
    creators: Mapping[str, str] | None
    first: int
    costs: Costs
    bounds: Restrictions
    sales_share: float
    risk_aversion: float
    overlap_discount: float


def terms_of(given: Mapping[str, Any]) -> Terms:
    """Return the request of a field's arguments; BadUserInput for what breaks a rule."""
    sources = [name for name in ("creators", "brief", "briefId") if given.get(name) is not None]
    if len(sources) != 1:
        raise BadUserInput(f"portfolio: {' and '.join(sources) or 'none'} of creators, brief and briefId given; give exactly one of them")
    creators = None if "creators" not in sources else several("creators", given["creators"], "Creator", least=1, most=MOST_CANDIDATES)
    first = _or(given.get("first"), 50)
    if not 1 <= first <= MOST_CANDIDATES:
        raise BadUserInput(f"first is {first}; give 1 to {MOST_CANDIDATES}")
    return Terms(
        budget=_between("budgetUsd", given["budgetUsd"], least=LEAST_BUDGET),
        creators=creators,
        first=first,
        costs=_costs(given.get("costs") or {}),
        bounds=_bounds(given.get("bounds") or {}),
        sales_share=_between("salesShare", _or(given.get("salesShare"), 1.0), least=1e-6, most=1.0),
        risk_aversion=_between("riskAversion", _or(given.get("riskAversion"), 0.0), most=1.0),
        overlap_discount=_between("overlapDiscount", _or(given.get("overlapDiscount"), 0.5), most=1.0),
    )


MOST_USD: Final = 1e9
"""Amounts beyond are mistakes, and too far from the others for a solver."""


def _or(value: Any, default: Any) -> Any:
    return default if value is None else value


def _between(name: str, value: float, *, least: float = 0.0, most: float = MOST_USD) -> float:
    if not (isfinite(value) and least <= value <= most):
        raise BadUserInput(f"{name} is {value:g}; give {least:g} to {most:,g}")
    return float(value)


def _maybe(name: str, value: float | None, *, most: float = MOST_USD) -> float | None:
    return None if value is None else _between(name, value, most=most)


def _costs(given: Mapping[str, Any]) -> Costs:
    rows: Sequence[Mapping[str, Any]] = given.get("creators") or ()
    _few("costs.creators", rows, MOST_CANDIDATES)
    own = [local("costs.creators", each["creator"], "Creator") for each in rows]
    _once("costs.creators", own)
    return Costs(
        sample=_between("costs.sampleUsd", _or(given.get("sampleUsd"), 0.0)),
        fee=_maybe("costs.feeUsd", given.get("feeUsd")),
        commission=_maybe("costs.commission", given.get("commission"), most=1.0),
        creators={id_: _between(f"costs.creators: the cost of {id_}", each["usd"]) for id_, each in zip(own, rows, strict=True)},
    )


def _bounds(given: Mapping[str, Any]) -> Restrictions:
    least, most = _ends("bounds", ("minCreators", "maxCreators"), given)
    include, exclude = (_ids(f"bounds.{name}", given.get(name) or ()) for name in ("include", "exclude"))
    if both := sorted(set(include) & set(exclude)):
        raise BadUserInput(f"bounds: {both[0]} is on both include and exclude; remove it from one of them")
    return Restrictions(
        least=least,
        most=most,
        regions=_counts("bounds.regionLimits", given.get("regionLimits") or (), lambda each: each["region"]),
        categories=_counts(
            "bounds.categoryLimits",
            given.get("categoryLimits") or (),
            lambda each: local("bounds.categoryLimits", each["category"], "Category"),
        ),
        include=include,
        exclude=frozenset(exclude),
    )


def _counts(name: str, rows: Sequence[Mapping[str, Any]], of: Any) -> tuple[Count, ...]:
    _few(name, rows, MOST_LIMITS)
    found = tuple(Count(of(each), *_ends(f"{name} of {of(each)}", ("min", "max"), each)) for each in rows)
    _once(name, [each.of for each in found])
    return found


def _ends(name: str, ends: tuple[str, str], given: Mapping[str, Any]) -> tuple[int, int | None]:
    """Return both ends of a count; the lower is 0 where it is not given."""
    low, high = (given.get(end) for end in ends)
    for end, value in zip(ends, (low, high), strict=True):
        if value is not None and value < 0:
            raise BadUserInput(f"{name}: {end} is {value}; give zero or more")
    check_order(name, ends, low, high)
    return low or 0, high


def _ids(name: str, values: Sequence[str]) -> tuple[str, ...]:
    _few(name, values, MOST_CANDIDATES)
    return tuple(dict.fromkeys(local(name, each, "Creator") for each in values))


def _few(name: str, values: Sequence[object], most: int) -> None:
    if len(values) > most:
        raise BadUserInput(f"{name} has {len(values):,} entries; give at most {most}")


def _once(name: str, values: list[str]) -> None:
    twice = [each for each, count in Counter(values).items() if count > 1]
    if twice:
        raise BadUserInput(f"{name} names {twice[0]} more than once; name each once")
