"""The market as tables: declared, consistent, and the same for the same arguments."""

from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from graph.model import TABLES, Property, Reference, Type, Unit, columns, table
from simulation import Market, MarketTooSmall, UnknownRegion, market
from simulation.errors import EndRefused

KINDS: Final[dict[Type, Any]] = {
    Type.STRING: pa.string(),
    Type.INTEGER: pa.int64(),
    Type.FLOAT: pa.float64(),
    Type.BOOLEAN: pa.bool_(),
    Type.STRINGS: pa.list_(pa.string()),
    Type.INTEGERS: pa.list_(pa.int64()),
    Type.FLOATS: pa.list_(pa.float64()),
}


def test_every_table_of_the_model_is_made(made: Market) -> None:
    assert set(made.tables) == {each.name for each in TABLES}


@pytest.mark.parametrize("name", [each.name for each in TABLES])
def test_columns_are_declared_typed_and_required_ones_full(made: Market, name: str) -> None:
    declared = columns(table(name))
    for field in made[name].schema:
        of = declared[field.name]
        assert field.type == (KINDS[of.type] if isinstance(of, Property) else pa.list_(pa.string()) if of.many else pa.string())
    for column, of in declared.items():
        if of.required:
            assert made[name][column].null_count == 0, column


@pytest.mark.parametrize("name", [each.name for each in TABLES])
def test_values_lie_in_their_units(made: Market, name: str) -> None:
    for column, of in columns(table(name)).items():
        if column not in made[name].column_names or isinstance(of, Reference):
            continue
        values = made[name][column]
        flat = pc.list_flatten(values) if pa.types.is_list(values.type) else values
        if of.values:
            assert set(pc.unique(flat.drop_null()).to_pylist()) <= set(of.values), column
        elif of.unit in (Unit.COUNT, Unit.MONEY, Unit.SECONDS, Unit.TIME) and len(flat.drop_null()):
            assert pc.min(flat).as_py() >= 0, column
        elif of.unit in (Unit.SHARE, Unit.STARS) and len(flat.drop_null()):
            low, high = (0, 1) if of.unit is Unit.SHARE else (1, 5)
            assert low <= pc.min(flat).as_py() <= pc.max(flat).as_py() <= high, column


def test_every_reference_resolves_and_keys_are_unique(made: Market) -> None:
    keys = {each.node: set(made[each.name]["id"].to_pylist()) for each in TABLES if each.node and each.name != "rates"}
    for each in TABLES:
        if each.node in keys:
            assert len(keys[each.node]) == made[each.name].num_rows
        for reference in each.references:
            if reference.node not in keys or reference.column not in made[each.name].column_names:
                continue
            named = made[each.name][reference.column].combine_chunks()
            named = pc.list_flatten(named) if reference.many else named
            assert set(pc.unique(named.drop_null()).to_pylist()) - {"0"} <= keys[reference.node], (each.name, reference.column)


def test_the_same_arguments_give_the_same_market_and_another_seed_another() -> None:
    one, again, other = (market(seed, creators=60, days=30) for seed in (5, 5, 6))
    for name, rows in one.tables.items():
        assert rows.equals(again[name]), name
    assert not one["creators"].equals(other["creators"])
    assert not one["sales"].equals(other["sales"])


def test_nothing_happens_at_or_after_the_end(made: Market) -> None:
    end = made.world.period.end
    for name, column in (("sales", "at"), ("contents", "published_at"), ("collaborations", "delivered_at"), ("collaborations", "rated_at")):
        assert pc.max(made[name][column]).as_py() < end
    assert pc.max(pc.list_flatten(made["sales"]["seen_at"])).as_py() < end


def test_the_size_is_as_documented(made: Market) -> None:
    assert 30 <= made["contents"].num_rows / 1_500 <= 50
    assert 25 <= made["sales"].num_rows / 1_500 <= 60


def test_truth_is_no_import_table(made: Market) -> None:
    assert set(made.truth) == {"truth_creators", "truth_products", "truth_rings", "truth_category_shares"}
    assert not set(made.truth) & set(made.tables)
    planted = {"ability", "reliability", "responsiveness", "diligence", "consistency", "appeal", "ring", "quality", "selling", "breadth"}
    assert not planted & {column for rows in made.tables.values() for column in rows.column_names}
    assert made.truth["truth_creators"]["creator_id"].to_pylist() == made["creators"]["id"].to_pylist()


def test_regions_are_as_asked_each_with_its_currency() -> None:
    some = market(1, creators=60, days=30, regions=("VN", "JP"))
    assert set(some["products"]["currency"].to_pylist()) == {"VND", "JPY"}
    assert set(some["rates"]["currency"].to_pylist()) == {"VND", "JPY"}
    assert set(some["creators"]["region"].to_pylist()) == {"VN", "JP"}


def test_rates_cover_every_day_on_which_money_moved(made: Market) -> None:
    first = date.fromisoformat(min(made["rates"]["date"].to_pylist()))
    oldest = min(pc.min(made["sales"]["at"]).as_py(), int(np.floor(pc.min(made["collaborations"]["offered_at"]).as_py())))
    assert date.fromtimestamp(oldest) >= first


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(MarketTooSmall, match="3 creators"):
        market(1, creators=3)
    with pytest.raises(UnknownRegion, match="'XX'"):
        market(1, creators=50, regions=("US", "XX"))
    with pytest.raises(EndRefused, match="2040-01-01"):
        market(1, creators=50, end=date(2040, 1, 1))
