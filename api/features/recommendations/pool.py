"""Everyone whom a brief may mean, as columns: profile, scores over everything and in the category, and the facts of their posts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

import scoring
from graph.recommendations.candidates import Cards, Creators, cards, creators
from graph.recommendations.reading import Reading
from graph.runs import ALL
from graph.runs.run import Run
from scoring.recommendations.fits import CRITERIA
from scoring.recommendations.marks import Marks, of_scores, share_standing
from scoring.recommendations.reach import Posts, Reach, expected_reach

FACTS: Final = ("viewed_posts", "log_views_mean", "log_views_var", "shoppable_posts", "video_gmv_usd", "live_gmv_usd", "gmv_usd")
"""What is read of a scorecard beside its scores."""

MOST_CATEGORIES: Final = 64
MOST_BOUNDS: Final = 8

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class PoolCache:
    """What a process keeps of one run: its cards by category, which do not change, and creators for as long as the data do not."""

    def __init__(self) -> None:
        """Start empty; the first of another run or of newer data empties what is outdated, and several who ask at once read once."""
        self._reading = asyncio.Lock()
        self._run = ""
        self._version = -1
        self._cards: dict[tuple[str, str], Cards] = {}
        self._creators: dict[tuple[str, ...] | None, Creators] = {}

    async def cards(self, reading: Reading, run: Run, category: str) -> Cards:
        """Return a category's cards as the run's audience sees them, read once a run."""
        async with self._reading:
            if run.edition != self._run:
                self._run, self._cards = run.edition, {}
            if (found := self._cards.get((run.cards, category))) is None:
                found = await cards(reading, run, category, facts=FACTS)
                if len(self._cards) < MOST_CATEGORIES:
                    self._cards[run.cards, category] = found
            return found

    async def creators(self, reading: Reading, version: int) -> Creators:
        """Return the creators whom the reader may see, read once a version of the data."""
        bounds = None if reading.regions is None else tuple(sorted(reading.regions))
        async with self._reading:
            if version != self._version:
                self._version, self._creators = version, {}
            if (found := self._creators.get(bounds)) is None:
                found = await creators(reading)
                if len(self._creators) < MOST_BOUNDS:
                    self._creators[bounds] = found
            return found


class Pool(NamedTuple):
    """Columns of one length, or [creators × indicators]; NaN is unknown. `local` scores are those in the category, where known."""

    creators: Creators
    overall: Marks
    local: Marks
    active: Bools
    posts: Floats
    category_posts: Floats
    gmv_usd: Floats
    reach: Reach

    def __len__(self) -> int:
        return len(self.creators.id)


async def pool(reading: Reading, run: Run, kept: PoolCache, *, version: int, categories: Sequence[str]) -> Pool:
    """Return everyone whom the reader may see; of several categories, a creator is looked at in the first one they are active in."""
    everyone = await kept.creators(reading, version)
    base, facts, _ = _rows(await kept.cards(reading, run, ALL), everyone.id)
    local, active, count = base, np.zeros(len(everyone.id), dtype=np.bool_), np.full(len(everyone.id), np.nan)
    for category in reversed(categories):
        inner, inner_facts, there = _rows(await kept.cards(reading, run, category), everyone.id)
        shown = inner_facts[:, FACTS.index("shoppable_posts")]
        local = Marks(*(np.where(there[:, None] & np.isfinite(inner.value), new, old) for new, old in zip(inner, local, strict=True)))
        active, count = active | there, np.where(there, shown, count)
    column = {name: facts[:, place] for place, name in enumerate(FACTS)}
    posts = Posts(np.nan_to_num(column["viewed_posts"]), column["log_views_mean"], column["log_views_var"])
    shoppable, through_posts = np.nan_to_num(column["shoppable_posts"]), column["video_gmv_usd"] + column["live_gmv_usd"]
    gmv = np.where(np.isnan(through_posts), column["gmv_usd"], through_posts)
    return Pool(everyone, base, local, active, shoppable, np.nan_to_num(count), gmv, expected_reach(posts))


def marks(of: Pool, names: Sequence[str], *, in_category: bool) -> dict[str, Marks]:
    """Return the marks of all criteria that need nothing beside the pool, by the criterion's name; `names` are the run's indicators."""
    found = {"expected_reach": of.reach.marks}
    if in_category:
        found["category"] = share_standing(np.where(of.active, of.category_posts, 0.0), of.posts)
    for each in CRITERIA:
        if each.indicator and scoring.camel(each.indicator) in names:
            place = names.index(scoring.camel(each.indicator))
            source = of.local if each.local else of.overall
            found[each.name] = of_scores(Marks(*(column[:, place] for column in source)))
    return found


def _rows(of: Cards, ids: Sequence[str]) -> tuple[Marks, Floats, Bools]:
    """Return scores and facts of the creators in their order, NaN for those without a card, and who has one."""
    rows = np.fromiter((of.row.get(each, -1) for each in ids), dtype=np.int64, count=len(ids))
    tables = [np.concatenate([table, np.full((1, table.shape[1]), np.nan)])[rows] for table in of[1:]]
    return Marks(*tables[:3]), tables[3], rows >= 0
