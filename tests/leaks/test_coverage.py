"""Which fields count as reached, unread and out of reach."""

from __future__ import annotations

from bench.leaks.coverage import REACHABLE, SHUT, beyond, share, unread
from bench.leaks.shapes import CLOSED, SCHEMA


def test_what_is_shut_is_reached_and_says_that_brands_are_told_nothing() -> None:
    assert SHUT <= REACHABLE
    described = {each: str(SCHEMA.type_map[each.split(".")[0]].fields[each.split(".")[1]].description) for each in SHUT}  # pyright: ignore[reportAttributeAccessIssue]
    assert [each for each, text in described.items() if not any(word in text for word in ("brands", "others"))] == []


def test_what_lies_below_is_out_of_reach() -> None:
    assert beyond({"Manifest.text", "Creator.rights", "Query.disclosures", "Score.value"}) == ["Manifest.text"]
    assert not any(f"Query.{each}" in REACHABLE for each in CLOSED)


def test_what_was_not_read_is_named() -> None:
    assert unread(set(REACHABLE) - {"Score.value"}) == ["Score.value"]
    assert 0.99 < share(set(REACHABLE) - {"Score.value"}) < 1.0
