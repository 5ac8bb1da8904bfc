"""Previews of uploads are made in a process that is ended where it takes too long, too much, or nobody waits for it."""

from __future__ import annotations

import asyncio
import gzip
from typing import Any, Final

import httpx
import psutil
import pytest

from api.imports.store import Store
from api.process import previews
from api.process.state import State
from tests.api.features.imports.conftest import Ask, Imports
from tests.api.features.imports.test_mapped import MAPPING, PREVIEW

LINES: Final = gzip.compress(b"\n" * 100_000_000, 1)
LISTS: Final = gzip.compress(b"[" + b"[]," * 5_000_000 + b"[]]", 1)
REMEDY: Final = "upload a file with its first records alone to try the mapping; a check reads the whole file, without this limit"


def working() -> list[psutil.Process]:
    """Return the processes of this one that make previews."""
    return [each for each in psutil.Process().children() if "api.process.preview_worker" in each.cmdline()]


@pytest.mark.parametrize(
    ("name", "content", "limit"),
    [("list.jsonl.gz", LINES, "time limit of 1 s"), ("list.json.gz", LISTS, "memory limit of 160 MiB")],
    ids=["time", "memory"],
)
async def test_one_that_needs_too_much_is_ended_and_told(
    ask: Ask, imports: Imports, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, limit: str
) -> None:
    monkeypatch.setattr(previews, "SECONDS", 1)
    monkeypatch.setattr(previews, "PATIENCE", 60)
    monkeypatch.setattr(previews, "MEBIBYTES", 160)
    id_ = await imports.upload({name: content})
    found = (await ask(PREVIEW, id=id_, mapping=MAPPING.replace("list.csv", name)))["mappingPreview"]
    assert (found["files"], found["error"]) == ([name], f"the preview exceeded its {limit}; {REMEDY}")
    assert working() == []


async def test_one_is_made_at_a_time_and_ends_with_whoever_asked(client: httpx.AsyncClient, imports: Imports) -> None:
    variables = {"id": await imports.upload({"list.jsonl.gz": LINES})}
    requests = [asyncio.create_task(client.post("/graphql", json={"query": PREVIEW, "variables": variables})) for _ in range(2)]
    async with asyncio.timeout(60):
        while not (found := working()):
            await asyncio.sleep(0.01)
    assert len(found) == 1
    for each in reversed(requests):  # the one that waits first, which then begins none
        each.cancel()
    await asyncio.gather(*requests, return_exceptions=True)
    assert working() == []


async def test_files_that_are_removed_meanwhile_are_told(
    client: httpx.AsyncClient, state: State, imports: Imports, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await imports.upload({"list.csv": "Key\n1\n"})
    turn = previews._turn

    def emptied(*given: Any) -> Any:
        Store(state.settings.home).clear_files(id_)
        return turn(*given)

    monkeypatch.setattr(previews, "_turn", emptied)
    answer = (await client.post("/graphql", json={"query": PREVIEW, "variables": {"id": id_, "mapping": MAPPING}})).json()
    (error,) = answer["errors"]
    assert (error["extensions"]["code"], error["message"]) == (
        "NOT_FOUND",
        "the file is no longer there, since it was removed meanwhile; begin another import",
    )
