"""A brand's surroundings: creators who work with it, their other brands, those brands' creators, and what ties them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeAlias

from graph.dates import DAY
from graph.networks.surroundings import text
from graph.recommendations.reading import Reading

RECENT: Final = 90
"""Days whose sales are compared with those of as many days before."""

Rows: TypeAlias = list[list[Any]]


class Neighbour(NamedTuple):
    """A creator (labelled by handle) or a brand (by name); a brand may have neither name nor region."""

    id: str
    label: str | None
    region: str | None


class Worked(NamedTuple):
    """A creator's tie to a brand, over the whole history."""

    creator: str
    brand: str
    weight: float
    times: int
    gmv_usd: float
    first_at: int | None
    last_at: int | None


class Mentioned(NamedTuple):
    """How often one creator's posts name another."""

    creator: str
    named: str
    times: int
    first_at: int
    last_at: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a brand's surroundings.

    `first` bounds the nodes beside the brand: each ring gets an equal share of it, and what the rings before left over. `since` keeps
    ties that were alive after a time; `regions` and `categories` narrow where not None. `trends`, `shared` and `counts` say whether
    late sales, categories, and numbers of unseen ties are wanted. `cards` is the id of the scorecards that tell categories, the run's
    own unless given.
    """

    brand: str
    run: str
    as_of: int
    depth: int = 1
    first: int = 100
    since: int | None = None
    regions: Sequence[str] | None = None
    categories: Sequence[str] | None = None
    min_weight: float = 0.0
    trends: bool = False
    shared: bool = False
    counts: bool = False
    cards: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """The bounded surroundings; `counts` tells how many there are in each ring, `sales` what each creator of the first ring sold.

    Rows: `promoted` (creator, product, posts, title), `sold` (creator, brand, dollars of the last 90 days and of the 90 before),
    `categories` (creator, id, name), `unseen` (creator, number of brands whose ties are not
    seen). `hidden` is the number of creators of a brand whose ties are not seen.
    """

    brand: Neighbour
    near: list[Neighbour]
    others: list[Neighbour]
    far: list[Neighbour]
    counts: list[int]
    sales: list[float]
    worked: list[Worked]
    mentioned: list[Mentioned]
    promoted: Rows
    sold: Rows = field(default_factory=list[list[Any]])
    categories: Rows = field(default_factory=list[list[Any]])
    unseen: Rows = field(default_factory=list[list[Any]])
    hidden: int | None = None


async def around(reading: Reading, asked: Asked) -> Around | None:
    """Return a brand's surroundings as the reader sees them, in one query; None where there is no such brand.

    What counts unseen ties counts them exactly: it is not to be told as it is.
    """
    counts = asked.counts and reading.brands is not None
    query = text(asked.depth, narrowed=asked.categories is not None, trends=asked.trends, shared=asked.shared, counts=counts)
    rows = await reading.rows(query, **_parameters(asked))
    if not rows:
        return None
    values = iter(rows[0])
    return Around(
        Neighbour(*next(values)),
        *([Neighbour(*each) for each in next(values)] for _ in range(3)),
        counts=next(values),
        sales=next(values),
        worked=[Worked(*each) for each in next(values)],
        mentioned=[Mentioned(*each) for each in next(values)],
        promoted=next(values),
        sold=next(values) if asked.trends else [],
        categories=next(values) if asked.shared else [],
        unseen=next(values) if counts else [],
        hidden=next(values) if counts else None,
    )


def _parameters(asked: Asked) -> dict[str, Any]:
    return {
        "brand": asked.brand,
        "run": asked.run,
        "cards": asked.cards or asked.run,
        "asOf": asked.as_of,
        "recent": asked.as_of - RECENT * DAY,
        "earlier": asked.as_of - 2 * RECENT * DAY,
        "depth": asked.depth,
        "first": asked.first,
        "since": asked.since,
        "chosenRegions": None if asked.regions is None else list(asked.regions),
        "chosenCategories": None if asked.categories is None else list(asked.categories),
        "minWeight": asked.min_weight,
    }
