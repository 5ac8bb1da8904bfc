"""From when until when creators were active, on markets where it can be seen."""

import numpy as np
import pytest

from scoring.facts.output.activity import activity
from scoring.facts.output.bursts import DECLARED, STRENGTH, bursts, own_bursts
from scoring.facts.output.evidence import WEEK
from tests.scoring.facts.output.market import END, at, counts, market

WEEKLY = [(0, week + 0.5) for week in range(20)]


def weeks_before(times: np.ndarray) -> np.ndarray:
    return (END - times) / WEEK


def test_who_posted_every_week_was_there_throughout() -> None:
    found = activity(market(first=[20.0], posts=WEEKLY), bursts=1.0)
    assert found.log_weeks[0] == pytest.approx(np.log(20), abs=0.03)
    assert found.log_weeks_var[0] < 0.01


def test_a_report_of_nothing_says_that_a_creator_stopped() -> None:
    busy = [(0, 10.5 + week) for week in range(10)]
    silent = counts((0, 0.0, 4.0, 0.0, np.nan))
    alone, told = (activity(market(first=[20.0], posts=busy, made=[40.0], reports=each), bursts=0.1) for each in (None, silent))
    assert weeks_before(told.stop)[0] > weeks_before(alone.stop)[0]
    assert weeks_before(told.stop)[0] > 4.0
    assert told.reported_weeks[0] < 0.1


def test_a_report_of_posts_says_that_a_creator_was_there() -> None:
    told = activity(market(first=[20.0], posts=[(0, 19.5)], made=[40.0], reports=counts((0, 0.0, 4.0, 8.0, 12.0))), bursts=0.1)
    assert told.reported_weeks[0] > 3.0


def test_no_start_after_the_first_sight() -> None:
    found = activity(market(first=[20.0, 5.0], posts=[*WEEKLY, *((1, week + 0.5) for week in range(5))]), bursts=1.0)
    assert weeks_before(found.start)[0] == pytest.approx(20.0, abs=1.0)
    assert weeks_before(found.start)[1] == pytest.approx(5.0, abs=1.5)


def test_does_not_depend_on_how_many_are_computed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = market(
        first=[20.0, 5.0, 12.0],
        posts=[*WEEKLY, (1, 2.0), (2, 11.0)],
        made=[30.0, np.nan, 4.0],
        reports=counts((0, 0.0, 4.0, 6.0, np.nan), (2, 4.0, 4.0, 1.0, 3.0), (2, 0.0, 4.0, 0.0, 0.0)),
    )
    whole = activity(seen, bursts=1.0)
    monkeypatch.setattr("scoring.facts.output.activity.AT_ONCE", 1)
    for one, other in zip(
        (whole.start, whole.stop, whole.log_weeks, whole.reported_weeks),
        (lambda each: (each.start, each.stop, each.log_weeks, each.reported_weeks))(activity(seen, bursts=1.0)),
        strict=True,
    ):
        assert one == pytest.approx(other, rel=1e-12)


def test_of_nobody_there_is_nothing() -> None:
    assert len(activity(market(first=[]), bursts=1.0).log_weeks) == 0


def test_even_weeks_have_no_bursts() -> None:
    # Two posts in each of 20 weeks: Σ(x − 2)² = 0; Poisson's share 2 · 19 is taken off, and 2 · 2 · 19/20 given back for neighbours.
    twice = market(first=[20.0], posts=[(0, week + share) for week in range(20) for share in (0.25, 0.75)])
    found = bursts(twice, np.array([at(20.0)]), np.array([at(0.0)]))
    assert found == pytest.approx(max((-38.0 + 3.8 + STRENGTH * DECLARED) / (4.0 * 17 + STRENGTH), 0.02))


def test_bursts_are_found_whatever_the_border_of_weeks() -> None:
    def found(shift: float) -> float:
        posts = [(0, 4 * burst + shift + 0.01 * each) for burst in range(5) for each in range(40)]
        return bursts(market(first=[20.0], posts=posts), np.array([at(20.0)]), np.array([at(0.0)]))

    assert found(0.1) == pytest.approx(found(0.8), rel=0.2)
    assert found(0.1) > 1.0


def test_each_creators_weeks_speak_for_themselves_as_far_as_they_tell() -> None:
    even = [(0, week + share) for week in range(20) for share in (0.25, 0.75)]
    uneven = [(1, 4 * burst + 0.1 + 0.01 * each) for burst in range(5) for each in range(40)]
    seen = market(first=[20.0, 20.0, 3.0], posts=[*even, *uneven, (2, 1.0)])
    found = own_bursts(seen, np.full(3, at(20.0)), np.array([at(0.0), at(0.0), at(0.0)]), 1.0)
    # Of the even one: beyond chance −38 + 3.8, of 4 · 17; its weight is 17 · (2 / 3)² / 2 against 1.
    weight = 17 * (2 / 3) ** 2 / 2
    assert found[0] == pytest.approx((weight * -34.2 / 68 + 1.0) / (weight + 1.0))
    assert found[1] > 1.0 > found[0]
    assert found[2] == pytest.approx(1.0, abs=0.5)
