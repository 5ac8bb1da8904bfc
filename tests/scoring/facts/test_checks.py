"""Event tables that are not as declared."""

import pyarrow as pa
import pytest

from scoring.errors import EventTableError
from scoring.facts import EVENT_TABLES, Period, market
from tests.scoring.facts.drawn import END, event_tables


def refused(**tables: pa.Table) -> str:
    """Return why the market is refused when these tables stand in place of the drawn ones."""
    with pytest.raises(EventTableError) as error:
        market({**event_tables(), **tables}, Period(END))
    return str(error.value)


def test_every_table_and_every_column_must_be_there() -> None:
    whole = event_tables()
    for declared in EVENT_TABLES:
        with pytest.raises(EventTableError, match=f"event table {declared.name} is missing"):
            market({name: each for name, each in whole.items() if name != declared.name}, Period(END))
        for column in declared.columns:
            said = refused(**{declared.name: whole[declared.name].drop_columns([column.name])})
            assert said.startswith(f"event table {declared.name}, column {column.name} is missing (")


def test_a_column_of_another_type_is_refused_with_what_it_must_hold() -> None:
    sales = event_tables()["sales"]
    at = sales.column_names.index("at")
    said = refused(sales=sales.set_column(at, "at", sales["at"].cast(pa.string())))
    expected = "column at holds string, but must hold whole numbers (When it was ordered; Unix seconds, UTC); cast it"
    assert said == f"event table sales, {expected}"


def test_what_must_be_known_may_not_be_null() -> None:
    contents = event_tables()["contents"]
    unknown = contents.set_column(contents.column_names.index("creator_id"), "creator_id", pa.array(["ann", None, "bob"]))
    assert refused(contents=unknown).startswith("event table contents, column creator_id, row 1 is null, but must be known")


def test_earlier_sales_are_held_to_the_same() -> None:
    tables = event_tables()
    with pytest.raises(EventTableError, match="event table earlier_sales, column quantity is missing"):
        market({**tables, "earlier_sales": tables["sales"].drop_columns(["quantity"])}, Period(END))


def test_columns_that_are_not_declared_are_ignored() -> None:
    tables = event_tables()
    more = tables["brands"].append_column("colour", pa.array([1]))
    assert len(market({**tables, "brands": more, "weather": more}, Period(END)).catalogue.brand) == 1
