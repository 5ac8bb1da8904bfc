"""The declared formula: what is found, in which order, under which version."""

import dataclasses
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

import scoring
from scoring import (
    FACTS,
    FORMULA,
    FORMULA_VERSION,
    INDICATORS,
    NAMES,
    Component,
    DeclarationError,
    Formula,
    Indicator,
    camel,
    successes,
    value,
)

NINTH = '''"""Does the creator post at night?"""

from scoring.indicator import Indicator
from scoring.traits import Component, successes

NIGHT = Indicator(
    "night",
    question="Does the creator post at night?",
    components=(
        Component("night_share", weight=1.0, scale="logit", readings=(successes("n", of="night_posts", among="posts"),)),
    ),
    needs="a post",
)
'''


def test_names_in_order():
    assert NAMES == (
        "overall",
        "cooperation",
        "diligence",
        "influence",
        "content_volume",
        "content_success",
        "sales_ability",
        "collaboration",
        "consistency",
    )
    assert [camel(name) for name in NAMES][4:7] == ["contentVolume", "contentSuccess", "salesAbility"]


def test_weights_sum_to_one():
    assert sum(indicator.overall_weight for indicator in INDICATORS) == pytest.approx(1.0)
    for indicator in INDICATORS:
        assert sum(component.weight for component in indicator.components) == pytest.approx(1.0)


def test_one_file_adds_an_indicator(tmp_path: Path):
    copytree(Path(scoring.__file__).parent, tmp_path / "scoring")
    (tmp_path / "scoring" / "indicators" / "night.py").write_text(NINTH)
    found = "scoring.NAMES[-1], 'night_posts' in scoring.FACTS, '`night`' in scoring.methodology_markdown()"
    code = f"import scoring; print({found}, scoring.FORMULA_VERSION)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    *printed, version = ran.stdout.split()
    assert printed == ["night", "True", "True"]
    assert version != FORMULA_VERSION


def test_the_version_changes_with_any_declaration():
    heavier = dataclasses.replace(INDICATORS[0], overall_weight=0.2)
    assert Formula((heavier, *INDICATORS[1:])).version != FORMULA_VERSION
    assert Formula(INDICATORS).version == FORMULA_VERSION


def test_keys_are_unique_and_facts_are_those_read():
    keys = [part.key for part in FORMULA.parts()]
    assert len(set(keys)) == len(keys)
    assert {name for part in FORMULA.parts() for name in part.component.facts} == FACTS


def component(**changed) -> Component:
    return Component(**{"name": "s", "weight": 1.0, "scale": "logit", "readings": (successes("s", of="a", among="b"),), **changed})


@pytest.mark.parametrize(
    "build",
    [
        lambda: component(weight=-1.0),
        lambda: component(spread=0.0),
        lambda: component(readings=()),
        lambda: component(readings=(successes("s", of="a", among="b"),) * 2),
        lambda: value("v", of="a", noise=0.0),
        lambda: Indicator("x", question="?", components=(), needs="a"),
        lambda: Indicator("x", question="?", components=(component(),) * 2, needs="a"),
        lambda: Formula((INDICATORS[0], INDICATORS[0])),
    ],
)
def test_refuses_declarations_that_cannot_be_computed(build):
    with pytest.raises(DeclarationError):
        build()
