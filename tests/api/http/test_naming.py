"""Documents by name: Apollo's automatic persisted queries, and persisted documents of GraphQL over HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.access.viewer import Role
from api.app import application
from api.graphql.cost.limits import Budgets, Cost
from api.http.persisted_queries import persisted_queries
from api.process.state import State
from tests.api.http.conftest import BASE
from tests.api.processes import keys, process
from tests.conftest import TestServer

ASK = "{ viewer { role } }"
INSIDE = '{ creators(first: 5, filter: {search: "something that only one asks"}) { nodes { id } } }'
NEW = "application/graphql-response+json"


class Asking:
    """One application, asked by a key of each role."""

    def __init__(self, state: State) -> None:
        self.state, self.keys = state, keys(state)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(application(state)), base_url=BASE)

    async def post(self, role: Role = Role.ADMIN, *, accept: str = NEW, **body: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.keys[role]}", "Accept": accept}
        return await self.client.post("/graphql", json=body, headers=headers)

    async def get(self, role: Role = Role.ADMIN, **query: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.keys[role]}", "Accept": NEW}
        given = {name: each if isinstance(each, str) else json.dumps(each) for name, each in query.items()}
        return await self.client.get("/graphql", params=given, headers=headers)


@asynccontextmanager
async def asking(neo4j: TestServer, home: Path, **settings: Any) -> AsyncIterator[Asking]:
    async with neo4j.driver() as driver:
        made = Asking(process(driver, home, **settings))
        try:
            async with made.client:
                yield made
        finally:
            made.state.store.close()


@pytest.fixture
async def service(neo4j: TestServer, _schema: None, tmp_path: Path) -> AsyncIterator[Asking]:
    async with asking(neo4j, tmp_path) as made:
        yield made


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def hashed(text: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": digest(text)}}


def code(answer: httpx.Response) -> str:
    (error,) = answer.json()["errors"]
    return error["extensions"]["code"]


async def test_a_document_is_asked_for_once_and_then_known_by_its_hash(service: Asking) -> None:
    unknown = await service.get(extensions=hashed(ASK))
    assert (unknown.status_code, unknown.json()) == (
        200,
        {"errors": [{"message": "PersistedQueryNotFound", "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"}}]},
    )
    assert unknown.headers["cache-control"] == "no-store"
    whole = await service.post(query=ASK, extensions=hashed(ASK))
    for again in (await service.get(extensions=hashed(ASK)), await service.post(extensions=hashed(ASK))):
        assert (again.status_code, again.json()) == (200, whole.json())
        assert again.json()["data"] == {"viewer": {"role": "ADMIN"}}


async def test_a_hash_that_is_not_the_text_s_is_refused_as_apollo_server_refuses_it(service: Asking) -> None:
    answer = await service.post(query=ASK, extensions=hashed("{ __typename }"))
    assert (answer.status_code, answer.json()["errors"]) == (
        400,
        [{"message": "provided sha does not match query", "extensions": {"code": "INTERNAL_SERVER_ERROR"}}],
    )
    later = await service.post(extensions={"persistedQuery": {"version": 2, "sha256Hash": digest(ASK)}})
    assert (later.status_code, later.json()["errors"][0]["message"]) == (400, "Unsupported persisted query version")
    assert code(await service.post(extensions=hashed("{ __typename }"))) == "PERSISTED_QUERY_NOT_FOUND"


async def test_what_is_switched_off_is_not_supported_and_texts_are_answered_all_the_same(neo4j: TestServer, tmp_path: Path) -> None:
    async with asking(neo4j, tmp_path, persisted_queries_mb=0) as service:
        whole = await service.post(query=ASK, extensions=hashed(ASK))
        refused = await service.post(extensions=hashed(ASK))
    assert whole.json()["data"] == {"viewer": {"role": "ADMIN"}}
    assert (refused.status_code, refused.json()["errors"]) == (
        200,
        [{"message": "PersistedQueryNotSupported", "extensions": {"code": "PERSISTED_QUERY_NOT_SUPPORTED"}}],
    )


@pytest.mark.parametrize("text", ["{", "{ noSuchField }", "query ($id: ID!) { node(id: $id) { id } }"])
async def test_what_is_not_answered_is_not_kept(service: Asking, text: str) -> None:
    await service.post(query=text, extensions=hashed(text))
    assert persisted_queries(service.state).bytes == 0
    assert code(await service.post(extensions=hashed(text))) == "PERSISTED_QUERY_NOT_FOUND"


async def test_a_stranger_keeps_nothing_and_learns_nothing(service: Asking) -> None:
    await service.post(query=ASK, extensions=hashed(ASK))
    for key in ("", "Bearer cgk_made_up"):
        answer = await service.client.post("/graphql", json={"extensions": hashed(ASK)}, headers={"Authorization": key})
        assert (answer.status_code, code(answer)) == (401, "UNAUTHENTICATED")
        await service.client.post("/graphql", json={"query": INSIDE, "extensions": hashed(INSIDE)}, headers={"Authorization": key})
    assert code(await service.post(extensions=hashed(INSIDE))) == "PERSISTED_QUERY_NOT_FOUND"


async def test_a_hash_stands_for_a_text_and_never_for_anothers_rights(service: Asking) -> None:
    own = await service.post(Role.ADMIN, query=ASK, extensions=hashed(ASK))
    others = await service.post(Role.CREATOR, extensions=hashed(ASK))
    assert code(others) == "PERSISTED_QUERY_NOT_FOUND", "who knows a hash does not learn whether others ask it"
    told = await service.post(Role.CREATOR, query=ASK, extensions=hashed(ASK))
    named = await service.post(Role.CREATOR, extensions=hashed(ASK))
    assert own.json()["data"]["viewer"]["role"] == "ADMIN"
    assert named.json()["data"] == told.json()["data"] == {"viewer": {"role": "CREATOR"}}


async def test_a_hash_costs_what_its_text_costs(service: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    take = Budgets.take

    def noted(budgets: Budgets, key_id: str, cost: Cost, **more: Any) -> dict[str, int]:
        taken.append(cost.requested)
        return take(budgets, key_id, cost, **more)

    text = "query ($first: Int!) { categories(first: $first) { nodes { id } } }"
    monkeypatch.setattr(Budgets, "take", noted)
    await service.post(query=text, variables={"first": 7}, extensions=hashed(text))
    await service.post(variables={"first": 90}, extensions=hashed(text))
    await service.post(query=text, variables={"first": 90})
    assert taken[1] == taken[2] == taken[0] + 83


async def test_a_mutation_by_its_hash_is_still_none_for_get(service: Asking) -> None:
    text = "mutation { __typename }"
    assert (await service.post(query=text, extensions=hashed(text))).status_code == 200
    answer = await service.get(extensions=hashed(text))
    assert (answer.status_code, code(answer), answer.headers["allow"]) == (405, "METHOD_NOT_ALLOWED", "POST")


async def test_document_ids_of_graphql_over_http(service: Asking) -> None:
    name = f"sha256:{digest(ASK)}"
    unknown = await service.get(documentId=name)
    assert (unknown.status_code, code(unknown)) == (404, "PERSISTED_QUERY_NOT_IN_LIST")
    assert (await service.post(query=ASK, documentId=name)).json()["data"] == {"viewer": {"role": "ADMIN"}}
    for answer in (await service.get(documentId=name), await service.post(documentId=name), await service.post(extensions=hashed(ASK))):
        assert answer.json()["data"] == {"viewer": {"role": "ADMIN"}}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"documentId": 3}, "documentId is a number; send a string"),
        ({"documentId": "x", "query": ASK}, "send only one of them"),
        ({"documentId": "sha256:00", "query": ASK}, "provided sha does not match query"),
        ({"documentId": "x", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0"}}}, "send only one of them"),
        ({"extensions": {"persistedQuery": {"version": 1}}}, "persistedQuery has no sha256Hash"),
        ({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": 5}}}, "sha256Hash is a number"),
        ({"extensions": {"persistedQuery": "yes"}}, "persistedQuery is a string; send an object"),
    ],
)
async def test_what_names_no_document_is_refused_in_words(service: Asking, body: dict[str, Any], said: str) -> None:
    answer = await service.post(**body)
    assert answer.status_code == 400
    assert said in answer.json()["errors"][0]["message"]


async def test_asking_first_by_hash_is_no_misuse(service: Asking) -> None:
    for number in range(70):
        await service.post(extensions=hashed(f"{{ a{number}: __typename }}"))
    before = service.state.metrics.registry.get_sample_value("creatorgraph_requests_total", {"kind": "refused", "status": "200"})
    assert before is None


async def test_an_empty_operation_name_in_a_get_is_none(service: Asking) -> None:
    text = "query Named { viewer { role } }"
    await service.post(query=text, documentId=f"sha256:{digest(text)}")
    answer = await service.get(documentId=f"sha256:{digest(text)}", operationName="")
    assert (answer.status_code, answer.json()["data"]) == (200, {"viewer": {"role": "ADMIN"}})


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}", "7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e"),
        ("query($id:ID!){user(id:$id){name}}", "71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b"),
    ],
)
async def test_the_identifiers_of_the_specification_are_those_that_are_computed(service: Asking, text: str, payload: str) -> None:
    """The specification's own examples; its schema is not ours, so that the text is refused only once its hash has been taken for right."""
    assert code(await service.post(query=text, documentId=f"sha256:{payload}")) == "GRAPHQL_VALIDATION_FAILED"
    assert code(await service.post(query=text + " ", documentId=f"sha256:{payload}")) == "INTERNAL_SERVER_ERROR"
