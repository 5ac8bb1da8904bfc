"""Saved responses are read without the importer."""

from pathlib import Path

import numpy as np
import pytest

from simulation import Market
from validation.files import Shop, dollars, number, seconds
from validation.seen import Seen


@pytest.mark.parametrize(
    ("text", "currency", "value"),
    [
        ("Rp9.900", "IDR", 9_900.0),
        ("9900", "IDR", 9_900.0),
        ("151.745", "JPY", 151.745),
        ("1.000 ₫", "VND", 1_000.0),
        ("$1,234.50", "USD", 1_234.5),
        ("1.234,50 €", "EUR", 1_234.5),
        ("12.5", "GBP", 12.5),
        ("$1,234", "USD", 1_234.0),
    ],
)
def test_amounts_are_read_as_their_locale_spells_them(text: str, currency: str, value: float) -> None:
    assert number(text, currency) == value


def test_amounts_are_dollars_by_the_rate_beside_the_export_or_a_usual_one(tmp_path: Path) -> None:
    with_rate, without = (Shop("1", "GB", 1, tmp_path, rates) for rates in ({"GBP": 1.5}, {}))
    assert dollars({"amount": "10.00", "currency": "GBP"}, with_rate) == 15.0
    assert dollars({"amount": "10.00", "currency": "GBP"}, without) == pytest.approx(13.3)


def test_times_come_as_text_or_in_milliseconds() -> None:
    assert (seconds("1700000000"), seconds(1_700_000_000_000), seconds(None)) == (1_700_000_000, 1_700_000_000, 0)


def test_what_is_seen_is_what_happened(little: Market, seen: Seen) -> None:
    world = little.world
    exported = world.goods.brands.sums_only[world.goods.products.brand[world.slots.product[world.lines.slot]]]
    assert len(seen.lines) == pytest.approx(0.96 * (~exported).sum(), rel=0.03)
    assert seen.at == world.period.end
    assert {state for _, _, state in seen.samples.values()} >= {"SUCCEED", "FAILED", "PENDING"}
    assert 0.1 < np.mean([guest.accepted for guest in seen.guests.values()]) < 0.8
