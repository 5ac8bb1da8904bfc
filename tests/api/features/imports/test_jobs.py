"""Imports as jobs: one at a time, followed, cancelled, killed, ended with the service; and for nobody but administrators."""

from __future__ import annotations

import asyncio
import sys
from typing import Any, Final

import httpx
import psutil
import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.imports.store import Store
from api.process.state import State
from graph.load.lock import IMPORT, held
from tests.api.features.imports.conftest import GOOD, SECONDS, Imports, creators

MANY: Final = 14_000
"""Seven batches, of which the third is read once the first is committed."""

OTHERS: Final = (Role.ANALYST, Role.PARTNER, Role.BRAND, Role.CREATOR)
WAITING: Final = "waiting for another import (process "
INPUT: Final = '(input: {importId: "x"})'
ASKED: Final = (
    "mutation { createDataImport(input: {}) { userErrors { code } } }",
    *(f"mutation {{ {what}DataImport{INPUT} {{ userErrors {{ code }} }} }}" for what in ("map", "check", "start", "cancel", "delete")),
    'mutation { mendRejectedRows(input: {importId: "x", table: "creators", rows: []}) { userErrors { code } } }',
    "{ viewer { dataImports { totalCount } } }",
    '{ viewer { dataImport(id: "x") { status } } }',
    '{ viewer { rejectedRows(import: "x", table: "creators") { nodes { row } } } }',
    '{ viewer { mappingPreview(import: "x") { error } } }',
)
SENT: Final = (("PUT", "files/a.csv"), ("GET", "rejects.zip"), ("GET", "rejects/tables/creators.jsonl"))


def lines(count: int) -> str:
    return "id,handle,region\n" + "".join(f"c{number:06},handle{number},US\n" for number in range(count))


async def process_of(store: Store, id_: str) -> psutil.Process:
    """Return the process that imports, once it works."""
    async with asyncio.timeout(SECONDS):
        while True:
            found = store.record(id_)
            assert found.process is not None
            process = psutil.Process(found.process[0])
            if "api.process.import_worker" in process.cmdline():
                return process
            await asyncio.sleep(0.05)


@pytest.fixture
def store(state: State) -> Store:
    return Store(state.settings.home)


async def test_another_import_is_in_the_way_whoever_makes_it(graph: AsyncDriver, imports: Imports) -> None:
    first, second = await imports.upload({"creators.csv": GOOD}), await imports.upload({"creators.csv": GOOD})
    async with held(graph, IMPORT, database="neo4j", waiting=lambda _: None):
        (error,) = await imports.do("start", first)
        assert (error["field"], error["code"]) == ("importId", "ALREADY_RUNNING")
        assert error["message"].startswith("process ")
        assert " holds the lock of imports: an import of the command line, or a scoring run that reads;" in error["message"]
    assert await imports.do("start", first) == []
    async with held(graph, IMPORT, database="neo4j", waiting=lambda _: None):  # before its process is up
        (error,) = await imports.do("check", second)
        told = f"import {first}, started by the key 'the admin', is importing; wait until it has ended, or cancel it"
        assert (error["code"], error["message"]) == ("ALREADY_RUNNING", told)
        refused = await imports.client.put(f"/imports/{first}/files/more.csv", content="")
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (409, "IMPORT_CLOSED")
        assert [each["code"] for each in await imports.do("delete", first)] == ["IMPORT_CLOSED"]
        async with imports.until(first, lambda found: found["waitsFor"] is not None) as found:
            assert found["waitsFor"].startswith(WAITING)
    assert (await imports.ended(first))["status"] == "DONE"
    assert (await imports.done("start", second))["summary"]["tables"][0]["unchanged"] == 2


async def test_what_is_cancelled_keeps_what_was_committed_and_the_rest_follows(graph: AsyncDriver, imports: Imports) -> None:
    id_ = await imports.upload({"creators.csv": lines(MANY)})
    assert [each["code"] for each in await imports.do("cancel", id_)] == ["NOT_RUNNING"]
    async with graph.session() as session, await session.begin_transaction() as last:
        await (await last.run("CREATE (:Creator {id: $id})", id=f"c{MANY - 1:06}")).consume()  # which the last batch waits for
        assert await imports.do("start", id_) == []
        async with imports.until(id_, lambda found: found["rowsRead"] > 4_000) as found:
            assert (found["status"], found["table"]) == ("IMPORTING", "creators")
            assert await imports.do("cancel", id_) == []
        found = await imports.ended(id_)
        await last.rollback()
    assert (found["status"], found["error"]) == ("CANCELLED", None)
    before = len(await creators(graph))
    assert 0 < before < MANY
    done = await imports.done("start", id_)
    assert done["status"] == "DONE"
    assert (done["created"], len(await creators(graph))) == (MANY - before, MANY)


@pytest.mark.fault
async def test_one_that_is_killed_has_failed_and_can_be_started_again(graph: AsyncDriver, imports: Imports, store: Store) -> None:
    id_ = await imports.upload({"creators.csv": GOOD})
    assert await imports.do("start", id_) == []
    async with held(graph, IMPORT, database="neo4j", waiting=lambda _: None):
        (await process_of(store, id_)).kill()
        found = await imports.ended(id_)
    assert found["status"] == "FAILED"
    assert found["error"].endswith("; what was imported before stays: import again, which does nothing twice")
    assert (await imports.done("start", id_))["status"] == "DONE"


async def test_it_ends_with_whoever_started_it(graph: AsyncDriver, imports: Imports, state: State, store: Store) -> None:
    id_ = await imports.upload({"creators.csv": GOOD})
    assert await imports.do("check", id_) == []
    async with held(graph, IMPORT, database="neo4j", waiting=lambda _: None):
        process = await process_of(store, id_)
        async with imports.until(id_, lambda found: found["waitsFor"] is not None):
            await state.own.end()
        assert not process.is_running()
        found = await imports.one(id_)
    assert (found["status"], found["error"]) == (
        "FAILED",
        "what ran it was stopped before it was done; nothing was written: check again",
    )


async def test_a_process_that_cannot_be_started_keeps_nobody_waiting(imports: Imports, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = await imports.upload({"creators.csv": GOOD})
    with monkeypatch.context() as without:
        without.setattr(sys, "executable", "/no/such/python")
        (error,) = await imports.do("start", id_)
    assert (error["code"], (await imports.one(id_))["status"]) == ("NOT_STARTED", "FAILED")
    assert error["message"] == "no process could be started (No such file or directory); free some memory, and start it again"
    assert (await imports.done("check", id_))["status"] == "CHECKED"


@pytest.mark.parametrize("role", OTHERS)
async def test_others_have_nothing_to_do_with_it(
    client: httpx.AsyncClient, own_keys: dict[Role, str], imports: Imports, role: Role
) -> None:
    id_ = await imports.upload({"creators.csv": GOOD})
    own: dict[str, Any] = {"headers": {"Authorization": f"Bearer {own_keys[role]}"}}
    for text in ASKED:
        answer = (await client.post("/graphql", json={"query": text.replace('"x"', f'"{id_}"')}, **own)).json()
        assert [each["extensions"]["code"] for each in answer["errors"]] == ["FORBIDDEN"], text
    for method, path in SENT:
        answer = await client.request(method, f"/imports/{id_}/{path}", **own)
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN"), path
    assert (await imports.one(id_))["fileCount"] == 1
