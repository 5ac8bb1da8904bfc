"""`briefs`, `brief` and their runs: what brands look for, kept and asked again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from api.access.table import Permission
from api.errors import BadUserInput
from api.features.briefs.brief import stored
from api.features.briefs.run_reasons import reasons_of
from api.features.briefs.types import (
    BriefConnection,
    BriefEdge,
    BriefRunChanges,
    BriefVersion,
    BriefWanted,
    MovedCandidate,
    RunCandidate,
)
from api.graphql.execution.arguments import local, own_brand
from api.graphql.execution.field_context import FieldContext, reading_of
from api.graphql.execution.paging import page
from api.graphql.types.nouns import Ref
from graph.dates import iso_time
from graph.recommendations import briefs as kept
from graph.recommendations.candidates import seen
from graph.recommendations.reading import Reading

ORDER: Final = "briefs"
MOST_RUNS: Final = 20
"""Each has up to a hundred creators."""


async def briefs(context: FieldContext) -> list[Ref]:
    """Return the briefs that the viewer may see, of one brand if it is named, those changed last first."""
    reading = _reading(context)
    found = await kept.briefs(reading, brand=_brand(context, reading), first=context.arguments.get("first", 20))
    return [Ref("Brief", each.id) for each in found]


async def saved_briefs(context: FieldContext) -> BriefConnection:
    """Return a page of the briefs that the viewer may see, of one brand if it is named, those changed last first."""
    reading = _reading(context)
    found = await kept.brief_ids(reading, brand=_brand(context, reading))
    cut = page(context, found, str, order=ORDER)
    edges: list[BriefEdge] = [BriefEdge(cursor=place, node=Ref("Brief", id_)) for id_, place in cut.rows]
    return BriefConnection(edges=edges, nodes=[each.node for each in edges], page_info=cut.info, total_count=len(found))


async def brief(context: FieldContext) -> Ref:
    """Return one brief; what reads it finds none that the viewer may not see."""
    context.allowed(Permission.EXPLORE)
    return Ref("Brief", local("id", context.arguments["id"], "Brief"))


async def wanted(context: FieldContext) -> BriefWanted:
    """Return what a brief wants, from the text that is kept."""
    return stored(context.own_id or "").answer()


async def candidates(context: FieldContext) -> list[RunCandidate]:
    """Return the creators whom a run found and whom the viewer may see: a brief is shared by keys of several regions."""
    reading = reading_of(context.viewer, context.state)
    found = await kept.runs(reading, ids=[context.own_id or ""], first=1)
    return (await _found(reading, found)).get(context.own_id or "", [])


async def brief_versions(context: FieldContext) -> list[BriefVersion] | None:
    """Return a brief's versions, the newest first; None where there is no such brief that the viewer may see."""
    reading, id_ = _reading(context), local("brief", context.arguments["brief"], "Brief")
    if not await kept.briefs(reading, id_=id_, first=1):
        return None
    found = await kept.versions(reading, id_, first=context.arguments.get("first", 20))
    return [
        BriefVersion(version=each.version, name=each.name, created_at=iso_time(each.created_at), wanted=stored(each.wanted).answer())
        for each in found
    ]


async def brief_runs(context: FieldContext) -> list[Ref] | None:
    """Return a brief's runs, the newest first; None where there is no such brief that the viewer may see."""
    first = context.arguments.get("first", 5)
    if first > MOST_RUNS:
        raise BadUserInput(f"briefRuns: first is {first}; give at most {MOST_RUNS}, since each run has up to a hundred creators")
    reading, id_ = _reading(context), local("brief", context.arguments["brief"], "Brief")
    if not await kept.briefs(reading, id_=id_, first=1):
        return None
    return [Ref("BriefRun", each.id) for each in await kept.runs(reading, brief=id_, first=first)]


async def compare_brief_runs(context: FieldContext) -> BriefRunChanges | None:
    """Return who entered, left and moved from the earlier of two runs of a brief to the later; None where one is not the viewer's."""
    before, after = (local(name, context.arguments[name], "BriefRun") for name in ("before", "after"))
    reading = _reading(context)
    found = {each.id: each for each in await kept.runs(reading, ids=[before, after], first=2)}
    if not {before, after} <= found.keys():
        return None
    if found[before].brief != found[after].brief:
        raise BadUserInput("compareBriefRuns: before and after are runs of different briefs; give two runs of one brief")
    before, after = sorted((before, after), key=lambda each: (found[each].at, found[each].version))
    told = await _found(reading, found.values())
    return BriefRunChanges(before=Ref("BriefRun", before), after=Ref("BriefRun", after), **changes(told[before], told[after])._asdict())


class Changes(NamedTuple):
    """How the candidates of two runs differ."""

    entered: list[RunCandidate]
    left: list[RunCandidate]
    moved: list[MovedCandidate]


def changes(before: Sequence[RunCandidate], after: Sequence[RunCandidate]) -> Changes:
    """Return what changed; those who moved most come first, equals by their place in the later run."""
    old, new = ({each.creator: each for each in candidates} for candidates in (before, after))
    moved = [_moved(old[creator], each) for creator, each in new.items() if creator in old]
    return Changes(
        entered=[each for creator, each in new.items() if creator not in old],
        left=[each for creator, each in old.items() if creator not in new],
        moved=sorted(
            (each for each in moved if (each.rank_before, each.score_before) != (each.rank_after, each.score_after)),
            key=lambda each: (-abs(each.rank_after - each.rank_before), each.rank_after),
        ),
    )


def _moved(old: RunCandidate, new: RunCandidate) -> MovedCandidate:
    apart = old.low > new.high or new.low > old.high
    return MovedCandidate(
        creator=new.creator, rank_before=old.rank, rank_after=new.rank, score_before=old.score, score_after=new.score, distinct=apart
    )


def _brand(context: FieldContext, reading: Reading) -> str | None:
    """Return the own id of the brand whose briefs are asked for, None for all; BadUserInput for a brand that is not the viewer's."""
    brand = context.arguments.get("brand")
    return None if brand is None else own_brand("brand", brand, reading)


def _reading(context: FieldContext) -> Reading:
    context.allowed(Permission.EXPLORE)
    return reading_of(context.viewer, context.state)


async def _found(reading: Reading, runs: Collection[kept.Run]) -> Mapping[str, list[RunCandidate]]:
    """Return the creators whom runs found, by the run's id; those whom the reader may see."""
    there = set(await seen(reading, [creator for each in runs for creator in each.creators]))
    return {each.id: _candidates(each, there) for each in runs}


def _candidates(run: kept.Run, there: Collection[str]) -> list[RunCandidate]:
    reasons = run.reasons or [None] * len(run.creators)
    columns = zip(run.creators, run.scores, run.lows, run.highs, reasons, strict=True)
    return [
        RunCandidate(rank=rank, creator=Ref("Creator", creator), score=score, low=low, high=high, **reasons_of(said))
        for rank, (creator, score, low, high, said) in enumerate(columns, start=1)
        if creator in there
    ]
