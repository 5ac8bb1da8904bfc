"""The demo: made once in an empty graph, completed after a kill, and shown with keys that work."""

import re
import shlex
from dataclasses import replace
from pathlib import Path
from stat import S_IMODE
from typing import Final

import orjson
import pytest
from neo4j import AsyncDriver

from api.access.keyring import Keyring
from api.access.keys import key_id
from api.access.sessions import Sessions
from api.access.store import Store
from api.access.viewer import Role
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.demo_market import BEGUN, DAYS_BEFORE, UNSCORED, complete, fill_unstarted, prepare, welcome
from api.process.state import opened
from api.settings import Settings
from graph.counts import counts
from graph.dates import DAY

CREATORS: Final = 60
URL: Final = "http://127.0.0.1:8000"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings(), home=tmp_path, demo_creators=CREATORS, neo4j_uri="bolt://given")


async def test_a_newcomer_gets_a_market_with_scores_and_a_key_for_each_role(graph: AsyncDriver, settings: Settings) -> None:
    assert not await complete(settings, graph)
    stages: list[str] = []
    await prepare(settings, graph, tell=lambda stage, _done, _total: stages.append(stage))
    assert {"importing the demo market", "scoring: storing scorecards"} <= set(stages)
    assert await complete(settings, graph)
    words = await welcome(settings, graph, URL)
    keys = orjson.loads((settings.home / "demo-keys.json").read_bytes())
    assert set(keys) == set(Role)
    assert all(key in words for key in keys.values())
    assert S_IMODE((settings.home / "demo-keys.json").stat().st_mode) == 0o600
    assert not any((settings.home / mark).exists() for mark in (BEGUN, UNSCORED))
    earlier, newest = await _dates_of_runs(graph)
    assert newest - earlier == DAYS_BEFORE * DAY, "scores have a history from the beginning"
    _links_sign_in(words, keys, settings)

    made = await counts(graph)
    assert made["Creator"] == CREATORS
    await prepare(settings, graph)
    again = await welcome(settings, graph, URL)
    assert "demo-keys.json" in again
    assert not any(key in again for key in keys.values()), "keys are shown by the start that makes them, and no other"
    _links_sign_in(again, keys, settings)
    assert orjson.loads((settings.home / "demo-keys.json").read_bytes()) == keys, "a second start finds everything there"
    assert await counts(graph) == made

    await _curl_line_works(words, graph, settings)
    store = Store(settings.home)
    creator = Keyring(store).viewer(f"Bearer {keys['creator']}").creator
    brand = Keyring(store).viewer(f"Bearer {keys['brand']}")
    store.close()
    told = await graph.execute_query(
        "MATCH (:Brand {id: $brand})-[:OFFERED]->(:Collaboration)-[:WITH]->(c:Creator {id: $creator}) "
        "RETURN count(*) AS n, c.region AS region",
        brand=brand.brands[0],
        creator=creator,
    )
    assert told.records[0]["n"] >= 1
    assert brand.regions == (told.records[0]["region"],)

    (settings.home / UNSCORED).touch()
    assert not await complete(settings, graph), "a start that was cut off between the two runs goes on with the second"
    await prepare(settings, graph)
    assert await complete(settings, graph)
    assert await _dates_of_runs(graph) == [earlier, newest, newest]


async def _dates_of_runs(graph: AsyncDriver) -> list[int]:
    """Return the dates as of which runs that can be read were made, in their order."""
    found = await graph.execute_query("MATCH (r:ScoringRun) WHERE r.publishedAt IS NOT NULL RETURN r.asOf AS date ORDER BY r.id")
    return [row["date"] for row in found.records]


def _links_sign_in(words: str, keys: dict[str, str], settings: Settings) -> None:
    """There is a link for each role, which stands for that role's key, once."""
    links = dict(re.findall(rf"^  (\w+) +{URL}/sign-in#(\S+)$", words, re.MULTILINE))
    sessions = Sessions(settings.home)
    assert {role: sessions.redeem(link) for role, link in links.items()} == {role: key_id(key) for role, key in keys.items()}
    sessions.close()


async def _curl_line_works(words: str, graph: AsyncDriver, settings: Settings) -> None:
    """The printed line, taken apart as a shell would, asks something that is answered."""
    line = next(each for each in words.splitlines() if each.startswith("curl "))
    arguments = shlex.split(line)
    assert arguments[2] == f"{URL}/graphql"
    query = orjson.loads(arguments[arguments.index("-d") + 1])["query"]
    header = next(each for each in arguments if each.startswith("Authorization: ")).removeprefix("Authorization: ")
    async with opened(settings, graph) as state:
        answer = await execute(GraphQLRequest(query), state.keyring.viewer(header), state)
    assert [edge["rank"] for edge in answer["data"]["ranking"]["edges"]][:3] == [1, 2, 3]


async def test_a_graph_that_holds_anything_is_left_alone(graph: AsyncDriver, settings: Settings) -> None:
    await graph.execute_query("CREATE (:Creator {id: 'c1', handle: 'one', region: 'US', joinedAt: 1700000000})")
    await graph.execute_query(
        "MATCH (c:Creator) CREATE (c)-[:PUBLISHED]->(:Content:Video {id: 'v1', kind: 'VIDEO', publishedAt: 1700000000})"
    )
    await prepare(settings, graph)
    words = await welcome(settings, graph, URL)
    assert (await counts(graph))["Creator"] == 1
    assert set(orjson.loads((settings.home / "demo-keys.json").read_bytes())) == {"admin", "analyst"}, (
        "nobody to show as a brand or creator"
    )
    assert "curl " in words


def test_a_given_database_is_never_filled_offline(settings: Settings) -> None:
    fill_unstarted(settings)
    assert list(settings.home.iterdir()) == []
