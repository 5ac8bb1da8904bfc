"""A creator's scorecard in a kept run, as scoring reads it, within what the viewer may see."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from api.graphql.execution.arguments import told_category
from api.graphql.execution.field_context import FieldContext
from api.runs.facts import fact_rows
from api.runs.fits import Fits, fits
from graph.plans.visibility import Reach, Visibility
from graph.runs import ALL, WINDOW, PredictionReader, card_id, outward_id
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


class FitCache:
    """The fits that a process has read last, by run and audience; None for those of another formula."""

    def __init__(self) -> None:
        """Start empty."""
        self._fits: OrderedDict[tuple[str, bool], Fits | None] = OrderedDict()

    async def of(self, ratings: Ratings, run: str, region: str, *, outward: bool) -> Fit | None:
        """Return the fit that a region's creators were scored with in a run, as the audience sees them."""
        key = run, outward
        if key not in self._fits:
            self._fits[key] = _fits(await ratings.fit(run, outward=outward), outward=outward)
            while len(self._fits) > KEPT:
                self._fits.popitem(last=False)
        self._fits.move_to_end(key)
        found = self._fits[key]
        return found.of(region) if found is not None and region in found else None


async def fit_of(context: FieldContext, ratings: Ratings, run: KeptRun, card: RatedCreator) -> Fit | None:
    """Return the fit that a scorecard was computed with; None for one of another formula."""
    return await context.state.own.of(FitCache).of(ratings, run.id, card.region, outward=context.visibility.outward)


def _fits(text: str | None, *, outward: bool) -> Fits | None:
    try:
        return None if text is None else fits(text, outward=outward)
    except FitError:
        return None


def place_of(context: FieldContext) -> Place:
    """Return which score is asked about."""
    assert context.own_id is not None, "the field belongs to a creator"
    category = context.arguments.get("category")
    return Place(
        creator=context.own_id,
        window=context.arguments.get("window", WINDOW),
        category=ALL if category is None else told_category("category", category, context.run),
        score=context.arguments.get("by", "overall"),
    )


def ratings_of(context: FieldContext) -> Ratings:
    """Return where the kept scorecards are read."""
    settings = context.state.settings
    return Ratings(context.state.driver, settings.neo4j_database, float(settings.query_seconds))


async def rated(context: FieldContext, ratings: Ratings, place: Place, run: KeptRun) -> RatedCreator | None:
    """Return a creator's scorecard in a run; None where there is none, or it may not be explained to the viewer."""
    card = card_id(outward_id(run.id) if context.visibility.outward else run.id, place.creator, place.window, place.category)
    found = await ratings.rated(card, run, bounds(context.visibility))
    return found if found is not None and found.explained else None


def bounds(visibility: Visibility) -> Bounds:
    """Return whose scores are explained to a viewer, and with whose exact sales."""
    return Bounds(
        everyone=visibility.explanations is Reach.ALL,
        regions=visibility.regions if visibility.explanations is Reach.REGIONS else (),
        creator=visibility.creator if visibility.explanations is Reach.OWN else None,
        exact=visibility.exact_sales is Reach.ALL,
    )


def value_of(card: RatedCreator, run: KeptRun, score: str) -> float | None:
    """Return a score's stored value; None where there is none, or the run does not know the score."""
    return card.values[run.names.index(score)] if score in run.names else None


def facts_of(card: RatedCreator, run: KeptRun, place: Place) -> Facts:
    """Return a scorecard's facts as a table of one row."""
    row = {"creator": place.creator, "region": card.region, "window": place.window, "category": place.category}
    return fact_rows([{**row, "facts": card.facts}], run.fact_names)


def reader_of(context: FieldContext) -> PredictionReader:
    """Return where it is read."""
    settings = context.state.settings
    return PredictionReader(context.state.driver, settings.neo4j_database, float(settings.query_seconds))


async def explained(context: FieldContext) -> str | None:
    """Return the current run's id where the viewer may see the creator's scores explained; None elsewhere, and before the first run."""
    if context.run is None or context.own_id is None:
        return None
    ratings = ratings_of(context)
    run = next((each for each in await ratings.runs() if each.id == context.run.id), None)
    return None if run is None or await rated(context, ratings, place_of(context), run) is None else run.id
