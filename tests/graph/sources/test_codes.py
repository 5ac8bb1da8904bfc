"""Currencies and regions."""

import pytest

from graph.sources import BadValue
from graph.sources.codes import currency_code, has_minor_unit, region_code, regional_currency


def test_codes_in_any_case() -> None:
    assert (currency_code(" usd "), region_code("gb")) == ("USD", "GB")


@pytest.mark.parametrize("value", ["", "IRD", "US", "DOLLAR", "XXX", "XTS", None, 840, "U$D"])
def test_unknown_currencies(value: object) -> None:
    with pytest.raises(BadValue):
        currency_code(value)


@pytest.mark.parametrize("value", ["", "USA", "UK", "EU", "XX", "001", None, 1, "?"])
def test_unknown_regions(value: object) -> None:
    with pytest.raises(BadValue):
        region_code(value)


def test_a_region_that_is_not_known_has_a_code() -> None:
    assert region_code("ZZ") == "ZZ"


def test_minor_units_in_use() -> None:
    assert [code for code in ("IDR", "VND", "JPY", "KRW", "USD", "EUR", "THB", "MYR", "MXN") if not has_minor_unit(code)] == [
        "IDR",
        "VND",
        "JPY",
        "KRW",
    ]


def test_a_regions_one_currency() -> None:
    assert [regional_currency(code) for code in ("US", "ID", "VN", "DE", "IE", "MX", "BR")] == [
        "USD",
        "IDR",
        "VND",
        "EUR",
        "EUR",
        "MXN",
        "BRL",
    ]
    assert [regional_currency(code) for code in ("ZZ", "PA")] == [None, None]
