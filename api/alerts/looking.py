"""Who matches an alert by now: the answer of `creators`, or of `ranking`, to the key that the alert belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from api.access.viewer import Viewer
from api.errors import ApiError, BadUserInput
from api.features.alerts.watched import CREATORS, RANKING
from api.graphql.execution.operations import operation
from api.graphql.execution.request import GraphQLRequest, ReadState
from api.graphql.execution.roots import Reading
from api.graphql.execution.variables import variables
from graph.plans.errors import PlanError
from graph.plans.parts import Failure

MOST: Final = 1_000
"""Creators inside one alert."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Own ids of creators: who comes inside, and who stays there."""

    entering: tuple[str, ...]
    staying: frozenset[str]


async def matches(watches: Mapping[str, Any], viewer: Viewer, state: ReadState) -> Matches:
    """Return who matches what an alert watches, as its viewer sees it by now; ApiError where that cannot be asked."""
    entering = await _of(watches["enter"], viewer, state)
    staying = entering if watches.get("stay") is None else await _of(watches["stay"], viewer, state)
    return Matches(tuple(entering), frozenset(staying))


async def _of(asked: Mapping[str, Any], viewer: Viewer, state: ReadState) -> list[str]:
    if "first" in asked:
        return _ids(await _page(RANKING, asked, viewer, state))
    found: list[str] = []
    after = None
    while True:
        page = await _page(CREATORS, {**asked, "first": state.limits.page, "after": after}, viewer, state)
        found += _ids(page)
        if len(found) > MOST:
            raise BadUserInput(f"more than {MOST:,} creators match; narrow the filter")
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def _page(text: str, values: Mapping[str, Any], viewer: Viewer, state: ReadState) -> Mapping[str, Any]:
    asked = operation(GraphQLRequest(text), state.limits)
    reading = Reading.of(asked, variables(asked.definition, values), viewer, state)
    ((key, nodes),) = reading.roots().items()
    found = await reading.answer(key, nodes)
    if isinstance(found, Failure):
        raise _told(found.error)
    return found


def _told(error: Exception) -> Exception:
    return BadUserInput(str(error)) if isinstance(error, PlanError) and not isinstance(error, ApiError) else error


def _ids(page: Mapping[str, Any]) -> list[str]:
    return [str(each["id"]).removeprefix("Creator:") for each in page["nodes"]]
