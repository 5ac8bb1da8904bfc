"""Singular and plural, both ways."""

from __future__ import annotations

import pytest

from graph.plurals import contained, forms

PAIRS = [
    *(("bag", "bags"), ("dress", "dresses"), ("berry", "berries"), ("knife", "knives"), ("scarf", "scarves")),
    *(("bolsa", "bolsas"), ("pantalon", "pantalones"), ("tasche", "taschen"), ("uhr", "uhren"), ("chapeau", "chapeaux")),
    *(("borsa", "borse"), ("libro", "libri"), ("botão", "botões"), ("cheval", "chevaux")),
]


@pytest.mark.parametrize(("one", "many"), PAIRS)
def test_each_number_finds_the_other(one: str, many: str) -> None:
    assert (many in forms(one), one in forms(many)) == (True, True)
    for sought in (one, many):
        for title in (one, many):
            assert any(each in f"a red {title}, new" for each in contained(f"red {sought}"))


@pytest.mark.parametrize("word", ["", "tv", "bus", "yes"])
def test_short_words_are_not_cut(word: str) -> None:
    assert contained(word) == [word]
