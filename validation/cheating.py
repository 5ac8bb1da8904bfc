"""How many planted cheats the flags find, and how many flags are right: by kind and cunning, as tables and as responses."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from scoring.authenticity import Flags, Kind, flags
from scoring.facts import Period, market, table
from scoring.solved import solved
from simulation import Market
from simulation import market as simulated
from simulation.cheating import Cheat, Cunning
from simulation.regimes import regime
from simulation.regions import DEFAULT_REGIONS
from simulation.responses import write_responses
from validation.event_tables import event_tables
from validation.file_tables import file_tables
from validation.markets import Form
from validation.planted import planted_in

REGIME: Final = "cunning-fraud"
RECALL: Final = 0.9
PRECISION: Final = 0.9
"""What is to be reached over all kinds and levels."""


@dataclass(frozen=True)
class Detection:
    """Of one market: flags raised and right by their kind, cheats planted and found by what they do and how cunningly."""

    form: Form
    raised: dict[str, tuple[int, int]]
    found: dict[tuple[str, str], tuple[int, int]]
    flagged: int
    right: int

    @property
    def recall(self) -> float:
        """Share of all cheats with a flag."""
        planted = sum(count for _, count in self.found.values())
        return sum(count for count, _ in self.found.values()) / planted if planted else float("nan")

    @property
    def precision(self) -> float:
        """Share of flagged creators who cheat."""
        return self.right / self.flagged if self.flagged else float("nan")


def planted(seed: int, form: Form, *, creators: int, days: int, regions: Sequence[str] = DEFAULT_REGIONS) -> Market:
    """Return a market with cheats of all kinds and levels; as responses no brand gives sums alone, since these show in no file."""
    like = regime(REGIME)
    kept = replace(like, sums_only=0.0) if form == "responses" else like
    return simulated(seed, creators=creators, days=days, regions=regions, like=kept)


def tables_of(made: Market, form: Form) -> tuple[dict[str, Any], int]:
    """Return the event tables of a market as its import tables or its shops' files tell them, and the as-of time."""
    if form == "tables":
        return event_tables(made), made.world.period.end
    with tempfile.TemporaryDirectory(prefix="creatorgraph-cheating-") as folder:
        write_responses(made.world, Path(folder))
        return file_tables(Path(folder) / "shops", planted_in(made))


def flags_of(tables: dict[str, Any], as_of: int) -> Flags:
    """Return the flags that a run as of a time would raise."""
    seen = market(tables, Period(as_of))
    return flags(seen, solved(seen, table(seen)).facts)


def detection(made: Market, form: Form) -> Detection:
    """Return what the flags of a market find."""
    raised = flags_of(*tables_of(made, form))
    return judged(raised, made, form)


def judged(raised: Flags, made: Market, form: Form) -> Detection:
    """Return flags held against the truth."""
    cheats, ids = made.world.cheats, made.world.people.id
    dishonest = set(ids[cheats.kind > 0].tolist())
    flagged = set(raised.creator.tolist())
    found = {
        (kind.name, level.name): _caught(ids[(cheats.kind == kind) & (cheats.level == level)], flagged)
        for kind in Cheat
        if kind
        for level in Cunning
    }
    by_kind = {kind.value: _right(raised.creator[raised.kind == kind.value], dishonest) for kind in Kind}
    return Detection(form, by_kind, found, len(flagged), len(flagged & dishonest))


def pooled(cases: Iterable[Detection], form: Form) -> Detection:
    """Return several markets of a form as one."""
    of = [case for case in cases if case.form == form]
    return Detection(
        form,
        {name: _sum(case.raised[name] for case in of) for name in of[0].raised},
        {place: _sum(case.found[place] for case in of) for place in of[0].found},
        sum(case.flagged for case in of),
        sum(case.right for case in of),
    )


def _caught(cheats: Any, flagged: set[str]) -> tuple[int, int]:
    return len(flagged & set(cheats.tolist())), len(cheats)


def _right(creators: Any, dishonest: set[str]) -> tuple[int, int]:
    return int(np.isin(creators, sorted(dishonest)).sum()), len(creators)


def _sum(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    listed = list(pairs)
    return sum(first for first, _ in listed), sum(second for _, second in listed)
