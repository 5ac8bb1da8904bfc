"""Event tables cut into parts by creator, and joined again."""

from typing import Any
from zlib import crc32

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.facts import EVENT_TABLES, Period, market, table
from scoring.facts.events.parts import CREATOR_OF, PARTED, SHARED, joined, part_of, parted, shared
from scoring.proof import columns_digest
from tests.scoring.facts.drawn import END, event_tables

Tables = dict[str, Any]


def shuffled(tables: Tables, draw: Any) -> Tables:
    """Return the tables with their rows in an order that is drawn."""
    return {name: each.take(pa.array(draw(st.permutations(range(each.num_rows))), pa.int64())) for name, each in tables.items()}


def test_every_table_is_either_shared_or_cut() -> None:
    assert {*SHARED, *PARTED} == {each.name for each in EVENT_TABLES}
    assert set(SHARED) == {"brands", "categories", "products"}


@settings(max_examples=10)
@given(st.data())
def test_facts_of_joined_parts_are_those_of_the_whole_whatever_the_number_and_order_of_parts_and_rows(data: Any) -> None:
    whole = event_tables()
    parts = [shuffled(dict(each), data.draw) for each in parted(shuffled(whole, data.draw), data.draw(st.integers(1, 9)))]
    again = joined(shared(whole), data.draw(st.permutations(parts)))
    found, expected = (table(market(each, Period(END))) for each in (again, whole))
    assert columns_digest(found) == columns_digest(expected)


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_all_rows_of_a_creator_are_in_the_part_that_follows_from_the_id(parts: int) -> None:
    for number, part in enumerate(parted(event_tables(), parts)):
        for name, column in CREATOR_OF.items():
            assert {crc32(each.encode()) % parts for each in part[name][column].to_pylist()} <= {number}
        assert set(part["features"]["content_id"].to_pylist()) <= set(part["contents"]["id"].to_pylist())
        assert set(part["deliveries"]["collaboration_id"].to_pylist()) <= set(part["collaborations"]["id"].to_pylist())


def test_parts_of_an_export_made_today_are_those_of_one_made_tomorrow() -> None:
    assert part_of(pa.chunked_array([["ann", "bob"], ["ann", None]]), 7).tolist() == [5, 2, 5, 0]
