from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from api.errors import CostExceeded
from api.graphql.cost.limits import Budgets, Cost, Limits
from api.process.shared_levels import LOOKED_AT, SLOTS, SharedLevels


def test_two_processes_hold_one_budget(tmp_path: Path) -> None:
    one, other = (Budgets(Limits(budget=600), SharedLevels(tmp_path / "budgets")) for _ in range(2))
    one.take("k", Cost(500), now=0)
    assert other.left("k", now=0) == 100
    with pytest.raises(CostExceeded, match="the key has 100 of 600 left"):
        other.take("k", Cost(200), now=0)
    other.give_back("k", 300, now=0)
    assert [each.left("k", now=0) for each in (one, other)] == [400, 400]
    assert one.left("another", now=0) == 600


def _taken(path: Path, times: int) -> int:
    budgets, taken = Budgets(Limits(budget=2_000), SharedLevels(path)), 0
    for _ in range(times):
        try:
            budgets.take("k", Cost(1), now=0)
            taken += 1
        except CostExceeded:
            break
    return taken


def test_nothing_is_spent_twice_by_processes_that_spend_at_once(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        taken = pool.starmap(_taken, [(tmp_path / "budgets", 1_000)] * 4)
    assert sum(taken) == 2_000


def test_many_keys_have_levels_of_their_own_and_the_longest_unused_make_room(tmp_path: Path) -> None:
    levels = SharedLevels(tmp_path / "budgets")
    for each in range(2_000):
        levels.set(f"key {each}", float(each), 0.0)
    assert [levels.get(f"key {each}") for each in range(2_000)] == [(float(each), 0.0) for each in range(2_000)]
    for each in range(SLOTS + LOOKED_AT):
        levels.set(f"more {each}", 1.0, 1.0 + each)
    newest = SLOTS + LOOKED_AT - 1
    assert levels.get(f"more {newest}") == (1.0, 1.0 + newest)
    levels.close()
