"""What is kept no longer goes from when serving begins, whether or not anybody imports."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

import pytest

from api.imports.record import Record
from api.imports.store import Store
from api.process import importer
from api.process.importer import sweeping
from api.settings import Settings

ID: Final = "0" * 32
SECONDS: Final = 30


async def gone(store: Store) -> None:
    async with asyncio.timeout(SECONDS):
        while store.at(ID).exists():
            await asyncio.sleep(0.01)


async def test_what_is_kept_no_longer_is_removed_when_serving_begins(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.add(Record(ID, "k1", "root", 1, 50))
    async with sweeping(Settings(home=tmp_path)):
        await gone(store)


async def test_a_sweep_that_fails_is_followed_by_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, sweep, failed = Store(tmp_path), Store.sweep, list[bool]()

    def once(self: Store, now: int, *, kept: int) -> None:
        if not failed:
            failed.append(True)
            raise ValueError("a mistake")
        sweep(self, now, kept=kept)

    monkeypatch.setattr(importer, "SWEEP", 0.01)
    monkeypatch.setattr(Store, "sweep", once)
    store.add(Record(ID, "k1", "root", 1, 50))
    async with sweeping(Settings(home=tmp_path)):
        await gone(store)
    assert failed
