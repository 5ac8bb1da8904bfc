"""Fields that read plans answer: name, type, arguments and description, and no resolver."""

from __future__ import annotations

from typing import Any, Final, TypeVar

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from api.graphql.types.enums import Indicator, RankingOrder, Window
from api.graphql.types.scalars import Id, Region

Type = TypeVar("Type")


def argument(name: str, type_: Any, description: str, default: Any = strawberry.UNSET) -> StrawberryArgument:
    """Return an argument as GraphQL spells it; one with a default takes null as well, which stands for the default."""
    type_ = type_ if default is strawberry.UNSET else type_ | None
    return StrawberryArgument(
        python_name=name, graphql_name=name, type_annotation=StrawberryAnnotation(type_), description=description, default=default
    )


GLOBAL: Final = "The node's global id; the platform's own id is accepted, too."
ID: Final = argument("id", Id, GLOBAL)
CREATORS: Final = argument("creators", list[Id], "Global ids of 2 to 10 creators.")
WINDOW: Final = argument("window", Window, "Number of days that the scores look back from the run's date.", Window.D90)
CATEGORY: Final = argument("category", Id | None, "The category to look at; all categories if omitted.")
BY: Final = argument("by", Indicator, "The indicator to sort by.", Indicator["OVERALL"])
ORDER: Final = argument("order", RankingOrder, "The sort order; `rank` remains the rank by score.", RankingOrder["VALUE"])
REGION: Final = argument(
    "region",
    Region | None,
    "The region to rank within. If omitted: the region that the key is granted, or the whole world for a key with all regions; "
    "a key with several regions must name one.",
)
HIDDEN: Final = "Null where you may not see who works with the brand: partners and brands see this for their own brands only."
PAGING: Final = (
    argument("first", int | None, ("Number of rows to return from the start of the list; 20 if neither `first` nor `last` is given.")),
    argument("after", str | None, "A cursor; returns the rows after it."),
    argument("last", int | None, "Number of rows to return from the end of the list."),
    argument("before", str | None, "A cursor; returns the rows before it."),
)


REFUSED: Final = "Null, with an error that explains why, if the request is refused."


def planned(description: str, *arguments: StrawberryArgument, name: str | None = None, deprecated: str | None = None) -> Any:
    """Return a field that a plan answers; `deprecated` says what to use instead, and until when it stays."""
    found = StrawberryField(graphql_name=name, description=description, deprecation_reason=deprecated)
    found.arguments = list(arguments)
    return found


def paged(description: str, *arguments: StrawberryArgument) -> Any:
    """Return a connection that a plan answers, with the arguments that every page takes; nullable, since an argument may be refused."""
    return planned(f"{description} {REFUSED}", *arguments, *PAGING)


def as_type(type_: type[Type], row: object) -> Type:
    """Return what another layer answered with as the GraphQL type that has the same fields."""
    return type_(**{each: getattr(row, each) for each in type_.__annotations__})
