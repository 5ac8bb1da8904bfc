"""The scorecards of one run, one a row: for each indicator its value with interval, percentile, rank, evidence and reason.

Beside these stands how uncertain the rank is.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString, TypeAlias

from graph.exactness import number_or_none
from graph.exports.colours import Colour
from graph.exports.errors import RunDropped
from graph.exports.reading import Reading
from graph.exports.sheets import Column, Role, Row, Sheet
from graph.exports.whole import dropped
from graph.model import Type
from graph.runs import Run
from graph.runs.cards import TOP
from graph.runs.run import READ

S, I, F = Type.STRING, Type.INTEGER, Type.FLOAT  # noqa: E741 - a column of types reads better in one letter

PLACE: Final = (
    Column("creatorId", S, "The creator rated."),
    Column("handle", S, "User name as last seen."),
    Column("region", S, "Region in which the creator was ranked."),
    Column("window", I, "Days before the run's date."),
    Column("categoryId", S, "The category; * is everything."),
    Column("peers", I, "Scorecards in the same region, window and category, scored or not."),
)
OF_INDICATOR: Final = (
    Column("", F, "Score, 0–100; unknown without enough evidence."),
    Column("Low", F, "Lower end of the 90 % interval."),
    Column("High", F, "Upper end of the 90 % interval."),
    Column("Percentile", F, "Share of peers with a lower value, plus half the share with the same value, the creator included, 0–100."),
    Column("Rank", I, "Rank among the peers, 1 is best, equal scores share a rank."),
    Column("Peers", I, "Peers with a value."),
    Column("Evidence", I, "Number of pieces of evidence."),
    Column("Previous", F, "Value in the previous run."),
    Column("Reason", S, "Why there is no value."),
    Column("Basis", S, "EVENTS, REPORTED, FUSED or PEERS."),
    Column("ExpectedRank", F, "Mean of the true rank, given how uncertain all peers' scores are."),
    Column("ExpectedPercentile", F, "The same as a share of the peers, 0–100."),
    Column("RankLow", I, "Best end of the 90 % interval of the true rank."),
    Column("RankHigh", I, "Worst end of it."),
    Column("Level", I, "Group of creators whose scores can hardly be distinguished, 1 is best."),
    Column("LevelCount", I, "How many such groups the peers have; unknown in runs made before they were counted."),
    *(Column(f"Top{size}Probability", F, f"Probability to be truly among the first {size}.") for size in TOP),
)

FOR_FORECAST: Final = Column("forForecast", F, "Place among all creators by forecast sales, 0–100; only over everything.")

Regions: TypeAlias = Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Scorecards:
    """The source of a run's scorecards; `regions` bounds the creators (None: all), `facts_too` adds what the scores were computed from."""

    reading: Reading
    run: Run
    regions: Regions = None
    facts_too: bool = False

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The one sheet."""
        scores = (Column(f"{name}{each.name}", each.type, each.meaning) for name in self.run.names for each in OF_INDICATOR)
        known = (Column(f"fact_{name}", F, "A fact that scores were computed from.") for name in self.run.fact_names)
        return (Sheet("scorecards", Role.ROWS, (*PLACE, *scores, FOR_FORECAST, *(known if self.facts_too else ()))),)

    @property
    def facts(self) -> Mapping[str, str | int]:
        """The run."""
        return {"run": self.run.id, "asOf": self.run.as_of, "formulaVersion": self.run.formula_version}

    @property
    def colours(self) -> Mapping[str, Colour]:
        """None: a table has no colours."""
        return {}

    async def size(self) -> int:
        """Return how many scorecards the run has."""
        return self.run.scorecards

    async def batches(self, sheet: Sheet) -> AsyncIterator[list[Row]]:
        """Yield the scorecards in the order of creator, window and category; RunDropped where some have gone meanwhile."""
        regions = None if self.regions is None else list(self.regions)
        async for after, until in self.reading.spans(BOUNDARY, after=f"{self.run.cards}|", end=f"{self.run.cards}}}"):
            read = await self.reading.rows(CARDS, after=after, until=until, names=list(self.run.names), regions=regions)
            yield [self._row(values) for values in read[0][0]]
        if await self.reading.number(COUNT, run=self.run.cards) != self.run.scorecards:
            raise dropped(self.run.id)

    def _row(self, read: Sequence[Any]) -> Row:
        """Return a scorecard flat; what is stored as NaN, 0 or an empty text is unknown."""
        *place, values, lows, highs, percentiles, ranks, scored, evidence, previous, reasons, bases, doubts, ahead, facts = read
        flat: list[Any] = place
        for at, value in enumerate(values):
            scores = (value, number_or_none(lows[at]), number_or_none(highs[at]), number_or_none(percentiles[at]))
            flat += [
                *scores,
                ranks[at] or None,
                scored[at],
                evidence[at],
                number_or_none(previous[at]),
                reasons[at] or None,
                bases[at] or None,
            ]
            flat += _doubt(doubts, at, scored[at])
        flat.append(ahead)
        return flat + [number_or_none(fact) for fact in facts] if self.facts_too else flat


RUN: Final[LiteralString] = f"""
MATCH (run:ScoringRun {{id: $id}})
WHERE NOT coalesce(run.status, '') IN ['held', 'discarded']
RETURN {READ}
"""


async def run_of(reading: Reading, id_: str) -> Run:
    """Return a run that is kept; RunDropped where there is none of that id."""
    found = await reading.rows(RUN, id=id_)
    if not found:
        raise RunDropped(f"there is no run {id_[:40]!r}, or it was removed; omit it for the current run")
    return Run.of(found[0][0])


BOUNDARY: Final[LiteralString] = """
MATCH (card:Scorecard)
WHERE card.id > $after AND card.id < $end
WITH card.id AS id
ORDER BY id
LIMIT $size
RETURN max(id) AS until
"""
"""A run's scorecards stand together: their ids begin with the run's and `|`, before which comes no other."""

CARDS: Final[LiteralString] = """
MATCH (card:Scorecard)
WHERE card.id > $after AND card.id <= $until
MATCH (card)-[:RATES]->(c:Creator)
WHERE $regions IS NULL OR c.region IN $regions
OPTIONAL MATCH (ahead:Forecast {id: card.runId + '|Creator:' + card.creatorId})
WHERE card.categoryId = '*'
WITH card, c, ahead
ORDER BY card.id
RETURN collect([
  card.creatorId, c.handle, card.region, card.window, card.categoryId, card.peers,
  [name IN $names | card[name]],
  card.lows, card.highs, card.percentiles, card.ranks, card.scored, card.evidence, card.previous, card.reasons, card.bases,
  [card.expectedRanks, card.rankLows, card.rankHighs, card.levels, card.topProbabilities, card.levelCounts],
  ahead.forForecast,
  card.facts
]) AS rows
"""

COUNT: Final[LiteralString] = """
MATCH (card:Scorecard {runId: $run})
RETURN count(card) AS cards
"""


def _doubt(doubts: Sequence[Sequence[Any] | None], at: int, scored: int) -> list[Any]:
    """Return how uncertain an indicator's rank is, as `OF_INDICATOR` lists it; unknown in runs made before that was computed."""
    expected, low, high, level, top, levels = doubts
    if expected is None or low is None or high is None or level is None or top is None:
        return [None] * (6 + len(TOP))
    rank = number_or_none(expected[at])
    percentile = None if rank is None else 100.0 * (1.0 - (rank - 0.5) / scored)
    chances = [number_or_none(each) for each in top[at * len(TOP) : (at + 1) * len(TOP)]]
    return [rank, percentile, low[at] or None, high[at] or None, level[at] or None, (levels and levels[at]) or None, *chances]
