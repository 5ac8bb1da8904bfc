from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from api.access.grants import Grant
from api.access.keys import digest
from api.access.store import ACCOUNTS, FILE, TABLES, Store
from api.access.viewer import Role, Scope, Viewer
from api.errors import AccessError

ACME = Grant("acme", Role.BRAND, ("US", "GB"), ("b1",), None, 1_000)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "home")
    yield opened
    opened.close()


def test_folder_and_files_are_their_owners_alone(store: Store) -> None:
    store.create(ACME, now=1)
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in store.path.parent.iterdir()} == {0o600}


def test_only_the_digest_is_kept(store: Store) -> None:
    key = store.create(ACME, now=1)
    kept = store.record(key.id)
    assert kept is not None
    assert (kept.digest, kept.grant, kept.created_at) == (digest(key.text), ACME, 1)
    store.close()
    everything = b"".join(each.read_bytes() for each in store.path.parent.iterdir())
    assert key.text[-49:-6].encode() not in everything


def test_a_key_is_found_by_its_viewer(store: Store) -> None:
    key = store.create(ACME, now=1)
    assert [each.viewer for each in store.records()] == [Viewer(key.id, "acme", Role.BRAND, ("US", "GB"), ("b1",), None)]
    assert store.record("unknown0") is None


def test_a_live_name_is_not_given_twice(store: Store) -> None:
    store.create(ACME, now=1)
    with pytest.raises(AccessError, match="a key named 'acme' is in use; choose another name, or rotate it"):
        store.create(ACME, now=2)
    assert store.create(ACME, now=1_000).id  # the first has expired by then


def test_what_a_revoked_key_made_stays_or_goes_with_it(store: Store) -> None:
    """The first made the second; the second, rotated since, the third; a fourth is nobody's."""
    first = store.create(Grant("one", Role.ADMIN), now=1)
    second = store.create(Grant("two", Role.ADMIN), now=2, made_by=first.id)
    later = store.rotate(second.id, now=3)
    third = store.create(Grant("three", Role.ANALYST), now=4, made_by=second.id)
    store.create(Grant("four", Role.ANALYST), now=5)
    assert [each.id for each in store.made([first.id], now=6)] == [later.id, third.id]
    assert [each.id for each in store.made([second.id], now=6)] == [third.id]
    assert [each.id for each in store.revoke("one", now=7)] == [first.id]
    assert [each.id for each in store.revoke_made(first.id, now=8)] == [later.id, third.id]
    assert [each.grant.name for each in store.records() if each.state(9) == "live"] == ["four"]


def test_revoking_with_what_it_made(store: Store) -> None:
    maker = store.create(Grant("one", Role.ADMIN), now=1)
    made = store.create(Grant("two", Role.ADMIN), now=2, made_by=maker.id)
    assert [each.id for each in store.revoke("one", now=3, made_too=True)] == [maker.id, made.id]
    with pytest.raises(AccessError, match="who makes the key, was shut out meanwhile"):
        store.create(Grant("three", Role.ADMIN), now=4, made_by=maker.id)
    with pytest.raises(AccessError, match="no live key has the id or name 'one'"):
        store.revoke("one", now=5, made_too=True)


def test_what_a_key_made_is_revoked_after_it_was(store: Store) -> None:
    maker = store.create(Grant("one", Role.ADMIN), now=1)
    made = store.create(Grant("two", Role.ADMIN), now=2, made_by=maker.id)
    store.revoke("one", now=3)
    assert [each.id for each in store.revoke("one", now=4, made_too=True)] == [made.id]


def test_revoking_by_id_or_by_name(store: Store) -> None:
    first = store.create(Grant("one", Role.ADMIN), now=1)
    second = store.create(Grant("two", Role.ADMIN), now=1)
    assert [each.id for each in store.revoke(first.id, now=5)] == [first.id]
    assert [each.id for each in store.revoke("two", now=5)] == [second.id]
    assert [each.state(5) for each in store.records()] == ["revoked", "revoked"]
    with pytest.raises(AccessError, match="no live key has the id or name 'two'"):
        store.revoke("two", now=6)


def test_rotating_ends_the_old_key_at_once(store: Store) -> None:
    old = store.create(ACME, now=1)
    new = store.rotate("acme", now=5)
    states = {each.id: each.state(5) for each in store.records()}
    assert states == {old.id: "revoked", new.id: "live"}
    kept = store.record(new.id)
    assert kept is not None
    assert kept.grant == ACME


def test_rotating_with_an_overlap_leaves_the_old_key_a_while(store: Store) -> None:
    old = store.create(Grant("one", Role.ADMIN), now=1)
    new = store.rotate("one", now=5, overlap=10)
    states = [{each.id: each.state(now) for each in store.records()} for now in (14, 15)]
    assert states == [{old.id: "live", new.id: "live"}, {old.id: "expired", new.id: "live"}]


def test_an_overlap_does_not_lengthen_a_key(store: Store) -> None:
    old = store.create(ACME, now=1)
    store.rotate("acme", now=999, overlap=10)
    kept = store.record(old.id)
    assert kept is not None
    assert kept.grant.expires_at == 1_000


def test_rotations_go_on_with_the_account_of_the_first_key(store: Store) -> None:
    first, other = store.create(ACME, now=1), store.create(Grant("two", Role.ADMIN), now=1)
    second = store.rotate("acme", now=5)
    third = store.rotate(second.id, now=9, overlap=10)
    assert [each.id for each in store.account(first.id)] == [first.id, second.id, third.id]
    assert {each.viewer.account for each in store.account(first.id)} == {first.id}
    assert [each.id for each in store.account(other.id)] == [other.id]
    assert store.account(second.id) == [store.record(second.id)], "a rotated key is no account of its own"


def test_keys_of_a_file_made_before_accounts_are_read(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as old:
        old.executescript(f"{TABLES}; PRAGMA user_version = 1;")
        old.execute("INSERT INTO keys VALUES ('k1', x'00', 'acme', 'admin', '[]', '[]', NULL, 1, NULL, NULL, NULL)")
        old.commit()
    store = Store(tmp_path)
    new = store.rotate("acme", now=5)
    assert [each.viewer.account for each in store.records()] == ["k1", "k1"]
    store.close()
    again = Store(tmp_path)
    assert [each.id for each in again.account("k1")] == ["k1", new.id]
    again.close()


def test_keys_of_a_file_made_before_limits_are_neither_narrowed_nor_limited(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as old:
        old.executescript(f"{TABLES}; {ACCOUNTS}; PRAGMA user_version = 2;")
        old.execute("INSERT INTO keys VALUES ('k1', x'00', 'acme', 'admin', '[]', '[]', NULL, 1, NULL, NULL, NULL, 'k0')")
        old.commit()
    store = Store(tmp_path)
    (record,) = store.records()
    assert (record.viewer.account, record.grant) == ("k0", Grant("acme", Role.ADMIN))
    assert store.subjects.subjects() == []
    store.limit("acme", now=2, budget=100, requests_at_once=3)
    store.close()
    again = Store(tmp_path)
    (record,) = again.records()
    assert (record.viewer.budget, record.viewer.requests_at_once) == (100, 3)
    again.close()


def test_scopes_and_limits_go_on_with_a_rotated_key(store: Store) -> None:
    grant = Grant("narrow", Role.ADMIN, scopes=(Scope.READ, Scope.MCP), budget=100, requests_at_once=2)
    store.create(grant, now=1)
    new = store.record(store.rotate("narrow", now=2).id)
    assert new is not None
    assert (new.grant, new.viewer.scopes) == (grant, (Scope.READ, Scope.MCP))


def test_the_last_used_day_is_kept(store: Store) -> None:
    key = store.create(ACME, now=1)
    store.note_use(key.id, "2026-11-24")
    assert [each.last_used_day for each in store.records()] == ["2026-11-24"]


def test_a_change_by_another_process_shows(store: Store) -> None:
    before = store.changes
    other = Store(store.path.parent)
    assert store.changes == before
    other.create(ACME, now=1)
    other.close()
    assert store.changes != before


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path, store: Store) -> None:
    store._database.execute("PRAGMA user_version = 7")
    with pytest.raises(AccessError, match="version 7, newer than this program's 4"):
        Store(store.path.parent)
