"""The population stability index, worked by hand, and the drift that chance alone does not make."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from scoring.drift import LIMIT, Profile, profile, stability

nan = float("nan")


def test_a_profile_has_the_tenths_and_what_lies_between() -> None:
    found = profile({"x": np.arange(1.0, 101.0), "zeros": np.array([0.0] * 70 + [nan] * 10 + [5.0] * 20), "none": np.full(100, nan)})
    assert found.borders["x"] == tuple(float(tenth) for tenth in range(10, 100, 10))
    assert found.counts["x"] == (10,) * 10 + (0,)
    assert (found.borders["zeros"], found.counts["zeros"]) == ((0.0, 5.0), (70, 20, 0, 10))
    assert (found.borders["none"], found.counts["none"]) == ((), (0, 100))


def test_the_index_is_the_sum_over_bins_less_what_chance_gives() -> None:
    before = profile({"x": np.array([0.0] * 500 + [1.0] * 500)})
    (found,) = stability(before, {"x": np.array([0.0] * 800 + [1.0] * 200)})
    p, q = 800.5 / 1001, 500.5 / 1001
    raw = (p - q) * log(p / q) + ((1 - p) - (1 - q)) * log((1 - p) / (1 - q))
    assert raw == pytest.approx(0.4149, abs=1e-4)
    assert found.index == pytest.approx(raw - (1 / 1000 + 1 / 1000))
    assert found.drifted
    (stricter,) = stability(before, {"x": np.array([0.0] * 800 + [1.0] * 200)}, limit=0.5)
    assert not stricter.drifted


def test_what_becomes_unknown_is_drift_and_the_same_is_none() -> None:
    values = np.arange(1000.0)
    before = profile({"x": values, "y": values})
    lost, same = stability(before, {"x": np.where(values < 600, nan, values), "y": values[::-1]})
    assert (lost.name, lost.drifted) == ("x", True)
    assert lost.index > 1.0
    assert (same.name, same.index, same.drifted) == ("y", 0.0, False)


@pytest.mark.parametrize("size", [5, 20, 100, 1000])
def test_chance_alone_makes_no_drift_however_few_there_are(size: int) -> None:
    draws = np.random.default_rng(size)
    drifted = 0
    for _ in range(100):
        before, now = ({f"c{at}": draws.lognormal(size=size) for at in range(20)} for _ in range(2))
        drifted += any(each.drifted for each in stability(profile(before), now))
    assert drifted <= 1


def test_a_market_that_moved_is_told_even_if_it_is_small() -> None:
    draws = np.random.default_rng(0)
    found = stability(profile({"x": draws.normal(size=100)}), {"x": draws.normal(1.5, size=100)})
    assert found[0].drifted
    assert found[0].index > LIMIT


def test_columns_that_only_one_side_has_and_markets_of_nobody_say_nothing() -> None:
    before = profile({"x": np.arange(9.0), "old": np.arange(9.0), "empty": np.empty(0)})
    assert [each.name for each in stability(before, {"x": np.arange(9.0), "new": np.arange(9.0), "empty": np.arange(9.0)})] == ["x"]
    assert stability(before, {"x": np.empty(0)}) == []
    (constant,) = stability(profile({"x": np.ones(50)}), {"x": np.ones(50)})
    assert (constant.index, constant.drifted) == (0.0, False)


def test_a_profile_is_kept_as_text_and_knows_no_order() -> None:
    draws = np.random.default_rng(2)
    values = np.where(draws.random(200) < 0.1, nan, draws.normal(size=200))
    found = profile({"x": values})
    assert Profile.from_json(found.to_json()) == found == profile({"x": draws.permutation(values)})
