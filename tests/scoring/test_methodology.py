"""The methodology leaves nothing out."""

import dataclasses

import pytest

from scoring import FACTS, FORMULA_VERSION, NAMES, methodology, methodology_markdown
from scoring.authenticity import MEASURED_PRECISION, Kind

METHOD = methodology()
COMPONENTS = [part for indicator in METHOD.indicators[1:] for part in indicator.components]
READINGS = [reading for part in COMPONENTS for reading in part.readings]


def test_every_indicator_in_order_with_its_question():
    assert tuple(indicator.name for indicator in METHOD.indicators) == NAMES
    assert all(indicator.question.endswith("?") for indicator in METHOD.indicators)


@pytest.mark.parametrize("part", [*COMPONENTS, *READINGS], ids=lambda part: part.name)
def test_every_component_and_reading_says_everything(part):
    for field in dataclasses.fields(part):
        assert getattr(part, field.name) not in ("", ()), f"{part.name} leaves {field.name} empty"


def test_every_fact_is_documented_and_every_component_is_on_the_page():
    assert {fact for part in COMPONENTS for fact in part.facts} == FACTS
    page = methodology_markdown()
    assert FORMULA_VERSION in page
    for part in [*COMPONENTS, *READINGS]:
        assert f"`{part.name}`" in page
        assert part.meaning in page


def test_the_page_is_the_same_each_time_and_ends_in_one_newline():
    page = methodology_markdown()
    assert page == methodology_markdown()
    assert page.endswith(".\n")
    assert not page.endswith("\n\n")


def test_the_formula_is_in_words_and_symbols():
    cooperation = METHOD.indicators[1]
    assert cooperation.formula == "place of 0.5 · points(promises_kept) + 0.5 · points(invitations_answered)"
    assert METHOD.indicators[0].formula.startswith("place of 0.15 · points(cooperation) + 0.1 · points(diligence)")


def test_every_flag_is_explained_with_its_precision():
    page = methodology_markdown()
    assert "## Flags" in page
    for kind in Kind:
        assert f"| `{kind}` | " in page
        assert f"| {MEASURED_PRECISION[kind].listed:g} | {MEASURED_PRECISION[kind].selected:g} |" in page
