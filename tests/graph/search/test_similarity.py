"""Which of several names is the one that is sought."""

from __future__ import annotations

import pytest

from graph.search.similarity import Named, Sought, similarities
from graph.search.terms import forms_of, sounds_of


def named(*names: str, text: str | None = None) -> Named:
    forms = [form for name in names for form in forms_of(name)]
    return Named(forms, sounds_of(forms), text)


MARKET = {
    "ann": named("glow_skin.ann", "แชมพู ป้าแอน", text="Reviews of sunscreen ทุกวัน"),
    "lotion": named("化粧水 Lab"),
    "cream": named("Kem dưỡng ẩm Hà Nội"),
    "moist": named("มอยส์เจอร์ไรซิ่ง ครีม"),
    "hair": named("شامبو الشعر"),
    "simple": named("simple"),
}


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("glow skin", "ann"),
        ("glwo skin ann", "ann"),
        ("แชมพ ปาแอน", "ann"),
        ("sunscren", "ann"),
        ("keshou", "lotion"),
        ("huazhuang", "lotion"),
        ("kem duong am", "cream"),
        ("Kem dưỡng ẫm", "cream"),
        ("moisturizing", "moist"),
        ("ครีม", "moist"),
        ("شمبو", "hair"),
        ("simpel", "simple"),
    ],
)
def test_the_name_that_is_sought_is_the_most_alike(query: str, best: str) -> None:
    found = similarities(Sought.of(query), list(MARKET.values()))
    assert list(MARKET)[int(found.argmax())] == best
    assert found.max() >= 0.6


@pytest.mark.parametrize(
    ("query", "there", "other"),
    [
        ("lip", "ลิปสติกไลฟ์สดมะลิ", "สบู่ไลฟ์สดณัฐวุฒิ"),
        ("kan", "ผิวใสขายดีกานต์", "มือถือไลฟ์สดใบเฟิร์น"),
        ("oil", "Olive Oil Lab", "แก้วตาแม่และเด็กบ้าน"),
    ],
)
def test_a_query_of_few_letters_is_within_a_name_or_is_not(query: str, there: str, other: str) -> None:
    within, elsewhere = similarities(Sought.of(query), [named(there), named(other)])
    assert within >= 0.6 > elsewhere


def test_a_name_is_itself_in_every_case_and_with_every_accent() -> None:
    assert similarities(Sought.of("GLOW-Skin ÀNN"), [MARKET["ann"], MARKET["simple"]]).round(2).tolist()[0] == 1.0
    assert similarities(Sought.of("x"), []).tolist() == []
