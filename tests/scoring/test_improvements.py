"""What would raise a score: declared as data, re-scored as it says, and never what others decide."""

from collections.abc import Iterator
from math import exp, log

import numpy as np
import pytest

from scoring import NAMES, ScoringError, apply, fit
from scoring.facts import COLUMNS, SOLVED
from scoring.improvements import improvements
from scoring.scenarios import HOUR_LATE, OTHERS_DECIDE, SCENARIOS, Follow, Join
from tests.scoring.rows import facts, market, taken

KNOWN = {each.name for each in (*COLUMNS, *SOLVED)}
MARKET = market(400)
FIT = fit(MARKET)


def proposed() -> Iterator[tuple[str, str]]:
    """Yield each scenario's name with each column that it changes of itself."""
    for scenario in SCENARIOS:
        for step in scenario.steps:
            match step:
                case Follow():
                    continue
                case Join():
                    yield from ((scenario.name, column) for column in (step.mean, step.variance))
                case _:
                    yield scenario.name, step.column


@pytest.mark.parametrize(("scenario", "column"), list(proposed()))
def test_a_scenario_changes_facts_that_the_creator_decides(scenario: str, column: str) -> None:
    assert column in KNOWN
    assert column not in OTHERS_DECIDE
    assert not column.startswith("reported")


def test_what_follows_and_what_is_needed_are_facts() -> None:
    assert {name for one in SCENARIOS for step in one.steps if isinstance(step, Follow) for name in (*step.columns, step.of)} <= KNOWN
    assert {name for one in SCENARIOS for name in one.needs} <= KNOWN
    assert OTHERS_DECIDE <= KNOWN
    assert len({one.name for one in SCENARIOS}) == len(SCENARIOS)
    assert exp(HOUR_LATE) - 1 == pytest.approx(3600)


def test_gains_are_what_apply_gives_the_changed_facts_in_order() -> None:
    told = 0
    for at in range(60):
        row = taken(MARKET, [at])
        for indicator in NAMES:
            place = NAMES.index(indicator)
            before = apply(row, FIT).value[0, place]
            found = improvements(row, FIT, indicator)
            assert [each.value for each in found] == sorted((each.value for each in found), reverse=True)
            for each in found:
                told += 1
                assert each.low <= each.value <= each.high
                assert (each.gain is None) == bool(np.isnan(before))
                assert each.gain is None or each.gain == each.value - before > 0
                assert each.shifts
    assert told > 500


def test_a_kept_promise_raises_cooperation_by_just_its_facts() -> None:
    counts = {"answerable": 6.0, "answered_7d": 2.0, "deliverable": 8.0, "delivered": 4.0, "on_time_known": 4.0, "on_time": 2.0}
    row = facts({name: [value] for name, value in {**counts, "invitations": 9.0, "weeks": 4.0}.items()})
    found = {each.scenario.name: each for each in improvements(row, FIT, "cooperation")}
    kept = found["keep_promises"]
    assert {each.name: each.after - each.before for each in kept.shifts} == dict.fromkeys(
        ("deliverable", "delivered", "on_time", "on_time_known"), 3.0
    )
    changed = facts(
        {
            name: [value + 3 if name in {each.name for each in kept.shifts} else value]
            for name, value in {**counts, "invitations": 9.0, "weeks": 4.0}.items()
        }
    )
    assert kept.value == apply(changed, FIT).value[0, NAMES.index("cooperation")]
    assert {"answer_invitations", "keep_promises"} <= found.keys()


def test_answers_join_mean_and_variance() -> None:
    row = facts(
        {
            "answers": [3.0],
            "log_answer_mean": [10.0],
            "log_answer_var": [4.0],
            "answerable": [3.0],
            "answered_7d": [3.0],
            "invitations": [9.0],
            "deliverable": [9.0],
            "delivered": [9.0],
        }
    )
    found = next(each for each in improvements(row, FIT, "cooperation") if each.scenario.name == "answer_invitations")
    after = {each.name: each.after for each in found.shifts}
    values = [8.0, 10.0, 12.0, *[HOUR_LATE] * 5]
    assert after["log_answer_mean"] == pytest.approx(np.mean(values))
    assert after["log_answer_var"] == pytest.approx(np.var(values, ddof=1))


def test_a_new_brand_spreads_the_work() -> None:
    counts = np.array([3.0, 2.0])
    entropy = -sum(share * log(share) for share in counts / 5)
    row = facts({"collaborations": [5.0], "brands": [2.0], "repeat_brands": [0.0], "brand_entropy": [entropy], "network": [1.0]})
    found = next(each for each in improvements(row, FIT, "collaboration") if each.scenario.name == "new_brand")
    after = {each.name: each.after for each in found.shifts}
    assert after["brand_entropy"] == pytest.approx(-sum(share * log(share) for share in np.array([3, 2, 1]) / 6))


def test_weekly_scenarios_grow_with_the_window_and_not_beyond_its_days() -> None:
    columns = {
        "posts": [20.0],
        "shoppable_posts": [10.0],
        "videos": [20.0],
        "shoppable_days": [26.0],
        "days": [28.0],
        "weeks": [4.0],
        "distinct_products": [3.0],
    }
    found = {each.scenario.name: each for each in improvements(facts(columns), FIT, "diligence")}
    after = {each.name: each.after for each in found["more_shoppable_posts"].shifts}
    assert (after["posts"], after["shoppable_posts"], after["shoppable_days"]) == (28.0, 18.0, 28.0)


def test_nothing_is_proposed_that_changes_nothing() -> None:
    assert improvements(facts(), FIT, "collaboration") == []
    perfect = facts({"posts": [9.0], "shoppable_posts": [9.0], "week_count": [4.0], "active_weeks": [4.0], "days": [28.0]})
    names = {each.scenario.name for name in NAMES for each in improvements(perfect, FIT, name)}
    assert not names & {"show_products", "post_every_week"}


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(ScoringError, match="no indicator fame"):
        improvements(taken(MARKET, [0]), FIT, "fame")
