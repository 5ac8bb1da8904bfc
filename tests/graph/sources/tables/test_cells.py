"""Cells to types and units."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import TABLES, Property, Reference, Type, Unit, columns, table
from graph.sources import BadValue
from graph.sources.tables.cells import cell, reader


def _column(kind: Type, unit: Unit = Unit.NONE, **more: Any) -> Property:
    return Property("some", kind, "Some.", unit, **more)


TEXT, WHOLE, NUMBER, FLAG = (_column(kind) for kind in (Type.STRING, Type.INTEGER, Type.FLOAT, Type.BOOLEAN))


@pytest.mark.parametrize("column", [TEXT, WHOLE, NUMBER, FLAG, _column(Type.STRINGS), Reference("a_id", "A", "A", "A.")])
@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_empty_is_unknown(column: Property | Reference, nothing: object) -> None:
    assert cell(nothing, column) is None


@pytest.mark.parametrize(
    ("value", "column", "expected"),
    [
        (" x ", TEXT, "x"),
        (12, TEXT, "12"),
        ("12", WHOLE, 12),
        ("-3", WHOLE, -3),
        ("12.0", WHOLE, 12),
        (12.0, WHOLE, 12),
        ("1.5", NUMBER, 1.5),
        ("1e3", NUMBER, 1000.0),
        (2, NUMBER, 2.0),
        ("TRUE", FLAG, True),
        (0, FLAG, False),
        ("1", FLAG, True),
        ("us", _column(Type.STRING, Unit.REGION), "US"),
        ("idr", _column(Type.STRING, Unit.CURRENCY), "IDR"),
        ("0.3", _column(Type.FLOAT, Unit.SHARE), 0.3),
        ("1700000000", _column(Type.INTEGER, Unit.TIME), 1_700_000_000),
        (datetime(2024, 1, 1, tzinfo=UTC), _column(Type.INTEGER, Unit.TIME), 1_704_067_200),
        (datetime(2024, 1, 1), _column(Type.INTEGER, Unit.TIME), 1_704_067_200),
        (datetime(2024, 1, 1).date(), _column(Type.INTEGER, Unit.TIME), 1_704_067_200),
        ("a|b", _column(Type.STRINGS), ["a", "b"]),
        ('["a", "b|c"]', _column(Type.STRINGS), ["a", "b|c"]),
        (["a", None, "b"], _column(Type.STRINGS), ["a", "b"]),
        ("1|2", _column(Type.INTEGERS), [1, 2]),
        ("[0.5, 1]", _column(Type.FLOATS, Unit.SHARE), [0.5, 1.0]),
        ("[]", _column(Type.STRINGS), None),
        ("a|b", Reference("ids", "A", "A", "A.", many=True), ["a", "b"]),
        (7, Reference("a_id", "A", "A", "A."), "7"),
        ("A", _column(Type.STRING, values=("A", "B")), "A"),
    ],
)
def test_takes(value: object, column: Property | Reference, expected: object) -> None:
    assert cell(value, column) == expected
    assert type(cell(value, column)) is type(expected)


@pytest.mark.parametrize(
    ("value", "column"),
    [
        ("x" * 20_001, TEXT),
        ("x" * 257, Property("someId", Type.STRING, "Id.")),
        ("x" * 257, Reference("a_id", "A", "A", "A.")),
        ("a\x00b", TEXT),
        ("a\udcffb", TEXT),
        (1.5, TEXT),
        (True, TEXT),
        ([], TEXT),
        ("1.5", WHOLE),
        ("many", WHOLE),
        ("٣", WHOLE),
        (True, WHOLE),
        ("9" * 19, WHOLE),
        ("nan", NUMBER),
        ("inf", NUMBER),
        ("1e999", NUMBER),
        (float("nan"), NUMBER),
        (float("-inf"), NUMBER),
        ("1_000", NUMBER),
        ("1,5", NUMBER),
        (True, NUMBER),
        ("maybe", FLAG),
        (2, FLAG),
        ("C", _column(Type.STRING, values=("A", "B"))),
        ("a", _column(Type.STRING, values=("A", "B"))),
        ("UK", _column(Type.STRING, Unit.REGION)),
        ("IRD", _column(Type.STRING, Unit.CURRENCY)),
        ("1.01", _column(Type.FLOAT, Unit.SHARE)),
        ("-0.01", _column(Type.FLOAT, Unit.SHARE)),
        (-1, _column(Type.INTEGER, Unit.COUNT)),
        (-1, _column(Type.INTEGER, Unit.SECONDS)),
        ("-0.5", _column(Type.FLOAT, Unit.MONEY)),
        (0.9, _column(Type.FLOAT, Unit.STARS)),
        (5.1, _column(Type.FLOAT, Unit.STARS)),
        (0, _column(Type.INTEGER, Unit.TIME)),
        (1_451_606_399, _column(Type.INTEGER, Unit.TIME)),
        (4_102_444_801, _column(Type.INTEGER, Unit.TIME)),
        (1_700_000_000_000, _column(Type.INTEGER, Unit.TIME)),
        ("[1, 2", _column(Type.INTEGERS)),
        ("1|x", _column(Type.INTEGERS)),
        ("0.5|1.5", _column(Type.FLOATS, Unit.SHARE)),
        ({"a": 1}, _column(Type.STRINGS)),
    ],
)
def test_refuses(value: object, column: Property | Reference) -> None:
    with pytest.raises(BadValue) as fault:
        cell(value, column)
    assert fault.value.rule
    assert fault.value.remedy


@given(st.integers(-(2**63) + 1, 2**63 - 1))
def test_whole_numbers_of_the_database_pass(value: int) -> None:
    assert cell(str(value), WHOLE) == cell(value, WHOLE) == value


def test_a_count_passes_32_bits_only_where_its_property_is_wide() -> None:
    followers, views = columns(table("creators"))["follower_count"], columns(table("contents"))["views"]
    assert cell(2**31 - 1, followers) == 2**31 - 1
    assert cell(2**31, views) == 2**31
    with pytest.raises(BadValue, match="2,147,483,647"):
        cell(2**31, followers)


@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=5),
        st.binary(max_size=3),
        st.lists(st.integers(), max_size=2),
    )
)
def test_anything_else_is_refused_and_never_fails(value: object) -> None:
    for kind in Type:
        try:
            cell(value, _column(kind))
        except BadValue:
            continue


def _outcome(read: Callable[[object], object], value: object) -> tuple[object, ...]:
    try:
        found = read(value)
    except BadValue as fault:
        return fault.value, fault.rule, fault.remedy
    return type(found), found


VALUES: list[object] = [
    *("", " ", "7", "12345678901234567890", "0" * 257, "7.0", "1e5", "a", "a|b", "A", "US", "USD", "VIDEO", "SETTLED", "nan", "٣", "x\x00"),
    *(0, 1, -1, 5, 2**31, 2**53, 2**63 - 1, 2**63, True, False),
    *(0.0, 0.5, -0.5, 1.5, 5.0, 1e15, 1e16, float("nan"), float("inf")),
    *(["a", "7"], [1, 2], b"7", datetime(2025, 1, 1, tzinfo=UTC)),
]


@pytest.mark.parametrize("name", [each.name for each in TABLES])
def test_a_reader_reads_as_a_cell_is_read(name: str) -> None:
    for column in columns(table(name)).values():
        read = reader(column)
        for value in VALUES:
            assert repr(_outcome(read, value)) == repr(_outcome(lambda each, column=column: cell(each, column), value)), (
                column.column,
                value,
            )
