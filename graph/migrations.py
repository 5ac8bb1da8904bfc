"""The schema of the database: its version, its constraints and indexes, derived from `graph.model`."""

import re
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString, cast

from neo4j import AsyncDriver, AsyncSession, AsyncTransaction, Query
from neo4j.exceptions import ClientError, TransientError

from graph.connection import writing
from graph.corrections import correct
from graph.errors import SchemaNewer
from graph.load.rules import RULES as OF_LOADING
from graph.model import NODES, snake
from graph.runs import FORECAST_ORDINAL, place_by_forecast
from graph.search.index import indexes as search_indexes
from graph.search.stored import make_searchable

INTERNAL_LABELS: Final = (
    "Scorecard",
    "ScoringRun",
    "Lock",
    "Schema",
    "SavedQuery",
    "SampleRule",
    "Vectors",
    "Signatures",
    "Predictions",
    "PastRun",
    "PastScores",
    "RankGap",
    "SalesAppeal",
    "Forecast",
    "DiscardedRun",
    "DomainEvent",
    "Flag",
    "State",
    "Alert",
    "SavedView",
)
"""Nodes that we write beside the declared ones; each has a unique `id` too."""

OF_RUN: Final = ("Scorecard", "PastScores", "SalesAppeal", "Flag", "Predictions")
"""Nodes that belong to a run, and are dropped by its id."""

NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """One constraint or index: its name in the database and the statement that makes it."""

    name: str
    statement: Query


Migration = Callable[[AsyncSession], Awaitable[None]]
"""Changes data from one version to the next; run again after a kill, it must come out the same."""

MIGRATIONS: Final[tuple[Migration, ...]] = (correct, place_by_forecast, make_searchable)
VERSION: Final = 1 + len(MIGRATIONS)


def constraints() -> tuple[Rule, ...]:
    """Return a uniqueness constraint for the key of every node."""
    keys = [(node.label, node.key) for node in NODES] + [(label, "id") for label in INTERNAL_LABELS]
    return tuple(
        _rule(f"{snake(label).strip('_')}_{snake(key)}", f"CREATE CONSTRAINT {{}} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE")
        for label, key in keys
    )


def indexes(indicators: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Return an index for every property that is declared `indexed`, and those of the scorecards.

    `indicators` are the scorecards' property names (`contentVolume`): each is paged by its ordinals in two scopes.
    """
    declared = [(node.label, (each.name,)) for node in NODES for each in node.properties if each.indexed]
    cards = [("Scorecard", (scope, f"{name}{suffix}")) for name in indicators for scope, suffix in SCOPES]
    cards += [("Scorecard", (scope, FORECAST_ORDINAL)) for scope in ("scope", "world")]
    return tuple(_index(label, names) for label, names in [*declared, *((label, ("runId",)) for label in OF_RUN), *cards])


def searches() -> tuple[Rule, ...]:
    """Return the full-text index over every property that is declared `searched`, for analysts, and those of `search`."""
    searched = [(node.label, each.name) for node in NODES for each in node.properties if each.searched]
    labels = "|".join(dict.fromkeys(label for label, _ in searched))
    names = ", ".join(dict.fromkeys(f"n.{name}" for _, name in searched))
    words = _rule(WORDS, f"CREATE FULLTEXT INDEX {{}} IF NOT EXISTS FOR (n:{labels}) ON EACH [{names}]")
    return (words, *(Rule(name, Query(statement)) for name, statement in search_indexes()))


WORDS: Final = "words"
"""Name of the full-text index, by which a query asks it."""

SCOPES: Final = (
    ("scope", "Ordinal"),
    ("world", "WorldOrdinal"),
    *((scope, ordinal) for ordinal in ("LowerOrdinal", "TopOrdinal") for scope in ("scope", "world")),
)

SCHEMA_VERSION: Final[LiteralString] = """
MATCH (schema:Schema {id: 'schema'})
RETURN schema.version AS version
"""


async def schema_version(driver: AsyncDriver, *, database: str = "neo4j") -> int | None:
    """Return the version that the database was last brought to; None for one that is new to us."""
    result = await driver.execute_query(SCHEMA_VERSION, database_=database)
    return result.records[0]["version"] if result.records else None


async def migrate(
    driver: AsyncDriver, *, indicators: Sequence[str] = (), migrations: Sequence[Migration] = MIGRATIONS, database: str = "neo4j"
) -> None:
    """Bring the database to the version that `migrations` lead to, with every constraint and index in place and filled.

    Several processes may do so at once, and any may be killed: each step can be done again. A database
    that a newer version has written is refused untouched.
    """
    refuse_newer(await schema_version(driver, database=database), known=1 + len(migrations))
    async with writing(driver, database) as session:
        # The lock is only a lock once its node cannot exist twice.
        await _create_missing(session, [rule for rule in constraints() if rule.name == "lock_id"])
        async with writing(driver, database) as other:
            lock = await other.begin_transaction()
            await _take_lock(lock)
            rules = [*constraints(), *indexes(indicators), *searches()]
            await _drop_failed(session, {*(rule.name for rule in rules), *(name for name, _ in OF_LOADING)})
            await _bring_up(session, await schema_version(driver, database=database), migrations)
            await _create_missing(session, rules)
            await _await_indexes(session)
            await lock.commit()


def refuse_newer(found: int | None, *, known: int = VERSION) -> None:
    """Raise `SchemaNewer` where `found` is a version that only a newer creatorgraph knows."""
    if found is not None and found > known:
        raise SchemaNewer(
            f"the database has schema version {found}, this creatorgraph knows up to {known}: "
            "run the newer creatorgraph that wrote it, or restore a backup made before"
        )


TAKE_LOCK: Final[LiteralString] = """
MERGE (lock:Lock {id: 'schema'})
SET lock.takenAt = timestamp() / 1000
"""


async def _take_lock(tx: AsyncTransaction) -> None:
    """Write to the lock's node, so that others who do wait until `tx` ends."""
    await (await tx.run(TAKE_LOCK)).consume()


SET_VERSION: Final[LiteralString] = """
MERGE (schema:Schema {id: 'schema'})
SET schema.version = $version
"""


async def _bring_up(session: AsyncSession, found: int | None, migrations: Sequence[Migration]) -> None:
    """Run the migrations after version `found`, noting each; a new database needs none."""
    newest = 1 + len(migrations)
    for version, migration in enumerate(migrations, start=1):
        if version >= (found or newest):
            await migration(session)
            await (await session.run(SET_VERSION, version=version + 1)).consume()
    await (await session.run(SET_VERSION, version=newest)).consume()


FAILED: Final[LiteralString] = """
SHOW INDEXES
YIELD name, state, owningConstraint
WHERE state = 'FAILED'
RETURN name, owningConstraint IS NOT NULL AS constraint
"""


async def _drop_failed(session: AsyncSession, names: Collection[str]) -> None:
    """Drop those of our indexes that could not be filled, as on a full disk: they stay as they are, and are to be created anew."""
    failed = [record async for record in await session.run(FAILED) if record["name"] in names]
    for record in failed:
        kind = "CONSTRAINT" if record["constraint"] else "INDEX"
        await (await session.run(Query(cast("LiteralString", f"DROP {kind} {record['name']} IF EXISTS")))).consume()


RULE_NAMES: Final[LiteralString] = """
SHOW INDEXES
YIELD name
RETURN name
"""


async def _create_missing(session: AsyncSession, rules: Sequence[Rule]) -> None:
    """Create the rules whose names the database lacks; a constraint shows there as the index behind it."""
    result = await session.run(RULE_NAMES)
    present = {record["name"] async for record in result}
    for rule in rules:
        if rule.name not in present:
            await _create(session, rule)


async def _create(session: AsyncSession, rule: Rule) -> None:
    """Create one rule, again where another process changes the same at that moment."""
    for left in reversed(range(TRIES)):
        try:
            await (await session.run(rule.statement)).consume()
            return
        except (TransientError, ClientError) as error:
            if not left or (isinstance(error, ClientError) and "AlreadyExists" not in (error.code or "")):
                raise


AWAIT_INDEXES: Final[LiteralString] = """
CALL db.awaitIndexes(600)
"""


async def _await_indexes(session: AsyncSession) -> None:
    """Return when every index is filled."""
    await (await session.run(AWAIT_INDEXES)).consume()


def _index(label: str, names: Sequence[str]) -> Rule:
    columns = ", ".join(f"n.{name}" for name in names)
    return _rule("_".join(map(snake, (label, *names))).strip("_"), f"CREATE INDEX {{}} IF NOT EXISTS FOR (n:{label}) ON ({columns})")


def _rule(name: str, statement: str) -> Rule:
    """Return a rule; its text is made of declared names alone, and names can hold nothing but letters and digits."""
    words = re.findall(r"\w+", statement)
    assert all(NAME.fullmatch(word) for word in words), f"{statement}: a declared name must be letters and digits"
    return Rule(name, Query(cast("LiteralString", statement.format(name))))
