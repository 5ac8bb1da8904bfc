"""Explanations add up, to the last bit and in any order."""

import itertools
from math import fsum

import numpy as np
import pytest

from scoring import NAMES, Component, Fit, Formula, Indicator, ScoringError, apply, counts, explain, fit, successes, value
from tests.scoring.rows import declared, facts, market, taken

TABLE = market(300)
FIT = fit(TABLE)
SCORES = apply(TABLE, FIT)

TWO = Formula(
    (
        Indicator(
            "x",
            question="?",
            needs="things",
            overall_weight=1.0,
            components=(
                Component(
                    "often",
                    weight=0.6,
                    unit="things a week",
                    readings=(
                        counts("seen", of="things", per="weeks", anchor=True),
                        value("told", of="figure", scale="log", basis="REPORTED", sensitive=True),
                    ),
                ),
                Component("well", weight=0.4, scale="logit", typical=0.5, readings=(successes("hits", of="hits", among="trials"),)),
            ),
        ),
    )
)


@pytest.mark.parametrize("name", NAMES)
def test_adds_up_exactly(name: str):
    found = explain(TABLE, FIT, name)
    for explanation, score, reason in zip(found, SCORES.value[:, NAMES.index(name)], SCORES.reason[:, NAMES.index(name)], strict=True):
        parts = [part.contribution for part in explanation.components]
        if np.isnan(score):
            assert (explanation.value, explanation.components, explanation.reason) == (None, (), reason)
            continue
        assert explanation.value == score
        assert explanation.base + sum(parts) == sum(reversed(parts), explanation.base) == fsum([explanation.base, *parts]) == score


def test_any_order_of_addition_of_one_row():
    explanation = next(each for each in explain(TABLE, FIT, "overall") if each.value is not None)
    terms = [explanation.base, *(part.contribution for part in explanation.components)][:7]
    rest = fsum(part.contribution for part in explanation.components[6:])
    assert {sum(order) + rest for order in itertools.permutations(terms)} == {explanation.value}


@pytest.mark.parametrize("name", NAMES[1:])
def test_shares_of_what_is_known_sum_to_one(name: str):
    for explanation in explain(TABLE, FIT, name):
        for part in explanation.components:
            assert part.peer_weight + sum(source.weight for source in part.sources) == pytest.approx(1.0)
            assert part.peer_weight > 0
            assert all(source.weight == 0.0 for source in part.sources if source.raw is None)


def test_what_one_creator_lacks_counts_as_a_typical_peers():
    table = facts({"things": [9, 4], "weeks": [4, 4], "hits": [np.nan, 3], "trials": [np.nan, 4]}, rows=2, formula=TWO)
    often, well = explain(table, fit(table, formula=TWO), "x")[0].components
    assert (often.weight, well.weight) == (0.6, 0.4)
    assert (well.contribution, well.raw, well.shrunk, well.note) == (0.0, None, None, "no evidence: counted as a typical peer")
    assert well.peer_median is not None


def test_what_no_peer_has_gives_its_weight_to_the_others():
    table = facts({"things": [9, 4], "weeks": [4, 4]}, rows=2, formula=TWO)
    often, well = explain(table, fit(table, formula=TWO), "x")[0].components
    assert (often.weight, well.weight) == (1.0, 0.0)
    assert well.note == "no peer has evidence of it: its weight of 0.40 goes to the others"


def test_each_source_says_what_it_has_and_weighs():
    table = facts({"things": [24], "weeks": [4], "figure": [4.0]}, formula=TWO)
    often = explain(table, declared(TWO), "x")[0].components[0]
    seen, told = often.sources
    assert (seen.name, seen.basis, seen.raw, seen.evidence) == ("seen", "EVENTS", 6.0, 24)
    assert (told.name, told.basis, told.evidence, told.sensitive) == ("told", "REPORTED", 1, True)
    assert told.raw == pytest.approx(4.0)
    assert often.raw == 6.0
    assert 1.0 < often.shrunk < 6.0
    assert often.peer_median == pytest.approx(1.0, abs=1e-6)
    assert often.sensitive
    assert explain(table, declared(TWO), "x")[0].basis == "FUSED"


def test_what_earns_fifty_points_is_the_peer_median():
    chance = np.random.default_rng(4)
    rows = 400
    columns = {"things": chance.poisson(300 * chance.lognormal(0, 1, rows)), "weeks": [4] * rows}
    table = facts(columns, rows=rows, formula=TWO)
    found = fit(table, formula=TWO)
    median = explain(table, found, "x")[0].components[0].peer_median
    assert median == pytest.approx(float(np.median(columns["things"])) / 4, rel=0.2)
    typical = facts({"things": [median * 400], "weeks": [400]}, formula=TWO)
    assert apply(typical, found).value[0, 1] == pytest.approx(50.0, abs=2.0)


def test_a_stored_row_and_fit_explain_the_same():
    again = Fit.from_json(FIT.to_json())
    assert explain(taken(TABLE, [3]), again, "overall") == explain(TABLE, FIT, "overall")[3:4]


def test_refuses_an_indicator_that_there_is_not():
    with pytest.raises(ScoringError, match="no indicator luck; there are overall, cooperation"):
        explain(TABLE, FIT, "luck")
