"""Orders of events that nobody thought of: each seed is one, with what breaks in it (docs/reliability.md)."""

from __future__ import annotations

import os
from typing import Any, Final

import pytest

from graph.data_version import DataVersion
from tests.simulated.play import Failed, Stage

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
# Whoever is killed leaves connections to the collector, as a process leaves them to the kernel.

FIRST: Final = int(os.environ.get("SIMULATION_FIRST", "1"))
SEEDS: Final = int(os.environ.get("SIMULATION_SEEDS", "30"))
AT_ONCE: Final = 100
"""Seeds of one test, which has a limit of time."""


@pytest.mark.fault
@pytest.mark.timeout(1_000)
@pytest.mark.parametrize("first", range(FIRST, FIRST + SEEDS, AT_ONCE))
def test_whatever_breaks_in_whatever_order_every_promise_is_kept(stage: Stage, first: int) -> None:
    for seed in range(first, min(first + AT_ONCE, FIRST + SEEDS)):
        stage.play(seed)


@pytest.mark.parametrize("seed", [3, 6, 11])
def test_a_seed_decides_everything(stage: Stage, seed: int) -> None:
    first = stage.play(seed)
    assert len(first) > 20
    assert stage.play(seed) == first


async def _same(_: DataVersion) -> Any:
    """Tell the same version for ever."""
    return frozenset({"the same"}), 0


async def _unnoted(*_: object) -> None:
    """Leave nothing to be told by the next import."""


RULES: Final = {
    "answers are taken from the cache without asking for the version of the data": ("graph.data_version.DataVersion.now", _same, 14),
    "a creator's change is told by no event": ("graph.appeals.record", _unnoted, 20),
    "the event of an import is kept in memory": ("graph.load.pending.note_changes", _unnoted, 2),
}

"""A rule of the service → what breaks it, and the first seed to try."""


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_is_broken_is_found(stage: Stage, monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    name, broken, first = RULES[rule]
    monkeypatch.setattr(name, broken)
    with pytest.raises(Failed, match=r"again: SIMULATION_FIRST=\d+ SIMULATION_SEEDS=1 "):
        all(stage.play(seed) for seed in range(first, first + 60))
