"""What any span may tell: listed names, with values of a listed form, and never whose request it is or which creator it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.features.webhooks.content import SCORES
from api.runs.scoring_run import score
from graph.load import load
from graph.outbox import RUN_PUBLISHED, Event
from tests.api.drawn_market import END, draw_market
from tests.api.http.caching import PAGE, QUERIES, Compared
from tests.api.telemetry.spans import Kept, told
from tests.api.webhooks.hooks import hooks_of
from tests.api.webhooks.receiver import receiving
from tests.graph.load.market import row

WORD = r"[a-zA-Z]{1,40}"
SECONDS = r"\d+\.\d+(e-\d+)?"
WHOLE = r"\d{1,7}"
FLAG = "True|False"
ALLOWED = {
    "http.request.method": r"[A-Z]+|_OTHER",
    "http.route": r"(/[a-z_]+|/\{\w+(:path)?\}|/)+",
    "http.response.status_code": r"[1-5]\d\d",
    "url.scheme": "https?",
    "network.protocol.version": r"[123](\.\d)?",
    "error.type": r"[A-Z][A-Za-z_.]+|[1-5]\d\d|no answer",
    "graphql.operation.type": "query|mutation|subscription",
    "graphql.operation.name": r"\w{1,80}",
    "graphql.field.name": rf"{WORD}(\.{WORD})?",
    "db.system.name": "neo4j",
    "db.namespace": "neo4j",
    "db.query.summary": r"(EXPLAIN )?(free Cypher|[A-Z]\w*( [A-Z]\w*)*)",
    "db.query.text": r"[^`]*(`key`[^`]*)*",
    "db.response.returned_rows": WHOLE,
    "server.address": r"127\.0\.0\.1|localhost",
    "server.port": WHOLE,
    "creatorgraph.query.sha256": r"[0-9a-f]{64}",
    "creatorgraph.query.connection_seconds": SECONDS,
    "creatorgraph.query.first_record_seconds": SECONDS,
    "creatorgraph.request.kind": "query|mutation|page|refused|export|mcp",
    "creatorgraph.answer.cached": FLAG,
    "creatorgraph.operation.cached": FLAG,
    "creatorgraph.plan.cached": FLAG,
    "creatorgraph.cost": WHOLE,
    "creatorgraph.webhook.id": r"wh_[0-9a-f]{24}",
    "creatorgraph.webhook.attempt": WHOLE,
    "creatorgraph.webhook.outcome": "delivered|gone|failed|withheld",
    "creatorgraph.run.id": r"[0-9a-zA-Z-]{1,40}",
    "creatorgraph.run.creators": WHOLE,
    "creatorgraph.import.dry_run": FLAG,
    "creatorgraph.import.read": WHOLE,
    "creatorgraph.import.created": WHOLE,
    "creatorgraph.import.rejected": WHOLE,
}
NAMES = re.compile(
    r"(GET|HEAD|POST|DELETE|_OTHER)( /\S*)?|graphql(\.parse|\.validate)?|query|mutation|subscription|field|plan|compute|encode"
    r"|wait for a turn|hold back|webhook delivery|scoring run|scoring [a-z]+|import|(EXPLAIN )?(free Cypher|[A-Z]\w*( [A-Z]\w*)*)"
)
CONFIDENTIAL = re.compile(r"creator\d|cgk_|\bc\d\d\b|secret|Brand \d|ratings\.example")
"""Handles, keys, ids of creators, words that the requests below plant wherever a client may write something, brands."""

SCORES_OF_ALL = "{ creators(first: 12) { nodes { handle overall { value low high explanation { median { raw } } } } } }"
PLANTED = (
    'query { creator3: creator(handle: "creator3", region: "US") { creator3secret: handle } }',
    "query cgk_creator3 { viewer { name } }",
    'query Filtered { creators(first: 3, filter: {handle: {startsWith: "creator3"}}) { nodes { handle } } }',
    "query Named($h: String!) { creators(first: 3, filter: {handle: {startsWith: $h}}) { nodes { handle } } }",
    "{ cypher(query: \"MATCH (c:Creator {handle: 'creator3'}) RETURN c.handle AS secret\") { rows } }",
    '{ cypher(query: "MATCH (c:`creator3 secret`) RETURN c") { rows } }',
    '{ search(text: "creator3", first: 3) { edges { node { __typename } } } }',
    '{ creator(id: "Creator:c03") { lookalikes(first: 3) { edges { node { handle } } } } }',
    "{ creator3 }",
    "{ unfinished(secret: ",
    'mutation { createBrief(input: {name: "creator3 secret", brief: {}}) { userErrors { code } } }',
    SCORES_OF_ALL,
)
PATHS = ("/creators/creator3", "/nowhere/creator3?secret=cgk_abc", "/exports/creator3", "/ide/creator3", "/static/creator3.js")


def faults(spans: Kept) -> Iterator[str]:
    """Yield what a span tells that none may."""
    for each in spans:
        if not NAMES.fullmatch(each.name) or CONFIDENTIAL.search(each.name):
            yield f"name {each.name}"
        if each.events or each.status.description:
            yield f"{each.name}: {each.events} {each.status.description}"
        for name, value in told(each).items():
            if name not in ALLOWED or not re.fullmatch(ALLOWED[name], str(value), re.DOTALL) or CONFIDENTIAL.search(str(value)):
                yield f"{each.name}: {name} = {value!r}"


async def test_requests_of_all_kinds_tell_only_what_is_listed(market: Compared, spans: Kept) -> None:
    for role in (Role.ADMIN, Role.ANALYST, Role.BRAND, Role.CREATOR):
        for query in (*QUERIES, PAGE, *PLANTED):
            await market.ask(query, role)
    headers = {"Authorization": f"Bearer {market.keys[Role.ADMIN]}", "X-Request-Id": "creator3-secret", "traceparent": "cgk_creator3"}
    for path in PATHS:
        await market.plain.get(path, headers=headers)
    for query in ("MATCH (c:Creator {handle: 'creator3'}) RETURN c", "RETURN 'creator3' AS", "MATCH (n) SET n.secret = 1"):
        await market.plain.post("/cypher", json={"query": query, "parameters": {"secret": "creator3"}}, headers=headers)
    await market.plain.request("SECRET", "/graphql", headers=headers)
    await market.plain.post("/graphql", content=b'{"query": "creator3', headers={**headers, "Content-Type": "application/json"})
    await market.plain.post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, headers=headers)
    assert sorted(set(faults(spans))) == []
    assert len(spans.of_database()) > 50
    assert {"free Cypher", "query", "mutation", "compute", "plan", "graphql.validate"} <= {each.name for each in spans}


async def test_a_delivery_tells_only_what_is_listed(spans: Kept, graph: AsyncDriver, tmp_path: Path) -> None:
    with receiving() as receiver:
        receiver.url += "/secret"
        receiver.answers.append((500, {}))
        async with hooks_of(graph, tmp_path) as hooks:
            hooks.add(receiver)
            hooks.add(receiver, query=SCORES)
            await hooks.happen(Event(RUN_PUBLISHED, "r1"))
            await receiver.count(1)
            await receiver.until(lambda _: spans.named("webhook delivery") != [])
    delivery = spans.named("webhook delivery")[0]
    assert delivery.parent is None
    assert (told(delivery)["creatorgraph.webhook.outcome"], told(delivery)["creatorgraph.webhook.attempt"]) == ("failed", 1)
    post = spans.named("POST")[0]
    assert spans.path(post) == ["webhook delivery", "POST"]
    assert (told(post)["http.response.status_code"], told(post)["error.type"]) == (500, "500")
    assert list(faults(spans)) == []


async def test_a_scoring_run_tells_its_steps_and_only_what_is_listed(spans: Kept, graph: AsyncDriver) -> None:
    await draw_market(graph)
    await score(graph, as_of=END)
    steps = [each.name for each in spans if each.parent and spans.path(each)[:-1] == ["scoring run"] and each.name.startswith("scoring")]
    assert {"scoring read", "scoring score", "scoring store", "scoring publish"} <= set(steps)
    assert told(spans.one("scoring run"))["creatorgraph.run.creators"] == 12
    reads = [each for each in spans.of_database() if spans.path(each)[:2] == ["scoring run", "scoring read"]]
    assert len(reads) > 5
    assert list(faults(spans)) == []


@pytest.mark.parametrize("dry_run", [True, False])
async def test_an_import_tells_its_rows_and_only_what_is_listed(spans: Kept, graph: AsyncDriver, dry_run: bool) -> None:
    rows = [row("categories", 1, id=f"c{n}", name=f"Category {n}") for n in range(3)]
    await load(graph, rows, dry_run=dry_run)
    counted = {name: told(spans.one("import"))[f"creatorgraph.import.{name}"] for name in ("read", "created", "rejected")}
    assert counted == {"read": 3, "created": 3, "rejected": 0}
    assert "import" in {spans.path(each)[0] for each in spans.of_database()}
    assert list(faults(spans)) == []
