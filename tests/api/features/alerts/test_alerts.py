"""Alerts tell each crossing once, to the key that they belong to and nobody else, by changes."""

from __future__ import annotations

from time import time
from typing import Any

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.alerts.watch import Watch
from api.events.places import cursor
from api.events.told import told
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State
from graph import alerts as stored
from graph.alerts import Look
from graph.feeds import followed
from graph.outbox import IMPORT_FINISHED, Event, record
from tests.api.features.conftest import Mutate, asked

CREATE = "createAlert(input: {%s}) { alert { alertId name count watches } userErrors { field code } }"
FILTER = 'name: "many followers", filter: {followers: {min: 1000}}'
STAY = FILTER + ", stayFilter: {followers: {min: 800}}"
LISTED = "{ alerts { totalCount nodes { alertId name count watches evaluatedAt lastCrossingAt error } } }"


async def published(graph: AsyncDriver, **followers: int) -> None:
    """Have something happen after which creators have so many followers."""
    for creator, count in followers.items():
        await graph.execute_query("MATCH (c:Creator {id: $id}) SET c.followerCount = $count", id=creator, count=count)
    async with graph.session() as session:
        await session.execute_write(record, Event(IMPORT_FINISHED, "data", {"created": 0, "changed": 1, "rejected": 0}))


async def crossings(graph: AsyncDriver) -> list[tuple[str, str | None, str | None]]:
    found = [each.event async for each in followed(graph, 0)]
    return [(each.kind.name, each.creator, each.key) for each in found if each.kind.name in ("alert.entered", "alert.left")]


async def create(mutate: Mutate, role: Role, text: str) -> str:
    made = await mutate(role, CREATE % text)
    assert made["userErrors"] == []
    return made["alert"]["alertId"]


def key(state: State, role: Role) -> str:
    (found,) = (each.id for each in state.store.records() if each.grant.role is role)
    return found


async def test_an_alert_goes_on_with_the_key_that_its_own_is_rotated_to(graph: AsyncDriver, state: State, mutate: Mutate) -> None:
    alert = await create(mutate, Role.BRAND, FILTER)
    old = key(state, Role.BRAND)
    rotated = state.keyring.viewer(f"Bearer {state.store.rotate(old, now=int(time())).text}")
    await published(graph, c1=2_000)
    await Watch(state).look()
    await published(graph, c1=2_000, c2=5_000)
    await Watch(state).look()
    assert await crossings(graph) == [("alert.entered", "c2", old)]
    assert (rotated.account, told(rotated).key) == (old, old)
    listed = await execute(GraphQLRequest(LISTED), rotated, state)
    assert [each["alertId"] for each in listed["data"]["alerts"]["nodes"]] == [alert]


async def test_each_crossing_is_told_once_to_its_key(graph: AsyncDriver, state: State, mutate: Mutate) -> None:
    watch = Watch(state)
    alert = await create(mutate, Role.BRAND, FILTER)
    await published(graph, c1=2_000, c2=10)
    await watch.look()
    assert await crossings(graph) == [], "who is inside at first is not told"
    await published(graph, c1=10, c2=5_000)
    for _ in range(3):
        await watch.look()
    own = key(state, Role.BRAND)
    assert await crossings(graph) == [("alert.entered", "c2", own), ("alert.left", "c1", own)]
    await published(graph)
    await watch.look()
    assert len(await crossings(graph)) == 2, "what moved nobody tells nothing"
    start = cursor(state.settings.home, 0)
    query = f'{{ changes(since: "{start}") {{ changes {{ kind creator {{ id }} details {{ name value }} }} }} }}'
    for role in Role:
        changes = (await asked(state, role, query))["changes"]["changes"]
        told = [each for each in changes if each["kind"].startswith("ALERT_E") or each["kind"].startswith("ALERT_L")]
        details = [{"name": "alert", "value": alert}, {"name": "name", "value": "many followers"}]
        expected = [
            {"kind": "ALERT_ENTERED", "creator": {"id": "Creator:c2"}, "details": details},
            {"kind": "ALERT_LEFT", "creator": {"id": "Creator:c1"}, "details": details},
        ]
        assert told == (expected if role is Role.BRAND else [])


async def test_who_swings_about_the_bound_is_told_once(graph: AsyncDriver, state: State, mutate: Mutate) -> None:
    watch = Watch(state)
    await create(mutate, Role.ANALYST, STAY)
    await published(graph, c1=500, c2=500)
    await watch.look()
    for count in (1_000, 900, 1_100, 850, 700, 900):
        await published(graph, c1=count)
        await watch.look()
    assert [each[:2] for each in await crossings(graph)] == [("alert.entered", "c1"), ("alert.left", "c1")]


async def test_it_sees_what_its_key_sees(graph: AsyncDriver, state: State, mutate: Mutate) -> None:
    """A creator's key sees itself alone; who is outside the regions of a brand's key crosses nothing."""
    watch = Watch(state)
    mine = await create(mutate, Role.CREATOR, FILTER)
    theirs = await create(mutate, Role.BRAND, FILTER)
    await graph.execute_query("MATCH (c:Creator {id: 'c2'}) SET c.region = 'GB'")
    await published(graph, c1=10, c2=10)
    await watch.look()
    await published(graph, c1=2_000, c2=2_000)
    await watch.look()
    assert sorted(each[1:] for each in await crossings(graph)) == sorted([("c1", key(state, Role.CREATOR)), ("c1", key(state, Role.BRAND))])
    for role, alert in ((Role.CREATOR, mine), (Role.BRAND, theirs)):
        members = (await asked(state, role, f'{{ alertMembers(alert: "{alert}") {{ totalCount nodes {{ id }} }} }}'))["alertMembers"]
        assert members == {"totalCount": 1, "nodes": [{"id": "Creator:c1"}]}
        (listed,) = (await asked(state, role, LISTED))["alerts"]["nodes"]
        assert (listed["count"], listed["error"], listed["lastCrossingAt"] is not None) == (1, None, True)
    assert (await asked(state, Role.ADMIN, LISTED))["alerts"] == {"totalCount": 0, "nodes": []}


async def test_a_look_that_breaks_off_tells_neither_zero_nor_two_times(graph: AsyncDriver, state: State, mutate: Mutate) -> None:
    """Who is inside and what is told of it are one transaction; whoever looks for an earlier event, or the same, changes nothing."""
    alert = await create(mutate, Role.BRAND, FILTER)

    class Killed(Exception):
        pass

    async def broken(tx: Any, look: Look) -> None:
        assert await stored.looked(tx, alert, look)
        raise Killed

    async def look(look: Look) -> bool:
        async with graph.session() as session:
            return await session.execute_write(stored.looked, alert, look)

    assert await look(Look((), frozenset(), 5, 1))
    with pytest.raises(Killed):
        async with graph.session() as session:
            await session.execute_write(broken, Look(("c1",), frozenset({"c1"}), 6, 1))
    assert await crossings(graph) == []
    assert await look(Look(("c1",), frozenset({"c1"}), 6, 1))
    assert not await look(Look(("c1",), frozenset({"c1"}), 6, 1))
    assert not await look(Look((), frozenset(), 5, 1))
    assert [each[:2] for each in await crossings(graph)] == [("alert.entered", "c1")]


async def test_what_cannot_be_evaluated_says_so_and_tells_nothing(graph: AsyncDriver, state: State, mutate: Mutate) -> None:
    await graph.execute_query("CREATE (:Creator {id: 'nobody', handle: 'gone', region: 'US'})")
    await create(mutate, Role.BRAND, 'name: "nobody", filter: {ids: ["Creator:nobody"]}')
    await graph.execute_query("MATCH (c:Creator {id: 'nobody'}) DELETE c")
    await create(mutate, Role.BRAND, FILTER)
    await published(graph)
    await Watch(state).look()
    errors = {each["name"]: each["error"] for each in (await asked(state, Role.BRAND, LISTED))["alerts"]["nodes"]}
    assert "with the id 'nobody'" in errors["nobody"]
    assert errors["many followers"] is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('name: ""', "INVALID"),
        ('name: "x"', "INVALID"),
        ('name: "x", filter: {verified: true}, ranking: {first: 5}', "INVALID"),
        ('name: "x", ranking: {first: 101}', "INVALID"),
        ('name: "x", ranking: {first: 50, stayFirst: 40}', "INVALID"),
    ],
)
async def test_what_is_refused(mutate: Mutate, text: str, code: str) -> None:
    assert [each["code"] for each in (await mutate(Role.BRAND, CREATE % text))["userErrors"]] == [code]


async def test_what_cannot_be_asked_is_refused_in_the_words_of_the_query(mutate: Mutate) -> None:
    described = CREATE.replace("code }", "field message }")
    for text, field, words in (
        ('filter: {ids: ["Creator:nobody"]}', "filter", "no creator that this key can see with the id 'nobody'"),
        ("filter: {verified: true}, stayFilter: {followers: {min: 2, max: 1}}", "stayFilter", "min 2 is above max 1"),
        ('filter: {workedWith: "Brand:b2"}', "filter", "'Brand:b2' is not one of this key's brands"),
        ('ranking: {first: 5, region: "GB"}', "ranking", "this key is not granted GB"),
        ('ranking: {first: 5, category: "none"}', "ranking", "there is no category with the id 'none'"),
    ):
        (error,) = (await mutate(Role.BRAND, described % f'name: "x", {text}'))["userErrors"]
        assert error["field"] == f"input.{field}"
        assert words in error["message"]


async def test_filters_are_stored_as_they_were_given(mutate: Mutate) -> None:
    given = (
        'name: "x", filter: {and: [{not: {handle: {startsWith: "a"}}}, {score: {indicator: SALES_ABILITY, min: 80.5}}], '
        'joined: {from: "2026-01-31T00:00:00Z"}, workedWith: "Brand:b1"}'
    )
    made = (await mutate(Role.BRAND, CREATE % given))["alert"]
    assert made["watches"] == {
        "enter": {
            "filter": {
                "and": [
                    {"not": {"handle": {"startsWith": "a"}}},
                    {"score": {"indicator": "SALES_ABILITY", "window": "D90", "min": 80.5}},
                ],
                "joined": {"from": "2026-01-31T00:00:00Z"},
                "workedWith": "Brand:b1",
            }
        }
    }


async def test_alerts_are_few_and_deleted_by_their_key(graph: AsyncDriver, state: State, mutate: Mutate) -> None:
    alert = await create(mutate, Role.BRAND, FILTER)
    delete = f'deleteAlert(input: {{alertId: "{alert}"}}) {{ alertId userErrors {{ code }} }}'
    assert (await mutate(Role.ADMIN, delete))["userErrors"] == [{"code": "NOT_FOUND"}]
    assert (await mutate(Role.BRAND, delete)) == {"alertId": alert, "userErrors": []}
    for _ in range(state.settings.alerts_per_key):
        await create(mutate, Role.BRAND, FILTER)
    assert (await mutate(Role.BRAND, CREATE % FILTER))["userErrors"] == [{"field": "input", "code": "TOO_MANY"}]
