"""Views of the explorer's pages, as accounts keep and share them."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import named
from api.graphql.types.fields import argument, planned
from api.graphql.types.page import PageInfo
from api.graphql.types.scalars import DateTime, Id

PAGES: Final = {
    "FIND": ("find", "Creators found by conditions, at `/find`."),
    "COMPARE": ("compare", "Creators side by side, at `/compare`."),
    "NETWORK": ("network", "A brand's network, at `/network`."),
    "PORTFOLIO": ("portfolio", "Creators for a budget, at `/portfolio`."),
    "SALES": ("sales", "A brand's sales, at `/sales`; for brands and partners."),
    "SAMPLES": ("samples", "The inbox of sample applications, at `/samples`; for brands and partners."),
    "BRIEFS": ("briefs", "Briefs, or one of them, at `/briefs`; for brands and partners."),
}
SavedViewPage: Final = named("SavedViewPage", "A page of the explorer whose address holds its view.", PAGES)


@strawberry.type(description="A view of one of the explorer's pages, saved by name.")
class SavedView:
    """An address under a name."""

    view_id: Id = planned("The view's id, `view` in the details of its changes.")
    name: str = planned("Its name.")
    page: SavedViewPage = planned("The page that it opens.")
    address: str = planned("Path and query of the page, without language and theme.")
    own: bool = planned("Whether it is yours; what others share can be opened, not changed.")
    shared: bool = planned("Whether all keys of the same brand see it.")
    start: bool = planned("Whether the page opens with it for you; false for what others share.")
    created_at: DateTime = planned("When it was saved first.")
    updated_at: DateTime = planned("When it was last changed.")


@strawberry.type(description="A saved view with its cursor.")
class SavedViewEdge:
    """One place of the list."""

    cursor: str = planned("Cursor for `after` and `before`.")
    node: SavedView = planned("The view.")


@strawberry.type(description="A page of saved views: your own by name, then those that are shared with you.")
class SavedViewConnection:
    """They are few."""

    edges: list[SavedViewEdge] = planned("The views with their cursors.")
    nodes: list[SavedView] = planned("The views without their cursors.")
    page_info: PageInfo = planned("The page's position in the list.")
    total_count: int = planned("Total number of views.")


SAVED_VIEWS: Final = (
    argument("page", SavedViewPage | None, "The page that they open; all pages if omitted."),
    argument("start", bool | None, "Only those with which a page opens (true), or only the others (false); both if omitted."),
)
