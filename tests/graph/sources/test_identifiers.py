"""The rule for ids, on every route."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from graph.rows import Note, Reject, Row
from graph.sources import BadValue, read
from graph.sources.identifiers import RoundedInteger, identifier, is_rounded, looks_rounded


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("7494000000000000001", "7494000000000000001"),
        (7494000000000000001, "7494000000000000001"),
        (Decimal("7494000000000000001"), "7494000000000000001"),
        (Decimal("12.00"), "12"),
        (b"7494", "7494"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ("\t7494\t", "7494"),
        ("\u200b7494\ufeff", "7494"),
        ("'7494", "7494"),
        ("'7494'", "7494"),
        ('"7494"', "7494"),
        ("“7494”", "7494"),
        ("„7494“", "7494"),
        ("«7494»", "7494"),
        ("‘7494’", "7494"),
        ('=T("7494")', "7494"),
        ('=TEXT("7494";"0")', "7494"),
        ('=text("7494", "@")', "7494"),
        ("O'Neil", "O'Neil"),
        ('12" record', '12" record'),
        ('="7494"', "7494"),
        ('= "7494"', "7494"),
        ("７４９４", "7494"),
        ("US:maya.example", "US:maya.example"),
        ("123e4567", "123e4567"),
        ("12e4567-e89b", "12e4567-e89b"),
        ("nano", "nano"),
        ("none.of.us", "none.of.us"),
        ("-1", "-1"),
        ("577-1234567-1234567", "577-1234567-1234567"),
        ("2026.01", "2026.01"),
        ("Model 12 34", "Model 12 34"),
        ("0", "0"),
        ("", ""),
        ("'", ""),
    ],
)
def test_takes(value: object, kept: str) -> None:
    assert identifier(value) == kept


@pytest.mark.parametrize(
    "value",
    [
        *("7.49E+18", "7.49e+18", "7,49E+18", "7.49E18", "7e18", "7E+18", "-7.49E+18", "７.49E+18", "'7.49E+18", '="7.49E+18"'),
        *("r:7.49E+18", "7.49E+18:1", "order-5.79e+17", "5.79E+17|2", "creator 7.49E+18 x"),
        *("nan", "NaN", "None", "null", "NULL", "<NA>", "#N/A", "undefined", "NaT", "\\N", "#REF!", "r:nan", "US:None", "'null"),
        *("-", "--", "—", "?", "[]", "{}", "[object Object]"),
        *("7494.0", "7494000000000000001.00", "7494,0", "7,494,000,000,000,000,001", "7.494.000.000", "7 494 000 000", "7\xa0494\xa0000"),
        *("1,234", "12,345", "999’999", "1'234"),
        *("1234 5678 9012 3456", "1234,5678,9012,3456", "12 3456 7890", "1234 567890 12345", "１２３４ ５６７８ ９０１２"),
        *(7.494e18, 12.0, float("nan"), float("inf"), Decimal("1.5"), Decimal("NaN"), True, [], {}, b"\xff", RoundedInteger(10**18)),
        *("=7494", "=7494+1", "=A1", '=TEXT(7494000000000000001,"0")', "=T(A1)", '="7.49E+18"', '"7.49E+18"'),
        *("a\x00b", "a\ud83d", "x" * 257),
    ],
)
def test_refuses(value: object) -> None:
    with pytest.raises(BadValue) as fault:
        identifier(value)
    assert fault.value.remedy


def test_what_javascript_rounds() -> None:
    rounded = (579125529499110300, 7678907398077074000, 1729400000000000000)
    assert all(map(is_rounded, rounded))
    assert all(looks_rounded(str(number)) for number in rounded)
    assert not any(map(is_rounded, (579125529499110301, 7678907398077074696, 2**53, 100, 1764547200000)))
    assert not looks_rounded("579125529499110301")


@given(st.integers(10**18, 2**63 - 1))
def test_whatever_javascript_rounds_is_seen_unless_no_zeros_show_it(number: int) -> None:
    shortest = int(Decimal(repr(float(number))))
    assert is_rounded(shortest) == (shortest % 100 == 0)


@given(st.text(max_size=30))
def test_what_is_kept_is_kept_again(text: str) -> None:
    try:
        kept = identifier(text)
    except BadValue:
        return
    if not kept.startswith(("'", "=")):
        assert identifier(kept) == kept


def _tables(tmp_path: Path, name: str, rows: list[dict[str, Any]]) -> None:
    columns = list(rows[0])
    if name.endswith(".csv"):
        (tmp_path / name).write_text("\n".join(",".join(map(str, line)) for line in [columns, *[row.values() for row in rows]]))
    elif name.endswith(".jsonl"):
        (tmp_path / name).write_bytes(b"\n".join(map(orjson.dumps, rows)))
    elif name.endswith(".json"):
        (tmp_path / name).write_bytes(orjson.dumps({"data": rows}))
    else:
        parquet.write_table(pa.Table.from_pylist(rows), tmp_path / name)


@pytest.mark.parametrize("end", [".csv", ".jsonl", ".json", ".parquet"])
@pytest.mark.parametrize("mapped", [False, True])
@pytest.mark.parametrize("bad", ["7.49E+18", 7.49e18, "None", "null", "7494000000000000001.0", "#REF!"])
def test_on_every_route_of_tables(tmp_path: Path, end: str, mapped: bool, bad: object) -> None:
    rows = [{"id": bad, "handle": f"h{number}", "region": "US"} for number in range(3)]
    _tables(tmp_path, f"creators{end}", rows)
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        '[source]\nfiles = ["creators.*"]\n[[tables]]\ntable = "creators"\n'
        '[tables.columns]\nid = { column = "id", prefix = "x:" }\nhandle = "handle"\nregion = "region"\n'
    )
    found = [item for item in read(tmp_path, mapping=mapping if mapped else None) if not isinstance(item, Note)]
    assert [(type(item), getattr(item, "column", "")) for item in found] == [(Reject, "id")] * 3


def test_numbers_that_javascript_rounded_are_refused_as_ids(tmp_path: Path) -> None:
    lines = [{"id": number, "handle": "h", "region": "US"} for number in (7494000000000000000, 7495000000000000000)]
    _tables(tmp_path, "creators.jsonl", lines)
    assert [type(item) for item in read(tmp_path) if not isinstance(item, Note)] == [Reject, Reject]


@pytest.mark.parametrize("name", ["creators.jsonl", "creators.json"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_file_that_has_a_number_with_all_its_digits_rounds_none_wherever_that_stands(tmp_path: Path, name: str, place: int) -> None:
    numbers = [7494000000000000000, 7495000000000000000]
    numbers.insert(place, 7494000000000000001)
    lines = [{"id": number, "handle": f"h{at}", "region": "US"} for at, number in enumerate(numbers)]
    _tables(tmp_path, "creators.jsonl", lines)
    if name.endswith(".json"):
        (tmp_path / "creators.jsonl").unlink()
        (tmp_path / name).write_bytes(orjson.dumps(lines))
    assert [type(item) for item in read(tmp_path) if not isinstance(item, Note)] == [Row, Row, Row]


def test_a_column_of_ids_that_all_look_rounded_is_noted(tmp_path: Path) -> None:
    rows = [{"id": f"749400000000000{number}000", "handle": f"h{number}", "region": "US"} for number in range(3)]
    _tables(tmp_path, "creators.csv", rows)
    [note] = [item for item in read(tmp_path) if isinstance(item, Note)]
    assert (note.kind, note.subject, note.count) == ("ids look rounded", "creators: id, for example 7494000000000000000", 3)
    _tables(tmp_path, "creators.csv", [*rows, {"id": "7494000000000000001", "handle": "x", "region": "US"}])
    assert not [item for item in read(tmp_path) if isinstance(item, Note)]


@pytest.mark.parametrize(("key", "handle"), [("Maya.Example", "Maya.Example"), ("@maya", "Maya"), ("@maya", "maya")])
def test_a_user_name_as_an_id_is_refused_unless_it_is_written_as_compared(tmp_path: Path, key: str, handle: str) -> None:
    _tables(tmp_path, "creators.csv", [{"id": key, "handle": handle, "region": "US"}])
    [reject] = [item for item in read(tmp_path) if isinstance(item, Reject)]
    assert (reject.column, reject.remedy.partition(",")[0]) == ("id", f"write {key.strip('@').lower()}")
    _tables(tmp_path, "creators.csv", [{"id": key.strip("@").lower(), "handle": handle, "region": "US"}])
    [row] = [item for item in read(tmp_path) if isinstance(item, Row)]
    assert row.values["handle"] == handle


OWNER = {"shop_id": "1", "shop_name": "S", "region": "US", "exported_at": 1_788_000_000}


def _order(key: object, content: object, user: str = "round.user") -> dict[str, Any]:
    line = {"creator_username": user, "product_id": "17", "price": {"amount": "10.00", "currency": "USD"}, "quantity": 1}
    line |= {"content_type": "VIDEO", "content_id": content}
    return {"code": 0, "data": {"orders": [{"id": key, "create_time": 1_787_900_000, "status": "COMPLETED", "skus": [line]}]}}


def _responses(tmp_path: Path, document: dict[str, Any]) -> list[Any]:
    (tmp_path / "shop.json").write_bytes(orjson.dumps(OWNER))
    (tmp_path / "search-seller-affiliate-orders-1.json").write_bytes(orjson.dumps(document))
    return list(read(tmp_path))


def test_responses_with_rounded_ids_are_refused_and_each_number_noted(tmp_path: Path) -> None:
    found = _responses(tmp_path, _order(579125529499110300, 7678907398077074000))
    assert [item.value for item in found if isinstance(item, Reject)] == ["579125529499110300"]
    assert [item.subject.rpartition(" ")[2] for item in found if isinstance(item, Note)] == ["579125529499110300", "7678907398077074000"]
    assert not [item for item in found if isinstance(item, Row) and item.table == "orders"]


def test_responses_with_whole_numbers_as_ids_are_taken(tmp_path: Path) -> None:
    found = _responses(tmp_path, _order(579125529499110301, 7678907398077074000))
    assert [item.values["order_id"] for item in found if isinstance(item, Row) and item.table == "orders"] == ["579125529499110301"]
    assert not [item for item in found if not isinstance(item, Row)]


@pytest.mark.parametrize(("key", "user"), [(5.79e17, "u"), ("5.79E+17", "u"), ("null", "u"), ("1", "None"), ("1", "@null")])
def test_responses_with_no_ids_are_refused(tmp_path: Path, key: object, user: str) -> None:
    found = _responses(tmp_path, _order(key, "7", user))
    assert [item.table for item in found if isinstance(item, Reject)] == ["orders"]
