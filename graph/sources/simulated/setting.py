"""What is given before anything happens: the period, the people, the goods, and who promotes what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.sources.simulated.calendar import Period
from graph.sources.simulated.catalogue import Catalogue, catalogue
from graph.sources.simulated.chance import Ints
from graph.sources.simulated.regions import Region
from graph.sources.simulated.rings import rings
from graph.sources.simulated.taste import Portfolios, portfolios
from graph.sources.simulated.traits import People, people


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
