"""One way of writing for what people write in many ways, by language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.folding import folded, letters, words


@pytest.mark.parametrize(
    ("written", "as_compared"),
    [
        ("Kem DƯỠNG ẩm Đẹp", "kem duong am dep"),  # Vietnamese, composed
        ("Đe\u0323p", "dep"),  # and decomposed
        ("ＧＬＯＷ　Ｓｋｉｎ", "glow skin"),  # full width
        ("Straße Łódź Œuvre", "strasse lodz oeuvre"),
        ("มอยส์เจอร์ไรซิ่ง", "มอยสเจอรไรซิง"),  # Thai: tones and silencers go, vowels stay
        ("น้ำ", "นา"),
        ("シャンプー", "しゃんぷ"),  # katakana as hiragana, without the long vowel
        ("ｶﾞﾗｽ", "がらす"),  # half width, voiced
        ("مُرَطِّبٌ", "مرطب"),  # Arabic without points
        ("أحمر إلى مدرسة", "احمر الي مدرسه"),  # forms of alef, ya and ta
        ("جمـــال", "جمال"),  # lengthened
        ("화장품", "화장품"),
        ("化粧水", "化粧水"),
        ("a\ud800b\u200e\u202ec", "abc"),  # a lone surrogate, marks of direction
        ("", ""),
    ],
)
def test_folded(written: str, as_compared: str) -> None:
    assert folded(written) == as_compared


def test_words_of_scripts_whose_vowels_are_marks_are_whole() -> None:
    assert words(folded("glow_skin.ann ครีมกันแดด, साबुन!")) == ["glow", "skin", "ann", "ครีมกันแดด", folded("साबुन")]


@given(st.text(max_size=60))
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=60))
def test_each_letter_tells_where_it_comes_from(text: str) -> None:
    plain, places = letters(text)
    assert len(plain) == len(places)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
