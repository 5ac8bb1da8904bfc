"""Keys to try the demo market with, one for each role, in a file for their owner alone; each is valid for a month."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from time import time
from typing import Final

from api.access.grants import Grant
from api.access.keyring import Keyring
from api.access.keys import key_id
from api.access.store import Store
from api.access.viewer import Role
from api.errors import Unauthenticated
from graph.server.home import write_private

FILE: Final = "demo-keys.json"
SECONDS: Final = 30 * 24 * 3600


def demo_keys(home: Path, grants: Iterable[Grant] = ()) -> dict[Role, str]:
    """Return the demo keys by role, made from `grants` where there are none of that role that still work."""
    store = Store(home)
    try:
        keys = _working(home, store)
        missing = [grant for grant in grants if grant.role not in keys]
        for grant in missing:
            keys[grant.role] = _renewed(store, grant)
        if missing:
            write_private(home / FILE, json.dumps(keys, indent=2))
        return keys
    finally:
        store.close()


def _working(home: Path, store: Store) -> dict[Role, str]:
    """Return the kept keys that are still valid, and will not be forever."""
    file, keyring = home / FILE, Keyring(store)
    kept: dict[str, str] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    working: dict[Role, str] = {}
    for role, key in kept.items():
        record = store.record(key_id(key) or "")
        if record is None or record.grant.expires_at is None:
            continue
        try:
            keyring.viewer(f"Bearer {key}")
        except Unauthenticated:
            continue
        working[Role(role)] = key
    return working


def _renewed(store: Store, grant: Grant) -> str:
    """Make the key anew; one of the same name, whose text is lost, is revoked."""
    now = int(time())
    if any(each.grant.name == grant.name and each.state(now) == "live" for each in store.records()):
        store.revoke(grant.name, now=now)
    return store.create(replace(grant, expires_at=now + SECONDS), now=now).text
