"""Amounts as people write them."""

from decimal import Decimal

import pytest
from babel.numbers import format_currency, format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.sources import BadValue
from graph.sources.partner_api.money import amount

# Where each currency is at home, as its people write it.
HOMES = [
    ("en_US", "USD"), ("id_ID", "IDR"), ("vi_VN", "VND"), ("th_TH", "THB"), ("ms_MY", "MYR"), ("en_PH", "PHP"), ("en_SG", "SGD"),
    ("en_GB", "GBP"), ("de_DE", "EUR"), ("fr_FR", "EUR"), ("es_ES", "EUR"), ("en_IE", "EUR"), ("ja_JP", "JPY"), ("ko_KR", "KRW"),
    ("es_MX", "MXN"), ("pt_BR", "BRL"), ("de_CH", "CHF"), ("pl_PL", "PLN"),
]  # fmt: skip
WHOLE = ("IDR", "VND", "JPY", "KRW")


@pytest.mark.parametrize(
    ("written", "currency", "expected"),
    [
        ("Rp9.900", "IDR", "9900"),
        ("1.234", "EUR", "1.234"),
        ("1.234,50 €", "EUR", "1234.50"),
        ("US$1,234.50", "USD", "1234.50"),
        ("1,234", "USD", "1234"),
        ("1,234", "EUR", "1234"),
        ("1.234", "VND", "1.234"),
        ("1.234₫", "VND", "1234"),
        ("¥1.234", "JPY", "1234"),
        ("1.234 KRW", "KRW", "1234"),
        ("151.745", "JPY", "151.745"),
        ("151745.473", "JPY", "151745.473"),
        ("¥151745.473", "JPY", "151745.473"),
        ("1.697", "IDR", "1.697"),
        ("12.192392", "USD", "12.192392"),
        ("$0.125", "USD", "0.125"),
        ("¥0.125", "JPY", "0.125"),
        ("0,125", "EUR", "0.125"),
        ("1234,567", "EUR", "1234.567"),
        ("1.23", "IDR", "1.23"),
        ("1,5", "EUR", "1.5"),
        ("1,50", "IDR", "1.50"),
        ("1.2345", "USD", "1.2345"),
        ("1,2345", "USD", "1.2345"),
        ("1.234.567", "IDR", "1234567"),
        ("1,234,567", "USD", "1234567"),
        ("1.234.567", "EUR", "1234567"),
        ("1,234,567.891", "USD", "1234567.891"),
        ("1.234,567", "EUR", "1234.567"),
        ("1,234.567", "IDR", "1234.567"),
        ("1 234,50 €", "EUR", "1234.50"),
        ("1\u202f234,50\xa0€", "EUR", "1234.50"),
        ("CHF 1’234.50", "CHF", "1234.50"),
        ("₹1,00,000.50", "INR", "100000.50"),
        ("Rp 10.000,-", "IDR", "10000"),
        ("￥１，２３４", "JPY", "1234"),
        ("٩٫٥", "USD", "9.5"),
        (".5", "USD", "0.5"),
        ("0", "USD", "0"),
        ("$12", "USD", "12"),
        ("$12", "MXN", "12"),
        ("$12", "SGD", "12"),
        ("usd 12", "usd", "12"),
        ("12 USD", "USD", "12"),
        (12, "USD", "12"),
        (12.34, "USD", "12.34"),
        (1.234, "IDR", "1.234"),
        ("  7 ", "USD", "7"),
    ],
)
def test_reads(written: object, currency: str, expected: str) -> None:
    assert amount(written, currency) == Decimal(expected)


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_unknown_whatever_the_currency(nothing: object) -> None:
    assert amount(nothing, "no code") is None


@pytest.mark.parametrize(
    ("written", "currency"),
    [
        *(("€5", code) for code in ("USD", "IDR", "GBP")),
        ("S$5", "USD"),
        ("RM5", "IDR"),
        ("EUR 5", "USD"),
        ("$5 €", "USD"),
        *((sign, "USD") for sign in ("-5", "−5", "(5)", "$-5", "-$5", "5-", "5.00-")),
        (-5, "USD"),
        (-0.01, "USD"),
        *(
            (text, "USD")
            for text in ("abc", "$", "5e3", "5 6", "1.2.3", "1,2,3", "1,234.5.6", "1.234,567,8", "5..0", "5,", "1'2", "0x5", "12,34,5")
        ),
        *((text, "USD") for text in ("1K", "5%", "$0-$100", "NaN", "∞", "1_000")),
        ("1 234.567,8", "EUR"),
        ("9" * 16, "USD"),
        (float("inf"), "USD"),
        (float("nan"), "USD"),
        (True, "USD"),
        ([], "USD"),
        ({}, "USD"),
        *((5, code) for code in (None, "", "ABC", "IRD", "US", "XXX", 840)),
    ],
)
def test_refuses(written: object, currency: object) -> None:
    with pytest.raises(BadValue):
        amount(written, currency)


@pytest.mark.parametrize(("locale", "currency"), HOMES)
@settings(max_examples=40)
@given(cents=st.integers(0, 10**12))
def test_reads_what_a_currencys_home_writes(locale: str, currency: str, cents: int) -> None:
    value = Decimal(cents // 100) if currency in WHOLE else Decimal(cents) / 100
    digits = "#,##0" if currency in WHOLE else "#,##0.00"
    if currency in WHOLE:
        assert amount(format_currency(value, currency, "¤#,##0", locale=locale, currency_digits=False), currency) == value
    else:
        assert amount(format_decimal(value, digits, locale=locale), currency) == value
        assert amount(format_currency(value, currency, locale=locale), currency) == value


@given(value=st.decimals(0, 10**9, places=2), currency=st.sampled_from(["USD", "EUR", "IDR", "JPY"]))
def test_reads_plain_numbers_and_their_texts(value: Decimal, currency: str) -> None:
    assert amount(str(value), currency) == value
    assert amount(float(value), currency) == value


@settings(max_examples=40)
@given(text=st.text(max_size=12))
def test_never_fails_otherwise(text: str) -> None:
    try:
        found = amount(text, "EUR")
    except BadValue:
        return
    assert found is None or 0 <= found < 10**15


@given(text=st.text("0123456789.,' $€-", max_size=12))
def test_digits_are_never_lost(text: str) -> None:
    """What is read has the written digits, whatever the separators."""
    try:
        found = amount(text, "EUR")
    except BadValue:
        return
    if found is not None:
        digits = "".join(c for c in text if c.isdigit())
        assert f"{found:f}".replace(".", "").lstrip("0") == digits.lstrip("0")
