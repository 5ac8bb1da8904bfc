"""What is recorded of requests, in the process itself."""

from __future__ import annotations

import asyncio
import io
import json
import logging

import httpx
import pytest
from opentelemetry.trace import SpanKind, StatusCode

from api.access.viewer import Role
from api.http.logs import configure
from tests.api.http.caching import PAGE, Compared
from tests.api.telemetry.spans import Kept, kept, told

CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
CALLED = "query Named { creators(first: 2) { nodes { handle } } }"


async def test_a_page_is_one_trace_from_the_request_to_its_query(market: Compared, spans: Kept) -> None:
    answer = await market.ask(PAGE + "  # never compiled before in this process")
    assert answer.json()["data"]["creators"]["nodes"] != []
    assert len(spans.traces()) == 1
    (reading,) = [each for each in spans.of_database() if told(each)["db.query.summary"].startswith("MATCH Scorecard Creator")]
    assert spans.path(reading) == ["POST /graphql", "query", "field", reading.name]
    assert spans.path(spans.one("plan")) == ["POST /graphql", "query", "field", "plan"]
    assert spans.path(spans.one("graphql.parse")) == ["POST /graphql", "query", "graphql.parse"]
    assert spans.path(spans.one("encode")) == ["POST /graphql", "encode"]
    request, query = spans.one("POST /graphql"), told(reading)
    assert (request.kind, reading.kind) == (SpanKind.SERVER, SpanKind.CLIENT)
    assert told(request) == {
        "http.request.method": "POST",
        "http.route": "/graphql",
        "http.response.status_code": 200,
        "url.scheme": "http",
        "network.protocol.version": "1.1",
        "creatorgraph.request.kind": "query",
        "creatorgraph.answer.cached": False,
    }
    assert (query["db.system.name"], query["db.namespace"], query["db.response.returned_rows"]) == ("neo4j", "neo4j", 1)
    assert 0 < query["creatorgraph.query.first_record_seconds"] < 60
    assert 0 <= query["creatorgraph.query.connection_seconds"] < 60
    assert "MATCH (s1)-[:RATES]->(c2:Creator)" in query["db.query.text"]
    assert "`handle`" not in query["db.query.text"]


async def test_an_operation_tells_its_name_and_whether_it_was_compiled(market: Compared, spans: Kept) -> None:
    for _ in range(2):
        await market.ask("query Twice { creators(first: 3) { nodes { handle } } }", client=market.plain)
    first, second = map(told, spans.named("query"))
    assert {name: first[name] for name in ("graphql.operation.name", "graphql.operation.type")} == {
        "graphql.operation.name": "Twice",
        "graphql.operation.type": "query",
    }
    assert [each["creatorgraph.operation.cached"] for each in (first, second)] == [False, True]
    assert [told(each).get("creatorgraph.plan.cached", True) for each in spans.named("field")] == [False, True]
    assert len(spans.named("graphql.validate")) == 1


async def test_a_kept_answer_asks_no_query_of_the_database(market: Compared, spans: Kept) -> None:
    await market.ask(PAGE)
    spans.clear()
    await market.ask(PAGE)
    (request,) = spans
    assert told(request)["creatorgraph.answer.cached"] is True
    assert told(request)["creatorgraph.request.kind"] == "query"


async def test_an_error_has_a_status_and_a_type(market: Compared, spans: Kept) -> None:
    await market.ask('{ creators(first: 2, after: "nonsense") { nodes { handle } } }')
    await market.ask("{ nothing }")
    for query, found in zip(("query", "graphql"), ("BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"), strict=True):
        operation = spans.one(query)
        assert (operation.status.status_code, told(operation)["error.type"]) == (StatusCode.ERROR, found)
        assert operation.status.description is None
        assert operation.events == ()


async def test_free_cypher_is_told_by_its_hash_alone(market: Compared, spans: Kept) -> None:
    text = "MATCH (c:Creator {handle: $h}) RETURN c.handle AS secretword"
    headers = {"Authorization": f"Bearer {market.keys[Role.ANALYST]}"}
    answer = await market.plain.post("/cypher", json={"query": text, "parameters": {"h": "creator3"}}, headers=headers)
    assert "creator3" in answer.text
    explained, ran = [told(each) for each in spans.of_database()]
    assert explained["db.query.summary"] == "EXPLAIN free Cypher"
    assert ran["db.query.summary"] == "free Cypher"
    assert explained["creatorgraph.query.sha256"] == ran["creatorgraph.query.sha256"]
    assert len(ran["creatorgraph.query.sha256"]) == 64
    assert ran["db.response.returned_rows"] == 1
    assert not {"db.query.text", "db.query.parameter.h"} & {*explained, *ran}
    assert {spans.path(each)[0] for each in spans.of_database()} == {"POST /cypher"}


async def test_a_caller_who_is_not_trusted_is_only_linked_to(market: Compared, spans: Kept) -> None:
    await market.ask(CALLED, client=market.plain, traceparent=CALLER)
    request = spans.one("POST /graphql")
    assert request.context is not None
    assert f"{request.context.trace_id:032x}" != CALLER.split("-")[1]
    assert [(f"{each.context.trace_id:032x}", f"{each.context.span_id:016x}") for each in request.links] == [tuple(CALLER.split("-")[1:3])]


async def test_a_trusted_caller_is_the_parent(market: Compared) -> None:
    with kept(trusts_callers=True) as spans:
        await market.ask(CALLED, client=market.plain, traceparent=CALLER)
        request = spans.one("POST /graphql")
        await market.ask(CALLED, client=market.plain, traceparent=CALLER.removesuffix("1") + "0")
        assert spans.named("POST /graphql") == [request]  # the caller's does not sample it
    assert request.context is not None
    assert request.parent is not None
    assert (f"{request.context.trace_id:032x}", f"{request.parent.span_id:016x}") == tuple(CALLER.split("-")[1:3])


@pytest.mark.parametrize("header", ["", "nonsense", "00-" + "0" * 32 + "-b7ad6b7169203331-01"])
async def test_a_caller_that_is_none_is_passed_over(market: Compared, spans: Kept, header: str) -> None:
    await market.ask(CALLED, client=market.plain, traceparent=header)
    assert spans.one("POST /graphql").links == ()


async def test_a_request_that_waits_for_its_turn_says_so(market: Compared, spans: Kept) -> None:
    asked = "query Waits { creators(first: 12) { nodes { overall { value explanation { median { raw } } } } } }"
    await asyncio.gather(*(market.ask(asked.replace("Waits", f"Waits{n}"), client=market.plain) for n in range(20)))
    waits = [spans.path(each) for each in spans.named("wait for a turn")]
    assert ["POST /graphql", "wait for a turn"] in waits


async def test_log_lines_name_their_trace(market: Compared, spans: Kept) -> None:
    root = logging.getLogger()
    handlers, level, stream = root.handlers[:], root.level, io.StringIO()
    configure("info", stream=stream)
    try:
        await market.ask(PAGE)
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    (line,) = [each for each in map(json.loads, stream.getvalue().splitlines()) if each["logger"] == "creatorgraph.http"]
    request = spans.one("POST /graphql").context
    assert request is not None
    assert (line["traceId"], line["spanId"]) == (f"{request.trace_id:032x}", f"{request.span_id:016x}")
    assert len(line["requestId"]) == 16


async def test_health_and_metrics_are_not_recorded(market: Compared, spans: Kept) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        assert (await market.plain.get(path)).status_code in (200, 503)
    assert list(spans) == []


async def test_a_failure_of_ours_is_one_of_the_request(market: Compared, spans: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.http.endpoint.executed", _broken)
    answer = await market.ask(CALLED, client=market.plain)
    assert answer.status_code == 500
    request = spans.one("POST /graphql")
    assert (request.status.status_code, told(request)["error.type"]) == (StatusCode.ERROR, "500")


async def _broken(*_: object) -> httpx.Response:
    raise RuntimeError("creator3")
