"""What is given before anything happens: the period, the people, the goods, and who promotes what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulation.calendar import Period
from simulation.catalogue import Catalogue, catalogue
from simulation.chance import Ints
from simulation.regions import Region
from simulation.rings import rings
from simulation.taste import Portfolios, portfolios
from simulation.traits import People, people


@dataclass(frozen=True)
class Setting:
    """The stage of a market; `ring` is the ring of each creator, -1 for the honest."""

    seed: int
    period: Period
    regions: tuple[Region, ...]
    people: People
    goods: Catalogue
    choices: Portfolios
    ring: Ints


def setting(seed: int, regions: Sequence[Region], period: Period, *, creators: int) -> Setting:
    """Return the stage on which `creators` creators will post and sell."""
    crowd = people(seed, regions, period, creators=creators)
    goods = catalogue(seed, regions, creators=creators)
    return Setting(
        seed=seed,
        period=period,
        regions=tuple(regions),
        people=crowd,
        goods=goods,
        choices=portfolios(seed, crowd, goods),
        ring=rings(seed, crowd.region),
    )
