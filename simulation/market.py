"""A simulated market as tables: what `creatorgraph simulate` writes and what tests and benchmarks read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from simulation.arrow import Table
from simulation.calendar import DEFAULT_END, Period
from simulation.errors import EndRefused, MarketTooSmall
from simulation.regimes import USUAL, Regime
from simulation.regions import DEFAULT_REGIONS, region
from simulation.setting import setting
from simulation.tables.content import contents_table, features_table, mentions_table
from simulation.tables.goods import brands_table, categories_table, products_table, rates_table
from simulation.tables.people import audiences_table, creators_table
from simulation.tables.reports import reports_table
from simulation.tables.sales import sales_table
from simulation.tables.truth import truth_tables
from simulation.tables.work import collaborations_table
from simulation.world import Progress, World, world

DEFAULT_CREATORS: Final = 2_000
DEFAULT_DAYS: Final = 180
LEAST_CREATORS: Final = 20
LEAST_DAYS: Final = 7
EARLIEST: Final = date(2016, 4, 1)
LATEST: Final = date(2038, 1, 1)
"""A content's id holds its time in 31 bits, and readers believe times since 2016."""

BUILDERS: Final[dict[str, Callable[[World], Table]]] = {
    "rates": rates_table,
    "categories": categories_table,
    "brands": brands_table,
    "products": products_table,
    "creators": creators_table,
    "contents": contents_table,
    "features": features_table,
    "mentions": mentions_table,
    "collaborations": collaborations_table,
    "sales": sales_table,
    "reports": reports_table,
    "audiences": audiences_table,
}


@dataclass(frozen=True, slots=True)
class Market:
    """The import tables by name, the planted truth beside them, and the world that both were written from."""

    tables: dict[str, Table]
    truth: dict[str, Table]
    world: World

    def __getitem__(self, name: str) -> Table:
        """Return the import table called `name`."""
        return self.tables[name]


def market(  # noqa: PLR0913 - what is asked for is named, and each has a default
    seed: int = 1,
    *,
    creators: int = DEFAULT_CREATORS,
    days: int = DEFAULT_DAYS,
    end: date = DEFAULT_END,
    regions: Sequence[str] = DEFAULT_REGIONS,
    like: Regime = USUAL,
    progress: Progress = lambda _step: None,
) -> Market:
    """Return a market whose every byte follows from the arguments; it ends before the day `end` begins.

    Raises MarketTooSmall, EndRefused or UnknownRegion.
    """
    if creators < LEAST_CREATORS or days < LEAST_DAYS:
        raise MarketTooSmall(f"{creators} creators over {days} days are too few; ask for {LEAST_CREATORS} and {LEAST_DAYS} or more")
    if end > LATEST or (end - EARLIEST).days < days:
        raise EndRefused(f"{days} days before {end} do not lie between {EARLIEST} and {LATEST}; choose another end or fewer days")
    period = Period.before(end, days=days)
    progress("people and goods")
    known = [region(code) for code in dict.fromkeys(regions)]
    happened = world(setting(seed, known, period, creators=creators, like=like), progress)
    tables: dict[str, Table] = {}
    for name, build in BUILDERS.items():
        progress(name)
        tables[name] = build(happened)
    return Market(tables, truth_tables(happened), happened)
