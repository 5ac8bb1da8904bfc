"""A record of a response set apart, so that it can be corrected and imported by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from graph.rows import Page
from graph.sources.partner_api.owners import Owner, owner_file
from graph.sources.partner_api.slices import start_of

if TYPE_CHECKING:
    from graph.sources.partner_api.endpoint import Document, Endpoint, Place

IN_LIST: Final = re.compile(r"data\.(\w+)\[(\d+)\]")
REJECTED: Final = "rejected"
"""The key of a set apart document under which stands what is wrong with it, and where it came from."""

LATER: Final = "~"
"""Ends the path of a corrected record, so that of two observations of one age it is the later."""


def record_page(doc: Document, path: str) -> Page:
    """Return the page of the record at `path`: its document, and of a list whose records are read each on its own the record alone."""
    endpoint, line, data = doc.endpoint, doc.place.line, doc.data.values
    found = IN_LIST.match(path)
    if found is not None and found[1] == endpoint.pages:
        data = data | {found[1]: _alone(data.get(found[1]), int(found[2]))}
        line = f"{line}: {found[0]}" if line else found[0]
    response = {"code": 0, "message": "Success", "data": data}
    document = {"request": dict(doc.request), "response": response} if doc.request else {"response": response}
    return Page(owner_file(doc.owner), endpoint.slug, document, doc.place.path_in_age, line)


def document_page(owner: Owner, endpoint: Endpoint, document: dict[str, Any], place: Place) -> Page:
    """Return the page of a document that was rejected as a whole."""
    kept = {name: value for name, value in document.items() if name != REJECTED}
    kept = kept if "response" in kept else {"response": kept}
    return Page(owner_file(owner), endpoint.slug, kept, place.path_in_age, place.line)


def path_in_age(document: Mapping[str, Any], file: str) -> str:
    """Return the path by which a document's rows are aged: of a corrected one that of its origin, and later than it."""
    rejected = document.get(REJECTED)
    origin = cast("dict[str, Any]", rejected).get("file") if isinstance(rejected, dict) else None
    return f"{origin}{LATER}" if isinstance(origin, str) else file


def _alone(items: object, number: int) -> list[Any]:
    """Return one item of a list, or of what may stand for one: an object alone."""
    if not isinstance(items, list):
        return [items]
    every = cast("list[Any]", items)
    return [every[number - start_of(every)]]
