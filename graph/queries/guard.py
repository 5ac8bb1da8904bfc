"""Whether a query that someone else wrote may run: what the database says it would do, against lists of what only reads."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final, LiteralString, cast

from neo4j import AsyncDriver, ResultSummary
from neo4j.exceptions import Neo4jError

from graph.connection import Foreign, reading
from graph.errors import DatabaseUnreachable
from graph.queries import allowed
from graph.queries.errors import Faulty, Refusal, Refused, Rule, TooLong
from graph.queries.failures import SEARCH, failed, packed
from graph.queries.plan import Operator, Plan, plan
from graph.queries.rules import OWN_PROCEDURES, functions, told, unread
from graph.queries.writing import READ_ONLY
from graph.reachability import responds
from graph.retrying import tried

EXPLAIN: Final = "EXPLAIN\n"
GRACE: Final = 2.0
"""Seconds that the database may take to say that a query's time is up, before its connection is closed."""

RESOLVED: Final = re.compile(r"ResolvedCall\(([\w.]+)|LOAD CSV", re.IGNORECASE)
"""How a plan's details show what a subquery within an expression calls or loads."""

UNSUPPORTED: Final = "UnsupportedAdministrationCommand"
"""How an edition of the database says that it has no such command."""

INSTEAD: Final = {
    "LoadCSV": "give the rows as a parameter and write UNWIND $rows AS row",
    "TransactionForeach": "remove IN TRANSACTIONS; read-only queries do not need it",
    "TransactionApply": "remove IN TRANSACTIONS; read-only queries do not need it",
    "TerminateTransactions": "cancel the request of that query instead",
    "AdministrationCommand": "database administration is not available here",
    **dict.fromkeys(("ShowFunctions", "ShowProcedures"), ("docs/cypher.md lists what is allowed; anything else is refused by name")),
    **dict.fromkeys(
        ("ShowSettings", "ShowTransactions"), ("these are reserved for the database's operator; queries can only read the graph")
    ),
    "ShowConstraints": (
        "CALL db.labels() and CALL db.relationshipTypes() list what the graph holds; every node has a unique id, and docs/graph.md"
        " describes the properties"
    ),
    "ShowIndexes": f"to search words, {SEARCH}",
}
WRITING: Final = re.compile(r"Create|Merge|Delete|Set|Remove|Foreach|Drop|Lock|DoNothing")


UNSHOWN: Final = frozenset({Rule.LENGTH, Rule.DEPTH, Rule.ESCAPE, Rule.OPTION, Rule.STATEMENTS})
"""Rules that keep a text from being shown to the database, even to be explained."""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A query that someone else wrote, for one database, which knows it by `tag` and plans it within `seconds`."""

    text: str
    parameters: Mapping[str, Any]
    database: str
    seconds: float
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Cleared:
    """A query that the guard has let through: what was explained, and nothing else, is what `running` runs."""

    text: str
    parameters: Mapping[str, Any]
    database: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Examined:
    """What the guard found; a plan where the database could make one, and the refusals, none for a query that may run."""

    text: str
    plan: Plan | None
    refusals: tuple[Refusal, ...]


async def checked(driver: AsyncDriver, asked: Unchecked) -> Cleared:
    """Return the query, cleared; `Refused` where a rule forbids it, `Faulty` where the database does not understand it.

    `TooLong` where it is not planned in time.
    """
    found = await examined(driver, asked)
    if found.refusals or found.plan is None:
        raise Refused(found.refusals)
    return Cleared(asked.text, asked.parameters, asked.database, found.plan)


async def examined(driver: AsyncDriver, asked: Unchecked) -> Examined:
    """Return plan and refusals of a query without running it; `Faulty` where the database does not understand it."""
    refusals = tuple(unread(asked.text)) or tuple(told(asked.text, asked.parameters, asked.database))
    if refusals and refusals[0].rule in UNSHOWN:
        return Examined(asked.text, None, refusals)
    try:
        explained = await _explained(driver, asked)
    except Refused as refused:
        return Examined(asked.text, None, _unique([*refused.refusals, *refusals]))
    except Faulty:
        if refusals:
            return Examined(asked.text, None, refusals)
        raise
    return Examined(asked.text, explained, _unique([*planned(explained, asked.database), *refusals]))


def planned(explained: Plan, database: str) -> Iterator[Refusal]:
    """Yield every refusal that a plan gives reason for, operators first."""
    for each in explained.root.walk() if explained.root else ():
        yield from _operator(each, database)
    if explained.query_type != allowed.QUERY_TYPE:
        yield Refusal(Rule.QUERY_TYPE, f"a query of type {explained.query_type!r}", READ_ONLY)
    for what, value, known in (
        ("Cypher version", explained.version, allowed.VERSIONS),
        ("planner", explained.planner, allowed.PLANNERS),
        ("runtime", explained.runtime, allowed.RUNTIMES),
    ):
        if value not in known:
            yield Refusal(Rule.VERSION, f"the {what} {value or 'that is not told'}", f"these are known: {', '.join(sorted(known))}")


def _operator(each: Operator, database: str) -> Iterator[Refusal]:
    if each.base not in allowed.OPERATORS or "Lock" in each.name:
        remedy = INSTEAD.get(each.base) or (
            READ_ONLY if WRITING.search(each.name) else "only operators known to be read-only are allowed; rewrite the query"
        )
        yield Refusal(Rule.OPERATOR, each.name, remedy)
    if each.database.lower() not in ("", database.lower()):
        yield Refusal(Rule.DATABASE, f"the database {each.database}", "there is only one database")
    if each.base == "ProcedureCall":
        yield from _procedure(each.details.partition("(")[0].strip().replace("`", ""))
    for hidden in RESOLVED.finditer(each.details):
        yield from _procedure(hidden[1]) if hidden[1] else [Refusal(Rule.FILE, "LOAD CSV", INSTEAD["LoadCSV"])]
    yield from functions(each.details)


def _procedure(name: str) -> Iterator[Refusal]:
    if name not in allowed.PROCEDURES:
        yield Refusal(Rule.PROCEDURE, name, OWN_PROCEDURES)


async def _explained(driver: AsyncDriver, asked: Unchecked) -> Plan:
    # The text is not ours; to explain it does nothing but tell what it would do.
    query = Foreign(cast("LiteralString", EXPLAIN + asked.text), metadata={"query": asked.tag}, timeout=asked.seconds)

    async def explain() -> ResultSummary:
        async with reading(driver, asked.database) as session:
            with packed():
                return await (await session.run(query, dict(asked.parameters))).consume()

    began = monotonic()
    try:
        async with asyncio.timeout(asked.seconds + GRACE):
            summary = await tried(explain)
    except TimeoutError as error:
        if not await responds(driver, asked.database, since=began):
            raise DatabaseUnreachable("the database has stopped answering") from error
        raise TooLong(f"the query was not planned within {asked.seconds:g} s; split it into several queries") from error
    except Neo4jError as error:
        if (error.code or "").endswith(UNSUPPORTED):
            raise Refused([Refusal(Rule.QUERY_TYPE, "a command of administration", INSTEAD["AdministrationCommand"])]) from error
        raise failed(error, lines_before=1, characters_before=len(EXPLAIN)) from error
    return plan(summary.query_type, cast("Mapping[str, Any] | None", summary.plan))


def _unique(refusals: list[Refusal]) -> tuple[Refusal, ...]:
    return tuple(dict.fromkeys(refusals))
