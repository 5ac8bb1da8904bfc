"""Briefs, their versions and their runs, as they are kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, LiteralString, NamedTuple

from neo4j import AsyncManagedTransaction

from graph.outbox import BRIEF_CREATED, BRIEF_DELETED, BRIEF_RUN, BRIEF_UPDATED, Event, record
from graph.recommendations.reading import Reading
from graph.rights.objections import rateable

MOST_BRIEFS: Final = 200
"""Of one brand."""

MOST_LISTED: Final = 100_000
"""Of all brands together."""

MOST_RUNS: Final = 50
"""Of one brief; older ones go."""


class Brief(NamedTuple):
    """A brief with what its newest version wants, as JSON."""

    id: str
    brand: str
    name: str
    version: int
    created_at: int
    updated_at: int
    wanted: str


class Version(NamedTuple):
    """One version of a brief."""

    version: int
    name: str
    created_at: int
    wanted: str


@dataclass(frozen=True, slots=True)
class Run:
    """Whom one asking of a brief found, the best first; lists of one length.

    `regions` are those that were seen, None for all; `reasons` are what spoke for and against each, as JSON, None where they were not kept.
    """

    id: str
    brief: str
    version: int
    run: str
    as_of: int
    at: int
    considered: int
    eligible: int
    creators: list[str]
    scores: list[float]
    lows: list[float]
    highs: list[float]
    regions: list[str] | None = None
    reasons: list[str] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A brief to be kept: `wanted` is JSON, of which equal wishes give equal text."""

    id: str
    brand: str
    name: str
    wanted: str


BRAND_LOCKED: Final[LiteralString] = """
MATCH (brand:Brand {id: $brand})
SET brand.id = brand.id // takes the lock, so that of two who write at once the second counts the first's
WITH brand
RETURN COUNT {
  MATCH (b:Brief)
  WHERE b.brandId = brand.id
} AS briefs
"""

CREATED: Final[LiteralString] = """
CREATE (b:Brief {id: $id, brandId: $brand, name: $name, version: 1, createdAt: $now, updatedAt: $now})
CREATE (:BriefVersion {id: $id + '|1', briefId: $id, version: 1, name: $name, wanted: $wanted, createdAt: $now})
RETURN b.id AS id
"""


async def created(tx: AsyncManagedTransaction, draft: Draft, *, now: int) -> bool | None:
    """Keep a new brief; False where the brand has too many, None where there is no such brand."""
    found = await (await tx.run(BRAND_LOCKED, brand=draft.brand)).single()
    if found is None:
        return None
    if found["briefs"] >= MOST_BRIEFS:
        return False
    await (await tx.run(CREATED, asdict(draft) | {"now": now})).consume()
    await record(tx, Event(BRIEF_CREATED, draft.id, {"version": 1}, brand=draft.brand), at=now)
    return True


LOCKED: Final[LiteralString] = """
MATCH (b:Brief {id: $id})
WHERE $brands IS NULL OR b.brandId IN $brands
SET b.id = b.id // takes the lock, so that of two who change it at once the second sees the first's version
WITH b
MATCH (v:BriefVersion {id: b.id + '|' + toString(b.version)})
RETURN b.version AS version, b.name AS name, v.wanted AS wanted, b.brandId AS brand
"""

UPDATED: Final[LiteralString] = """
MATCH (b:Brief {id: $id})
SET b.version = $version, b.name = $name, b.brandId = $brand, b.updatedAt = $now
CREATE (:BriefVersion {id: $id + '|' + toString($version), briefId: $id, version: $version, name: $name, wanted: $wanted, createdAt: $now})
"""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a brief: None leaves as it is; `expected` is the version that the change was made from, if that matters."""

    id: str
    name: str | None = None
    wanted: str | None = None
    expected: int | None = None


class Changed(NamedTuple):
    """The brief's newest version and its name; `stale` where another version was expected, and nothing changed."""

    version: int
    name: str
    stale: bool


async def updated(tx: AsyncManagedTransaction, change: Change, *, brands: Sequence[str] | None, now: int) -> Changed | None:
    """Give a brief of one of the brands (None: of any) a new version; the same again makes none. None where there is no such brief."""
    found = await (await tx.run(LOCKED, id=change.id, brands=None if brands is None else list(brands))).single()
    if found is None:
        return None
    if change.expected not in (None, found["version"]):
        return Changed(found["version"], found["name"], stale=True)
    name, wanted = change.name or found["name"], change.wanted or found["wanted"]
    if (name, wanted) == (found["name"], found["wanted"]):
        return Changed(found["version"], name, stale=False)
    values = {"id": change.id, "version": found["version"] + 1, "name": name, "wanted": wanted, "brand": found["brand"], "now": now}
    await (await tx.run(UPDATED, values)).consume()
    await record(tx, Event(BRIEF_UPDATED, change.id, {"version": values["version"]}, brand=found["brand"]), at=now)
    return Changed(found["version"] + 1, name, stale=False)


DELETED: Final[LiteralString] = """
MATCH (b:Brief {id: $id})
WHERE $brands IS NULL OR b.brandId IN $brands
WITH b, b.id AS id, b.brandId AS brand
OPTIONAL MATCH (part:BriefVersion|BriefRun {briefId: id})
WITH b, id, brand, collect(part) AS parts
FOREACH (part IN parts | DELETE part)
DELETE b
RETURN id, brand
"""


async def deleted(tx: AsyncManagedTransaction, brief: str, *, brands: Sequence[str] | None) -> str | None:
    """Remove a brief of one of the brands with its versions and runs, and return its id; None where there is no such brief."""
    found = await (await tx.run(DELETED, id=brief, brands=None if brands is None else list(brands))).single()
    if found is None:
        return None
    await record(tx, Event(BRIEF_DELETED, brief, brand=found["brand"]))
    return found["id"]


KEPT: Final[LiteralString] = """
MATCH (b:Brief {id: $brief})
WHERE $brands IS NULL OR b.brandId IN $brands
CREATE (r:BriefRun)
SET r = $run
WITH b
MATCH (r:BriefRun {briefId: b.id})
WITH b, r
ORDER BY r.at DESC, r.id
WITH b.brandId AS brand, collect(r) AS runs
FOREACH (old IN runs[$most..] | DELETE old)
RETURN size(runs) AS runs, brand
"""


async def kept(tx: AsyncManagedTransaction, run: Run, *, brands: Sequence[str] | None) -> int | None:
    """Keep a run of a brief of one of the brands, and let the oldest go; None where there is no such brief.

    Who was erased, or objected to being rated, after they were found is not in what is kept.
    """
    run = _within(run, await rateable(tx, run.creators))
    bounds = {"brief": run.brief, "brands": None if brands is None else list(brands), "most": MOST_RUNS}
    found = await (await tx.run(KEPT, bounds | {"run": _properties(run)})).single()
    if found is None:
        return None
    await record(tx, Event(BRIEF_RUN, run.id, {"brief": run.brief}, brand=found["brand"]), at=run.at)
    return found["runs"]


BRIEFS: Final[LiteralString] = """
MATCH (b:Brief)
WHERE ($brands IS NULL OR b.brandId IN $brands) AND ($brand IS NULL OR b.brandId = $brand) AND ($id IS NULL OR b.id = $id)
WITH b
ORDER BY b.updatedAt DESC, b.id
LIMIT $first
MATCH (v:BriefVersion {id: b.id + '|' + toString(b.version)})
RETURN b.id AS id, b.brandId AS brand, b.name AS name, b.version AS version, b.createdAt AS createdAt, b.updatedAt AS updatedAt,
  v.wanted AS wanted
ORDER BY updatedAt DESC, id
"""


async def briefs(reading: Reading, *, brand: str | None = None, id_: str | None = None, first: int) -> list[Brief]:
    """Return briefs that the reader may see, those changed last first: all, one brand's, or the one with an id."""
    return [Brief(*row) for row in await reading.rows(BRIEFS, brand=brand, id=id_, first=first)]


BRIEF_IDS: Final[LiteralString] = """
MATCH (b:Brief)
WHERE ($brands IS NULL OR b.brandId IN $brands) AND ($brand IS NULL OR b.brandId = $brand)
RETURN b.id AS id
ORDER BY b.updatedAt DESC, id
LIMIT $most
"""


async def brief_ids(reading: Reading, *, brand: str | None = None) -> list[str]:
    """Return the ids of all briefs that the reader may see, or of one brand's, those changed last first."""
    return [id_ for (id_,) in await reading.rows(BRIEF_IDS, brand=brand, most=MOST_LISTED)]


VERSIONS: Final[LiteralString] = """
MATCH (v:BriefVersion {briefId: $brief})
RETURN v.version AS version, v.name AS name, v.createdAt AS createdAt, v.wanted AS wanted
ORDER BY version DESC
LIMIT $first
"""


async def versions(reading: Reading, brief: str, *, first: int) -> list[Version]:
    """Return a brief's versions, the newest first; ask only of a brief that the reader may see."""
    return [Version(*row) for row in await reading.rows(VERSIONS, brief=brief, first=first)]


RUNS: Final[LiteralString] = """
MATCH (r:BriefRun)
WHERE r.briefId = $brief OR r.id IN $ids
MATCH (b:Brief {id: r.briefId})
WHERE ($brands IS NULL OR b.brandId IN $brands) AND ($regions IS NULL OR all(region IN coalesce(r.regions, ['*']) WHERE region IN $regions))
RETURN r {.*} AS run
ORDER BY run.at DESC, run.id
LIMIT $first
"""


async def runs(reading: Reading, *, brief: str | None = None, ids: Sequence[str] = (), first: int) -> list[Run]:
    """Return the runs of a brief, or those with the ids, the newest first, of briefs that the reader may see.

    How many a run considered, and how far ranks lie apart, tells of every region that was seen: a reader sees runs within their own.
    """
    return [_run(row) for (row,) in await reading.rows(RUNS, brief=brief, ids=list(ids), first=first)]


NAMES: Final = {"brief": "briefId", "run": "runId", "as_of": "asOf", "creators": "creatorIds"}
"""Attributes of a run whose properties are called otherwise."""

LISTS: Final = ("creators", "scores", "lows", "highs", "reasons")
"""Attributes of a run with a value for each creator found."""

OPTIONAL: Final = ("regions", "reasons")
"""Attributes of a run that have no property where they are None."""


def _within(run: Run, creators: Collection[str]) -> Run:
    """Return a run without those who are not among some creators."""
    places = [at for at, creator in enumerate(run.creators) if creator in creators]
    gone = len(run.creators) - len(places)
    lists = {name: [values[at] for at in places] for name in LISTS if (values := getattr(run, name)) is not None}
    return replace(run, considered=run.considered - gone, eligible=run.eligible - gone, **lists)


def _properties(run: Run) -> dict[str, Any]:
    return {NAMES.get(name, name): value for name, value in asdict(run).items()}


def _run(node: dict[str, Any]) -> Run:
    needed = {name: node[NAMES.get(name, name)] for name in Run.__slots__ if name not in OPTIONAL}
    return Run(**needed, regions=node.get("regions"), reasons=node.get("reasons"))
