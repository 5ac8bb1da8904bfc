"""What a brief wants: checked, in own ids and in order, so that equal wishes are stored as equal text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import fsum, isfinite
from typing import Any, Final

import orjson

from api.errors import BadUserInput
from api.features.briefs.types import AudienceWish, BriefBudget, BriefWanted, IntBounds, MinimumScore
from api.graphql.execution.arguments import local
from api.graphql.types.fields import as_type
from api.graphql.types.nouns import Ref
from api.json_values import is_list
from graph.model import snake
from graph.plans.bounds import check_order

MOST_NAMED: Final = 1_000
MOST_WISHES: Final = 50
LONGEST_SEARCH: Final = 200
ROUNDING: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that one post may cost."""

    amount: float
    currency: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of a whole number, both included."""

    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """The share of the followers that one group should have."""

    dimension: str
    bucket: str
    share: float


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least score of an indicator."""

    indicator: str
    min: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """A brief's wishes; what is not asked for is None, empty or False."""

    goal: str = "SALES"
    brand_id: str | None = None
    category_id: str | None = None
    search: str | None = None
    regions: tuple[str, ...] = ()
    budget: Budget | None = None
    audience: tuple[Wish, ...] = ()
    followers: Bounds | None = None
    minimum_scores: tuple[Minimum, ...] = ()
    exclude_worked_with: bool = False
    exclusive_ids: tuple[str, ...] = ()
    creator_ids: tuple[str, ...] = ()

    def answer(self) -> BriefWanted:
        """Return the wishes as the API tells them: creators who are left out by id, as some may not be seen."""
        return BriefWanted(
            goal=self.goal,
            brand=Ref("Brand", self.brand_id) if self.brand_id else None,
            category=Ref("Category", self.category_id) if self.category_id else None,
            search=self.search,
            regions=list(self.regions),
            budget=None if self.budget is None else as_type(BriefBudget, self.budget),
            audience=[as_type(AudienceWish, each) for each in self.audience],
            followers=None if self.followers is None else as_type(IntBounds, self.followers),
            minimum_scores=[as_type(MinimumScore, each) for each in self.minimum_scores],
            exclude_worked_with=self.exclude_worked_with,
            exclude_exclusive_to=[Ref("Brand", each) for each in self.exclusive_ids],
            exclude_creators=[Ref("Creator", each).global_id for each in self.creator_ids],
        )

    def text(self) -> str:
        """Return the wishes as JSON; equal wishes give equal text."""
        return orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS).decode()


def wanted_of(given: Mapping[str, Any] | None) -> Wanted:
    """Return the wishes of a `BriefInput` by its GraphQL names; BadUserInput for what breaks a rule."""
    given = {name: value for name, value in (given or {}).items() if value is not None}
    named = {name: _ids(name, given.get(name, ()), kind) for name, kind in NAMED}
    return Wanted(
        goal=given.get("goal", "SALES"),
        brand_id=_id("brand", given.get("brand"), "Brand"),
        category_id=_id("category", given.get("category"), "Category"),
        search=_search(given.get("search")),
        regions=tuple(sorted(set(given.get("regions", ())))),
        budget=_budget(given.get("budget")),
        audience=_audience(given.get("audience", ())),
        followers=_bounds(given.get("followers")),
        minimum_scores=_minimums(given.get("minimumScores", ())),
        exclude_worked_with=given.get("excludeWorkedWith", False),
        exclusive_ids=named["excludeExclusiveTo"],
        creator_ids=named["excludeCreators"],
    )


NAMED: Final = (("excludeExclusiveTo", "Brand"), ("excludeCreators", "Creator"))


def stored(text: str) -> Wanted:
    """Return the wishes that `Wanted.text` wrote; wishes that a later version knows are left out."""
    found: dict[str, Any] = {name: value for name, value in orjson.loads(text).items() if name in Wanted.__slots__}
    found |= {name: tuple(value) for name, value in found.items() if is_list(value)}
    found |= {
        "budget": Budget(**found["budget"]) if found["budget"] else None,
        "followers": Bounds(**found["followers"]) if found["followers"] else None,
        "audience": tuple(Wish(**each) for each in found["audience"]),
        "minimum_scores": tuple(Minimum(**each) for each in found["minimum_scores"]),
    }
    return Wanted(**found)


def _id(name: str, value: str | None, kind: str) -> str | None:
    return None if value is None else local(f"brief.{name}", value, kind)


def _ids(name: str, values: Sequence[str], kind: str) -> tuple[str, ...]:
    _few(name, values, MOST_NAMED)
    return tuple(sorted({local(f"brief.{name}", each, kind) for each in values}))


def _search(value: str | None) -> str | None:
    tidy = " ".join((value or "").split())
    if len(tidy) > LONGEST_SEARCH:
        raise BadUserInput(f"brief.search has {len(tidy)} characters; give at most {LONGEST_SEARCH}")
    return tidy or None


def _budget(value: Mapping[str, Any] | None) -> Budget | None:
    if value is None:
        return None
    amount, currency = float(value["amount"]), str(value["currency"]).strip().upper()
    if not (isfinite(amount) and amount >= 0):
        raise BadUserInput(f"brief.budget.amount is {amount}; give zero or more")
    if not (len(currency) == 3 and currency.isalpha() and currency.isascii()):
        raise BadUserInput(f'brief.budget.currency is {value["currency"]!r}; give an ISO 4217 code, such as "USD"')
    return Budget(amount, currency)


def _audience(values: Sequence[Mapping[str, Any]]) -> tuple[Wish, ...]:
    _few("audience", values, MOST_WISHES)
    found = sorted(
        (Wish(dimension=each["dimension"], bucket=each["bucket"].strip(), share=float(each["share"])) for each in values), key=str
    )
    sums: dict[str, list[float]] = {}
    for each in found:
        sums.setdefault(each.dimension, []).append(each.share)
        if not 0 <= each.share <= 1:
            raise BadUserInput(f"brief.audience: the share of {each.bucket} is {each.share:g}; give 0 to 1")
    for dimension, shares in sums.items():
        if fsum(shares) > 1 + ROUNDING:
            raise BadUserInput(f"brief.audience: the shares of {dimension} sum to {fsum(shares):g}; give at most 1 in all")
    _once("audience", [f"{each.dimension} {each.bucket}" for each in found])
    return tuple(found)


def _bounds(value: Mapping[str, int | None] | None) -> Bounds | None:
    bounds = Bounds(**value) if value else Bounds()
    check_order("brief.followers", ("min", "max"), bounds.min, bounds.max)
    return None if bounds == Bounds() else bounds


def _minimums(values: Sequence[Mapping[str, Any]]) -> tuple[Minimum, ...]:
    found = sorted((Minimum(indicator=snake(each["indicator"]).upper(), min=float(each["min"])) for each in values), key=str)
    for each in found:
        if not 0 <= each.min <= 100:
            raise BadUserInput(f"brief.minimumScores: {each.indicator} has the minimum {each.min:g}; give 0 to 100")
    _once("minimumScores", [each.indicator for each in found])
    return tuple(found)


def _few(name: str, values: Sequence[object], most: int) -> None:
    if len(values) > most:
        raise BadUserInput(f"brief.{name} has {len(values):,} entries; give at most {most:,}")


def _once(name: str, values: list[str]) -> None:
    twice = [each for each, count in Counter(values).items() if count > 1]
    if twice:
        raise BadUserInput(f"brief.{name} names {twice[0]} more than once; name each once")
