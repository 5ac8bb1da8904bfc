"""JSON read with every number's own digits, documents more leniently than requests."""

from __future__ import annotations

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import json_text

VALUES = st.recursive(
    st.integers(-(10**40), 10**40) | st.text(max_size=45) | st.text("0123456789-", min_size=15, max_size=45) | st.booleans() | st.none(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(max_size=5), below, max_size=4),
)


@given(VALUES, st.sampled_from([(",", ":"), (", ", ": "), (" ,\n", " :\t")]))
def test_what_is_read_is_what_was_written_whatever_the_size_of_its_numbers(value: object, separators: tuple[str, str]) -> None:
    text = json.dumps(value, separators=separators, ensure_ascii=False).encode()
    assert json_text.loads(text) == json_text.strict(text) == json_text.strict(text.decode()) == value


@pytest.mark.parametrize(
    "number", ["18446744073709551615", "18446744073709551616", "-9223372036854775809", "12345678901234567890123", "9" * 300]
)
def test_a_whole_number_beyond_64_bits_keeps_its_digits_on_the_way_in_and_out(number: str) -> None:
    found = json_text.loads(f'{{"views": {number}}}'.encode())
    assert found == {"views": int(number)}
    assert json_text.dumps(found) == f'{{"views":{number}}}'.encode()


@pytest.mark.parametrize("number", ["1e400", "-2.5E+999", "9" * 301, "9" * 5000])
def test_a_number_beyond_floats_costs_no_document_and_is_its_text(number: str) -> None:
    assert json_text.loads(f'[{{"views": {number}, "likes": 3}}]'.encode()) == [{"views": number, "likes": 3}]


@pytest.mark.parametrize("text", [b'{"a": "caf\xe9"}', b'{"a": "\\ud83d"}', b'{"a": 1e400}'])
def test_what_a_document_may_have_and_a_request_may_not(text: bytes) -> None:
    assert json_text.loads(text)["a"]
    with pytest.raises(orjson.JSONDecodeError):
        json_text.strict(text)


def test_what_is_no_json_is_refused_as_before() -> None:
    for text in (b'{"a": 12345678901234567890123', b"[NaN, 12345678901234567890123]", b'{"a": 012345678901234567890123}'):
        with pytest.raises(orjson.JSONDecodeError):
            json_text.loads(text)
