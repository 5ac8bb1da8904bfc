"""All that scoring runs hold of one creator, taken out of every run that is kept, whether or not it is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, LiteralString

from graph.rights.chunks import without_rows
from graph.rights.gaps import note_gaps
from graph.rights.gate import Tx, withdrawn

CARDS: Final[LiteralString] = """
MATCH (:Creator {id: $creator})<-[:RATES]-(card:Scorecard)
OPTIONAL MATCH (run:ScoringRun {id: replace(card.runId, $outward, '')})
RETURN card.scope AS scope, run.names AS names, [name IN run.names | coalesce(card[name], NaN)] AS values, card.runId AS run,
  run.status IN ['current', 'held', 'superseded'] AS shown
"""

UNCOUNT: Final[LiteralString] = """
UNWIND $runs AS gone
MATCH (run:ScoringRun {id: gone.id})
SET run.creatorCount = run.creatorCount - gone.creators, run.scorecardCount = run.scorecardCount - gone.cards,
  run.outwardScorecards = CASE WHEN run.outwardScorecards IS NULL THEN null ELSE run.outwardScorecards - gone.outward END
"""

REVISED: Final[LiteralString] = """
MATCH (run:ScoringRun)
SET run.revision = coalesce(run.revision, 0) + 1
"""
"""What a process keeps of a run in memory it keeps of one revision."""

NODES: Final[tuple[LiteralString, ...]] = (
    """
MATCH (:Creator {id: $creator})<-[:RATES]-(card:Scorecard)
DETACH DELETE card
""",
    """
MATCH (:Creator {id: $creator})<-[:CONCERNS]-(flag:Flag)
DETACH DELETE flag
""",
    """
MATCH (:Creator {id: $creator})-[tie:COLLABORATED_WITH]->()
DELETE tie
""",
    """
MATCH (past:PastScores)
WHERE past.id STARTS WITH $creator + '|' AND past.creatorId = $creator
DELETE past
""",
    """
MATCH (run:ScoringRun|BuildingRun)
UNWIND [run.id, run.id + $outward] AS under
MATCH (forecast:Forecast {id: under + '|Creator:' + $creator})
DELETE forecast
""",
    """
MATCH (listed:Prospect {creatorId: $creator})
DELETE listed // without a word, too
""",
    """
MATCH (alert:Alert)
WHERE $creator IN alert.inside
SET alert.inside = [each IN alert.inside WHERE each <> $creator] // without a word: nobody is told that one has left
""",
    """
MATCH (found:BriefRun)
WHERE $creator IN found.creatorIds
WITH found, [at IN range(0, size(found.creatorIds) - 1) WHERE found.creatorIds[at] <> $creator] AS others
SET found.scores = [at IN others | found.scores[at]], found.lows = [at IN others | found.lows[at]],
  found.highs = [at IN others | found.highs[at]], found.creatorIds = [at IN others | found.creatorIds[at]],
  found.reasons = CASE WHEN found.reasons IS NOT NULL THEN [at IN others | found.reasons[at]] END,
  found.considered = found.considered - 1, found.eligible = found.eligible - 1
""",
)
"""Nodes of runs that are of one creator alone, and lists that name creators."""

OUTWARD: Final = "-outward"


async def unrated(tx: Tx, creator: str) -> None:
    """Take a creator out of every run, those that wait or are being made too; ranks that are shown and were left empty are noted."""
    await withdrawn(tx)
    cards = [record.data() async for record in await tx.run(CARDS, creator=creator, outward=OUTWARD)]
    await (await tx.run(UNCOUNT, runs=_counted(cards))).consume()
    await (await tx.run(REVISED)).consume()
    for query in NODES:
        await (await tx.run(query, creator=creator, outward=OUTWARD)).consume()
    await without_rows(tx, creator)
    await note_gaps(tx, [{name: each[name] for name in ("scope", "names", "values")} for each in cards if each["shown"]])


def _counted(cards: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return by run how many scorecards go, of its own and of those that go out."""
    found: dict[str, dict[str, Any]] = {}
    for each in cards:
        run = each["run"].removesuffix(OUTWARD)
        counts = found.setdefault(run, {"id": run, "creators": 0, "cards": 0, "outward": 0})
        counts["outward" if each["run"].endswith(OUTWARD) else "cards"] += 1
    return [{**counts, "creators": 1 if counts["cards"] else 0} for counts in found.values()]
