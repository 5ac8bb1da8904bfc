"""Rules and their trial, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoring.facts.period import DAY
from scoring.samples import Conditions, Queue, Rule, Samples, Terms, approvals, trial
from tests.scoring.samples.test_estimates import brand

TERMS = Terms(0.6, 0.5, 0.0)
"""Cost 10 a sample, half of net sales is left after commission."""
NOW = 10_000.0 * DAY


def queue(*rows: tuple[float, int, float]) -> Queue:
    at, creator, cost = zip(*rows, strict=True)
    return Queue(np.array(at) * DAY, np.array(creator, dtype=np.int64), np.array(cost))


@pytest.mark.parametrize(
    ("conditions", "approved"),
    [
        (Conditions(), [True, True, True, True, True]),
        (Conditions(per_creator=1), [True, False, True, False, True]),
        (Conditions(budget=25.0), [True, True, False, False, True]),
        (Conditions(per_creator=1, budget=15.0), [True, False, False, False, True]),
    ],
)
def test_caps_hold_in_any_28_days(conditions: Conditions, approved: list[bool]) -> None:
    rows = queue((0, 1, 10.0), (1, 1, 10.0), (2, 2, 10.0), (27, 1, 10.0), (28.5, 1, 10.0))
    assert approvals(conditions, np.ones(5, dtype=np.bool_), rows).tolist() == approved


def test_what_was_approved_before_counts_in_the_caps() -> None:
    met = np.ones(2, dtype=np.bool_)
    rows, earlier = queue((30, 1, 10.0), (30, 2, 10.0)), queue((29, 1, 5.0), (1, 2, 90.0))
    assert approvals(Conditions(per_creator=1), met, rows, earlier=earlier).tolist() == [False, True]
    assert approvals(Conditions(budget=20.0), met, rows, earlier=earlier).tolist() == [True, False]


def past() -> Samples:
    """Return 80 samples, every other with content worth 100; of two creators, one of whom always brings it."""
    return brand([100.0, 0.0] * 40, creators=[1, 2] * 40, gap=7)


def test_a_rule_of_no_conditions_is_what_was_done() -> None:
    found = trial(past(), Rule(Conditions(), TERMS), allowed=np.ones(80, dtype=np.bool_), since=0.0, now=NOW)
    assert found.applications == 80
    assert 0 < found.judged < 80
    assert found.rule == found.actual
    assert (found.difference, found.unknown, found.open) == ((0.0, 0.0), 0, 0)
    half = found.judged / 2
    assert found.actual.profit == pytest.approx(half * 50.0 - found.judged * 10.0)
    assert found.regret == pytest.approx(found.best - found.actual.profit) == pytest.approx(half * 10.0)


def test_a_rule_by_probability_finds_who_keeps_promises() -> None:
    rule = Rule(Conditions(min_probability=0.7), TERMS)
    found = trial(past(), rule, allowed=np.ones(80, dtype=np.bool_), since=0.0, now=NOW)
    assert (found.rule.samples, found.rule.came) == (found.judged // 2, found.judged // 2)
    assert found.regret == pytest.approx(0.0)
    assert found.difference[0] > 0
    assert found.rule.low <= found.rule.profit <= found.rule.high


def test_what_the_brand_refused_is_an_estimate_and_in_no_sum() -> None:
    refused = np.arange(80) >= 60
    made = past()
    some = replace(made, approved=~refused, clear=np.where(refused, np.nan, made.clear), came=made.came & ~refused, net=made.net * ~refused)
    found = trial(some, Rule(Conditions(), TERMS), allowed=np.ones(80, dtype=np.bool_), since=60 * 7.0 * DAY, now=NOW)
    assert (found.applications, found.judged, found.approves, found.unknown) == (20, 20, 20, 20)
    assert found.rule.samples == found.actual.samples == 0
    # about a half brings 100, of which a half is left, for 10 each
    assert found.unknown_profit == pytest.approx(20 * (0.5 * 50 - 10), abs=20)


def test_who_is_not_allowed_is_never_approved() -> None:
    found = trial(past(), Rule(Conditions(), TERMS), allowed=np.zeros(80, dtype=np.bool_), since=0.0, now=NOW)
    assert (found.approves, found.rule.samples, found.rule.profit) == (0, 0, 0.0)


def test_what_is_not_over_yet_is_counted_apart() -> None:
    made = past()
    found = trial(made, Rule(Conditions(), TERMS), allowed=np.ones(80, dtype=np.bool_), since=0.0, now=float(made.over[-5]))
    assert found.open == 4


def test_a_brand_without_a_past_has_an_empty_trial() -> None:
    nothing = past().at(np.zeros(80, dtype=np.bool_))
    found = trial(nothing, Rule(Conditions(), TERMS), allowed=np.zeros(0, dtype=np.bool_), since=0.0, now=NOW)
    assert (found.applications, found.judged, found.best, found.difference) == (0, 0, 0.0, (0.0, 0.0))
