"""The service on a cluster: two of its processes, which share a home, and a leader that changes as a creator consents."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role, Viewer
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State
from api.runs.scoring_run import score
from graph.connection import open_driver
from graph.feeds import followed
from graph.migrations import migrate
from tests.api.drawn_market import END, draw_market
from tests.api.processes import process
from tests.conftest import INDICATORS, TestServer
from tests.graph.cluster import TO_READ, Cluster, clustered

CREATOR = Viewer("k", "c01", Role.CREATOR, creator="c01")
SCORED = "{ viewer { creator { overall { value } } } }"
CONSENTING = "{ viewer { creator { salesConsent } } }"
CONSENT = "mutation { setSalesConsent(input: {consent: true}) { creator { salesConsent } userErrors { code } } }"


@pytest.fixture
def cluster(neo4j: TestServer, graph: AsyncDriver) -> Iterator[Cluster]:
    with clustered(neo4j.uri) as found:
        yield found


@pytest.fixture
async def processes(cluster: Cluster, neo4j: TestServer, tmp_path: Path) -> AsyncIterator[list[State]]:
    """Return two processes of one home, on a market that a third has drawn and scored."""
    async with AsyncExitStack() as stack:
        first, *others = [
            await stack.enter_async_context(open_driver(cluster.uri, auth=neo4j.auth, bookmarks=tmp_path / "bookmarks")) for _ in range(3)
        ]
        await migrate(first, indicators=INDICATORS)
        await draw_market(first)
        await score(first, as_of=END)
        states = [process(driver, tmp_path) for driver in others]
        for each in states:
            stack.callback(each.store.close)
        yield states


async def answer(state: State, text: str) -> Any:
    result = await execute(GraphQLRequest(text), CREATOR, state)
    assert "errors" not in result, result["errors"]
    return result["data"]


@pytest.mark.fault
async def test_what_one_process_changes_the_other_serves_though_the_leader_changes(cluster: Cluster, processes: list[State]) -> None:
    one, other = processes
    for state in processes:
        await state.run.refresh()
        assert (await answer(state, SCORED))["viewer"]["creator"]["overall"]["value"] > 0
        assert await answer(state, CONSENTING) == {"viewer": {"creator": {"salesConsent": None}}}
    cluster.elects = cluster.members[1]
    changed = await answer(one, CONSENT)
    assert changed == {"setSalesConsent": {"creator": {"salesConsent": True}, "userErrors": []}}
    assert cluster.leader is cluster.members[1]
    for member in cluster.members:
        member.asked.clear()
    assert await answer(other, CONSENTING) == {"viewer": {"creator": {"salesConsent": True}}}
    # Whoever followed by the routing table that the other still has, so that it may be the new leader.
    read = [each for member in cluster.members for each in member.asked if TO_READ in each]
    assert read
    assert all(b"FB:" in each for each in read)
    told = [each.event.kind.name async for each in followed(one.driver, 0)]
    assert told.count("consent.changed") == 1
