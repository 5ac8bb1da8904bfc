"""`scoresChanged` and `rankingChanged`: what a published run did to scores and to the first places of a ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.errors import BadUserInput
from api.features.changes.types import RankedPlace, RankingChanged, ScoreMove, ScoresChanged
from api.graphql.execution.arguments import several
from api.graphql.execution.streaming import AsOf, Happened, Watching
from api.graphql.types.nouns import Ref
from graph.dates import iso_time
from graph.model import snake
from graph.outbox import RUN_RESTORED
from graph.plans.known import unknown
from graph.plans.visibility import Reach, Visibility
from graph.runs import Run, restoration, succession

MOST_CREATORS: Final = 50
MOST_PLACES: Final = 100

SEEN: Final = "query Seen($creators: [ID!]!) { nodes(ids: $creators) { id } }"

SCORES: Final = """
query Scores($creators: [ID!]!, $window: Window!, $category: ID) {
  nodes(ids: $creators) { ... on Creator { id scores(window: $window, category: $category) { indicator value } } }
}
"""

RANKING: Final = """
query First($by: Indicator!, $category: ID, $region: Region, $window: Window!, $first: Int!) {
  ranking(by: $by, category: $category, region: $region, window: $window, first: $first) { edges { rank node { id } } }
}
"""

Scores = Mapping[str, float | None]
Places = Mapping[str, int]


async def scores_changed(happened: Happened) -> ScoresChanged | None:
    """Return the scores that a run changed, None where it changed none of those watched."""
    creators = _creators(happened)
    run, earlier = await _runs(happened)
    if run is None:
        return ScoresChanged(cursor=happened.cursor, at=iso_time(happened.event.at), run=None, scores=[])
    after, before = await _scores(happened, creators, run), await _scores(happened, creators, earlier)
    moves = [
        ScoreMove(creator=Ref("Creator", each), before=before.get(each), after=after.get(each))
        for each in creators
        if before.get(each) != after.get(each)
    ]
    return (
        ScoresChanged(cursor=happened.cursor, at=iso_time(happened.event.at), run=Ref("ScoringRun", run.id), scores=moves)
        if moves
        else None
    )


async def ranking_changed(happened: Happened) -> RankingChanged | None:
    """Return who entered and who left the first places of a ranking with a run, None where the same creators stay."""
    run, earlier = await _runs(happened)
    if run is None:
        return RankingChanged(cursor=happened.cursor, at=iso_time(happened.event.at), run=None, entered=[], left=[])
    after, before = await _places(happened, run), await _places(happened, earlier)
    entered, left = _beside(after, before), _beside(before, after)
    if not entered and not left:
        return None
    return RankingChanged(cursor=happened.cursor, at=iso_time(happened.event.at), run=Ref("ScoringRun", run.id), entered=entered, left=left)


async def check_creators(watching: Watching) -> None:
    """Refuse too few or too many creators, and what their scores cannot be asked by."""
    creators = _creators(watching)
    await _scores(watching, creators, watching.context.run)


async def refuse_unknown(watching: Watching) -> None:
    """Refuse creators who are not there, or whom the viewer may not see."""
    await check_seen(watching.as_of, _creators(watching), watching.context.visibility)


async def check_seen(as_of: AsOf, creators: Sequence[str], visibility: Visibility) -> None:
    """Raise InvalidValue for the first of the creators, by own ids, who is not there or not to be seen."""
    nodes = (await as_of(SEEN, {"creators": [f"Creator:{each}" for each in creators]}, None))["nodes"]
    for own, node in zip(creators, nodes, strict=True):
        if node is None:
            raise unknown("creators", "Creator", own, hidden=visibility.creators is not Reach.ALL)


async def check_ranking(watching: Watching) -> None:
    """Refuse too few or too many places, and a ranking that is not there."""
    check_places(watching.context.arguments["first"])
    await _places(watching, watching.context.run)


def check_places(first: int) -> None:
    """Refuse too few or too many places."""
    if not 1 <= first <= MOST_PLACES:
        raise BadUserInput(f"rankingChanged: first is {first}; give 1 to {MOST_PLACES}")


def own_ids(creators: Sequence[str]) -> list[str]:
    """Return the creators by their own ids; too few or too many are refused."""
    return list(several("creators", creators, "Creator", least=1, most=MOST_CREATORS))


async def _runs(happened: Happened) -> tuple[Run | None, Run | None]:
    """Return the run that has become current and the one before, each as the viewer's audience sees it."""
    state, outward, event = happened.context.state, happened.context.visibility.outward, happened.event.event
    database = state.settings.neo4j_database
    if event.kind is RUN_RESTORED:
        found = await restoration(state.driver, event.subject, str(event.payload["takenBack"]), database=database)
    else:
        found = await succession(state.driver, event.subject, database=database)
    run, earlier = (each.outward() if each is not None and outward else each for each in found)
    return run, earlier


def _creators(watching: Watching) -> list[str]:
    return own_ids(watching.context.arguments["creators"])


async def _scores(watching: Watching, creators: list[str], run: Run | None) -> Scores:
    """Return the score of each creator whom the viewer sees, in a run."""
    if run is None:
        return {}
    given = watching.context.arguments
    asked = {"creators": [f"Creator:{each}" for each in creators], "window": _window(given), "category": given.get("category")}
    nodes = (await watching.as_of(SCORES, asked, run))["nodes"]
    return {
        _own(each): score["value"]
        for each in nodes
        if each is not None
        for score in each["scores"] or ()
        if score["indicator"] == _indicator(given)
    }


async def _places(watching: Watching, run: Run | None) -> Places:
    """Return the first places of the ranking by a run: creators, best first, with their ranks."""
    if run is None:
        return {}
    given = watching.context.arguments
    asked = {
        "by": _indicator(given),
        "window": _window(given),
        "category": given.get("category"),
        "region": given.get("region"),
        "first": given["first"],
    }
    edges = (await watching.as_of(RANKING, asked, run))["ranking"]["edges"]
    return {_own(each["node"]): each["rank"] for each in edges}


def _beside(some: Places, others: Places) -> list[RankedPlace]:
    """Return the places of those who are not among the others."""
    return [RankedPlace(rank=rank, creator=Ref("Creator", creator)) for creator, rank in some.items() if creator not in others]


def _own(node: Mapping[str, Any]) -> str:
    return str(node["id"]).removeprefix("Creator:")


def _indicator(given: Mapping[str, Any]) -> str:
    """Return the indicator by its name in the schema."""
    return snake(given["by"]).upper()


def _window(given: Mapping[str, Any]) -> str:
    """Return the window by its name in the schema."""
    return f"D{given['window']}"
