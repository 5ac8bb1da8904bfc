"""Event tables cut into parts by creator, and joined again."""

from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.proof.manifest import input_digests
from scoring.facts import EVENT_TABLES, Period, market, table
from scoring.facts.events.parts import CREATOR_OF, PARTED, SHARED, joined, part_of, parted, shared
from scoring.proof import columns_digest
from simulation import market as simulated
from tests.scoring.facts.drawn import END, event_tables
from validation.event_tables import event_tables as made_tables

Tables = dict[str, Any]

LEARNT_OF_ALL = (
    "listed_posting_rate",
    "listed_shoppable_rate",
    "plan_posting_rate",
    "plan_shoppable_rate",
    "reported_live_stream_views",
    "reported_posting_rate",
    "reported_posting_rate_by_share",
    "reported_reactions",
    "reported_shoppable_rate",
    "reported_video_views",
    "seen_live_stream_views",
    "seen_video_views",
    "share_by_rates",
)
"""Estimates that take constants from all creators."""

OF_ALL = frozenset(
    {
        *("posts_above_median", "category_sales_share", "reported_shoppable_of_posts", "reported_posts_with_shoppable"),
        *("answerable", "ended_invitations", "ended_invitations_answered", "ended_invitations_beside_one_brand"),
        *("open_invitations", "open_invitations_answered", "open_invitations_beside_one_brand"),
        *(name for each in LEARNT_OF_ALL for name in (each, f"{each}_log_var")),
    }
)
"""Facts that take something from other creators: what stands between them and the workers of a cluster (docs/scale.md)."""


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
    found, expected = (market(each, Period(END)) for each in (again, whole))
    assert columns_digest(table(found)) == columns_digest(table(expected))
    assert input_digests(found) == input_digests(expected), "what a run signs as its inputs does not depend on how they were read"


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_all_rows_of_a_creator_are_in_the_part_that_follows_from_the_id(parts: int) -> None:
    for number, part in enumerate(parted(event_tables(), parts)):
        for name, column in CREATOR_OF.items():
            assert {crc32(each.encode()) % parts for each in part[name][column].to_pylist()} <= {number}
        assert set(part["features"]["content_id"].to_pylist()) <= set(part["contents"]["id"].to_pylist())
        assert set(part["deliveries"]["collaboration_id"].to_pylist()) <= set(part["collaborations"]["id"].to_pylist())


def test_parts_of_an_export_made_today_are_those_of_one_made_tomorrow() -> None:
    assert part_of(pa.chunked_array([["ann", "bob"], ["ann", None]]), 7).tolist() == [5, 2, 5, 0]


def test_all_but_the_facts_that_docs_name_depend_on_a_creators_own_part_alone() -> None:
    made = simulated(5, creators=60, days=120, regions=("US", "ID"))
    tables, period = made_tables(made), Period(made.world.period.end)
    whole = table(market(tables, period))
    parts = [table(market({**shared(tables), **part}, period)) for part in parted(tables, 3)]
    found = {name: np.concatenate([part[name] for part in parts]) for name in whole}
    order = np.lexsort([found[name] for name in ("creator", "category", "window")])
    apart = {name for name, column in whole.items() if columns_digest({"": found[name][order]}) != columns_digest({"": column})}
    assert {"posts_above_median", "category_sales_share", "listed_posting_rate", "seen_video_views"} <= apart <= OF_ALL
    page = (Path(__file__).parents[3] / "docs" / "scale.md").read_text("utf-8")
    assert [name for name in sorted(OF_ALL) if f"`{name.removesuffix('_log_var')}`" not in page] == []
