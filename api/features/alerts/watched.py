"""What an alert watches: the filter of `creators`, or a ranking, as they were given."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

import strawberry

from api.access.table import visibility
from api.errors import BadUserInput, Forbidden
from api.graphql.mutations import Context, Refusal
from api.graphql.types.enums import Indicator, Window
from api.graphql.types.filters import CreatorFilter, TimeRange
from api.graphql.types.scalars import Id, Region
from graph.dates import iso_time
from graph.model import camel
from graph.plans.errors import InvalidValue, Refused

MOST_PLACES: Final = 100
FILTERS: Final = {"enter": "filter", "stay": "stayFilter"}


CREATORS: Final = """
query Inside($filter: CreatorFilter!, $first: Int!, $after: String) {
  page: creators(filter: $filter, first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
}
"""

RANKING: Final = """
query First($by: Indicator!, $window: Window!, $category: ID, $region: Region, $first: Int!, $filter: CreatorFilter) {
  page: ranking(by: $by, window: $window, category: $category, region: $region, first: $first, filter: $filter) { nodes { id } }
}
"""


@strawberry.input(description="First places of a ranking, as for `ranking`.")
class AlertRankingInput:
    """The arguments of the ranking."""

    first: int = strawberry.field(description="A creator enters when among this many first places; 1 to 100.")
    stay_first: int | None = strawberry.field(
        default=None,
        description="A creator inside stays while among this many; as many as `first`, or more, up to 100. `first` if omitted.",
    )
    by: Indicator = strawberry.field(default=Indicator["OVERALL"], description="The indicator to rank by.")
    window: Window = strawberry.field(default=Window.D90, description="Number of days that the score looks back.")
    category: Id | None = strawberry.field(default=None, description="The category; all categories if omitted.")
    region: Region | None = strawberry.field(default=None, description="The region to rank within; as for `ranking` if omitted.")
    filter: CreatorFilter | None = strawberry.field(default=None, description="Conditions on the creators ranked; all if omitted.")


def watched(enter: CreatorFilter | None, stay: CreatorFilter | None, ranking: AlertRankingInput | None) -> dict[str, Any]:
    """Return what to ask for who enters and who stays; Refusal unless exactly one of a filter and a ranking is given."""
    if (enter is None) == (ranking is None) or (ranking is not None and stay is not None):
        raise Refusal("input", "INVALID", "give either filter (with stayFilter, if wanted) or ranking")
    if ranking is None:
        asked = {"enter": {"filter": as_given(enter)}}
        return asked if stay is None else {**asked, "stay": {"filter": as_given(stay)}}
    keep = ranking.first if ranking.stay_first is None else ranking.stay_first
    if not 1 <= ranking.first <= keep <= MOST_PLACES:
        raise Refusal(
            "input.ranking", "INVALID", f"first is {ranking.first}, stayFirst {keep}; give 1 to {MOST_PLACES}, stayFirst at least first"
        )
    given = {
        "by": ranking.by.name,
        "window": ranking.window.name,
        "category": ranking.category,
        "region": ranking.region,
        "filter": None if ranking.filter is None else as_given(ranking.filter),
    }
    asked = {"enter": {**given, "first": ranking.first}}
    return asked if keep == ranking.first else {**asked, "stay": {**given, "first": keep}}


async def check(context: Context, watches: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse a filter or ranking that `creators` and `ranking` refuse the viewer now: no look at the alert would be answered."""
    run = context.state.run.seen(outward=visibility(context.viewer).outward)
    for place, asked in watches.items():
        text, field = (RANKING, "ranking") if "first" in asked else (CREATORS, FILTERS[place])
        try:
            await context.as_of(text, {**asked, "first": 0}, run)
        except (BadUserInput, Forbidden, InvalidValue, Refused) as error:
            raise Refusal(f"input.{field}", "INVALID", str(error)) from error


def as_given(value: Any) -> Any:
    """Return an input as the JSON that it was given as; what was not given is left out."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, list):
        return [as_given(each) for each in value]
    fields: Mapping[str, Any] | None = getattr(type(value), "__dataclass_fields__", None)
    if fields is None:
        return value
    given = {name: getattr(value, name) for name in fields if getattr(value, name) is not strawberry.UNSET}
    if isinstance(value, TimeRange):  # the scalar reads an instant as Unix seconds
        given = {name: None if each is None else iso_time(each) for name, each in given.items()}
    return {camel(name.rstrip("_")): as_given(each) for name, each in given.items()}
