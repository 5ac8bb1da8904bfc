"""Where a text matches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.highlights import LONGEST, pieces
from graph.search.similarity import Sought


@pytest.mark.parametrize(
    ("query", "text", "matched"),
    [
        ("shampoo", "แชมพู ป้าแอน", ["แชมพู"]),
        ("keshou", "化粧水 Lab", ["化粧水"]),
        ("duong", "Kem dưỡng ẩm", ["dưỡng"]),
        ("glow", "glow_skin.ann", ["glow"]),
        ("glwo", "Glow skin", ["Glow"]),
        ("ครีม", "มอยส์เจอร์ไรซิ่งครีม", ["ครีม"]),
        ("skin lip", "Skin, lips and skincare", ["Skin", "lips", "skin"]),
        ("nothing", "Lip gloss", []),
    ],
)
def test_what_matches_is_marked(query: str, text: str, matched: list[str]) -> None:
    assert [piece.text for piece in pieces(Sought.of(query), text) if piece.matched] == matched


def test_of_a_long_text_a_part_around_the_first_match_is_shown() -> None:
    found = pieces(Sought.of("gloss"), "x " * 400 + "gloss" + " y" * 400)
    assert [piece.text for piece in found if piece.matched] == ["gloss"]
    assert sum(len(piece.text) for piece in found) == LONGEST


@given(st.text(max_size=30), st.text(max_size=120))
def test_the_pieces_make_up_the_text(query: str, text: str) -> None:
    found = pieces(Sought.of(query), text)
    assert not found or "".join(piece.text for piece in found) == text
    assert all(piece.text for piece in found)
