"""What is learnt is what was planted: the peers' place and spread, and each source's bias, slope and noise."""

from importlib import import_module
from typing import Any

import numpy as np
import pytest

from scoring import Component, Value, apply, fit, successes, value
from scoring.cells import Cell, cells
from scoring.tables import checked
from scoring.traits import learning
from scoring.traits.fitted import Fitted, Rows
from scoring.traits.shape import Shape
from tests.scoring.rows import alone, facts
from tests.scoring.traits.planted import RATE, rates


def test_biases_slopes_and_noises():
    found = fit(rates(3000, seed=2).table, formula=alone(RATE)).traits["x.rate"]
    seen, told, liked = found.constants[28]
    centre, spread = found.groups[Cell(28, "*", "*")]
    assert (centre, spread) == (pytest.approx(0.5, abs=0.08), pytest.approx(0.8, abs=0.08))
    assert seen.noise == pytest.approx(0.1, abs=0.05)
    assert told[:3] == (pytest.approx(0.3, abs=0.1), pytest.approx(1.0, abs=0.15), pytest.approx(0.5, abs=0.08))
    assert liked[:3] == (pytest.approx(2.0, abs=0.06), pytest.approx(0.4, abs=0.06), pytest.approx(0.6, abs=0.03))


def test_learning_ends_where_another_round_would_change_nothing(monkeypatch: pytest.MonkeyPatch):
    rounds: list[Fitted] = []

    def counted(*given: Any) -> Fitted:
        rounds.append(advanced(*given))
        return rounds[-1]

    advanced = learning.advanced
    monkeypatch.setattr(learning, "advanced", counted)
    chance = np.random.default_rng(3)
    columns = {"weeks": np.full(200, 50.0), "things": chance.poisson(50 * np.exp(chance.normal(0, 0.8, 200)))}
    table = facts(columns, rows=200, formula=alone(RATE))
    settled = fit(table, formula=alone(RATE)).traits["x.rate"]
    few = len(rounds)
    monkeypatch.setattr(import_module("scoring.fit"), "SETTLED", 0.0)
    longest = fit(table, formula=alone(RATE)).traits["x.rate"]
    assert few < len(rounds) - few
    assert settled.constants[28][0].noise == pytest.approx(longest.constants[28][0].noise, rel=1e-3)


def test_a_covariate_is_taken_out_and_an_unknown_one_widens():
    chance = np.random.default_rng(6)
    size, audience = 2000, chance.normal(9, 2, 2000)
    trait = chance.normal(size=size)
    component = Component(
        "success",
        weight=1.0,
        scale="plain",
        typical=0.01,
        readings=(value("posts", of="views", var="doubt", covariates=("audience",), anchor=True, noise=0.05),),
    )
    columns = {"views": trait + 0.7 * audience + 0.3 * chance.normal(size=size), "doubt": np.full(size, 0.09)}
    columns["audience"] = np.where(chance.random(size) < 0.8, audience, np.nan)
    found = fit(facts(columns, rows=size, formula=alone(component)), formula=alone(component)).traits["x.success"]
    own = found.constants[28][0]
    assert own.covariates == (pytest.approx(0.7, abs=0.04),)
    assert own.centres == (pytest.approx(9.0, abs=0.2),)
    reading = component.readings[0]
    assert isinstance(reading, Value)


def test_a_small_group_leans_on_its_parents():
    chance = np.random.default_rng(7)
    region = np.where(np.arange(600) < 5, "XX", "US")
    trait = chance.normal(0, 1, 600) + np.where(region == "XX", 4.0, 0.0)
    columns = {"weeks": np.full(600, 50.0), "things": chance.poisson(50 * np.exp(trait))}
    planted = facts(columns, rows=600, formula=alone(RATE), region=region)
    found = fit(planted, formula=alone(RATE)).traits["x.rate"].groups
    world, small = found[Cell(28, "*", "*")][0], found[Cell(28, "XX", "*")][0]
    assert world + 0.5 < small < 3.5


def test_categories_have_their_own_place_and_lean_on_everything():
    chance = np.random.default_rng(8)
    category = np.where(np.arange(900) % 3 == 0, "shoes", "*")
    columns = {"weeks": np.full(900, 20.0), "things": chance.poisson(20 * np.exp(chance.normal(0, 0.6, 900) - 2.0 * (category == "shoes")))}
    table = facts(columns, rows=900, formula=alone(RATE), category=category)
    found = fit(table, formula=alone(RATE)).traits["x.rate"].groups
    assert found[Cell(28, "US", "*")][0] == pytest.approx(0.0, abs=0.15)
    assert found[Cell(28, "US", "shoes")][0] == pytest.approx(-2.0, abs=0.35)


def test_sums_of_parts_are_those_of_the_whole_to_the_last_bit():
    table = checked(rates(500, seed=9).table, RATE.facts, signed=RATE.signed)
    rows, nothing = Rows.of(table, cells(table), RATE), Fitted(Shape.normal())
    whole = learning.summed(rows, RATE, nothing)
    cut = np.arange(len(rows.at)) < 123
    parts = learning.merged(learning.summed(rows.where(~cut), RATE, nothing), learning.summed(rows.where(cut), RATE, nothing))
    assert whole.keys() == parts.keys()
    assert all(np.array_equal(whole[key], parts[key]) for key in whole)


def test_how_many_stand_at_the_floor_is_learnt_of_each_region_and_they_are_all_alike():
    chance = np.random.default_rng(4)
    region = np.where(np.arange(900) % 3 == 0, "XX", "US")
    bare = np.where(region == "XX", chance.random(900) < 0.95, chance.random(900) < 0.3)
    trials = chance.integers(3, 60, 900).astype(np.float64)
    hits = np.where(bare, 0, chance.binomial(trials.astype(np.int64), 1 / (1 + np.exp(-chance.normal(0, 1, 900))))).astype(np.float64)
    component = Component(
        "share", weight=1.0, scale="logit", typical=0.5, floor=0.01, readings=(successes("hits", of="hits", among="trials", anchor=True),)
    )
    table = facts({"trials": trials, "hits": hits}, rows=900, formula=alone(component), region=region)
    learnt = fit(table, formula=alone(component))
    found = learnt.traits["x.share"]
    assert found.floor(Cell(28, "XX", "*")) == pytest.approx(0.95, abs=0.05)
    assert found.floor(Cell(28, "US", "*")) == pytest.approx(0.3, abs=0.1)
    assert found.groups[Cell(28, "US", "*")][0] == pytest.approx(0.0, abs=0.35)
    value = apply(table, learnt).value[:, 1]
    assert np.ptp(value[bare & (region == "XX") & (hits == 0)]) < 10
    assert type(found).restored(found.stored()).stored() == found.stored()
