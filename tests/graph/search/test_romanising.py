"""How names of other scripts are typed in Latin letters, and how they sound."""

from __future__ import annotations

import pytest

from graph.search.folding import folded
from graph.search.romanising import romanised, sounds


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("化粧水", ("huazhuangshui", "keshousui")),  # both in Chinese and in Japanese
        ("护肤品", ("hufupin",)),
        ("しゃんぷー", ("shanpu",)),
        ("がっこう", ("gakkou",)),
        ("ファンデーション", ("fandeshon",)),
        ("แชมพู", ("chaemphu",)),  # the vowel that is written first is read after its consonant
        ("شامبو", ("shambo",)),
        ("삼성 전자", ("samseong jeonja",)),
        ("Kem dưỡng", ("kem duong",)),
        ("👄", ()),
    ],
)
def test_romanised(name: str, readings: tuple[str, ...]) -> None:
    assert romanised(folded(name)) == readings


@pytest.mark.parametrize(
    ("names", "sound"),
    [
        (("shampoo", "sampo", "แชมพู", "シャンプー", "شامبو", "شامپو"), "smp"),
        (("moisturizing", "มอยส์เจอร์ไรซิ่ง"), "msrsn"),
        (("lipstick", "ลิปสติก", "リップスティック"), "rpstk"),
        (("cream", "ครีม", "クリーム", "كريم", "krim"), "krm"),
        (("foundation", "ファンデーション"), "pntsn"),
    ],
)
def test_one_word_sounds_alike_in_every_script(names: tuple[str, ...], sound: str) -> None:
    assert {sounds(romanised(folded(name))[0]) for name in names} == {sound}
