from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.exports.markup import attribute, marked, text, unmarked

ANY = st.text(st.characters(exclude_categories=[]), max_size=40)
TRICKY = st.lists(st.sampled_from(["_", "x", "_x", "0041", "_x0041_", "x005F_", "\x01", "\ufffe", "a", "\r\n", "\t", '"', "<&>]]>"])).map(
    "".join
)


@given(ANY | TRICKY)
@example("_x0041\x01")
@example("_x005F_x0001_")
@example("\ud800")
def test_every_text_comes_back(value: str) -> None:
    assert unmarked(marked(value)) == value


@given(ANY | TRICKY)
def test_every_text_comes_back_through_an_element(value: str) -> None:
    assert unmarked(fromstring(f"<a>{text(value)}</a>").text or "") == value


@given(ANY | TRICKY)
def test_every_text_comes_back_through_an_attribute(value: str) -> None:
    assert unmarked(fromstring(f'<a b="{attribute(value)}"/>').attrib["b"]) == value


@pytest.mark.parametrize(
    ("value", "written"), [("plain", "plain"), ("a\x0bb", "a_x000B_b"), ("snake_case_x", "snake_case_x"), ("_x000B_", "_x005F_x000B_")]
)
def test_only_what_must_be_is_marked(value: str, written: str) -> None:
    assert marked(value) == written
