"""GraphQL over HTTP, requirement by requirement, as the specification's audit tool asks them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

NEW = "application/graphql-response+json"
OLD = "application/json"
ASK = {"query": "{ __typename }"}
TYPE = "query Type($name: String!) { __type(name: $name) { name } }"
UNKNOWN = {"query": "{ noSuchField }"}
UNPARSABLE = {"query": "{"}
UNCOERCIBLE = {"query": "query Failing($id: ID!) { node(id: $id) { id } }", "variables": {"id": None}}


@dataclass(frozen=True)
class Requirement:
    """A request, and what must be true of its answer."""

    says: str
    status: int
    body: Any = field(default_factory=lambda: ASK)
    accept: str | None = None
    content_type: str | None = OLD
    method: str = "POST"
    answered_in: str | None = None
    data: bool | None = None

    def __str__(self) -> str:
        return self.says


def sent(says: str, status: int, **more: Any) -> Requirement:
    return Requirement(says, status, **more)


INVALID = ({"obj": "ect"}, 0, False, ["array"])
INVALID_MAPS = ("string", 0, False, ["array"])

REQUIREMENTS = [
    sent("the new media type is spoken", 200, accept=NEW, answered_in=NEW, data=True),
    sent("the old media type is spoken", 200, accept=OLD, answered_in=OLD, data=True),
    sent("whoever takes anything gets the old one", 200, accept="*/*", answered_in=OLD),
    sent("whoever does not say gets the old one", 200, answered_in=OLD),
    sent(
        "requests may be in UTF-8", 200, content_type="application/json; charset=utf-8", body={"query": '{ __type(name: "🏃🏊") { name } }'}
    ),
    sent("mutations are not executed on GET", 405, method="GET", body={"query": "mutation { __typename }"}, accept=NEW, data=False),
    sent("queries may be sent by GET", 200, method="GET", data=True),
    sent(
        "variables may be JSON in a GET, new type",
        200,
        method="GET",
        body={"query": TYPE, "variables": '{"name": "Query"}'},
        accept=NEW,
        data=True,
    ),
    sent(
        "variables may be JSON in a GET, old type",
        200,
        method="GET",
        body={"query": TYPE, "variables": '{"name": "Query"}'},
        accept=OLD,
        data=True,
    ),
    sent("a POST must say what its body is", 415, content_type=None),
    sent("other bodies are refused", 415, content_type="text/plain"),
    sent("an empty body is refused", 400, body=b""),
    sent("the query may not be missing", 400, body={"notquery": "{ __typename }"}, accept=NEW),
    sent("a misspelt query is a missing one", 400, body={"qeury": "{ __typename }"}),
    sent("variables may be a map, new type", 200, body={"query": TYPE, "variables": {"name": "Query"}}, accept=NEW, data=True),
    sent("variables may be a map, old type", 200, body={"query": TYPE, "variables": {"name": "Query"}}, accept=OLD, data=True),
    sent(
        "operationName may be a string, new type",
        200,
        body={"query": "query Q { __typename }", "operationName": "Q"},
        accept=NEW,
        data=True,
    ),
    sent(
        "operationName may be a string, old type",
        200,
        body={"query": "query Q { __typename }", "operationName": "Q"},
        accept=OLD,
        data=True,
    ),
    sent("extensions may be a map, new type", 200, body={**ASK, "extensions": {"some": "value"}}, accept=NEW, data=True),
    sent("extensions may be a map, old type", 200, body={**ASK, "extensions": {"some": "value"}}, accept=OLD, data=True),
    sent("what is no JSON is refused, old type", 400, body=b'{ "not a JSON', accept=OLD),
    sent("what is no JSON is refused, new type", 400, body=b'{ "not a JSON', accept=NEW),
    sent("a document that does not parse: 200 in the old type", 200, body=UNPARSABLE, accept=OLD, data=False),
    sent("a document that does not parse: 400 in the new type", 400, body=UNPARSABLE, accept=NEW, data=False),
    sent("a document that is not valid: 200 in the old type", 200, body=UNKNOWN, accept=OLD, data=False),
    sent("a document that is not valid: 400 in the new type", 400, body=UNKNOWN, accept=NEW, data=False),
    sent("variables that do not fit: 200 in the old type", 200, body=UNCOERCIBLE, accept=OLD),
    sent("variables that do not fit: 400 in the new type", 400, body=UNCOERCIBLE, accept=NEW, data=False),
    *(sent(f"query may not be {each!r}", 400, body={"query": each}) for each in INVALID),
    *(sent(f"operationName may not be {each!r}", 400, body={**ASK, "operationName": each}) for each in INVALID),
    *(sent(f"{name} may not be {each!r}", 400, body={**ASK, name: each}) for name in ("variables", "extensions") for each in INVALID_MAPS),
    *(
        sent(f"{name} may be null, {accept}", 200, body={**ASK, name: None}, accept=accept, data=True)
        for name in ("variables", "operationName", "extensions")
        for accept in (NEW, OLD)
    ),
    # Beyond the audit tool: what the specification asks, and what we promise on top.
    sent("other methods are refused", 405, method="PUT"),
    sent("unknown properties are ignored", 200, body={**ASK, "future": {"some": "value"}}, accept=NEW, data=True),
    sent("no media type that we speak", 406, accept="text/html"),
    sent("batched requests are not supported", 400, body=[ASK, ASK]),
    sent("a body that is no object", 400, body="{ __typename }"),
    sent("an operation that is not there", 400, body={"query": "query A { __typename }", "operationName": "B"}, accept=NEW, data=False),
    sent("two operations and no name", 400, body={"query": "query A { __typename } query B { __typename }"}, accept=NEW, data=False),
    sent("variables that are no JSON in a GET", 400, method="GET", body={**ASK, "variables": "{"}),
    sent("a GET without a query", 400, method="GET", body={}),
    sent("HEAD answers as GET does", 200, method="HEAD"),
    sent("HEAD that asks nothing", 400, method="HEAD", body={}),
]


async def send(client: httpx.AsyncClient, requirement: Requirement) -> httpx.Response:
    headers = {"Accept": requirement.accept} if requirement.accept else {}
    if not requirement.accept:
        client.headers.pop("Accept", None)
    if requirement.method in ("GET", "HEAD"):
        return await client.request(requirement.method, "/graphql?" + urlencode(requirement.body), headers=headers)
    if requirement.content_type:
        headers["Content-Type"] = requirement.content_type
    content = requirement.body if isinstance(requirement.body, bytes) else json.dumps(requirement.body).encode()
    return await client.request(requirement.method, "/graphql", content=content, headers=headers)


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=str)
async def test_requirement(lasting: httpx.AsyncClient, requirement: Requirement) -> None:
    answer = await send(lasting, requirement)
    assert answer.status_code == requirement.status, answer.text
    assert answer.headers["content-type"].endswith("; charset=utf-8")
    body = json.loads(answer.content.decode("utf-8")) if answer.content else {}
    if requirement.answered_in is not None:
        assert answer.headers["content-type"].startswith(requirement.answered_in)
    if requirement.data is not None:
        assert ("data" in body, "errors" in body) == (requirement.data, not requirement.data)
    for error in body.get("errors", ()):
        assert error["message"]
        assert error["extensions"]["code"]
    if answer.status_code == 405:
        assert "POST" in answer.headers["Allow"]
