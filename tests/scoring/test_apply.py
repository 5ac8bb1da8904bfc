"""Scores of rows: bounded, monotone, independent of the batch, silent without evidence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import NAMES, apply, fit
from tests.scoring.rows import SHARES, declared, facts, market, taken

TABLE = market(600)
FIT = fit(TABLE)
SCORES = apply(TABLE, FIT)
LAST = {name: place for place, name in enumerate(NAMES)}


def same(one, other, rows) -> None:
    for name in ("value", "low", "high"):
        assert np.array_equal(getattr(one, name), getattr(other, name)[rows], equal_nan=True)
    for name in ("evidence", "basis", "reason"):
        assert np.array_equal(getattr(one, name), getattr(other, name)[rows])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 599), min_size=1, max_size=40))
def test_any_batch_gives_the_bits_of_the_whole(rows: list[int]):
    same(apply(taken(TABLE, rows), FIT), SCORES, rows)


@pytest.mark.parametrize("size", [1, 7, 64, 599])
def test_slices_give_the_bits_of_the_whole(size: int):
    for start in range(0, 600, size)[:40]:
        rows = slice(start, start + size)
        same(apply(taken(TABLE, rows), FIT), SCORES, rows)


def test_strided_columns_give_the_same_bits():
    wide = {name: np.repeat(column, 2)[::2] for name, column in TABLE.items()}
    same(apply(wide, FIT), SCORES, slice(None))


def test_bounded_and_inside_the_interval():
    scored = ~np.isnan(SCORES.value)
    assert scored.mean() > 0.5
    assert (SCORES.value[scored] >= 0).all()
    assert (SCORES.value[scored] <= 100).all()
    assert (SCORES.low[scored] <= SCORES.value[scored]).all()
    assert (SCORES.high[scored] >= SCORES.value[scored]).all()
    assert ((SCORES.low[scored] >= 0) & (SCORES.high[scored] <= 100)).all()


def test_a_score_has_a_basis_and_no_reason_and_no_score_the_reverse():
    scored = ~np.isnan(SCORES.value)
    assert ((SCORES.reason == "") == scored).all()
    assert ((SCORES.basis != "") == scored).all()
    assert "REPORTED" in SCORES.basis
    assert np.isnan(SCORES.low[~scored]).all()
    assert np.isnan(SCORES.high[~scored]).all()


HIGHER = [hits for hits, _ in SHARES] + ["videos", "live_hours", "influence", "video_gmv_usd", "network", "rating_mean", "engagements"]
JUDGES = {"shoppable_posts": LAST["diligence"]}  # elsewhere they are posts among which to sell: exposure, not success
LOWER = ["log_answer_mean", "gap_log_var", "weekly_sales_cv"]


@pytest.mark.parametrize("name", HIGHER + LOWER)
def test_more_successes_never_lower(name: str):
    before = TABLE[name]
    most = TABLE[dict(SHARES)[name]] if name in dict(SHARES) else np.full(600, 5.0) if name == "rating_mean" else before * 3 + 1
    for part in (1e-3, 0.3, 1.0):
        after = {**TABLE, name: before + part * np.maximum(most - before, 0.0)}
        change = (apply(after, FIT).value - SCORES.value)[:, JUDGES.get(name, slice(None))]
        change = change[~np.isnan(change)]
        assert (change <= 0).all() if name in LOWER else (change >= 0).all()


def test_below_the_minimum_there_is_a_reason_in_words():
    table = facts({"answerable": [2], "deliverable": [1], "answered_7d": [2], "delivered": [1], "collaborations": [2]})
    scores = apply(table, declared())
    assert scores.reason[0, LAST["cooperation"]] == "3 of 5 answerable invitations and due deliveries needed"
    assert scores.evidence[0, LAST["cooperation"]] == 3
    assert scores.reason[0, LAST["collaboration"]] == "2 of 5 collaborations needed"


def test_enough_evidence_of_which_too_little_is_usable_says_so():
    scores = apply(facts({"posts": [9]}), declared())
    assert scores.reason[0, LAST["diligence"]] == "components with 30% of the weight needed, too few have evidence"
    assert scores.evidence[0, LAST["diligence"]] == 9


def test_a_report_is_used_only_where_events_are_too_few():
    columns = {"posts": [0, 9], "videos": [0, 9], "live_hours": [0, 0], "weeks": [4, 4]}
    table = facts({**columns, "reported_days": [30, 30], "reported_videos": [9, 90], "reported_lives": [1, 1]}, rows=2)
    scores = apply(table, declared())
    column = LAST["content_volume"]
    assert scores.basis[:, column].tolist() == ["REPORTED", "EVENTS"]
    assert scores.evidence[:, column].tolist() == [30, 9]


def test_the_same_figures_are_less_certain_as_a_report():
    events = apply(facts({"posts": [12], "videos": [12], "live_hours": [4], "weeks": [30 / 7]}), declared())
    report = apply(facts({"reported_days": [30], "reported_videos": [12], "reported_lives": [4]}), declared())
    column = LAST["content_volume"]
    width = [float((scores.high - scores.low)[0, column]) for scores in (events, report)]
    assert width[0] < width[1]


def test_overall_rests_on_reports_where_any_of_its_parts_does():
    parts = SCORES.basis[:, 1:]
    overall = SCORES.basis[:, 0]
    expected = np.where(overall == "", "", np.where((parts == "REPORTED").any(axis=1), "REPORTED", "EVENTS"))
    assert overall.tolist() == expected.tolist()


def test_a_changed_creator_is_scored_anew_with_the_same_fit():
    row = int(np.flatnonzero(~np.isnan(SCORES.value[:, LAST["cooperation"]]) & (TABLE["deliverable"] > TABLE["delivered"]))[0])
    changed = {**taken(TABLE, [row]), "delivered": TABLE["deliverable"][[row]]}
    assert apply(changed, FIT).value[0, LAST["cooperation"]] > SCORES.value[row, LAST["cooperation"]]
