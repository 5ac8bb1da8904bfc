"""Keys to try the demo market with, one for each role, in a file for their owner alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from time import time
from typing import Final

from api.access.grants import Grant
from api.access.keyring import Keyring
from api.access.store import Store
from api.access.viewer import Role
from api.errors import Unauthenticated
from graph.server.home import write_private

FILE: Final = "demo-keys.json"


def demo_keys(home: Path, grants: Iterable[Grant] = ()) -> dict[Role, str]:
    """Return the demo keys by role, made from `grants` where there are none of that role that still work."""
    store = Store(home)
    try:
        keys = _working(home, Keyring(store))
        missing = [grant for grant in grants if grant.role not in keys]
        for grant in missing:
            keys[grant.role] = _renewed(store, grant)
        if missing:
            write_private(home / FILE, json.dumps(keys, indent=2))
        return keys
    finally:
        store.close()


def _working(home: Path, keyring: Keyring) -> dict[Role, str]:
    """Return the kept keys that are still valid."""
    file = home / FILE
    kept: dict[str, str] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    working: dict[Role, str] = {}
    for role, key in kept.items():
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
    return store.create(grant, now=now).text
