"""A document set apart, so that it can be corrected and imported by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from graph.rows import Page
from graph.sources.partner_api.endpoint import Endpoint, Place
from graph.sources.partner_api.owners import Owner, owner_file

REJECTED: Final = "rejected"
"""The key of a set apart document under which stands what is wrong with it, and where it came from."""

LATER: Final = "~"
"""Ends the path of a corrected record, so that of two observations of one age it is the later."""


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
