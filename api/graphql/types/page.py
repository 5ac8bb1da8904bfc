"""Pages of nodes, as Relay has them."""

from __future__ import annotations

from typing import Any

import strawberry

from api.graphql.types.fields import planned


@strawberry.type(description="A page's position among all rows.")
class PageInfo:
    """Cursors are null on an empty page."""

    has_next_page: bool = strawberry.field(
        description="Whether there are rows after this page; when paging backward, whether `before` was given."
    )
    has_previous_page: bool = strawberry.field(
        description="Whether there are rows before this page; when paging forward, whether `after` was given."
    )
    start_cursor: str | None = strawberry.field(description="Cursor of the first row; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last row; null on an empty page.")


TOTAL = "Total number of rows that you may see; computed only if selected."


def connection(of: type, name: str | None = None, /, *, also: dict[str, tuple[Any, str]] | None = None, **edge: tuple[Any, str]) -> Any:
    """Return the connection of a node's type; `edge` has further fields of an edge, `also` of the connection: types and descriptions."""
    noun = name or of.__name__
    fields = {
        "node": (of, "The row itself."),
        "cursor": (
            str,
            ("The row's cursor, for `after` and `before`; valid for the same sort order, and for an order by score within one run."),
        ),
        **edge,
    }
    edges = _type(f"{noun}Edge", f"A row of a page of {noun} rows.", fields)
    parts = {
        "edges": (list[edges], "The rows with their cursors."),
        "nodes": (list[of], "The rows without their cursors."),
        "page_info": (PageInfo, "The page's position in the list."),
        "total_count": (int, TOTAL),
        **(also or {}),
    }
    return _type(f"{noun}Connection", f"A page of {noun} rows.", parts)


def _type(name: str, description: str, fields: dict[str, tuple[Any, str]]) -> Any:
    body: dict[str, Any] = {key: planned(words) for key, (_, words) in fields.items()}
    body["__annotations__"] = {key: kind for key, (kind, _) in fields.items()}
    return strawberry.type(type(name, (), body), name=name, description=description)
