"""Why a score changed: the parts add up to the change, and each stands for what it is named after."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scoring import NAMES, Fit, apply, fit
from scoring.change import Change, Rating, change
from tests.scoring.rows import market, taken


@pytest.mark.parametrize("indicator", NAMES)
def test_the_parts_add_up_exactly(indicator: str) -> None:
    told = 0
    for row in range(40):
        before, after = ratings_of(row, indicator)
        found = change(before, after, indicator)
        assert (found is None) == (before.value is None or after.value is None)
        if found is not None:
            told += 1
            assert found.before + found.formula + found.facts + found.peers == found.after == after.value
            assert sum(each.facts for each in found.components) == found.facts
            assert sum(each.peers for each in found.components) == found.peers
    assert told > 3


MARKETS = {seed: market(200, seed=seed) for seed in (1, 2)}
FITS = {seed: fit(facts) for seed, facts in MARKETS.items()}


VALUES = {seed: apply(facts, FITS[seed]).value for seed, facts in MARKETS.items()}


def ratings_of(row: int, indicator: str) -> tuple[Rating, Rating]:
    place = NAMES.index(indicator)
    ends = [_rated(VALUES[seed][row, place], taken(MARKETS[seed], [row]), FITS[seed]) for seed in (1, 2)]
    return ends[0], ends[1]


def _rating(facts: dict[str, Any], learnt: Fit, indicator: str) -> Rating:
    return _rated(apply(facts, learnt).value[0, NAMES.index(indicator)], facts, learnt)


def _rated(value: float, facts: dict[str, Any], learnt: Fit) -> Rating:
    return Rating(None if np.isnan(value) else float(value), facts, learnt)


def scored(indicator: str) -> tuple[Rating, Rating]:
    """Return the first creator's ratings that have a value at both ends."""
    pairs = (ratings_of(row, indicator) for row in range(40))
    return next((before, after) for before, after in pairs if before.value is not None and after.value is not None)


def told(before: Rating, after: Rating, indicator: str) -> Change:
    found = change(before, after, indicator)
    assert found is not None
    return found


def test_the_same_peers_leave_the_change_to_the_creator() -> None:
    before, _ = scored("cooperation")
    more = {**before.facts, **{name: before.facts[name] + 3 for name in ("ended_invitations_answered", "ended_invitations")}}
    after = _rating(more, FITS[1], "cooperation")
    found = told(before, after, "cooperation")
    assert (found.peers, found.formula, found.facts) == (0.0, 0.0, after.value - before.value)  # type: ignore[operator]
    assert max(found.components, key=lambda each: each.facts).name == "invitations_answered"
    assert found.facts > 0


def test_the_same_facts_leave_the_change_to_the_peers() -> None:
    before, _ = scored("cooperation")
    after = _rating(dict(before.facts), FITS[2], "cooperation")
    found = told(before, after, "cooperation")
    assert (found.facts, found.formula) == (0.0, 0.0)
    assert found.peers == after.value - before.value != 0.0  # type: ignore[operator]


def test_another_formula_takes_what_old_facts_give_under_the_new_one() -> None:
    before, after = scored("cooperation")
    old = replace(before, fit=None, value=12.5)
    found = told(old, after, "cooperation")
    anew = _rating(dict(before.facts), FITS[2], "cooperation").value
    assert anew is not None
    assert (found.formula, found.peers, found.after) == (anew - 12.5, 0.0, after.value)


def test_old_facts_that_do_not_suffice_leave_it_all_to_the_formula() -> None:
    before, after = scored("cooperation")
    fewer = {name: column for name, column in before.facts.items() if name != "ended_invitations_answered"}
    found = told(Rating(12.5, fewer, None), after, "cooperation")
    assert (found.formula, found.components) == (after.value - 12.5, ())  # type: ignore[operator]


def test_no_value_or_no_formula_is_no_change() -> None:
    before, after = scored("cooperation")
    assert change(replace(before, value=None), after, "cooperation") is None
    assert change(before, replace(after, value=None), "cooperation") is None
    assert change(before, replace(after, fit=None), "cooperation") is None
