"""A creator's scorecard in a kept run, as scoring reads it, within what the viewer may see."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from api.computed.arguments import local
from api.computed.asking import Asking
from api.facts import fact_rows
from graph.plans.sight import Reach, Sight
from graph.runs import ALL, card_id
from graph.runs.ratings import Bounds, KeptRun, RatedCreator, Ratings
from scoring import Fit, FitError
from scoring.tables import Facts

KEPT: Final = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Which scorecard of a creator is meant, and which of its scores (camelCase)."""

    creator: str
    window: int
    category: str
    score: str


class Fits:
    """The fits that a process has read last, by run; None for one of another formula."""

    def __init__(self) -> None:
        """Start empty."""
        self._fits: OrderedDict[str, Fit | None] = OrderedDict()

    async def of(self, ratings: Ratings, run: str) -> Fit | None:
        """Return the fit of a run."""
        if run not in self._fits:
            self._fits[run] = _fit(await ratings.fit(run))
            while len(self._fits) > KEPT:
                self._fits.popitem(last=False)
        self._fits.move_to_end(run)
        return self._fits[run]


def _fit(text: str | None) -> Fit | None:
    try:
        return None if text is None else Fit.from_json(text)
    except FitError:
        return None


def place_of(asking: Asking) -> Place:
    """Return which score is asked about."""
    assert asking.own_id is not None, "the field hangs on a creator"
    category = asking.arguments.get("category")
    return Place(
        creator=asking.own_id,
        window=asking.arguments.get("window", 90),
        category=ALL if category is None else local("category", category, "Category"),
        score=asking.arguments.get("by", "overall"),
    )


def ratings_of(asking: Asking) -> Ratings:
    """Return where the kept scorecards are read."""
    settings = asking.state.settings
    return Ratings(asking.state.driver, settings.neo4j_database, float(settings.query_seconds))


async def rated(asking: Asking, ratings: Ratings, place: Place, run: KeptRun) -> RatedCreator | None:
    """Return a creator's scorecard in a run; None where there is none, or it may not be explained to the viewer."""
    card = card_id(run.id, place.creator, place.window, place.category)
    found = await ratings.rated(card, run, bounds(asking.sight))
    return found if found is not None and found.explained else None


def bounds(sight: Sight) -> Bounds:
    """Return whose scores are explained to a viewer, and with whose exact sales."""
    return Bounds(
        everyone=sight.explanations is Reach.ALL,
        regions=sight.regions if sight.explanations is Reach.REGIONS else (),
        creator=sight.creator if sight.explanations is Reach.OWN else None,
        exact=sight.exact_sales is Reach.ALL,
    )


def value_of(card: RatedCreator, run: KeptRun, score: str) -> float | None:
    """Return a score's stored value; None where there is none, or the run does not know the score."""
    return card.values[run.names.index(score)] if score in run.names else None


def facts_of(card: RatedCreator, run: KeptRun, place: Place) -> Facts:
    """Return a scorecard's facts as a table of one row."""
    row = {"creator": place.creator, "region": card.region, "window": place.window, "category": place.category}
    return fact_rows([{**row, "facts": card.facts}], run.fact_names)
