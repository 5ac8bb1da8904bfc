"""Queries kept by name: each change is a new version, the old ones stay; those that come with the product are never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph.errors import GraphError
from graph.outbox import QUERY_DELETED, QUERY_SAVED, Event, record
from graph.queries.library import QUESTIONS
from graph.queries.library.question import Question
from graph.queries.parameters import Parameter
from graph.retrying import read_rows

NAMES: Final = 2_000
VERSIONS: Final = 1_000


class SavedQueryError(GraphError):
    """A saved query cannot be changed as asked."""


class BuiltIn(SavedQueryError):
    """The name is that of a query that comes with the product."""


class TooMany(SavedQueryError):
    """There are as many names, or versions of one, as are kept."""


class NotTheAuthor(SavedQueryError):
    """Only the key that saved a name first, or an administrator, may delete it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is saved under a name."""

    name: str
    description: str
    text: str
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One version of a saved query; author and time are None for what comes with the product."""

    name: str
    version: int
    description: str
    text: str
    parameters: tuple[Parameter, ...]
    author: str | None
    created_at: int | None

    @classmethod
    def of(cls, node: Mapping[str, Any]) -> SavedQuery:
        """Return the query that a `SavedQuery` node holds."""
        parameters = tuple(Parameter.of(each) for each in json.loads(node["parameters"]))
        return cls(node["name"], node["version"], node["description"], node["text"], parameters, node["author"], node["createdAt"])

    @property
    def built_in(self) -> bool:
        """Whether it comes with the product."""
        return self.author is None

    def says(self, draft: Draft) -> bool:
        """Tell whether saving the draft would change nothing."""
        return (self.description, self.text, self.parameters) == (draft.description, draft.text, draft.parameters)


def _built_in(question: Question) -> SavedQuery:
    return SavedQuery(question.name, 1, question.description, question.text.strip(), question.parameters, None, None)


BUILT_IN: Final = {each.name: _built_in(each) for each in QUESTIONS}
"""The queries that come with the product, by name."""

SAVED_QUERIES: Final[LiteralString] = """
MATCH (q:SavedQuery)
WHERE $search = '' OR toLower(q.name) CONTAINS $search OR toLower(q.description) CONTAINS $search
WITH q.name AS name
MATCH (q:SavedQuery {name: name})
WITH name, q
ORDER BY q.version DESC
WITH name, collect(q)[0] AS q
WHERE $search = '' OR toLower(q.name) CONTAINS $search OR toLower(q.description) CONTAINS $search
RETURN q {.*} AS query
ORDER BY name
LIMIT $first
"""


async def saved_queries(
    driver: AsyncDriver, *, search: str = "", first: int = 20, database: str = "neo4j", seconds: float = 10
) -> list[SavedQuery]:
    """Return the newest version of each query whose name or description holds `search`, by name; case does not count."""
    wanted = search.strip().lower()
    kept = await _read(driver, SAVED_QUERIES, database, seconds, search=wanted, first=first)
    own = [each for each in BUILT_IN.values() if wanted in each.name or wanted in each.description.lower()]
    return sorted([*own, *kept], key=lambda each: each.name)[:first]


SAVED_QUERY: Final[LiteralString] = """
MATCH (q:SavedQuery {name: $name})
WHERE $version IS NULL OR q.version = $version
RETURN q {.*} AS query
ORDER BY q.version DESC
LIMIT 1
"""


async def saved_query(
    driver: AsyncDriver, name: str, *, version: int | None = None, database: str = "neo4j", seconds: float = 10
) -> SavedQuery | None:
    """Return a version of a query, the newest without one; None where there is none."""
    if own := BUILT_IN.get(name):
        return own if version in (None, own.version) else None
    found = await _read(driver, SAVED_QUERY, database, seconds, name=name, version=version)
    return found[0] if found else None


async def _read(driver: AsyncDriver, cypher: LiteralString, database: str, seconds: float, **values: Any) -> list[SavedQuery]:
    return [SavedQuery.of(query) for (query,) in await read_rows(driver, cypher, values, database=database, seconds=seconds)]


LOCKED: Final[LiteralString] = """
MERGE (lock:Lock {id: 'savedQueries'})
SET lock.takenAt = timestamp() / 1000
"""

NUMBERS: Final[LiteralString] = """
MATCH (q:SavedQuery)
RETURN count(DISTINCT q.name) AS names
"""

SAVED: Final[LiteralString] = """
CREATE (q:SavedQuery {id: $name + '@' + $version, name: $name, version: $version, description: $description, text: $text,
                      parameters: $parameters, author: $author, createdAt: $now})
RETURN q {.*} AS query
"""


async def save(tx: AsyncManagedTransaction, draft: Draft, *, author: str, now: int) -> SavedQuery:
    """Keep a draft as the next version of its name and return it; the same again changes nothing and comes back as it is.

    BuiltIn for a name of the product's own, TooMany beyond `NAMES` and `VERSIONS`.
    """
    if draft.name in BUILT_IN:
        raise BuiltIn(f"{draft.name} is built in and cannot be changed; save your own under another name")
    await (await tx.run(LOCKED)).consume()
    newest = await _newest(tx, draft.name)
    if newest and newest.says(draft):
        return newest
    version = newest.version + 1 if newest else 1
    await _refuse_many(tx, draft.name, version)
    values = {"version": version, "author": author, "now": now, "parameters": json.dumps([each.stored() for each in draft.parameters])}
    written = await tx.run(SAVED, values | {"name": draft.name, "description": draft.description, "text": draft.text})
    saved = SavedQuery.of((await written.single(strict=True))["query"])
    await record(tx, Event(QUERY_SAVED, draft.name, {"version": version}), at=now)
    return saved


async def _newest(tx: AsyncManagedTransaction, name: str) -> SavedQuery | None:
    found = await (await tx.run(SAVED_QUERY, name=name, version=None)).single()
    return SavedQuery.of(found["query"]) if found else None


async def _refuse_many(tx: AsyncManagedTransaction, name: str, version: int) -> None:
    if version > VERSIONS:
        raise TooMany(f"{name} has {VERSIONS:,} versions, which is the limit; delete it, or save under another name")
    if version == 1 and (await (await tx.run(NUMBERS)).single(strict=True))["names"] >= NAMES:
        raise TooMany(f"{NAMES:,} queries are saved, which is the limit; delete one that is no longer needed")


OWNER: Final[LiteralString] = """
MATCH (q:SavedQuery {name: $name})
RETURN q.author AS author
ORDER BY q.version
LIMIT 1
"""

DELETED: Final[LiteralString] = """
MATCH (q:SavedQuery {name: $name})
DELETE q
RETURN count(*) AS versions
"""


async def delete(tx: AsyncManagedTransaction, name: str, *, by: Sequence[str] | None) -> int | None:
    """Delete every version of a name and return how many there were; None where there is none.

    `by` are the authors whose names may be deleted, None for all; NotTheAuthor for another's.
    """
    if name in BUILT_IN:
        raise BuiltIn(f"{name} is built in and cannot be deleted")
    await (await tx.run(LOCKED)).consume()
    first = await (await tx.run(OWNER, name=name)).single()
    if first is None:
        return None
    if by is not None and first["author"] not in by:
        raise NotTheAuthor(f"{name} belongs to another key; ask its holder or an administrator, or save under another name")
    versions = (await (await tx.run(DELETED, name=name)).single(strict=True))["versions"]
    await record(tx, Event(QUERY_DELETED, name))
    return versions
