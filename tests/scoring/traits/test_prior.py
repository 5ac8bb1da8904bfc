"""What is only expected moves scores, and teaches nothing."""

from dataclasses import replace

import numpy as np
import pytest

from scoring import Component, apply, fit, value
from tests.scoring import rows

ROWS = 200
HOPE = value("hope", of="hope", var="hope_var", anchor=True, prior=True, noise=0.05, worth=1.0)
SEEN = value("seen", of="seen", var="seen_var", anchor=True, noise=0.02, worth=1.0)
BESIDE = value("beside", of="beside", noise=0.5)
COMPONENT = Component("trait", weight=1.0, scale="plain", typical=0.0, spread=1.0, readings=(HOPE, SEEN, BESIDE))


def facts() -> dict:
    random = np.random.default_rng(3)
    true = random.normal(0, 1, ROWS)
    columns = {
        "hope": 9 * np.where(np.arange(ROWS) % 2, 1.0, -1.0),
        "hope_var": np.ones(ROWS),
        "seen": true + random.normal(0, 0.5, ROWS),
        "seen_var": np.full(ROWS, 0.25),
        "beside": true + random.normal(0, 0.5, ROWS),
    }
    return rows.facts(columns, rows=ROWS, formula=rows.alone(COMPONENT), window=[90] * ROWS)


WITH, WITHOUT = rows.alone(COMPONENT), rows.alone(COMPONENT.witnessed)
KEY = next(iter(WITH.parts())).key


def test_peers_and_constants_are_learnt_without_it():
    found, bare = (fit(facts(), formula=one).traits[KEY] for one in (WITH, WITHOUT))
    assert found.groups == bare.groups
    assert found.shape.weights == pytest.approx(bare.shape.weights)
    assert found.constants[90] == (HOPE.declared, *bare.constants[90])


def test_it_moves_scores():
    scores, bare = (apply(facts(), fit(facts(), formula=one)).value[:, 1] for one in (WITH, WITHOUT))
    moved = np.sign(scores - bare)
    assert (moved == np.where(np.arange(ROWS) % 2, 1.0, -1.0)).mean() > 0.95


def test_a_component_without_one_is_as_it_was():
    assert COMPONENT.witnessed.witnessed == COMPONENT.witnessed == replace(COMPONENT, readings=(SEEN, BESIDE))
