"""Exports over HTTP: what each role may order, and files that only their key can fetch."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import networkx as nx
import orjson
import polars as pl
import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.http.exports import jobs_of
from api.process.state import State
from api.proof.bundle import read
from api.proof.signing import Signer, public_key
from api.proof.verification import verdict
from api.runs.scoring_run import score
from tests.api.drawn_market import END, draw_market
from tests.api.http.exporting import GRAPH, Ask, code, content, context, made, over


@pytest.fixture
async def ask(state: State) -> AsyncIterator[Ask]:
    yield context(state)
    await jobs_of(state).stop()


async def test_the_size_of_a_graph_is_said_before_it_is_made_and_what_is_smaller(
    graph: AsyncDriver, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    await graph.execute_query("UNWIND range(1, 20) AS n CREATE (:Creator {id: 'c' + n, handle: 'h' + n, region: 'US'})")
    async with ask(Role.ANALYST) as client:
        small = (await client.post("/exports", json=GRAPH)).json()
        assert (small["estimatedBytes"], small["notice"]) == (20 * 263, None)
        monkeypatch.setattr("api.exports.sizes.LARGE", 1000)
        large = (await client.post("/exports", json=GRAPH)).json()
        assert "20 rows" in large["notice"]
        assert '"options": {"labels": ["Creator", "Brand"]}' in large["notice"]
        part = (await client.post("/exports", json={**GRAPH, "options": {"labels": ["Brand"]}})).json()
        assert (part["estimatedBytes"], part["notice"]) == (0, None)
        query = {"what": "query", "format": "csv", "options": {"query": "RETURN 1 AS one"}}
        assert (await client.post("/exports", json=query)).json()["estimatedBytes"] is None


async def test_an_export_is_ordered_looked_at_fetched_and_deleted(graph: AsyncDriver, ask: Ask, tmp_path: Path) -> None:
    await graph.execute_query("CREATE (:Creator {id: 'c1', handle: 'ann', region: 'US'}), (:Brand {id: 'b1', name: 'Acme'})")
    async with ask(Role.ANALYST) as client:
        ordered = await client.post("/exports", json=GRAPH)
        assert (ordered.status_code, ordered.headers["location"]) == (202, f"/exports/{ordered.json()['id']}")
        found = await over(client, ordered.json()["id"])
        assert (found["status"], found["progress"], found["rows"], found["fileName"], found["error"]) == (
            "DONE",
            1.0,
            2,
            "graph.graphml",
            None,
        )
        file = await client.get(found["file"])
        assert nx.read_graphml(io.BytesIO(file.content)).nodes["Creator:c1"]["handle"] == "ann"
        assert file.headers["content-length"] == str(len(file.content)) == str(found["bytes"])
        assert file.headers["content-disposition"] == 'attachment; filename="graph.graphml"'
        assert file.headers["cache-control"] == "no-store"
        part = await client.get(found["file"], headers={"Range": "bytes=2-5"})
        assert (part.status_code, part.content) == (206, file.content[2:6])
        assert (await client.head(found["file"])).headers["content-length"] == str(found["bytes"])
        (kept,) = (tmp_path / "exports").iterdir()
        assert [oct(each.stat().st_mode)[-3:] for each in (tmp_path / "exports", kept, *sorted(kept.iterdir()))] == [
            "700",
            "700",
            "600",
            "600",
        ]
        assert (await client.delete(f"/exports/{found['id']}")).status_code == 204
        assert code(await client.get(found["file"])) == (404, "NOT_FOUND")
        assert list((tmp_path / "exports").iterdir()) == []


async def test_tables_come_as_a_zip(graph: AsyncDriver, ask: Ask) -> None:
    await graph.execute_query("CREATE (:Creator {id: 'c1', handle: 'ann', region: 'US'})")
    async with ask(Role.ADMIN) as client:
        for options, name, inside in (
            ({}, "graph.csv.zip", "nodes/Creator.csv"),
            ({"tables": True}, "graph-tables.csv.zip", "creators.csv"),
        ):
            found = await made(client, what="graph", format="csv", options=options)
            with zipfile.ZipFile(io.BytesIO(await content(client, found))) as packed:
                assert b'"ann"' in packed.read(inside)
            assert found["fileName"] == name


async def test_what_is_another_keys_is_not_there(ask: Ask) -> None:
    async with ask(Role.ANALYST) as mine, ask(Role.ADMIN) as theirs:
        found = await made(mine, **GRAPH)
        for method, path in (("GET", ""), ("GET", "/file"), ("DELETE", "")):
            assert code(await theirs.request(method, f"/exports/{found['id']}{path}")) == (404, "NOT_FOUND")
        assert (await theirs.get("/exports")).json() == {"exports": []}
        assert [each["id"] for each in (await mine.get("/exports")).json()["exports"]] == [found["id"]]


@pytest.mark.parametrize("id_", ["..", "%2e%2e", "..%2f..%2fkeys.db", "a" * 32, "export.json", "%00", "a" * 5000, ".." + "a" * 30])
async def test_an_id_leads_nowhere_else(ask: Ask, id_: str, tmp_path: Path) -> None:
    (tmp_path / "exports" / "aside").mkdir(parents=True)
    async with ask(Role.ADMIN) as client:
        for method, path in (("GET", ""), ("GET", "/file"), ("DELETE", "")):
            assert (await client.request(method, f"/exports/{id_}{path}")).status_code in (404, 405)
    assert (tmp_path / "exports" / "aside").is_dir()


async def test_who_may_not_is_refused(ask: Ask) -> None:
    query = {"what": "query", "format": "csv", "options": {"query": "RETURN 1 AS one"}}
    network = {"what": "network", "format": "gexf", "options": {"brand": "b2"}}
    orders = (GRAPH, query, network, {"what": "scorecards", "format": "csv", "options": {"facts": True}})
    for role in (Role.BRAND, Role.PARTNER, Role.CREATOR):
        async with ask(role) as client:
            for order in orders:
                assert code(await client.post("/exports", json=order)) == (403, "FORBIDDEN"), (role, order)
    async with ask(Role.CREATOR) as client:
        assert code(await client.post("/exports", json={"what": "scorecards", "format": "csv"})) == (403, "FORBIDDEN")
        assert (await client.get("/exports")).json() == {"exports": []}
    async with ask(Role.ADMIN) as client:
        assert code(await client.get("/exports", headers={"Authorization": ""})) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ([], "the body is not an object"),
        ({"what": "network", "format": "csv", "options": {"brand": "b1", "first": 5000}}, "a network has at most 500 nodes"),
        ({"what": "network", "format": "csv", "options": {"brand": "Creator:c1"}}, "give an id that starts with Brand:"),
    ],
)
async def test_an_order_that_breaks_a_rule_is_refused(ask: Ask, order: Any, words: str) -> None:
    async with ask(Role.ANALYST) as client:
        answer = await client.post("/exports", json=order)
        assert code(answer) == (400, "BAD_USER_INPUT")
        assert words in answer.json()["errors"][0]["message"]


async def test_a_request_that_is_none_is_refused(ask: Ask) -> None:
    async with ask(Role.ANALYST) as client:
        assert code(await client.post("/exports", content="{", headers={"Content-Type": "application/json"})) == (400, "BAD_REQUEST")
        assert code(await client.post("/exports", content="what=graph")) == (415, "UNSUPPORTED_MEDIA_TYPE")
        refused = await client.put("/exports")
        assert (code(refused), refused.headers["allow"]) == ((405, "METHOD_NOT_ALLOWED"), "GET, POST")


async def test_a_query_that_would_write_is_refused_at_once(ask: Ask) -> None:
    async with ask(Role.ANALYST) as client:
        order = {"what": "query", "format": "csv", "options": {"query": "CREATE (n) RETURN n"}}
        assert code(await client.post("/exports", json=order)) == (400, "CYPHER_REFUSED")


async def test_without_a_run_there_are_no_scorecards(ask: Ask) -> None:
    async with ask(Role.ANALYST) as client:
        assert (await made(client, what="scorecards", format="csv"))["error"]["code"] == "NOT_READY"
        gone = await made(client, what="scorecards", format="csv", options={"run": "r000009"})
        assert (gone["status"], gone["error"]["code"]) == ("FAILED", "EXPORT_FAILED")
        assert "there is no run 'r000009'" in gone["error"]["message"]


async def test_each_role_exports_what_it_sees(graph: AsyncDriver, state: State, ask: Ask) -> None:
    await draw_market(graph)
    await score(graph, as_of=END)
    await state.run.refresh()
    regions = dict((await graph.execute_query("MATCH (c:Creator) RETURN collect([c.id, c.region])")).records[0][0])
    for role, seen in ((Role.ANALYST, {"US", "GB"}), (Role.BRAND, {"US"}), (Role.PARTNER, {"US"})):
        async with ask(role) as client:
            cards = pl.read_parquet(io.BytesIO(await content(client, await made(client, what="scorecards", format="parquet"))))
            assert {regions[each] for each in cards["creatorId"]} == seen
            assert not any(name.startswith("fact_") for name in cards.columns)
            network = await made(client, what="network", format="gexf", options={"brand": "Brand:b1", "depth": 2})
            read = nx.read_gexf(io.BytesIO(await content(client, network)))
            creators = {node.partition(":")[2] for node in read if node.startswith("Creator:")}
            assert {regions[each] for each in creators} == seen
            others = {node for node in read if node.startswith("Brand:")} - {"Brand:b1"}
            assert bool(others) == (role is Role.ANALYST)
            assert all("color" in data["viz"] and "position" in data["viz"] for _, data in read.nodes(data=True))


async def test_whoever_sees_ratings_can_prove_them(graph: AsyncDriver, state: State, ask: Ask, tmp_path: Path) -> None:
    await draw_market(graph)
    await graph.execute_query("MATCH (c:Creator {id: 'c01'}) SET c.id = 'c1', c.salesConsent = false")
    await score(graph, as_of=END, signer=Signer.of(tmp_path))
    await state.run.refresh()
    for role, creators in ((Role.ANALYST, 12), (Role.CREATOR, 1), (Role.BRAND, 8)):
        async with ask(role) as client:
            made_ = await made(client, what="scorecards", format="jsonl", options={"manifest": True})
            assert made_["fileName"] == "scorecards-manifest.jsonl.zip"
            (tmp_path / role).write_bytes(await content(client, made_))
        found = verdict(read(tmp_path / role), trusted=public_key(tmp_path))
        assert (found.problems, found.differences, found.creators, found.withheld) == ([], [], creators, 0)


async def test_an_analyst_exports_a_querys_result_in_every_format(graph: AsyncDriver, ask: Ask) -> None:
    await graph.execute_query(
        "CREATE (c:Creator {id: 'c1', handle: 'ann', followerCount: 3}), (b:Brand {id: 'b1', name: 'Acme'})"
        " CREATE (c)-[:COLLABORATED_WITH {times: 2}]->(b), (c)-[:COLLABORATED_WITH {times: 2}]->(b)"
    )
    query = "MATCH p = (c:Creator)-[r]->(b:Brand) WHERE c.followerCount < $most RETURN p, c.handle AS handle, [1.5, 2] AS halves"
    options = {"query": query, "parameters": {"most": 5}}
    async with ask(Role.ANALYST) as client:
        for kind in ("graphml", "gexf"):
            found = await made(client, what="query", format=kind, options=options)
            read = (nx.read_gexf if kind == "gexf" else nx.read_graphml)(io.BytesIO(await content(client, found)))
            assert (sorted(read), read.number_of_edges("Creator:c1", "Brand:b1")) == (["Brand:b1", "Creator:c1"], 2)
            assert (read.nodes["Creator:c1"]["followerCount"], read.nodes["Creator:c1"]["label"]) == (3, "ann")
            await client.delete(f"/exports/{found['id']}")
        table = pl.read_parquet(io.BytesIO(await content(client, await made(client, what="query", format="parquet", options=options))))
        assert table["handle"].to_list() == ["ann", "ann"]
        assert table["halves"].to_list() == [[1.5, 2.0]] * 2
        assert orjson.loads(table["p"][0])["nodes"][0]["id"] == "Creator:c1"
        cut = await made(client, what="query", format="jsonl", options={**options, "limit": 1})
        assert (cut["rows"], cut["facts"]) == (1, {"truncatedBy": "ROWS"})
