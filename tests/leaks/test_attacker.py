"""An attacker who calibrates on whoever shows exact sales learns nothing of the others' beyond the published ranges, and of no tie."""

from __future__ import annotations

import pytest

from bench.leaks.attacker import Attacker
from bench.leaks.guessing import gain, tie_auc, truth
from tests.leaks.conftest import Worlds


@pytest.mark.parametrize("who", ["brand", "partner"])
async def test_nothing_is_gained(worlds: Worlds, who: str) -> None:
    attacker = Attacker(worlds.pair[0], who, most=1_200)
    await attacker.look(windows=("D90", "D28"), categories=(None, "beauty", "home"))
    gains = [gain(attacker, truth(worlds.before), of) for of in ("gmv", "orders")]
    assert all(each.creators > 10 and each.range_error > 0.2 for each in gains)
    assert [(each.of, each.error, each.range_error, each.by) for each in gains if each.ratio < 0.9] == []
    assert tie_auc(attacker, worlds.before) <= 0.55


async def test_an_administrator_gains_all(worlds: Worlds) -> None:
    """The control: whoever is answered exact sales needs no guess."""
    attacker = Attacker(worlds.pair[0], "admin", most=1_000)
    await attacker.look(windows=("D90",), categories=(None,))
    assert len(attacker.exact) == len(attacker.creators)
