from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from api.access.demo import FILE, demo_keys
from api.access.grants import Grant
from api.access.keyring import Keyring
from api.access.keys import key_id
from api.access.store import Store
from api.access.viewer import Role
from api.errors import Unauthenticated

GRANTS = (Grant("demo admin", Role.ADMIN), Grant("demo brand", Role.BRAND, ("US",), ("b1",)))


def test_the_keys_are_made_once_and_work(tmp_path: Path) -> None:
    keys = demo_keys(tmp_path, GRANTS)
    assert set(keys) == {Role.ADMIN, Role.BRAND}
    assert demo_keys(tmp_path, GRANTS) == demo_keys(tmp_path) == keys
    keyring = Keyring(Store(tmp_path))
    assert keyring.viewer(f"Bearer {keys[Role.BRAND]}").brands == ("b1",)


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    demo_keys(tmp_path, GRANTS)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_a_key_that_was_revoked_or_lost_is_made_anew(tmp_path: Path) -> None:
    first = demo_keys(tmp_path, GRANTS)
    Store(tmp_path).revoke("demo brand", now=1)
    second = demo_keys(tmp_path, GRANTS)
    assert (second[Role.ADMIN] == first[Role.ADMIN], second[Role.BRAND] == first[Role.BRAND]) == (True, False)
    (tmp_path / FILE).unlink()
    assert demo_keys(tmp_path, GRANTS)[Role.ADMIN] != first[Role.ADMIN]


def test_keys_are_valid_for_a_month_and_those_of_older_versions_which_never_ended_are_replaced(tmp_path: Path) -> None:
    store = Store(tmp_path)
    endless = store.create(GRANTS[0], now=1).text
    (tmp_path / FILE).write_text(json.dumps({"admin": endless}))
    key = demo_keys(tmp_path, GRANTS)[Role.ADMIN]
    assert key != endless
    created, expires = next((each.created_at, each.grant.expires_at) for each in store.records() if each.id == key_id(key))
    assert expires == created + 30 * 24 * 3600
    with pytest.raises(Unauthenticated, match="revoked"):
        Keyring(store).viewer(f"Bearer {endless}")
    with pytest.raises(Unauthenticated, match="expired"):
        Keyring(store, clock=lambda: created + 31 * 24 * 3600).viewer(f"Bearer {key}")


def test_without_grants_nothing_is_made(tmp_path: Path) -> None:
    assert demo_keys(tmp_path) == {}
    assert not (tmp_path / FILE).exists()
