"""Exports as jobs: one at a time, so many and no more, cancelled, stopped, killed, expired."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from neo4j import AsyncDriver
from neo4j.exceptions import ServiceUnavailable

from api.access.viewer import Role, Viewer
from api.exports.errors import ExportsFull, NoSuchExport
from api.exports.order import ordered
from api.exports.record import Status
from api.http.exports import jobs_of
from api.process.state import State
from graph.exports import reading
from tests.api.http.exporting import GRAPH, Ask, code, context, made, over, until
from tests.api.processes import process


@pytest.fixture
async def ask(state: State) -> AsyncIterator[Ask]:
    yield context(state)
    await jobs_of(state).stop()


@pytest.fixture
async def slowly(graph: AsyncDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an export of the graph take its time: a query for each node."""
    await graph.execute_query("UNWIND range(10000, 13000) AS n CREATE (:Creator {id: 'c' + n, handle: 'h' + n, region: 'US'})")
    monkeypatch.setattr(reading, "SPAN", 1)
    monkeypatch.setattr("api.exports.jobs.PERIOD", 0.01)


async def test_one_export_of_a_key_is_made_at_a_time_and_cancelled_when_asked(ask: Ask, slowly: None, tmp_path: Path) -> None:
    async with ask(Role.ANALYST) as client:
        first, second = [(await client.post("/exports", json=GRAPH)).json()["id"] for _ in range(2)]
        running = await until(client, first, lambda found: found["rows"] > 5)
        assert 0 < running["progress"] < 1
        assert (await client.get(f"/exports/{second}")).json()["status"] == "QUEUED"
        assert code(await client.get(f"/exports/{first}/file")) == (409, "NOT_DONE")
        for each in (second, first):
            cancelled = await client.delete(f"/exports/{each}")
            assert (cancelled.status_code, cancelled.json()["status"]) == (200, "CANCELLED")
            assert (await client.get(f"/exports/{each}")).json()["status"] == "CANCELLED"
            assert [file.name for file in (tmp_path / "exports" / each).iterdir()] == ["export.json"]
            assert (await client.delete(f"/exports/{each}")).status_code == 204


async def test_a_server_that_stops_leaves_no_half_file(state: State, ask: Ask, slowly: None, tmp_path: Path) -> None:
    async with ask(Role.ANALYST) as client:
        id_ = (await client.post("/exports", json=GRAPH)).json()["id"]
        await until(client, id_, lambda found: found["rows"] > 5)
        await jobs_of(state).stop()
        found = (await client.get(f"/exports/{id_}")).json()
    assert (found["status"], found["error"]["code"]) == ("FAILED", "STOPPED")
    assert [file.name for file in (tmp_path / "exports" / id_).iterdir()] == ["export.json"]


async def test_a_database_that_is_let_go_is_a_stop(graph: AsyncDriver, ask: Ask, slowly: None) -> None:
    async with ask(Role.ANALYST) as client:
        id_ = (await client.post("/exports", json=GRAPH)).json()["id"]
        await until(client, id_, lambda found: found["rows"] > 5)
        await graph.close()
        found = await over(client, id_)
    assert (found["status"], found["error"]["code"]) == ("FAILED", "STOPPED")


@pytest.mark.parametrize(("closing", "code"), [(True, "STOPPED"), (False, "NOT_READY")])
async def test_a_connection_that_breaks_as_the_driver_closes_is_a_stop_and_otherwise_a_failure(
    graph: AsyncDriver, ask: Ask, monkeypatch: pytest.MonkeyPatch, closing: bool, code: str
) -> None:
    async def broken(*_: object, **__: object) -> None:
        if closing:
            asyncio.get_running_loop().call_later(0.01, lambda: asyncio.ensure_future(graph.close()))
        raise ServiceUnavailable("Failed to read from defunct connection")

    monkeypatch.setattr("api.exports.jobs.export", broken)
    async with ask(Role.ANALYST) as client:
        found = await over(client, (await client.post("/exports", json=GRAPH)).json()["id"])
    assert (found["status"], found["error"]["code"]) == ("FAILED", code)


@pytest.mark.fault
async def test_a_server_that_was_killed_has_failed(ask: Ask, tmp_path: Path) -> None:
    async with ask(Role.ANALYST) as client:
        found = await made(client, **GRAPH)
        folder = tmp_path / "exports" / found["id"]
        record = orjson.loads((folder / "export.json").read_bytes())
        (folder / "export.json").write_bytes(orjson.dumps({**record, "status": "RUNNING", "process": [record["process"][0], 1.0]}))
        (folder / ".graph.graphml.x.part").write_text("half")
        after = (await client.get(f"/exports/{found['id']}")).json()
    assert (after["status"], after["error"]["code"]) == ("FAILED", "STOPPED")
    assert [file.name for file in folder.iterdir()] == ["export.json"]


async def test_an_export_is_kept_no_longer_than_said(ask: Ask, tmp_path: Path) -> None:
    async with ask(Role.ANALYST) as client:
        found = await made(client, **GRAPH)
        file = tmp_path / "exports" / found["id"] / "export.json"
        file.write_bytes(orjson.dumps({**orjson.loads(file.read_bytes()), "expires_at": 1}))
        assert code(await client.get(found["file"])) == (404, "NOT_FOUND")
        assert (await client.get("/exports")).json() == {"exports": []}
    assert list((tmp_path / "exports").iterdir()) == []


@pytest.fixture
async def bounded(graph: AsyncDriver, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Ask]:
    """Return clients of a process with other settings."""
    state = process(graph, tmp_path, **request.param)
    yield context(state)
    await jobs_of(state).stop()
    state.store.close()


@pytest.mark.parametrize("bounded", [{"export_jobs": 2}], indirect=True)
async def test_a_key_keeps_only_so_many(bounded: Ask) -> None:
    async with bounded(Role.ANALYST) as client, bounded(Role.ADMIN) as other:
        for _ in range(2):
            await made(client, **GRAPH)
        refused = await client.post("/exports", json=GRAPH)
        assert (code(refused), 0 < int(refused.headers["retry-after"]) <= 86_400) == ((429, "EXPORTS_FULL"), True)
        assert (await made(other, **GRAPH))["status"] == "DONE"
        (first, *_) = (await client.get("/exports")).json()["exports"]
        await client.delete(f"/exports/{first['id']}")
        assert (await made(client, **GRAPH))["status"] == "DONE"


async def test_an_account_that_sees_less_than_it_did_has_its_exports_no_more(graph: AsyncDriver, tmp_path: Path) -> None:
    state = process(graph, tmp_path, export_jobs=1)
    jobs, analyst = jobs_of(state), Viewer("sub_1", "somebody", Role.ANALYST)
    id_ = (await jobs.order(ordered(GRAPH), analyst)).id
    async with asyncio.timeout(60):
        while jobs.record(id_, analyst).status is not Status.DONE:
            await asyncio.sleep(0.02)
    brand = replace(analyst, role=Role.BRAND, regions=("US",), brands=("b1",))
    assert jobs.records(brand) == []
    with pytest.raises(NoSuchExport):
        jobs.record(id_, brand)
    with pytest.raises(NoSuchExport):
        await jobs.remove(id_, brand)
    with pytest.raises(ExportsFull):
        await jobs.order(ordered({"what": "scorecards", "format": "csv"}), brand)
    assert [each.id for each in jobs.records(analyst)] == [id_]
    await jobs.stop()
    state.store.close()


@pytest.mark.parametrize("bounded", [{"export_mb": 0}], indirect=True)
async def test_all_together_have_only_so_much_room(bounded: Ask) -> None:
    async with bounded(Role.ADMIN) as client:
        assert code(await client.post("/exports", json=GRAPH)) == (429, "EXPORTS_FULL")
