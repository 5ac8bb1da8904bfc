from __future__ import annotations

import pytest

from api.errors import NotAcceptable
from api.http.negotiation import GRAPHQL, JSON, media_type, utf8_json


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (GRAPHQL.upper(), GRAPHQL),
        (f"{GRAPHQL}; charset=utf-8", GRAPHQL),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL}; charset=utf-8, {JSON}; charset=utf-8", GRAPHQL),
        (f"{GRAPHQL};q=0.5, {JSON}", JSON),
        (f"{JSON};q=0.8, {GRAPHQL};q=0.9", GRAPHQL),
        (f"{GRAPHQL};q=0, */*", JSON),
        (f"{JSON};q=0, */*", GRAPHQL),
        (f"{GRAPHQL}, */*;q=0.1", GRAPHQL),
        ("text/html, */*;q=0.8", JSON),
        (f"text/html, {GRAPHQL};q=0.2", GRAPHQL),
    ],
)
def test_the_client_gets_what_it_wants_most(accept: str | None, expected: str) -> None:
    assert media_type(accept) == expected


@pytest.mark.parametrize(
    "accept", ["text/html", "image/*", f"{JSON};q=0", "*/*;q=0", f"{JSON};charset=latin-1", "nonsense", f"{JSON};q=high"]
)
def test_a_client_that_takes_neither_is_told_so(accept: str) -> None:
    with pytest.raises(NotAcceptable, match="accept application/graphql-response"):
        media_type(accept)


@pytest.mark.parametrize(
    ("content_type", "readable"),
    [
        ("application/json", True),
        ("Application/JSON", True),
        ("application/json; charset=utf-8", True),
        ('application/json;charset="UTF-8"', True),
        ("application/json; charset=utf-16", False),
        ("application/graphql", False),
        ("application/x-www-form-urlencoded", False),
        ("text/plain", False),
        ("", False),
        (None, False),
    ],
)
def test_bodies_are_json_in_utf_8(content_type: str | None, readable: bool) -> None:
    assert utf8_json(content_type) is readable
