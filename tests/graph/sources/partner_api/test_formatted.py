"""Ranges as the platform shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.sources.partner_api.formatted import shown_amounts, shown_counts
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import Tally
from tests.graph.sources.partner_api.folders import items, notes, owner, response, rows

SEARCH = "seller-search-creator-on-marketplace"


def _part(text: str, currency: str | None = "USD") -> Record:
    return Record({"formatted_range": text, "currency": currency}, "gmv_range.", Tally(), endpoint="e")


@pytest.mark.parametrize(
    ("text", "currency", "ends"),
    [
        ("$150K+", "USD", (150_000, None)),
        ("Rp1JT+", "IDR", (1_000_000, None)),
        ("Rp500RB-Rp1JT", "IDR", (500_000, 1_000_000)),
        ("$10-$20", "USD", (10, 20)),
        ("$1.5K - $10K", "USD", (1_500, 10_000)),
        ("$1M – $5M", "USD", (1_000_000, 5_000_000)),
        ("Rp150.000+", "IDR", (150_000, None)),
        ("MX$5K-MX$10K", "MXN", (5_000, 10_000)),
        ("£1,000-£2,000", "GBP", (1_000, 2_000)),
        ("<$100", "USD", (None, 100)),
        ("> $100", "USD", (100, None)),
        ("Under $100", "USD", (None, 100)),
        ("Over $1.5K", "USD", (1_500, None)),
        ("$5M or more", "USD", (5_000_000, None)),
        ("$0", "USD", (0, 0)),
    ],
)
def test_amounts(text: str, currency: str, ends: tuple[int | None, int | None]) -> None:
    assert shown_amounts(_part(text, currency)) == ends


@pytest.mark.parametrize(
    ("text", "ends"),
    [("1K+", (1_000, None)), ("0-10", (0, 10)), ("$0-$100", (0, 100)), ("10K-1M", (10_000, 1_000_000)), ("Under 100", (None, 100))],
)
def test_counts(text: str, ends: tuple[int | None, int | None]) -> None:
    assert shown_counts(_part(text, None)) == ends


@pytest.mark.parametrize(("text", "currency"), [("much", "USD"), ("1-2-3", "USD"), ("€5+", "USD"), ("$5+", None), ("-", "USD")])
def test_what_cannot_be_read_is_noted(text: str, currency: str | None) -> None:
    part = _part(text, currency)
    assert shown_amounts(part) == (None, None)
    assert [note.kind for note in part.tally.notes()] == ["range that cannot be read"]


def test_a_range_that_is_only_shown_is_read_where_no_numbers_are(tmp_path: Path) -> None:
    shown = {"currency": "USD", "formatted_range": "$150K+"}
    exact = {"currency": "USD", "minimum_amount": "1000.00", "maximum_amount": "2000.00", "formatted_range": "$1K-$2K"}
    creators = [
        {"username": "ann", "gmv_range": shown, "units_sold_range": {"formatted_range": "1K+"}},
        {"username": "bob", "gmv_range": exact, "units_sold_range": {"minimum_amount": 5, "formatted_range": "5+"}},
    ]
    found = items(owner(tmp_path), (f"{SEARCH}.json", response(creators=creators)))
    columns = ("gmv_low", "gmv_high", "units_sold_low", "units_sold_high")
    assert [tuple(row.get(name) for name in columns) for row in rows(found, "reports")] == [
        (150_000, None, 1_000, None),
        (1_000, 2_000, 5, None),
    ]
    assert notes(found) == []
