"""A new process asks itself what others will ask, so that none of them waits for what is slow but once: plans, pools, the store's pages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final, LiteralString, NamedTuple

from neo4j.exceptions import DriverError, Neo4jError

from api.access.viewer import Role, Viewer
from api.errors import ApiError
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.graphql.types.nouns import Ref
from api.json_values import is_list, is_object
from api.pages.examples import EXAMPLES
from api.pages.explorer.build import build
from api.process.own import alongside
from api.process.state import State
from graph.connection import reading

LOG: Final = logging.getLogger("creatorgraph.warming")
NAME: Final = "warm-up"

SOMEBODY: Final[LiteralString] = """
MATCH (b:Brand)-[:OFFERED]->(:Collaboration)-[:WITH]->(c:Creator)
RETURN b.id AS brand, c.id AS creator
LIMIT 1
"""


@dataclass(slots=True)
class Warming:
    """How far the warm-up of a process is; `over` where there is none."""

    over: bool = True
    done: int = 0
    total: int = 0

    @property
    def detail(self) -> str:
        """How far it is, in words."""
        return f"{self.done} of {self.total} typical queries answered" if self.total else "none needed"


class Question(NamedTuple):
    """What is asked, and as whom."""

    viewer: Viewer
    text: str
    variables: Mapping[str, Any]


class Somebody(NamedTuple):
    """A viewer, and the own ids of a brand and a creator to ask about; None where the graph has none that work together."""

    viewer: Viewer
    brand: str | None
    creator: str | None


def named(variables: Mapping[str, Any], *, brand: str, creator: str) -> dict[str, Any]:
    """Return variables with global ids in the places of `$brand` and `$creator`."""
    return _replaced(variables, {"$brand": Ref("Brand", brand).global_id, "$creator": Ref("Creator", creator).global_id})


def warming_of(state: State) -> Warming:
    """Return how far a process is."""
    return state.own.of(Warming)


@asynccontextmanager
async def warming(state: State) -> AsyncGenerator[None]:
    """Warm up within the block, beside whatever else is answered, for as long as the settings allow."""
    seconds = state.settings.warm_up_seconds
    warming_of(state).over = not seconds  # at once: who asks before the task begins is told that it is not over
    async with alongside(warm(state, seconds)):
        yield


async def warm(state: State, seconds: float) -> None:
    """Answer what the explorer's pages ask at first, and the example queries of all roles, each once, as somebody of that role."""
    progress = warming_of(state)
    progress.over = not seconds
    if progress.over:
        return
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                questions = _questions(state, await _viewers(state))
                progress.total = len(questions)
                for question in questions:
                    await _ask(state, question)
                    progress.done += 1
    except Exception:
        LOG.exception("the warm-up has failed; the first answers may be slow")
    finally:
        progress.over = True
        LOG.info("warmed up", extra={"fields": {"answered": progress.done, "of": progress.total}})


async def _viewers(state: State) -> Sequence[Somebody]:
    """Return an analyst, and where the graph has such, a partner and a creator, each with a budget of its own."""
    async with reading(state.driver, state.settings.neo4j_database) as session:
        found = await (await session.run(SOMEBODY)).single()
    analyst = Viewer(f"{NAME}-1", NAME, Role.ANALYST, unseen=True)
    if found is None:
        return [Somebody(analyst, None, None)]
    partner = Viewer(f"{NAME}-2", NAME, Role.PARTNER, ("*",), (found["brand"],), unseen=True)
    creator = Viewer(f"{NAME}-3", NAME, Role.CREATOR, creator=found["creator"], unseen=True)
    return [Somebody(each, found["brand"], found["creator"]) for each in (analyst, partner, creator)]


def _questions(state: State, viewers: Sequence[Somebody]) -> Sequence[Question]:
    explorer = build(state)
    views = explorer.first_views if explorer else ()
    first = [
        Question(who.viewer, view.text, named(view.variables, brand=who.brand or "", creator=who.creator or ""))
        for view in views
        for who in viewers
        if who.viewer.role in view.roles
    ]
    return first + [
        Question(who.viewer, each.query, _filled(each.variables or {}, who)) for who in viewers for each in EXAMPLES[who.viewer.role]
    ]


def _filled(variables: Mapping[str, Any], who: Somebody) -> dict[str, Any]:
    """Return an example's variables with ids where it leaves them to be filled in: of nobody, half of its Cypher would not be planned."""
    if who.brand is None or who.creator is None:
        return dict(variables)
    return _replaced(variables, {"Brand:…": Ref("Brand", who.brand).global_id, "Creator:…": Ref("Creator", who.creator).global_id})


def _replaced(value: Any, by: Mapping[str, str]) -> Any:
    """Return what JSON holds with other texts in the places of some."""
    if isinstance(value, str):
        return by.get(value, value)
    if is_list(value):
        return [_replaced(each, by) for each in value]
    return {name: _replaced(each, by) for name, each in value.items()} if is_object(value) else value


async def _ask(state: State, question: Question) -> None:
    """Have one question answered; what becomes of it is nobody's concern, and keeps none of the others from being asked."""
    request = GraphQLRequest(question.text, variables=question.variables, read_only=True)
    try:
        with suppress(ApiError, DriverError, Neo4jError, OSError):
            await execute(request, question.viewer, state)
    except Exception:
        LOG.exception("a typical query has failed; whoever asks the like may be told so too")
