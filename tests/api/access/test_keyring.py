from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.access.grants import Grant
from api.access.keyring import Keyring
from api.access.keys import checksum
from api.access.store import Store
from api.access.viewer import Role, Viewer
from api.errors import Unauthenticated

NOW = 1_795_521_600


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    """Another process's connection to the same file."""
    opened = Store(store.path.parent)
    yield opened
    opened.close()


def said(keyring: Keyring, authorization: str | None) -> str:
    with pytest.raises(Unauthenticated) as refused:
        keyring.viewer(authorization)
    assert refused.value.headers["WWW-Authenticate"].startswith('Bearer realm="creatorgraph"')
    return refused.value.message


def test_a_valid_key_has_its_viewer(store: Store) -> None:
    key = store.create(Grant("acme", Role.BRAND, ("US",), ("b1",)), now=1)
    keyring = Keyring(store, clock=lambda: NOW)
    expected = Viewer(key.id, "acme", Role.BRAND, ("US",), ("b1",))
    assert [keyring.viewer(f"{scheme} {key.text}") for scheme in ("Bearer", "bearer", "BEARER")] == [expected] * 3


def test_use_is_noted_once_a_day(store: Store) -> None:
    key = store.create(Grant("a", Role.ADMIN), now=1)
    now = [NOW]
    keyring = Keyring(store, clock=lambda: now[0])
    seen: list[str | None] = []
    for later in (0, 60, 86_400):
        now[0] = NOW + later
        keyring.viewer(f"Bearer {key.text}")
        seen += [each.last_used_day for each in store.records()]
    assert seen == ["2026-11-24", "2026-11-24", "2026-11-25"]


def test_what_goes_on_without_a_request_is_seen_by_the_newest_valid_key_of_an_account(store: Store) -> None:
    first = store.create(Grant("a", Role.ADMIN), now=1)
    now = [NOW]
    keyring = Keyring(store, clock=lambda: now[0])
    second = store.rotate("a", now=NOW, overlap=60)
    assert keyring.holder(first.id).key_id == second.id
    store.revoke(second.id, now=NOW)
    assert keyring.holder(first.id).key_id == first.id, "it stays valid for the overlap"
    now[0] = NOW + 60
    with pytest.raises(Unauthenticated, match=f"the key {first.id} is no longer valid"):
        keyring.holder(first.id)


def test_a_revocation_elsewhere_holds_from_the_next_request_on(store: Store, other: Store) -> None:
    key = store.create(Grant("a", Role.ADMIN), now=1)
    keyring = Keyring(store, clock=lambda: NOW)
    keyring.viewer(f"Bearer {key.text}")
    other.revoke("a", now=NOW)
    assert "is revoked" in said(keyring, f"Bearer {key.text}")


def test_an_expiry_holds_though_the_key_is_in_memory(store: Store) -> None:
    key = store.create(Grant("a", Role.ADMIN, expires_at=NOW + 1), now=1)
    now = [NOW]
    keyring = Keyring(store, clock=lambda: now[0])
    keyring.viewer(f"Bearer {key.text}")
    now[0] += 1
    assert f"the key {key.id} is expired" in said(keyring, f"Bearer {key.text}")


def test_what_is_wrong_is_said(store: Store) -> None:
    keyring = Keyring(store)
    strange = "cgk_" + "abcdEFGH" + "7" * 43
    assert "no access key; send the header `Authorization: Bearer cgk_…`" in said(keyring, None)
    assert "the scheme 'Basic' is not supported" in said(keyring, "Basic abc")
    assert "malformed access key: a key is `cgk_` followed by 57 letters and digits" in said(keyring, "Bearer cgk_abc")
    assert "unknown access key" in said(keyring, f"Bearer {strange + checksum(strange)}")


def test_who_lacks_the_secret_does_not_learn_that_a_key_is_revoked(store: Store) -> None:
    key = store.create(Grant("a", Role.ADMIN), now=1)
    store.revoke("a", now=2)
    guess = key.text[:12] + "0" * 43
    keyring = Keyring(store, clock=lambda: NOW)
    assert "unknown" in said(keyring, f"Bearer {guess + checksum(guess)}")
    assert "revoked" in said(keyring, f"Bearer {key.text}")


def test_no_error_spells_a_key(store: Store) -> None:
    key = store.create(Grant("a", Role.ADMIN), now=1)
    store.revoke("a", now=2)
    keyring = Keyring(store, clock=lambda: NOW)
    assert key.text not in said(keyring, f"Bearer {key.text}")
    assert key.text[:-1] not in said(keyring, f"Bearer {key.text[:-1]}")
