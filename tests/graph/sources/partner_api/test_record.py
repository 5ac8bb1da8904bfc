"""One object of a response, field by field."""

from typing import Any

import pytest

from graph.sources import BadValue
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import Tally


def _record(**values: Any) -> Record:
    return Record(values, "data.items[3].", Tally(), endpoint="some-endpoint")


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_an_empty_text_is_absent(nothing: object) -> None:
    assert (_record(x=nothing).text("x"), _record().text("x"), _record(x=nothing).id("x")) == (None, None, None)


@pytest.mark.parametrize(("value", "expected"), [(0, 0), ("12", 12), (3.0, 3), ("0", 0), ("007", 7), (None, None), ("", None)])
def test_counts(value: object, expected: int | None) -> None:
    assert _record(x=value).count("x") == expected


@pytest.mark.parametrize("value", [-1, "1.5", 1.5, "x", True, [], 2**63, "9" * 30])
@pytest.mark.parametrize("wide", [False, True])
def test_what_is_no_count(value: object, wide: bool) -> None:
    with pytest.raises(BadValue) as fault:
        _record(x=value).count("x", wide=wide)
    assert fault.value.column == "data.items[3].x"


def test_only_a_wide_count_passes_32_bits() -> None:
    assert (_record(x=2**31 - 1).count("x"), _record(x=2**31).count("x", wide=True)) == (2**31 - 1, 2**31)
    with pytest.raises(BadValue, match="at most 2,147,483,647"):
        _record(x=2**31).count("x")


@pytest.mark.parametrize(
    ("value", "expected"), [(True, True), (False, False), (1, True), (0, False), ("1", True), ("false", False), ("TRUE", True), ("", None)]
)
def test_flags(value: object, expected: bool | None) -> None:
    assert _record(x=value).flag("x") is expected


@pytest.mark.parametrize("name", ["a\x00b", "a\ud83db"])
def test_a_broken_user_name_is_nobody_elses(name: str) -> None:
    with pytest.raises(BadValue, match="valid Unicode text without NUL"):
        _record(x=name).handle("x")
    assert _record(x=name).text("x") == "a\ufffdb"


def test_a_flag_that_is_neither() -> None:
    with pytest.raises(BadValue, match="true or false"):
        _record(x="maybe").flag("x")


def test_objects_and_lists() -> None:
    record = _record(one={"a": 1}, many=[{"a": 1}, {"a": 2}], none="")
    assert record.record("one").text("a") == "1"
    assert [each.path for each in record.records("many")] == ["data.items[3].many[0].", "data.items[3].many[1]."]
    assert [each.text("a") for each in record.records("one")] == ["1"]
    assert (list(record.records("none")), list(record.records("missing")), record.record("none").values) == ([], [], {})
    with pytest.raises(BadValue, match="an object"):
        record.record("many")


def test_lists_of_texts() -> None:
    record = _record(x=["a", "", None, 7], y="lone", z=[{}])
    assert (record.texts("x"), record.texts("y"), record.texts("missing")) == (["a", "7"], ["lone"], [])
    with pytest.raises(BadValue, match="a text"):
        record.texts("z")


def test_an_unknown_choice_is_counted_once_for_all_places() -> None:
    tally = Tally()
    for place in range(3):
        assert Record({"x": "NEW"}, f"data.items[{place}].", tally, endpoint="e").choice("x", {"OLD": 1}) is None
    assert [(note.subject, note.count) for note in tally.notes()] == [("e: data.items.x = NEW", 3)]


def test_overlong_values_are_refused() -> None:
    with pytest.raises(BadValue, match="at most 256 characters"):
        _record(x="a" * 257).id("x")
    with pytest.raises(BadValue, match="at most 20,000 characters"):
        _record(x="a" * 20_001).text("x")
