"""What is expected of creators, held against what came and what was planted: delivery, newcomers, and whose posts led to orders.

`python -m validation.predictions` prints a table of simulated markets. Nothing here needs a database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from scoring.coldstart import cold_start
from scoring.delivery import answers, delivery
from scoring.facts import Market, Period, market
from scoring.spillover import spillover
from simulation import Market as Simulated
from simulation import market as simulated
from simulation.regimes import Regime, regime
from validation.arguments import seeded
from validation.by_seed import table
from validation.event_tables import event_tables
from validation.measures import agreement

MISATTRIBUTION: Final = "misattribution"
RATED: Final = 5
"""Orders from which a creator's rating by orders is compared."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one market, and the least that it must be; NaN where the market cannot tell."""

    name: str
    value: float
    least: float

    @property
    def held(self) -> bool:
        """Whether it is at least what it must be."""
        return bool(self.value >= self.least)


def figures(seed: int, *, creators: int = 1_000, days: int = 180, like: str = "usual") -> list[Figure]:
    """Return all figures of one simulated market."""
    made = simulated(seed, creators=creators, days=days, like=regime(like))
    seen = _market(made)
    return [*delivery_figures(made, seen), *cold_start_figures(seen), *spillover_figures(seed, creators=creators, days=days)]


def delivery_figures(made: Simulated, seen: Market) -> list[Figure]:
    """Return how much the Brier score gains on the mean, how far bins are off, and how well the planted reliability is followed."""
    found = delivery(seen)
    if found is None or found.model.quality is None:
        return []
    told = found.model.quality
    off = sum(each.samples * abs(each.said - each.came) for each in told.curve) / told.samples
    said = answers(found.model, found.columns, found.kept, found.broken).probability
    place = {id_: at for at, id_ in enumerate(made.world.people.id.tolist())}
    keen = made.world.people.reliability[[place[id_] for id_ in seen.creators.id.tolist()]]
    return [
        Figure("delivery: Brier score less than the mean's, part of it", 1 - told.brier / told.mean, 0.02),
        Figure("delivery: bins of the reliability curve off by, negated", -off, -0.08),
        Figure("delivery: rank correlation with planted reliability", agreement(said, keen), 0.5),
    ]


def cold_start_figures(seen: Market) -> list[Figure]:
    """Return how much less the error on newcomers is than the group's mean's."""
    found = cold_start(seen)
    return [] if found is None else [Figure("cold start: error less than the mean's, part of it", found.gain.share, 0.15)]


def spillover_figures(seed: int, *, creators: int, days: int) -> list[Figure]:
    """Return how much less ratings err than by the last touch where credits are wrong, and how often intervals hold.

    The same market with right credits is the truth: it tells which creator led to each order.
    """
    like = regime(MISATTRIBUTION)
    wrong, right = (spillover(_twin(seed, each, creators=creators, days=days)) for each in (like, replace(like, misattributed=0.0)))
    if wrong is None or right is None:
        return []
    rated, known = right.credited >= RATED, wrong.reason == 0
    errors = [float(np.sqrt(np.mean((np.log1p(each) - np.log1p(right.credited))[rated] ** 2))) for each in (wrong.led, wrong.credited)]
    held = (wrong.low * wrong.credited <= right.credited) & (right.credited <= wrong.high * wrong.credited)
    return [
        Figure("spillover: rating error less than the last touch's, part of it", 1 - errors[0] / errors[1], 0.2),
        Figure("spillover: 90 % intervals that hold the truth", float(held[known].mean()), 0.88),
    ]


def _twin(seed: int, like: Regime, *, creators: int, days: int) -> Market:
    return _market(simulated(seed, creators=creators, days=days, like=like))


def _market(made: Simulated) -> Market:
    return market(event_tables(made), Period(made.world.period.end))


def page(seeds: Sequence[int], *, creators: int, days: int) -> str:
    """Return a table in Markdown: a row a figure, a column a seed."""
    found = [figures(seed, creators=creators, days=days) for seed in seeds]
    rows = [(each.name, each.least, [one.value for market_ in found for one in market_ if one.name == each.name]) for each in found[0]]
    return table(["figure", "at least"], seeds, ([name, f"{least:.2f}", *map("{:.3f}".format, values)] for name, least, values in rows))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    given = seeded(__doc__, seeds=(1, 2, 3), days=180).parse_args(arguments)
    print(page(given.seeds, creators=given.creators, days=given.days))


if __name__ == "__main__":
    main()
