from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from neo4j import AsyncDriver
from neo4j.exceptions import ServiceUnavailable

from api.access.viewer import Role
from api.audit.files import FOLDER
from api.audit.pseudonyms import FILE, Pseudonyms
from api.exports.record import Record, Status
from api.exports.store import Store
from api.process.state import State
from api.webhooks.deliveries import Deliveries
from api.webhooks.store import Content, Webhook
from graph.processes import this_process
from graph.rights.erasure import erase_creator
from tests.api.features.conftest import NOW, Mutate, asked

OBJECT = "setRatingObjection(input: {objects: %s}) { creator { id rights { objectsSince } } userErrors { code } }"
REQUEST = 'requestErasure(input: {handle: "%s"}) { creator { rights { objectsSince erasureDueAt } } userErrors { field code } }'
WITHDRAW = "withdrawErasureRequest { creator { rights { erasureRequestedAt } } userErrors { code } }"
ERASE = 'eraseCreator(input: {creatorId: "Creator:c1", handle: "%s"}) { erasedCreatorId userErrors { field code } }'
OWN = '{ creator(id: "Creator:c1") { rights { objectsSince erasureRequestedAt } } }'


async def test_a_creator_objects_and_resumes(mutate: Mutate) -> None:
    for _ in range(2):
        answer = await mutate(Role.CREATOR, OBJECT % "true")
        assert answer == {"creator": {"id": "Creator:c1", "rights": {"objectsSince": "2026-11-24T12:00:00Z"}}, "userErrors": []}
    assert (await mutate(Role.CREATOR, OBJECT % "false"))["creator"]["rights"] == {"objectsSince": None}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CREATOR])
@pytest.mark.parametrize("text", [OBJECT % "true", REQUEST % "one", WITHDRAW])
async def test_nobody_objects_or_asks_for_another(mutate: Mutate, role: Role, text: str) -> None:
    assert await mutate(role, text) == ["FORBIDDEN"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
async def test_nobody_but_an_administrator_erases_or_sees_requests(mutate: Mutate, graph: AsyncDriver, state: State, role: Role) -> None:
    assert await mutate(role, ERASE % "one") == ["FORBIDDEN"]
    assert (await graph.execute_query("MATCH (c:Creator) RETURN count(c)")).records[0].value() == 2


async def test_that_an_objection_stands_is_told_to_the_creator_and_administrators_alone(mutate: Mutate, state: State) -> None:
    await mutate(Role.CREATOR, OBJECT % "true")
    for role in Role:
        told = (await asked(state, role, OWN))["creator"]["rights"]
        assert (told is not None) is (role in (Role.CREATOR, Role.ADMIN))


async def test_a_request_is_confirmed_by_the_handle_and_ends_the_rating_at_once(mutate: Mutate, state: State) -> None:
    assert await mutate(Role.CREATOR, REQUEST % "two") == {"creator": None, "userErrors": [{"field": "handle", "code": "NOT_CONFIRMED"}]}
    answer = await mutate(Role.CREATOR, REQUEST % "@ONE")
    rights = {"objectsSince": "2026-11-24T12:00:00Z", "erasureDueAt": "2026-12-24T12:00:00Z"}
    assert answer == {"creator": {"rights": rights}, "userErrors": []}
    waiting = {"creator": {"handle": "one"}, "dueAt": "2026-12-24T12:00:00Z"}
    assert (await asked(state, Role.ADMIN, "{ erasureRequests { creator { handle } dueAt } }"))["erasureRequests"] == [waiting]
    assert (await mutate(Role.CREATOR, WITHDRAW, 9))["creator"]["rights"] == {"erasureRequestedAt": None}
    assert (await mutate(Role.CREATOR, WITHDRAW, 9))["userErrors"] == [{"code": "NOT_FOUND"}]


async def test_an_erasure_reaches_keys_exports_and_the_audit_log(mutate: Mutate, state: State, tmp_path: Path) -> None:
    pseudonyms, exports = Pseudonyms(tmp_path / FOLDER), Store(tmp_path / "exports")
    behind = pseudonyms.of(["c1"])["c1"]
    pseudonyms.keep("MATCH (c {id: 'c1'}) RETURN c")
    pseudonyms.keep("MATCH (c {handle: '@one'}) RETURN c")
    pseudonyms.keep("RETURN one")
    values = {"options": {}, "file_name": "f.csv", "created_at": NOW - 1, "expires_at": NOW + 99, "process": this_process()}
    record = Record(id=Store.new_id(), key="k", what="scorecards", format="csv", status=Status.DONE, **values)
    exports.save(record)
    exports.file(record).write_text("c1")
    webhooks = Deliveries(tmp_path)
    own = next(each.id for each in state.store.records() if each.grant.creator == "c1")
    for key, watched in ((own, "c2"), ("other", "c1"), ("other", "c2")):
        content = Content("subscription S($c: [ID!]!) { scoresChanged(creators: $c) { at } }", {"c": [f"Creator:{watched}"]})
        webhooks.create(Webhook.new(key, "https://example.org", content, position=0, now=1), most=9)

    assert (await mutate(Role.ADMIN, ERASE % "two"))["userErrors"] == [{"field": "handle", "code": "NOT_CONFIRMED"}]
    assert exports.file(record).exists()
    assert await mutate(Role.ADMIN, ERASE % "one") == {"erasedCreatorId": "Creator:c1", "userErrors": []}

    assert [(each.key_id, each.variables) for each in webhooks.webhooks()] == [("other", {"c": ["Creator:c2"]})]
    webhooks.close()
    assert [each.grant.creator for each in state.store.records()] == [None] * 4
    assert not exports.file(record).exists()
    assert exports.record(record.id).status is Status.CANCELLED
    assert pseudonyms.creators([behind]) == {}
    assert pseudonyms.of(["c1"])["c1"] != behind
    with sqlite3.connect(tmp_path / FOLDER / FILE) as database:
        assert database.execute("SELECT count(*) FROM creators WHERE id = 'c1'").fetchone() == (0,)
        assert database.execute("SELECT text FROM texts").fetchall() == [("RETURN one",)]
    pseudonyms.close()
    assert (await mutate(Role.ADMIN, ERASE % "one"))["userErrors"] == [{"field": "creatorId", "code": "NOT_FOUND"}]


async def test_an_erasure_that_is_cut_off_once_the_graph_has_forgotten_leaves_nothing_outside_of_it(
    mutate: Mutate, state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After that nothing tells any more whose keys they are, and asking again finds nobody."""
    pseudonyms = Pseudonyms(tmp_path / FOLDER)
    behind = pseudonyms.of(["c1"])["c1"]

    async def cut_off(driver: AsyncDriver, creator: str, *, now: int, database: str) -> None:
        await erase_creator(driver, creator, now=now, database=database)
        raise ServiceUnavailable("cut off")

    monkeypatch.setattr("api.features.rights.mutations.erase_creator", cut_off)
    assert await mutate(Role.ADMIN, ERASE % "one") != {"erasedCreatorId": "Creator:c1", "userErrors": []}
    assert (await mutate(Role.ADMIN, ERASE % "one"))["userErrors"] == [{"field": "creatorId", "code": "NOT_FOUND"}]
    assert [each.grant.creator for each in state.store.records()] == [None] * 4
    assert pseudonyms.creators([behind]) == {}
    pseudonyms.close()
