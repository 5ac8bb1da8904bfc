"""From event tables to facts, wherever the tables lie and however they are kept."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scoring.facts import COLUMNS, GROUP, Columns, Period, market, table, ties
from tests.scoring.facts.drawn import DAY, END, ROWS, event_tables

Tables = dict[str, pa.Table]


def facts(tables: Tables) -> Columns:
    """Return the facts of the drawn market."""
    return table(market(tables, Period(END)))


def of(columns: Columns, creator: str, *names: str, category: str = "*", window: int = 90) -> tuple[Any, ...]:
    """Return several columns of one row."""
    chosen = (columns["creator"] == creator) & (columns["category"] == category) & (columns["window"] == window)
    (place,) = np.flatnonzero(chosen)
    return tuple(columns[name][place].item() for name in names)


def test_are_one_row_a_creator_window_and_category_of_the_declared_columns() -> None:
    known = facts(event_tables())
    assert set(known) == {each.name for each in (*GROUP, *COLUMNS)}
    assert of(known, "ann", "region", "tier", "days", "posts", "views") == ("US", -1, 10, 1, 99)
    assert of(known, "bob", "region", "tier", "days", "live_hours", "reported_videos") == ("GB", 1, 90, 1.5, 4)


def test_sales_are_net_of_what_had_come_back_by_then_and_no_sale_counts_nothing() -> None:
    known = facts(event_tables())
    assert of(known, "ann", "orders", "units", "gmv_usd", "gross_gmv_usd", "click_orders") == (2, 5, 40, 55, 1)
    assert of(known, "ann", "orders", "units", "gmv_usd", category="beauty") == (1, 3, 30)
    assert of(known, "bob", "orders", "units", "gmv_usd", "live_orders") == (4, 4, 40, 4)


def test_the_first_content_delivered_tells_when_and_a_sample_is_due_a_fortnight_after_it_came() -> None:
    known = facts(event_tables())
    assert of(known, "ann", "invitations", "deliverable", "delivered", "on_time_known", "on_time") == (2, 1, 1, 1, 1)
    assert of(known, "ann", "delivered", "brands", category="lips", window=7) == (1, 1)


def reversed_rows(tables: Tables) -> Tables:
    return {name: each.take(np.arange(each.num_rows)[::-1]) for name, each in tables.items()}


def in_pieces(tables: Tables) -> Tables:
    return {name: pa.concat_tables([each.slice(at, 1) for at in range(max(each.num_rows, 1))]) for name, each in tables.items()}


def with_types(tables: Tables, types: dict[pa.DataType, pa.DataType]) -> Tables:
    def cast(each: pa.Table) -> pa.Table:
        return each.cast(pa.schema([(field.name, types.get(field.type, field.type)) for field in each.schema]))

    return {name: cast(each) for name, each in tables.items()}


def in_dictionaries(tables: Tables) -> Tables:
    return with_types(in_pieces(tables), {pa.string(): pa.dictionary(pa.int32(), pa.string())})


def in_large_and_small(tables: Tables) -> Tables:
    return with_types(tables, {pa.string(): pa.large_string(), pa.float64(): pa.float32()})


def without_rows(tables: Tables) -> Tables:
    return {name: each.slice(0, 0) for name, each in tables.items()}


@pytest.mark.parametrize("kept", [reversed_rows, in_pieces, in_dictionaries, in_large_and_small])
def test_are_the_same_to_the_last_bit_however_the_tables_are_kept(kept: Callable[[Tables], Tables]) -> None:
    first, again = facts(event_tables()), facts(kept(event_tables()))
    assert all(first[name].tobytes() == again[name].tobytes() for name in first)


def test_are_the_same_of_tables_that_lie_in_files(tmp_path: Path) -> None:
    for name, each in event_tables().items():
        pq.write_table(each, tmp_path / f"{name}.parquet")
    read = {file.stem: pq.read_table(file) for file in tmp_path.iterdir()}
    first, again = facts(event_tables()), facts(read)
    assert all(first[name].tobytes() == again[name].tobytes() for name in first)


def test_tables_without_rows_make_columns_without_rows() -> None:
    assert {len(column) for column in facts(without_rows(event_tables())).values()} == {0}


def test_what_belongs_to_nobody_known_counts_nothing() -> None:
    rows = {**ROWS, "creators": [row for row in ROWS["creators"] if row["id"] == "ann"]}
    known = facts(event_tables(rows))
    assert set(known["creator"].tolist()) == {"ann"}
    assert of(known, "ann", "posts", "orders") == (1, 2)


def test_ties_take_the_order_lines_from_before_the_window_and_no_other_twice() -> None:
    before = {"order_id": "p", "product_id": "balm", "quantity": 1, "gmv_usd": 10.0, "at": END - 300 * DAY}
    earlier = event_tables({"sales": [*ROWS["sales"], before]})["sales"]
    found = ties(market({**event_tables(), "earlier_sales": earlier}, Period(END)))
    assert list(zip(found.creator.tolist(), found.brand.tolist(), found.times.tolist(), found.gmv_usd.tolist(), strict=True)) == [
        ("ann", "acme", 1, 40.0),
        ("bob", "acme", 0, 40.0),
    ]
    assert found.first_at.tolist() == [END - 300 * DAY, END - 2 * DAY]


@pytest.mark.parametrize("seen", [END - DAY, END, END + DAY // 2])
def test_what_is_first_seen_as_the_run_begins_counts_in_its_windows(seen: int) -> None:
    deal = {"id": "k", "brand_id": "acme", "kind": "SAMPLE", "status": "ACCEPTED", "status_since": seen, "accepted_since": seen}
    facts = table(market(event_tables({**ROWS, "collaborations": [deal], "sales": [], "deliveries": []}), Period(END + DAY // 2)))
    chosen = (facts["creator"] == "ann") & (facts["category"] == "*")
    assert facts["collaborations"][chosen].tolist() == [1.0, 1.0, 1.0]
