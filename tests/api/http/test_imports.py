"""Uploads and rejects over HTTP: whose, how, and what becomes of a client that hangs up in the middle."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from neo4j import AsyncDriver

from api.access.grants import Grant
from api.access.viewer import Role, Scope
from api.http.sessions import OURS
from api.imports.record import Record
from api.imports.store import PARTS, Store
from api.process import protocol
from api.process.state import State
from tests.api.http.streaming_server import SECONDS, Server, serving

ID = "0" * 32
HOSTILE = ("../../access.sqlite", "%2e%2e/x", "/etc/passwd", "a\\b", "a\x00b", ".hidden", "a//b", "CON")


@pytest.fixture
def store(state: State) -> Store:
    made = Store(state.settings.home)
    made.add(Record(ID, "k1", "root", 1, 10**11))
    return made


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["extensions"]["code"]


async def put(client: httpx.AsyncClient, name: str = "a.csv", *, id_: str = ID, **given: object) -> httpx.Response:
    return await client.put(f"/imports/{id_}/files/{quote(name, safe='/')}", **{"content": b"x", **given})  # pyright: ignore[reportArgumentType]


async def test_a_file_is_stored_and_told(client: httpx.AsyncClient, store: Store) -> None:
    answer = await put(client, "shop/ชื่อ.csv")
    assert (answer.status_code, answer.json()) == (201, {"name": "shop/ชื่อ.csv", "files": 1, "bytes": 1})
    assert (store.files(ID) / "shop" / "ชื่อ.csv").read_bytes() == b"x"


@pytest.mark.parametrize("name", HOSTILE)
async def test_no_name_leads_out_of_the_import(client: httpx.AsyncClient, store: Store, name: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    encoded = "".join(f"%{byte:02x}" for byte in name.encode()) if not name.startswith("%") else name
    assert code(await client.put(f"/imports/{ID}/files/{encoded}", content=b"x")) in {(400, "BAD_USER_INPUT"), (404, "NOT_FOUND")}
    assert [each for each in sorted(tmp_path.rglob("*")) if each not in before and each.suffix != ".lock" and each.is_file()] == []


async def test_what_cannot_be_is_refused(client: httpx.AsyncClient, store: Store) -> None:
    assert code(await put(client, id_="1" * 32)) == (404, "NOT_FOUND")
    assert code(await put(client, headers={"Content-Encoding": "gzip"})) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert code(await client.get(f"/imports/{ID}/files/a.csv")) == (405, "METHOD_NOT_ALLOWED")
    assert code(await client.get(f"/imports/{ID}/rejects.zip")) == (404, "NOT_FOUND")
    for name in ("tables/creators.jsonl", "../import.json", "%2e%2e/import.json"):
        assert code(await client.get(f"/imports/{ID}/rejects/{quote(name, safe='')}")) == (404, "NOT_FOUND")


async def test_too_many_bytes_are_refused(client: httpx.AsyncClient, store: Store, state: State) -> None:
    object.__setattr__(state.settings, "import_mb", 1)
    answer = await put(client, content=b"x" * (1024 * 1024 + 1))
    assert code(answer) == (413, "BODY_TOO_LARGE")
    assert answer.json()["errors"][0]["extensions"]["limit"] == 1024 * 1024


async def test_rejects_are_fetched_and_nothing_else(client: httpx.AsyncClient, store: Store) -> None:
    (store.rejects(ID) / "tables").mkdir(parents=True)
    (store.rejects(ID) / "tables" / "creators.jsonl").write_bytes(b"{}\n")
    found = await client.get(f"/imports/{ID}/rejects/tables/creators.jsonl")
    assert (found.content, found.headers["content-type"]) == (b"{}\n", "application/jsonl")
    assert found.headers["content-disposition"] == 'attachment; filename="creators.jsonl"'
    assert (await client.get(f"/imports/{ID}/rejects.zip")).content[:2] == b"PK"


@pytest.mark.parametrize(("held", "method", "path"), [(Scope.READ, "PUT", "files/a.csv"), (Scope.WRITE, "GET", "rejects.zip")])
async def test_a_narrowed_key_needs_the_scope(
    stranger: httpx.AsyncClient, state: State, store: Store, held: Scope, method: str, path: str
) -> None:
    narrow = state.store.create(Grant("narrow", Role.ADMIN, scopes=(held,)), now=1).text
    answer = await stranger.request(method, f"/imports/{ID}/{path}", headers={"Authorization": f"Bearer {narrow}"})
    assert code(answer) == (403, "FORBIDDEN")


async def test_a_session_needs_the_header_that_no_other_site_can_send(stranger: httpx.AsyncClient, key: str, store: Store) -> None:
    ours = {OURS: "explorer"}
    assert (await stranger.post("/session", json={"key": key}, headers=ours)).status_code == 200
    assert code(await put(stranger)) == (403, "FORBIDDEN")
    assert (await put(stranger, headers=ours)).status_code == 201


@pytest.fixture
async def port(graph: AsyncDriver, tmp_path: Path) -> AsyncIterator[tuple[Server, Store]]:
    """Listen at a port, with bounds of bodies far below those of uploads."""
    async with serving(graph, tmp_path) as server:
        made = Store(tmp_path)
        made.add(Record(ID, "k1", "root", 1, 10**11))
        yield server, made


async def begun(server: Server, store: Store, *, said: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Send the first half of a file, and return the connection once some of it is on the disk."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = f"PUT /imports/{ID}/files/a.csv HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {server.bearer['Authorization']}\r\n"
    writer.write(f"{head}Content-Length: {said}\r\n\r\n".encode() + b"x" * (said // 2))
    await writer.drain()
    async with asyncio.timeout(SECONDS):
        while not any(each.stat().st_size for each in (store.at(ID) / PARTS).iterdir()):
            await asyncio.sleep(0.02)
    return reader, writer


@pytest.mark.fault
async def test_a_client_that_hangs_up_in_the_middle_of_a_file_leaves_nothing(port: tuple[Server, Store]) -> None:
    server, store = port
    _, writer = await begun(server, store, said=9_000_000)
    writer.close()
    async with asyncio.timeout(SECONDS):
        while list((store.at(ID) / PARTS).iterdir()):
            await asyncio.sleep(0.02)
    assert list(store.files(ID).iterdir()) == []
    assert store.record(ID).files == 0


async def test_a_file_may_take_longer_than_other_bodies_as_long_as_some_of_it_comes(
    port: tuple[Server, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, store = port
    monkeypatch.setattr(protocol, "BODY_SECONDS", 1.0)
    reader, writer = await begun(server, store, said=9_000_000)
    for _ in range(4):
        await asyncio.sleep(0.6)
        writer.write(b"x" * 1_125_000)
        await writer.drain()
    assert (await reader.readline()) == b"HTTP/1.1 201 Created\r\n"
    writer.close()
    assert store.record(ID).bytes == 9_000_000


async def test_one_that_says_nothing_any_more_is_given_up(port: tuple[Server, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    server, store = port
    monkeypatch.setattr(protocol, "BODY_SECONDS", 0.3)
    reader, writer = await begun(server, store, said=9_000_000)
    async with asyncio.timeout(SECONDS):
        assert await reader.read() == b""
        while list((store.at(ID) / PARTS).iterdir()):
            await asyncio.sleep(0.02)
    writer.close()


async def test_a_stranger_is_refused_before_the_file_has_come(port: tuple[Server, Store]) -> None:
    server, store = port
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(f"PUT /imports/{ID}/files/a.csv HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900000000\r\n\r\n".encode())
    async with asyncio.timeout(SECONDS):
        assert (await reader.readline()) == b"HTTP/1.1 401 Unauthorized\r\n"
    writer.close()
    assert list((store.at(ID) / PARTS).iterdir()) == []
