"""Parquet files: every type of Arrow, in the column that it fits."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from graph.sources import BadValue
from graph.sources.tables.cells import cell
from graph.sources.tables.formats import records
from tests.graph.sources.tables.test_cells import FLAG, NUMBER, TEXT, WHOLE, Property, Reference, Type, Unit

INTEGERS = (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64())
DECIMALS = (pa.decimal32(9, 2), pa.decimal64(9, 2), pa.decimal128(10, 2), pa.decimal256(60, 2))
INSTANTS = [pa.timestamp(unit, zone) for unit in ("s", "ms", "us", "ns") for zone in (None, "UTC", "Asia/Tokyo", "+08:00")]
LISTS = (pa.list_(pa.string()), pa.large_list(pa.string()), pa.list_(pa.string(), 3))
ID = Reference("a_id", "A", "A", "A.")
TIME = Property("at", Type.INTEGER, "When.", Unit.TIME)
SPAN = Property("length", Type.INTEGER, "How long.", Unit.SECONDS)
TEXTS, WHOLES = Property("names", Type.STRINGS, "Names."), Property("numbers", Type.INTEGERS, "Numbers.")
NOON = datetime(2025, 12, 1, 12, tzinfo=UTC)
SECONDS = 1_764_590_400


def _only(tmp_path: Path, array: Any) -> Any:
    parquet.write_table(pa.table({"x": array}), tmp_path / "t.parquet")
    [(_, _, record)] = list(records(tmp_path / "t.parquet"))
    return record


@pytest.mark.parametrize(
    ("value", "kind", "column", "expected"),
    [
        *[(7, kind, WHOLE, 7) for kind in INTEGERS],
        *[(1.5, kind, NUMBER, 1.5) for kind in (pa.float16(), pa.float32(), pa.float64())],
        (12.0, pa.float64(), WHOLE, 12),
        *[(Decimal("19.99"), kind, NUMBER, 19.99) for kind in DECIMALS],
        (Decimal(1200), pa.decimal128(10, 2), WHOLE, 1200),
        (Decimal("7494000000000000001"), pa.decimal128(38, 0), ID, "7494000000000000001"),
        (7494000000000000001, pa.int64(), ID, "7494000000000000001"),
        (True, pa.bool_(), FLAG, True),
        (1.0, pa.float64(), FLAG, True),
        *[("é", kind, TEXT, "é") for kind in (pa.string(), pa.large_string(), pa.string_view())],
        *[("é".encode(), kind, TEXT, "é") for kind in (pa.binary(), pa.large_binary(), pa.binary_view(), pa.binary(2))],
        (b"749", pa.binary(), ID, "749"),
        (b"0" * 16, pa.uuid(), ID, "30303030-3030-3030-3030-303030303030"),
        *[(NOON, kind, TIME, SECONDS) for kind in INSTANTS],
        (SECONDS * 10**9 + 1, pa.timestamp("ns"), TIME, SECONDS),
        (NOON, pa.timestamp("ns", "No/Where"), TIME, SECONDS),
        (date(2025, 12, 1), pa.date32(), TIME, SECONDS - 43_200),
        (date(2025, 12, 1), pa.date64(), TIME, SECONDS - 43_200),
        (date(2025, 12, 1), pa.date32(), TEXT, "2025-12-01"),
        *[(timedelta(seconds=90), pa.duration(unit), SPAN, 90) for unit in ("s", "ms", "us", "ns")],
        ("a", pa.dictionary(pa.int32(), pa.string()), TEXT, "a"),
        *[(["a", None, "b"], kind, TEXTS, ["a", "b"]) for kind in LISTS],
        ([1, 2], pa.list_(pa.int16()), WHOLES, [1, 2]),
        (None, pa.null(), TEXT, None),
    ],
)  # fmt: skip
def test_taken(tmp_path: Path, value: object, kind: Any, column: Property | Reference, expected: object) -> None:
    array = pa.ExtensionArray.from_storage(kind, pa.array([value], kind.storage_type)) if kind == pa.uuid() else pa.array([value], kind)
    found = cell(_only(tmp_path, array)["x"], column)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("value", "kind", "column"),
    [
        (1.5, pa.float64(), ID),
        (7494000000000000000.0, pa.float64(), ID),
        (float("nan"), pa.float64(), NUMBER),
        (Decimal("1.5"), pa.decimal128(5, 2), WHOLE),
        (b"\xff", pa.binary(), TEXT),
        (b"\xff", pa.binary(), ID),
        (b"7", pa.binary(), WHOLE),
        (NOON, pa.timestamp("us"), WHOLE),
        (NOON, pa.timestamp("us"), ID),
        (5, pa.time64("ns"), WHOLE),
        (timedelta(seconds=1), pa.duration("s"), WHOLE),
        (timedelta(seconds=1), pa.duration("s"), TIME),
        ({"a": 1}, pa.struct([("a", pa.int64())]), TEXT),
        ([("a", 1)], pa.map_(pa.string(), pa.int64()), TEXTS),
        (2**64 - 1, pa.uint64(), WHOLE),
    ],
)
def test_refused_with_a_reason(tmp_path: Path, value: object, kind: Any, column: Property | Reference) -> None:
    with pytest.raises(BadValue):
        cell(_only(tmp_path, pa.array([value], kind))["x"], column)


@pytest.mark.parametrize("kind", [pa.timestamp("us"), pa.timestamp("ms"), pa.duration("s")])
def test_a_value_beyond_python_rejects_its_own_row(tmp_path: Path, kind: Any) -> None:
    parquet.write_table(pa.table({"x": pa.array([2**60, 5], pa.int64()).cast(kind), "y": [1, 2]}), tmp_path / "t.parquet", version="2.6")
    far, near = [record for _, _, record in records(tmp_path / "t.parquet")]
    assert isinstance(far, BadValue)
    assert far.column == "x"
    assert not isinstance(near, BadValue)


def test_nested_nanoseconds(tmp_path: Path) -> None:
    kind = pa.struct([("t", pa.timestamp("ns")), ("l", pa.list_(pa.timestamp("ns")))])
    found = _only(tmp_path, pa.array([{"t": 1_764_590_400_000_000_001, "l": [1]}], kind))
    assert found == {"x": {"t": datetime(2025, 12, 1, 12), "l": [datetime(1970, 1, 1)]}}


def test_a_time_beyond_all_years_is_named_as_it_is_stored(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"x": pa.array([2**62], pa.timestamp("us"))}), tmp_path / "t.parquet")
    [(_, _, fault)] = list(records(tmp_path / "t.parquet"))
    assert isinstance(fault, BadValue)
    assert (fault.value, fault.rule) == ("4611686018427387904 (timestamp[us])", "a time lies in the years 1 to 9999")
