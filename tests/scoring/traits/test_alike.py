"""Readings whose errors go together say less than as many that do not."""

from dataclasses import replace

import numpy as np
import pytest

from scoring import Component, DeclarationError, Formula, apply, explain, fit, value
from tests.scoring import rows

ROWS = 200
TRUE = np.random.default_rng(3).normal(0, 1, ROWS)
READINGS = tuple(value(name, of=name, var=f"{name}_var", anchor=True, noise=0.02, worth=1.0) for name in ("one", "two"))
COMPONENT = Component("trait", weight=1.0, scale="plain", typical=0.0, spread=1.0, readings=READINGS)


def formula(alike: float) -> Formula:
    return rows.alone(replace(COMPONENT, alike=alike))


def facts() -> dict:
    noise = np.random.default_rng(4).normal(0, 0.5, (2, ROWS))
    two = np.where(np.arange(ROWS) < ROWS // 2, np.nan, TRUE + noise[1])
    variance = np.full(ROWS, 0.25)
    return rows.facts(
        {"one": TRUE + noise[0], "two": two, "one_var": variance, "two_var": variance},
        rows=ROWS,
        formula=rows.alone(COMPONENT),
        window=[90] * ROWS,
    )


def width(alike: float) -> np.ndarray:
    chosen = formula(alike)
    scores = apply(facts(), fit(facts(), formula=chosen))
    return (scores.high - scores.low)[:, scores.names.index("x")]


def test_n_readings_count_as_n_observations_that_go_together():
    known = [np.array([True, True, False]), np.array([False, True, False]), np.array([False, True, False])]
    assert replace(COMPONENT, alike=0.3).counted(known).tolist() == [1.0, 1 / 1.6, 1.0]
    assert COMPONENT.counted(known).tolist() == [1.0, 1.0, 1.0]


def test_one_reading_counts_whole_and_two_less():
    alone, together = np.arange(ROWS) < ROWS // 2, np.arange(ROWS) >= ROWS // 2
    apart, alike = width(0.0), width(0.8)
    assert alike[alone] == pytest.approx(apart[alone])
    assert (alike[together] > apart[together]).all()


def test_shares_of_what_is_known_are_those_that_counted():
    chosen = formula(0.8)
    (sources,) = [part.sources for part in explain(facts(), fit(facts(), formula=chosen), "x")[-1].components]
    assert sum(source.weight for source in sources) < sum(
        source.weight for source in explain(facts(), fit(facts(), formula=formula(0.0)), "x")[-1].components[0].sources
    )


@pytest.mark.parametrize("alike", [-0.1, 1.0])
def test_no_other_correlation_is_taken(alike: float):
    with pytest.raises(DeclarationError, match="alike"):
        replace(COMPONENT, alike=alike)
