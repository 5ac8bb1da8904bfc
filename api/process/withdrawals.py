"""What follows outside the graph when somebody is taken out of it: export files, keys, and who is behind the audit log's pseudonyms."""

from __future__ import annotations

import asyncio
from pathlib import Path

from api.access.store import Store as Keys
from api.audit.files import FOLDER
from api.audit.pseudonyms import Pseudonyms
from api.exports.store import Store as Exports
from graph.rights.erasure import Known

EXPORTS = "exports"


async def end_exports(home: Path, *, now: int) -> None:
    """End every export that was made or begun before now, since its file may tell of whoever was taken out."""
    await asyncio.to_thread(Exports(home / EXPORTS).outdate, now)


async def forget_creator(home: Path, known: Known, *, now: int) -> None:
    """Remove an erased creator's keys, and whatever the audit log could tell of them."""
    await end_exports(home, now=now)
    await asyncio.to_thread(_forget, home, known)


def _forget(home: Path, known: Known) -> None:
    keys = Keys(home)
    try:
        keys.remove_of(known.ids)
    finally:
        keys.close()
    pseudonyms = Pseudonyms(home / FOLDER)
    try:
        for each in sorted({*known.ids, *known.names, known.handle} - {""}):
            pseudonyms.forget(each)
    finally:
        pseudonyms.close()
