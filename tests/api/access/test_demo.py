from __future__ import annotations

import stat
from pathlib import Path

from api.access.demo import FILE, demo_keys
from api.access.grants import Grant
from api.access.keyring import Keyring
from api.access.store import Store
from api.access.viewer import Role

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


def test_without_grants_nothing_is_made(tmp_path: Path) -> None:
    assert demo_keys(tmp_path) == {}
    assert not (tmp_path / FILE).exists()
