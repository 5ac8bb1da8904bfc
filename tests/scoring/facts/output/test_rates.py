"""How much creators post, by plans and by reports."""

import numpy as np
import pytest

from scoring.facts.arrays import Columns
from scoring.facts.output.evidence import Evidence
from scoring.facts.output.rates import active, output
from tests.scoring.facts.output.market import counts, market

NAN = np.nan


def columns(evidence: Evidence) -> Columns:
    found, extra = active(evidence)
    return output(evidence, found, extra=extra)


def weekly(creator: int) -> list[tuple[int, float]]:
    return [(creator, week + 0.5) for week in range(20)]


def test_plans_tell_posts_a_week_without_those_that_invitations_brought() -> None:
    seen = market(first=[20.0, 20.0], posts=[*weekly(0), *weekly(1)], made=[40.0, 50.0], promised=[0.0, 10.0])
    found = columns(seen)
    assert found["plan_shoppable_rate"] == pytest.approx([40.5 / 20] * 2, rel=0.05)
    assert np.isnan(found["reported_shoppable_rate"]).all()


def test_more_promised_than_made_is_nothing_of_one_s_own() -> None:
    found = columns(market(first=[20.0], posts=weekly(0), made=[3.0], promised=[5.0]))
    assert found["plan_shoppable_rate"][0] == pytest.approx(0.5 / 20, rel=0.05)


def test_reports_that_overlap_count_what_is_new_in_them() -> None:
    reports = counts((0, 2.0, 4.0, 8.0, 16.0), (0, 0.0, 4.0, 8.0, 16.0))
    assert reports.fresh.tolist() == [1.0, 0.5]
    found = columns(market(first=[20.0], posts=weekly(0), reports=reports))
    assert found["reported_posts_with_shoppable"][0] == pytest.approx(24.0)
    assert found["reported_shoppable_of_posts"][0] == pytest.approx(12.0)
    assert found["reported_posting_rate"][0] == pytest.approx(24.5 / 6.0, rel=0.05)
    assert found["reported_shoppable_rate"][0] == pytest.approx(12.5 / 6.0, rel=0.05)


def test_reports_add_nothing_to_plans_that_count_the_same_posts() -> None:
    alone, both = (
        columns(market(first=[20.0], posts=weekly(0), made=[40.0], reports=each)) for each in (None, counts((0, 0.0, 4.0, 8.0, NAN)))
    )
    assert both["plan_shoppable_rate_log_var"][0] == pytest.approx(alone["plan_shoppable_rate_log_var"][0], rel=0.05)
    assert both["plan_shoppable_rate"][0] == pytest.approx(8.5 / 4.0, rel=0.1)  # at the level of reports
    assert np.isnan(both["reported_shoppable_rate"][0])


def test_plans_of_few_shops_yield_to_reports_where_the_two_disagree() -> None:
    people = range(6)
    seen = market(
        first=[20.0] * 6,
        posts=[post for creator in people for post in weekly(creator)],
        made=[2.0, 2.0, 2.0, 60.0, 60.0, 60.0],
        reports=counts(*((creator, 0.0, 4.0, 30.0, NAN) for creator in people)),
    )
    found = columns(seen)["plan_shoppable_rate"]
    assert found[3] / found[0] < 2.0


def test_a_report_of_no_time_there_says_nothing() -> None:
    stopped = market(first=[20.0], posts=[(0, 10.5 + week) for week in range(10)], made=[60.0], reports=counts((0, 0.0, 4.0, 0.0, 0.0)))
    found = columns(stopped)
    assert np.isnan(found["reported_posting_rate"][0])
    assert found["plan_shoppable_rate"][0] > 60.5 / 20


def test_shares_and_rates_of_peers_stand_in_for_what_is_not_reported() -> None:
    seen = market(
        first=[20.0] * 3,
        posts=[post for creator in range(3) for post in weekly(creator)],
        made=[40.0, 40.0, 40.0],
        reports=counts((0, 0.0, 4.0, 8.0, 16.0), (1, 0.0, 4.0, 8.0, 32.0)),
    )
    found = columns(seen)
    by_share = found["plan_posting_rate"]
    assert by_share[0] < by_share[2] < by_share[1]
    assert found["plan_posting_rate_log_var"][2] > found["plan_posting_rate_log_var"][0]
    assert found["share_by_rates"][1] < found["share_by_rates"][2] < found["share_by_rates"][0]


def test_of_whom_nothing_is_counted_nothing_is_said() -> None:
    found = columns(market(first=[20.0], posts=[(0, 3.0)]))
    assert all(np.isnan(column[0]) or column[0] == 0 for column in found.values())
