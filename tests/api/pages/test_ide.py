from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from neo4j import AsyncDriver

from api.app import application
from api.pages.ide import FILES, HERE, folder, installed
from api.pages.ide.install import install
from tests.api.processes import process


def test_the_lock_has_a_checksum_for_each_package_and_no_address() -> None:
    packages = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert {name for name, package in fetched.items() if not package["integrity"].startswith("sha512-")} == set()
    assert {name for name, package in fetched.items() if "resolved" in package} == set()


def test_the_lock_fits_the_manifest() -> None:
    manifest = json.loads((HERE / "package.json").read_text("utf-8"))
    packages = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    assert packages[""]["dependencies"] == manifest["dependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in manifest["dependencies"]} == manifest["dependencies"]


def test_installing_again_changes_nothing(ide: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in folder(ide).iterdir()}
    assert (installed(ide), install(ide)) == (True, folder(ide))
    assert {file: file.stat().st_mtime_ns for file in folder(ide).iterdir()} == before
    assert {file.name for file in before} == set(FILES)


@pytest.mark.parametrize(("there", "status"), [(True, 200), (False, 503)])
async def test_the_page_says_how_to_fetch_what_is_missing(graph: AsyncDriver, ide: Path, tmp_path: Path, there: bool, status: int) -> None:
    state = process(graph, tmp_path, cache=ide if there else tmp_path)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(state)), base_url="http://127.0.0.1") as client:
        page, files = await client.get("/graphiql"), await client.get("/ide/graphiql.js")
    state.store.close()
    assert (page.status_code, files.status_code) == (status, 200 if there else 404)
    assert there or "python -m api.pages.ide.install" in page.text
    assert "script-src 'self';" in page.headers["content-security-policy"]
