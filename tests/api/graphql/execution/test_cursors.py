"""Cursors: they come back as they went, for their order alone, and tell nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.graphql.execution.cursors import FILE, SealedCursors, cursors
from graph.plans.errors import InvalidValue

SEALED = SealedCursors(bytes(range(64)))
PLACES = st.lists(st.one_of(st.integers(-(2**62), 2**62), st.text(max_size=40), st.none()), min_size=1, max_size=3)


@given(place=PLACES, order=st.text(max_size=30))
def test_a_place_comes_back_as_it_went(place: list[Any], order: str) -> None:
    assert SEALED.read(SEALED.write(place, order=order), order=order) == place


@given(place=PLACES, order=st.text(max_size=30), other=st.text(max_size=30))
def test_another_order_cannot_read_it(place: list[Any], order: str, other: str) -> None:
    if order != other:
        with pytest.raises(InvalidValue):
            SEALED.read(SEALED.write(place, order=order), order=other)


@given(text=st.text(max_size=80))
def test_whatever_else_is_given_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        SEALED.read(text, order="o")


def test_one_place_has_one_cursor_and_neighbours_do_not_look_alike() -> None:
    first, second = SEALED.write(["run", 1], order="o"), SEALED.write(["run", 2], order="o")
    assert first == SEALED.write(["run", 1], order="o")
    assert sum(a == b for a, b in zip(first, second, strict=True)) < len(first) / 2


@pytest.mark.parametrize("id_", ["1", "7493989780026131234", "a" * 40])
def test_a_cursor_s_length_tells_no_digits(id_: str) -> None:
    ranks = [1, 999, 10**6, 0.5, 0.123456789012345, -1.5e-300]
    assert len({len(SEALED.write([rank, 10**digits, id_], order="o")) for rank in ranks for digits in range(10)}) == 1


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    cursor = cursors(tmp_path).write([1], order="o")
    cursors.cache_clear()
    assert cursors(tmp_path).read(cursor, order="o") == [1]
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [FILE]
