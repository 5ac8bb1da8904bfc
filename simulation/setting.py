"""What is given before anything happens: the period, the people, the goods, and who promotes what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulation.calendar import DAY, Period
from simulation.catalogue import Catalogue, catalogue
from simulation.chance import Floats, Ints, stream
from simulation.cheating import Cheats, cheats
from simulation.regimes import USUAL, Regime
from simulation.regions import Region
from simulation.rings import rings
from simulation.taste import Portfolios, portfolios
from simulation.traits import People, people


@dataclass(frozen=True)
class Setting:
    """The stage of a market; `ring` is the ring of each creator, -1 for the honest."""

    seed: int
    regime: Regime
    period: Period
    regions: tuple[Region, ...]
    people: People
    goods: Catalogue
    choices: Portfolios
    ring: Ints
    drift: Floats
    """What each product gains in log appeal in 180 days."""
    fit: Floats
    """What each place of the portfolios adds to log conversion, beside ability and appeal."""
    cheats: Cheats
    settled_at: int
    """When drifting appeal is what the truth says."""


def setting(seed: int, regions: Sequence[Region], period: Period, *, creators: int, like: Regime = USUAL) -> Setting:
    """Return the stage on which `creators` creators will post and sell."""
    crowd = people(seed, regions, period, creators=creators, like=like)
    goods = catalogue(seed, regions, creators=creators, sums_only=like.sums_only)
    rng, chosen = stream(seed, "passing"), portfolios(seed, crowd, goods, like=like)
    ring = rings(seed, crowd.region, share=like.rings)
    weeks = (crowd.active_to - crowd.active_from) / (7 * DAY)
    return Setting(
        seed=seed,
        regime=like,
        period=period,
        regions=tuple(regions),
        people=crowd,
        goods=goods,
        choices=chosen,
        drift=like.drift * rng.standard_normal(len(goods.products.id)),
        fit=like.fit * rng.standard_normal(len(chosen.product)),
        settled_at=period.end,
        ring=ring,
        cheats=cheats(seed, ring, crowd.posts_per_week * crowd.shoppable_share * weeks, share=like.cheats),
    )
