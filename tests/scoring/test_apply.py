"""Scores of rows: bounded, monotone, independent of the batch, silent without evidence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import FORMULA, NAMES, apply, explain, fit
from scoring.traits.families import Counts, Successes, Value
from tests.scoring.rows import declared, facts, market, taken

TABLE = market(600)
FIT = fit(TABLE)
SCORES = apply(TABLE, FIT)
LAST = {name: place for place, name in enumerate(NAMES)}


def same(one, other, rows) -> None:
    for name in ("value", "low", "high", "mean", "variance"):
        assert np.array_equal(getattr(one, name), getattr(other, name)[rows], equal_nan=True)
    for name in ("evidence", "basis", "reason"):
        assert np.array_equal(getattr(one, name), getattr(other, name)[rows])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 599), min_size=1, max_size=40))
def test_any_batch_gives_the_bits_of_the_whole(rows: list[int]):
    same(apply(taken(TABLE, rows), FIT), SCORES, rows)


@pytest.mark.parametrize("size", [1, 7, 64, 599])
def test_slices_give_the_bits_of_the_whole(size: int):
    for start in range(0, 600, size)[:15]:
        rows = slice(start, start + size)
        same(apply(taken(TABLE, rows), FIT), SCORES, rows)


def test_strided_columns_give_the_same_bits():
    wide = {name: np.repeat(column, 2)[::2] for name, column in TABLE.items()}
    same(apply(wide, FIT), SCORES, slice(None))


def test_bounded_and_inside_the_interval():
    scored = ~np.isnan(SCORES.value)
    assert scored.mean() > 0.5
    for column in (SCORES.value, SCORES.low, SCORES.high):
        assert ((column[scored] >= 0) & (column[scored] <= 100)).all()
    assert (SCORES.low[scored] <= SCORES.value[scored]).all()
    assert (SCORES.high[scored] >= SCORES.value[scored]).all()


def test_a_score_has_a_basis_and_no_reason_and_no_score_the_reverse():
    scored = ~np.isnan(SCORES.value)
    assert ((SCORES.reason == "") == scored).all()
    assert ((SCORES.basis != "") == scored).all()
    assert {"EVENTS", "FUSED"} <= set(SCORES.basis[scored])
    for column in (SCORES.low, SCORES.high, SCORES.mean, SCORES.variance):
        assert np.isnan(column[~scored]).all()


def directions() -> list[tuple[str, str, float]]:
    """Return each indicator and a column of its readings that moves its score up (1) or down (−1) when it grows."""
    return sorted(
        {
            (indicator.name, one.of, component.sign)
            for indicator in FORMULA.indicators
            for component in indicator.components
            for one in component.readings
            if isinstance(one, Counts | Successes | Value)
            and component.weight > 0
            and not any(one.of in other.facts - {other.of} for part in indicator.components for other in part.readings)
        }
    )


@pytest.mark.parametrize(("indicator", "column", "sign"), directions())
def test_more_never_moves_a_score_the_wrong_way(indicator: str, column: str, sign: float):
    before, scored = TABLE[column], LAST[indicator]
    trials = [one.among for part in FORMULA.parts() for one in part.component.readings if isinstance(one, Successes) and one.of == column]
    most = np.min([TABLE[name] for name in trials], axis=0) if trials else before + np.abs(before) + 1
    for part in (0.1, 1.0):
        after = {**TABLE, column: before + part * np.maximum(most - before, 0.0)}
        change = sign * (apply(after, FIT).value[:, scored] - SCORES.value[:, scored])
        assert (change[~np.isnan(change)] >= -0.02).all()


def test_without_evidence_there_is_a_reason_in_words():
    scores = apply(facts(), declared())
    assert np.isnan(scores.value).all()
    assert scores.reason[0, LAST["overall"]] == "no evidence yet: needs a value of any indicator"
    assert all(reason.startswith("no evidence yet: needs ") for reason in scores.reason[0])
    assert (scores.evidence == 0).all()


def test_a_changed_creator_is_scored_anew_with_the_same_fit():
    reading = FORMULA.indicators[0].components[0].readings[0]
    known = ~np.isnan(SCORES.value[:, LAST["cooperation"]]) & (TABLE[reading.among] > TABLE[reading.of])
    row = int(np.flatnonzero(known)[0])
    changed = {**taken(TABLE, [row]), reading.of: TABLE[reading.among][[row]]}
    assert apply(changed, FIT).value[0, LAST["cooperation"]] > SCORES.value[row, LAST["cooperation"]]


def test_of_whom_an_event_is_known_what_is_not_is_any_peers():
    reading = FORMULA.indicators[0].components[0].readings[0]
    known = {reading.of: [3.0, 3.0], reading.among: [4.0, 4.0]}
    table = facts(known, rows=2, category=["*", "shoes"])
    scores, other = apply(table, FIT), LAST["consistency"]
    assert (scores.basis[0, other], scores.evidence[0, other], scores.reason[0, other]) == ("PEERS", 0, "")
    assert (scores.low[0, other], scores.value[0, other], scores.high[0, other]) == pytest.approx((5.0, 50.0, 95.0))
    assert np.isnan(scores.value[1, other])
    (told, _) = explain(table, FIT, "consistency")
    assert told.value == 50.0 == told.base + sum(part.contribution for part in told.components)


def test_a_report_alone_makes_nobody_any_peer():
    reading = next(one for part in FORMULA.parts() for one in part.component.readings if one.basis == "REPORTED")
    table = facts({name: [0.5] for name in reading.facts})
    scores = apply(table, FIT)
    assert set(scores.basis[0]) == {"", "REPORTED"}
    assert np.isnan(scores.value[0, LAST["consistency"]])
