"""The best portfolio against every portfolio there is, the greedy one, and bounds that cannot be kept."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.portfolio import BUDGET, Choice, Limit, best, contradiction, greedy
from scoring.tables import Ints


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    """Draw a choice among a few, with ties, whole dollars, and limits that may not be possible."""
    count = draw(st.integers(1, 8))
    numbers = st.lists(st.integers(0, 50), min_size=count, max_size=count)
    value, cost = (np.array(draw(numbers), dtype=np.float64) for _ in range(2))
    pairs = np.array(draw(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=count**2, max_size=count**2))).reshape(count, count)
    shared = np.triu(pairs, 1) + np.triu(pairs, 1).T
    flags = st.lists(st.booleans(), min_size=count, max_size=count)
    limits: list[Limit] = []
    for name in range(draw(st.integers(0, 3))):
        least = draw(st.integers(0, 3))
        most = draw(st.none() | st.integers(least, 4))
        limits.append(Limit(f"limit {name}", np.array(draw(flags)), least, most))
    return Choice(value, cost, shared, draw(st.sampled_from([0.0, 0.5, 1.0])), float(draw(st.integers(1, 120))), tuple(limits))


def every_kept(choice: Choice) -> list[Ints]:
    rows = range(len(choice))
    sets = [np.array(each, dtype=np.int64) for size in range(len(choice) + 1) for each in combinations(rows, size)]
    return [each for each in sets if not any(choice.broken(each))]


@given(choices())
@settings(max_examples=150, deadline=None)
def test_the_best_of_all_portfolios_is_found_with_a_bound_that_holds(choice: Choice) -> None:
    kept, found = every_kept(choice), best(choice)
    if not kept:
        assert found is None
        return
    assert found is not None
    most = max(choice.total(each) for each in kept)
    assert not any(choice.broken(found.chosen))
    assert found.worth == pytest.approx(choice.total(found.chosen))
    assert found.worth == pytest.approx(most, abs=1e-6)
    assert found.bound >= most - 1e-9
    assert found.proven
    assert found.gap == 0.0
    start = greedy(choice)
    if start is not None:
        assert not any(choice.broken(start))
        assert found.worth >= choice.total(start)


@given(choices())
@settings(max_examples=80, deadline=None)
def test_bounds_contradict_exactly_where_no_portfolio_keeps_them_and_each_that_is_named_is_needed(choice: Choice) -> None:
    names = contradiction(choice)
    assert bool(names) == (not every_kept(choice))
    for dropped in names:
        limits = tuple(each for each in choice.limits if each.name in names and each.name != dropped)
        budget = choice.budget if BUDGET in names and dropped != BUDGET else 1e9
        assert every_kept(Choice(choice.value, choice.cost, choice.shared, choice.weight, budget, limits)) != []


def big(rows: int) -> Choice:
    rng = np.random.default_rng(rows)
    value = np.exp(rng.normal(6.0, 1.5, rows))
    cost = 30.0 + 0.15 * value * rng.uniform(0.5, 1.5, rows)
    shared = np.triu(rng.uniform(size=(rows, rows)), 1)
    return Choice(value, cost, shared + shared.T, 0.5, float(cost.sum()) * 0.15)


def test_without_time_the_greedy_portfolio_and_a_bound_above_it_are_told() -> None:
    choice = big(100)
    start = greedy(choice)
    assert start is not None
    hasty, whole = best(choice, stop=lambda: True), best(choice)
    assert hasty is not None
    assert whole is not None
    assert hasty.worth >= choice.total(start)
    assert hasty.bound >= whole.worth - 1e-6
    assert whole.worth >= hasty.worth
    assert not hasty.proven
    assert 0.0 < hasty.gap < 1.0
    assert whole.proven


def test_a_better_portfolio_than_the_greedy_one_is_found() -> None:
    # 60 for 60 looks better than 50 + 49 for 50 each, which fill the budget
    choice = Choice(np.array([66.0, 50.0, 49.0]), np.array([60.0, 50.0, 50.0]), np.zeros((3, 3)), 0.0, 100.0)
    start, found = greedy(choice), best(choice)
    assert start is not None
    assert found is not None
    assert start.tolist() == [0]
    assert found.chosen.tolist() == [1, 2]
    assert found.worth == pytest.approx(99.0)


def test_two_who_overlap_whole_give_way_to_one_who_does_not() -> None:
    shared = np.zeros((3, 3))
    shared[0, 1] = shared[1, 0] = 1.0
    values, costs = np.array([100.0, 90.0, 50.0]), np.array([10.0, 10.0, 10.0])
    plain, discounted = (best(Choice(values, costs, shared, weight, 20.0)) for weight in (0.0, 0.5))
    assert plain is not None
    assert discounted is not None
    assert (plain.chosen.tolist(), plain.worth) == ([0, 1], 190.0)
    assert (discounted.chosen.tolist(), discounted.worth) == ([0, 2], 150.0)


def test_of_nobody_nobody_is_chosen() -> None:
    nobody = Choice(np.zeros(0), np.zeros(0), np.zeros((0, 0)), 0.5, 10.0)
    found = best(nobody)
    assert found is not None
    assert (found.chosen.tolist(), found.worth, found.bound, found.proven) == ([], 0.0, 0.0, True)
    demanded = Choice(np.zeros(0), np.zeros(0), np.zeros((0, 0)), 0.5, 10.0, (Limit("one", np.zeros(0, dtype=np.bool_), 1),))
    assert best(demanded) is None
