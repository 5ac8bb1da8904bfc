"""What would raise a score: declared as data, re-scored as it says, and never what others decide."""

import numpy as np
import pytest

from scoring import FACTS, NAMES, ScoringError, apply, fit
from scoring.facts import COLUMNS, SOLVED
from scoring.improvements import improvements
from scoring.scenarios import OTHERS_DECIDE, SCENARIOS, Fill
from tests.scoring.rows import facts, market, taken

KNOWN = {each.name for each in (*COLUMNS, *SOLVED)}
MARKET = market(400)
FIT = fit(MARKET)
STEPS = [(scenario.name, step) for scenario in SCENARIOS for step in scenario.steps]


@pytest.mark.parametrize(("scenario", "step"), STEPS)
def test_a_scenario_changes_facts_that_the_creator_decides_and_a_score_reads(scenario: str, step) -> None:
    assert step.column in KNOWN & FACTS
    assert step.column not in OTHERS_DECIDE
    assert not step.column.startswith("reported")
    assert not isinstance(step, Fill) or step.most in KNOWN


def test_scenarios_have_names_of_their_own() -> None:
    assert len({one.name for one in SCENARIOS}) == len(SCENARIOS)
    assert OTHERS_DECIDE <= KNOWN


def test_gains_are_what_apply_gives_the_changed_facts_in_order() -> None:
    told = 0
    for at in range(20):
        row = taken(MARKET, [at])
        for indicator, before in zip(NAMES, apply(row, FIT).value[0], strict=True):
            found = improvements(row, FIT, indicator)
            assert [each.value for each in found] == sorted((each.value for each in found), reverse=True)
            for each in found:
                told += 1
                assert each.low <= each.value <= each.high
                assert (each.gain is None) == bool(np.isnan(before))
                assert each.gain is None or each.gain == each.value - before > 0
                assert each.shifts
    assert told > 66


def test_kept_promises_raise_cooperation_by_just_their_facts() -> None:
    counts = {"promises_due": 8.0, "promises_kept": 4.0, "ended_invitations": 6.0, "ended_invitations_answered": 2.0}
    row = facts({name: [value] for name, value in counts.items()})
    found = {each.scenario.name: each for each in improvements(row, FIT, "cooperation")}
    kept = found["keep_promises"]
    assert [(each.name, each.before, each.after) for each in kept.shifts] == [("promises_due", 8.0, 11.0), ("promises_kept", 4.0, 7.0)]
    changed = facts({name: [value] for name, value in {**counts, "promises_due": 11.0, "promises_kept": 7.0}.items()})
    assert kept.value == apply(changed, FIT).value[0, NAMES.index("cooperation")]
    assert {"answer_invitations", "keep_promises"} <= found.keys()


def test_weekly_scenarios_grow_with_the_window() -> None:
    columns = {"listed_posts": [20.0], "listed_shoppable_posts": [10.0], "weeks": [4.0]}
    found = {each.scenario.name: each for each in improvements(facts(columns), FIT, "diligence")}
    after = {each.name: each.after for each in found["more_shoppable_posts"].shifts}
    assert after == {"listed_posts": 28.0, "listed_shoppable_posts": 18.0}
    assert {each.name: each.after for each in found["show_products"].shifts} == {"listed_shoppable_posts": 20.0}


def test_nothing_is_proposed_that_changes_nothing() -> None:
    assert improvements(facts(), FIT, "collaboration") == []
    perfect = facts({"listed_posts": [9.0], "listed_shoppable_posts": [9.0]})
    assert "show_products" not in {each.scenario.name for name in NAMES for each in improvements(perfect, FIT, name)}


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(ScoringError, match="no indicator fame"):
        improvements(taken(MARKET, [0]), FIT, "fame")
