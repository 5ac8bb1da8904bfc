"""The explorer as it is served: one page for all addresses, its files packed and kept, and its documents trusted."""

from __future__ import annotations

import gzip
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import brotli  # pyright: ignore[reportMissingTypeStubs]
import httpx
import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.app import application
from api.pages import explorer
from api.pages.explorer import PAGES, build, folder, place
from api.pages.explorer.install import install
from api.process.state import limits
from api.settings import Settings
from api.trusted.checking import problems
from api.trusted.manifest import documents
from tests.api.processes import keys, process
from tests.api.trusted.manifests import WHO, apollo

PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@asynccontextmanager
async def service(graph: AsyncDriver, home: Path, **settings: Any) -> AsyncIterator[httpx.AsyncClient]:
    state = process(graph, home, **settings)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(state)), base_url="http://127.0.0.1") as client:
        client.headers["Authorization"] = f"Bearer {keys(state)[Role.BRAND]}"
        yield client
    state.store.close()


@pytest.fixture
async def client(graph: AsyncDriver, built: Path, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with service(graph, tmp_path, cache=built) as found:
        yield found


def test_building_again_changes_nothing(built: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in place(built).rglob("*")}
    assert (install(built), folder(built)) == (place(built), place(built))
    assert {path: path.stat().st_mtime_ns for path in place(built).rglob("*")} == before
    assert not [path for path in (built / "explorer").iterdir() if path.name.startswith(".")]


def test_other_sources_are_another_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "web" / "src").mkdir(parents=True)
    monkeypatch.setattr(explorer, "ROOT", tmp_path)
    monkeypatch.setattr(explorer, "SOURCES", tmp_path / "web")
    monkeypatch.setattr(explorer, "SCHEMA", tmp_path / "schema.graphql")
    seen: list[Path] = []
    for path, text in (
        ("schema.graphql", "type Query"),
        ("web/src/main.ts", "1"),
        ("web/src/main.ts", "2"),
        ("web/src/other.ts", "2"),
        ("schema.graphql", "type Mutation"),
    ):
        (tmp_path / path).write_text(text)
        seen.append(place(tmp_path))
    assert len(set(seen)) == len(seen)
    for name in ("node_modules/x.js", "dist/index.html", "dev.local.ts", "src/schema.d.ts"):
        (tmp_path / "web" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "web" / name).write_text("none of the sources")
    assert place(tmp_path) == seen[-1]


def test_an_installed_package_serves_what_was_built_last(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(explorer, "SOURCES", tmp_path / "none")
    assert folder(tmp_path) is None
    for number, name in enumerate(("b", "a")):
        (tmp_path / "explorer" / name).mkdir(parents=True)
        os.utime(tmp_path / "explorer" / name, (number, number))
    assert folder(tmp_path) == tmp_path / "explorer" / "a"


@pytest.mark.parametrize("path", ["/", *(f"/{segment}" for segment in PAGES), "/creators/c%2F1/scores", "/network/b1?expanded=c1"])
async def test_every_address_of_a_page_is_the_page(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, headers=PERSON)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert '<div id="explorer">' in answer.text
    assert "unsafe" not in answer.headers["content-security-policy"]
    again = await client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_files_are_kept_for_a_year_and_packed_as_the_browser_likes_best(client: httpx.AsyncClient, built: Path) -> None:
    (script,) = (place(built) / "assets").glob("index-*.js")
    whole = script.read_bytes()
    for accepted, encoding in (("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None)):
        async with client.stream("GET", f"/assets/{script.name}", headers={"Accept-Encoding": accepted}) as answer:
            body = b"".join([piece async for piece in answer.aiter_raw()])
        assert answer.headers.get("content-encoding") == encoding
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding](body) == whole
        assert encoding is None or len(body) < len(whole) / 2


@pytest.mark.parametrize("name", ["nothing.js", "..%2Findex.html", "..%2Fdocuments.json", "index.html"])
async def test_nothing_but_files_of_the_page_is_served_as_one(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"/assets/{name}")).status_code == 404


async def test_an_address_that_there_is_not_is_told_to_people_by_the_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/finds", headers=PERSON)
    assert (answer.status_code, '<div id="explorer">' in answer.text, "etag" in answer.headers) == (404, True, False)
    answer = await client.get("/finds")
    assert (answer.status_code, answer.text) == (404, "Not Found")
    assert (await client.post("/find", headers=PERSON)).status_code == 405


async def test_where_it_is_not_built_the_page_says_how(graph: AsyncDriver, tmp_path: Path) -> None:
    async with service(graph, tmp_path, cache=tmp_path) as client:
        answer = await client.get("/find")
        assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")
        assert "python -m api.pages.explorer.install" in answer.text
        assert 'href="/developers"' in answer.text
        assert (await client.get("/assets/index.js")).status_code == 404
        assert (await client.get("/finds", headers=PERSON)).status_code == 404


async def test_its_documents_are_trusted_where_only_trusted_ones_are(graph: AsyncDriver, built: Path, tmp_path: Path) -> None:
    settings = {"documents": (apollo(tmp_path, WHO),), "only_trusted_documents": frozenset({"brand"})}
    own = build.read(Settings(cache=built))
    assert own
    name, text = next((name, text) for name, text in own.documents.items() if "query Shown" in text or "query Methodology" in text)
    asked = ({"documentId": f"sha256:{name}"}, {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": name}}}, {"query": text})
    async with service(graph, tmp_path, cache=built, **settings) as client:
        for body in asked:
            answer = (await client.post("/graphql", json=body)).json()
            assert not {each["extensions"]["code"] for each in answer.get("errors", ())} & {"DOCUMENT_NOT_IN_LIST", "DOCUMENT_NOT_TRUSTED"}
            assert "data" in answer
        refused = (await client.post("/graphql", json={"query": text + "\n"})).json()
        assert "may run only the documents" in refused["errors"][0]["message"]
    async with service(graph, tmp_path / "unbuilt", cache=tmp_path, **settings) as client:
        answer = (await client.post("/graphql", json=asked[0])).json()
        assert "no document has the id" in answer["errors"][0]["message"]


def test_its_documents_fit_the_schema_and_its_limits(built: Path) -> None:
    own = build.read(Settings(cache=built))
    assert own
    assert all(sha256(text.encode()).hexdigest() == name for name, text in own.documents.items())
    assert problems(documents((place(built) / "documents.json",)), limits(Settings())) == []
