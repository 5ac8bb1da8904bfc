"""Saved views: whose they are, who sees them, and who may change them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from neo4j import AsyncDriver

from api.access.grants import Grant
from api.access.viewer import Role, Viewer
from api.features.saved_views.saved_views import party_of
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State
from graph import views as stored
from graph.feeds import followed
from tests.api.features.conftest import Mutate, asked

SHOWN = "viewId name page address own shared start"
SAVE = f"saveView(input: {{%s}}) {{ view {{ {SHOWN} }} userErrors {{ field code message }} }}"
UPDATE = f'updateView(input: {{viewId: "%s", %s}}) {{ view {{ {SHOWN} }} userErrors {{ field code message }} }}'
DELETE = 'deleteView(input: {viewId: "%s"}) { viewId userErrors { field code message } }'
LISTED = f"{{ viewer {{ savedViews%s {{ nodes {{ {SHOWN} }} totalCount }} }} }}"
US = 'name: "Ours", address: "/find?region=US"'


async def save(mutate: Mutate, role: Role, text: str) -> dict[str, Any]:
    made = await mutate(role, SAVE % text)
    assert made["userErrors"] == []
    return made["view"]


async def names(state: State, role: Role, arguments: str = "") -> list[str]:
    found = (await asked(state, role, LISTED % arguments))["viewer"]["savedViews"]
    assert found["totalCount"] == len(found["nodes"])
    return [each["name"] for each in found["nodes"]]


async def of(state: State, grant: Grant, text: str) -> Any:
    """Return what a new key of a grant is answered."""
    state.store.create(grant, now=1)
    (viewer,) = (each.viewer for each in state.store.records() if each.grant.name == grant.name)
    result = await execute(GraphQLRequest(text), viewer, state)
    assert "errors" not in result, result["errors"]
    return result["data"]


async def test_a_view_is_saved_listed_changed_and_deleted(state: State, mutate: Mutate) -> None:
    made = await save(mutate, Role.BRAND, 'name: "  Ours   in US ", address: "/find?region=US&lang=fr&theme=dark"')
    id_ = made["viewId"]
    assert made == {
        **{"viewId": id_, "name": "Ours in US", "page": "FIND", "address": "/find?region=US"},
        **{"own": True, "shared": False, "start": False},
    }
    (listed,) = (await asked(state, Role.BRAND, LISTED % ""))["viewer"]["savedViews"]["nodes"]
    assert listed == made
    changed = await mutate(Role.BRAND, UPDATE % (id_, 'address: "/network?depth=2"'))
    assert changed["view"] == {**made, "page": "NETWORK", "address": "/network?depth=2"}
    renamed = await mutate(Role.BRAND, UPDATE % (id_, 'name: "Around us"'))
    assert renamed["view"] == {**changed["view"], "name": "Around us"}
    assert await mutate(Role.BRAND, DELETE % id_) == {"viewId": id_, "userErrors": []}
    assert await names(state, Role.BRAND) == []


async def test_pages_of_views(state: State, mutate: Mutate) -> None:
    for name, address in (("b", "/find"), ("C", "/sales"), ("a", "/find?region=US")):
        await save(mutate, Role.BRAND, f'name: "{name}", address: "{address}"')
    assert await names(state, Role.BRAND) == ["a", "b", "C"]
    assert await names(state, Role.BRAND, "(page: FIND)") == ["a", "b"]
    assert await names(state, Role.BRAND, "(page: COMPARE)") == []
    text = "{ viewer { savedViews(first: 2%s) { nodes { name } pageInfo { hasNextPage endCursor } totalCount } } }"
    first = (await asked(state, Role.BRAND, text % ""))["viewer"]["savedViews"]
    assert ([each["name"] for each in first["nodes"]], first["pageInfo"]["hasNextPage"], first["totalCount"]) == (["a", "b"], True, 3)
    then = (await asked(state, Role.BRAND, text % f', after: "{first["pageInfo"]["endCursor"]}"'))["viewer"]["savedViews"]
    assert ([each["name"] for each in then["nodes"]], then["pageInfo"]["hasNextPage"]) == (["C"], False)


async def test_one_view_of_a_page_is_its_start(state: State, mutate: Mutate) -> None:
    one = await save(mutate, Role.BRAND, f"{US}, start: true")
    await save(mutate, Role.BRAND, 'name: "sales", address: "/sales", start: true')
    await save(mutate, Role.BRAND, 'name: "two", address: "/find", start: true')
    assert await names(state, Role.BRAND, "(start: true)") == ["sales", "two"]
    assert (await mutate(Role.BRAND, UPDATE % (one["viewId"], "start: true")))["view"]["start"]
    assert await names(state, Role.BRAND, "(start: true)") == ["Ours", "sales"]
    await mutate(Role.BRAND, UPDATE % (one["viewId"], 'address: "/sales?group=DAY"'))
    assert await names(state, Role.BRAND, "(start: true)") == ["Ours"]
    assert await names(state, Role.BRAND, "(start: false)") == ["sales", "two"]
    (refused,) = (await mutate(Role.BRAND, UPDATE % (one["viewId"], 'address: "/briefs/Brief%3Aabc"')))["userErrors"]
    assert (refused["field"], refused["code"]) == ("start", "INVALID")
    await mutate(Role.BRAND, UPDATE % (one["viewId"], "start: false"))
    assert await names(state, Role.BRAND, "(start: true)") == []


async def test_what_is_shared_is_seen_by_the_same_brand_alone(state: State, mutate: Mutate) -> None:
    """A partner with the brand as its client is another company, as is each other such partner; a colleague sees other regions."""
    mine = await save(mutate, Role.BRAND, f"{US}, shared: true, start: true")
    await save(mutate, Role.BRAND, 'name: "secret", address: "/find"')
    await save(mutate, Role.PARTNER, 'name: "agency", address: "/find"')
    listed = LISTED % ""
    nodes = {
        name: (await of(state, Grant(name, role, regions, brands), listed))["viewer"]["savedViews"]["nodes"]
        for name, role, regions, brands in (
            ("colleague", Role.BRAND, ("GB",), ("b1",)),
            ("other brand", Role.BRAND, ("US",), ("b2",)),
            ("same clients", Role.PARTNER, ("US",), ("b1",)),
            ("more clients", Role.PARTNER, ("US",), ("b1", "b2")),
        )
    }
    assert nodes == {
        "colleague": [{**mine, "own": False, "start": False}],
        "other brand": [],
        "same clients": [],
        "more clients": [],
    }
    assert await names(state, Role.ADMIN) == []
    assert await names(state, Role.ANALYST) == []
    await mutate(Role.BRAND, UPDATE % (mine["viewId"], "shared: false"))
    assert (await of(state, Grant("later", Role.BRAND, ("US",), ("b1",)), listed))["viewer"]["savedViews"]["nodes"] == []


async def test_nobody_else_changes_or_deletes_what_is_shared_but_an_administrator(state: State, mutate: Mutate) -> None:
    mine = await save(mutate, Role.BRAND, f"{US}, shared: true")
    for name, text in (("renames", UPDATE % (mine["viewId"], 'name: "stolen"')), ("deletes", DELETE % mine["viewId"])):
        answer = await of(state, Grant(name, Role.BRAND, ("US",), ("b1",)), f"mutation {{ {text} }}")
        (error,) = next(iter(answer.values()))["userErrors"]
        assert (error["field"], error["code"]) == ("viewId", "NOT_FOUND")
    assert (await mutate(Role.ADMIN, UPDATE % (mine["viewId"], 'name: "x"')))["userErrors"][0]["code"] == "NOT_FOUND"
    looks = await of(state, Grant("looks", Role.BRAND, ("US",), ("b1",)), LISTED % "")
    assert [each["name"] for each in looks["viewer"]["savedViews"]["nodes"]] == ["Ours"]
    assert await mutate(Role.ADMIN, DELETE % mine["viewId"]) == {"viewId": mine["viewId"], "userErrors": []}
    assert (await mutate(Role.BRAND, DELETE % mine["viewId"]))["userErrors"][0]["code"] == "NOT_FOUND"


async def test_views_go_on_with_the_key_that_replaces_another(state: State, mutate: Mutate) -> None:
    await save(mutate, Role.BRAND, US)
    state.store.rotate("the brand", now=2)
    (viewer,) = (each.viewer for each in state.store.records() if each.grant.name == "the brand" and each.viewer.first_key)
    result = await execute(GraphQLRequest(LISTED % ""), viewer, state)
    assert [each["name"] for each in result["data"]["viewer"]["savedViews"]["nodes"]] == ["Ours"]


@pytest.mark.parametrize(
    ("role", "text", "field", "code", "words"),
    [
        (Role.BRAND, 'name: " ", address: "/find"', "name", "INVALID", "name is empty; give one that says what the view shows"),
        (Role.BRAND, f'name: "{"x" * 101}", address: "/find"', "name", "TOO_LONG", "name has 101 characters; give at most 100"),
        (
            Role.BRAND,
            'name: "x", address: "https://evil.example/find"',
            "address",
            "INVALID",
            "address is 'https://evil.example/find'; give",
        ),
        (Role.ANALYST, 'name: "x", address: "/sales"', "address", "INVALID", "not for the role analyst"),
        (Role.ANALYST, f"{US}, shared: true", "shared", "NO_PARTY", "has nobody to share with; leave it out"),
        (Role.PARTNER, f"{US}, shared: true", "shared", "NO_PARTY", "views are shared among a brand's keys"),
        (
            Role.BRAND,
            'name: "x", address: "/briefs/Brief%3Aabc?run=BriefRun%3A1", start: true',
            "start",
            "INVALID",
            "/briefs/Brief%3Aabc is one of many below /briefs, which would open with it alone; set start to false",
        ),
        (Role.BRAND, 'name: "SAVED", address: "/find"', "name", "TAKEN", "another saved view with the name 'SAVED'"),
    ],
)
async def test_what_is_refused_says_why(mutate: Mutate, role: Role, text: str, field: str, code: str, words: str) -> None:
    await save(mutate, role, 'name: "Saved", address: "/find"')
    payload = await mutate(role, SAVE % text)
    assert payload["view"] is None
    (error,) = payload["userErrors"]
    assert (error["field"], error["code"]) == (field, code)
    assert words in error["message"]


async def test_a_name_is_of_one_view_and_keeps_its_own(mutate: Mutate) -> None:
    first = await save(mutate, Role.BRAND, US)
    await save(mutate, Role.BRAND, 'name: "two", address: "/find"')
    assert (await mutate(Role.BRAND, UPDATE % (first["viewId"], 'name: "TWO"')))["userErrors"][0]["code"] == "TAKEN"
    assert (await mutate(Role.BRAND, UPDATE % (first["viewId"], 'name: "OURS"')))["view"]["name"] == "OURS"
    assert await save(mutate, Role.PARTNER, US)


async def test_creators_have_none(state: State, mutate: Mutate) -> None:
    assert await mutate(Role.CREATOR, SAVE % US) == ["FORBIDDEN"]
    (viewer,) = (each.viewer for each in state.store.records() if each.grant.role is Role.CREATOR)
    result = await execute(GraphQLRequest(LISTED % ""), viewer, state)
    assert [each["extensions"]["code"] for each in result["errors"]] == ["FORBIDDEN"]
    assert result["data"] == {"viewer": {"savedViews": None}}


async def test_views_are_few(state: State, mutate: Mutate) -> None:
    most = state.settings.views_per_key
    for number in range(most):
        await save(mutate, Role.BRAND, f'name: "{number}", address: "/find"')
    (error,) = (await mutate(Role.BRAND, SAVE % US))["userErrors"]
    assert (error["field"], error["code"]) == ("input", "TOO_MANY")
    assert f"this key has {most} saved views" in error["message"]


async def test_two_at_once_do_not_take_one_name(graph: AsyncDriver, mutate: Mutate) -> None:
    made = await asyncio.gather(*(mutate(Role.BRAND, SAVE % US) for _ in range(4)))
    assert sorted(len(each["userErrors"]) for each in made) == [0, 1, 1, 1]


async def test_each_change_is_told_to_its_key_once(graph: AsyncDriver, state: State, mutate: Mutate) -> None:
    id_ = (await save(mutate, Role.BRAND, US))["viewId"]
    for _ in range(2):
        await mutate(Role.BRAND, UPDATE % (id_, 'name: "Theirs"'))
    for _ in range(2):
        await mutate(Role.ADMIN, DELETE % id_)
    (key,) = (each.viewer.account for each in state.store.records() if each.grant.role is Role.BRAND)
    events = [each.event async for each in followed(graph, 0)]
    assert [(each.kind.name, each.subject, dict(each.payload), each.key) for each in events] == [
        ("view.saved", id_, {"view": id_}, key),
        ("view.saved", id_, {"view": id_}, key),
        ("view.deleted", id_, {"view": id_}, key),
    ]


def test_what_stays_shared_is_shared_with_whom_its_account_belongs_to_by_now() -> None:
    """A token can grant another brand than the one before."""
    before = stored.Draft("x", "find", "/find", party=party_of(Viewer("k", "a", Role.BRAND, ("US",), ("b1",))))
    assert stored.Change(name="y", party="other").of(before).party == "other"
    assert stored.Change(name="y", party=None).of(before).party is None
    assert stored.Change(shared=False, party="other").of(before).party is None


def test_whom_a_view_can_be_shared_with() -> None:
    """Two partners may have the same clients, and are competitors all the same."""
    brand = party_of(Viewer("k", "a", Role.BRAND, ("US",), ("b2", "b1")))
    assert brand == party_of(Viewer("l", "b", Role.BRAND, ("GB",), ("b1", "b2"))) == '["brand", "b1", "b2"]'
    assert party_of(Viewer("k", "a", Role.PARTNER, ("US",), ("b1",))) is None
    assert party_of(Viewer("k", "a", Role.ADMIN)) is None
