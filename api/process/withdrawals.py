"""What follows outside the graph when somebody is taken out of it: export files, keys, and who is behind the audit log's pseudonyms."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from api.access.store import Store as Keys
from api.audit.files import FOLDER
from api.audit.pseudonyms import Pseudonyms
from api.exports.store import Store as Exports
from api.webhooks.deliveries import Deliveries
from api.webhooks.store import FILE as WEBHOOKS
from graph.rights.erasure import Known, quoted

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
        accounts = [(each.id, each.grant) for each in (*keys.records(), *keys.subjects.subjects())]
        own = {id_ for id_, grant in accounts if grant is not None and grant.creator in known.ids}
        keys.remove_of(known.ids)
    finally:
        keys.close()
    if (home / WEBHOOKS).exists():
        _remove_webhooks(home, own, known)
    pseudonyms = Pseudonyms(home / FOLDER)
    try:
        for each in sorted(known.ids | known.names):
            pseudonyms.forget(each)
        pseudonyms.forget_texts(quoted(known))
    finally:
        pseudonyms.close()


def _remove_webhooks(home: Path, keys: set[str], known: Known) -> None:
    """Remove the webhooks of the creator's keys, and those of others that watch the creator by name."""
    words = quoted(known)
    with Deliveries.opened(home) as webhooks:
        for each in webhooks.webhooks():
            text = f"{each.query} {json.dumps(dict(each.variables), ensure_ascii=False)} '{each.description or ''}'"
            if each.key_id in keys or any(word in text for word in words):
                webhooks.delete(each.id)
