"""Fields that read plans answer: name, type, arguments and description, and no resolver."""

from __future__ import annotations

from typing import Any, Final

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from api.schema.enums import Indicator, RankingOrder, Window
from api.schema.scalars import Region


def argument(name: str, type_: Any, description: str, default: Any = strawberry.UNSET) -> StrawberryArgument:
    """Return an argument as GraphQL spells it; one with a default takes null as well, which stands for the default."""
    type_ = type_ if default is strawberry.UNSET else type_ | None
    return StrawberryArgument(
        python_name=name, graphql_name=name, type_annotation=StrawberryAnnotation(type_), description=description, default=default
    )


WINDOW: Final = argument("window", Window, "Days that the scores look back from the run's date.", Window.D90)
CATEGORY: Final = argument("category", strawberry.ID | None, "The category within which; over all categories if absent.")
BY: Final = argument("by", Indicator, "The indicator that orders them.", Indicator["OVERALL"])
ORDER: Final = argument(
    "order", RankingOrder, "What the ranking is in the order of; `rank` remains the place by score.", RankingOrder["VALUE"]
)
REGION: Final = argument(
    "region",
    Region | None,
    "The region within which. If absent: the one that the key is granted, or the whole world for a key granted all;"
    " a key granted several has to name one.",
)
HIDDEN: Final = "Null where you may not see who works with the brand: partners and brands see the ties of their own brands alone."
PAGING: Final = (
    argument("first", int | None, "Rows of the page, from its start; 20 if neither `first` nor `last` is given."),
    argument("after", str | None, "A cursor: the page starts behind it."),
    argument("last", int | None, "Rows of the page, from its end."),
    argument("before", str | None, "A cursor: the page ends before it."),
)


REFUSED: Final = "Null, with an error that says why, where it is refused."


def planned(description: str, *arguments: StrawberryArgument, name: str | None = None) -> Any:
    """Return a field that a plan answers."""
    found = StrawberryField(graphql_name=name, description=description)
    found.arguments = list(arguments)
    return found


def paged(description: str, *arguments: StrawberryArgument) -> Any:
    """Return a connection that a plan answers, with the arguments that every page takes; nullable, since an argument may be refused."""
    return planned(f"{description} {REFUSED}", *arguments, *PAGING)
