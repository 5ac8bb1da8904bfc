"""The methodology leaves nothing out."""

import dataclasses

import pytest

from scoring import FACTS, FORMULA_VERSION, INDICATORS, NAMES, methodology, methodology_markdown

METHOD = methodology()
COMPONENTS = [part for indicator in METHOD.indicators for part in (*indicator.components, *indicator.reported)]


def test_every_indicator_in_order_with_its_question():
    assert tuple(indicator.name for indicator in METHOD.indicators) == NAMES
    assert all(indicator.question.endswith("?") for indicator in METHOD.indicators)


@pytest.mark.parametrize("part", COMPONENTS, ids=lambda part: part.name)
def test_every_component_says_everything(part):
    for field in dataclasses.fields(part):
        assert getattr(part, field.name) not in ("", ()), f"{part.name} leaves {field.name} empty"


def test_every_fact_is_documented_and_every_component_is_on_the_page():
    evidence = {column for indicator in INDICATORS for column in indicator.minimum.columns}
    reports = {column for indicator in INDICATORS if indicator.reported for column in indicator.reported.minimum.columns}
    assert {fact for part in COMPONENTS for fact in part.facts} | evidence | reports == FACTS
    page = methodology_markdown()
    assert FORMULA_VERSION in page
    for part in COMPONENTS:
        assert f"`{part.name}`" in page
        assert part.meaning in page


def test_the_page_is_the_same_each_time_and_ends_in_one_newline():
    page = methodology_markdown()
    assert page == methodology_markdown()
    assert page.endswith("|\n")
    assert not page.endswith("\n\n")


def test_the_formula_is_in_words_and_symbols():
    volume = next(indicator for indicator in METHOD.indicators if indicator.name == "content_volume")
    assert volume.formula == "50 + 0.6 · (points(videos_per_week) − 50) + 0.4 · (points(live_hours_per_week) − 50)"
    assert volume.minimum == "3 posts"
    assert volume.components[0].formula == "videos / weeks"
    assert volume.components[0].prior == "typical 3, spread 1; 1 of them count as one"
