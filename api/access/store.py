"""Where keys are kept: an SQLite file beside the data, never the graph, so that no Cypher can reach it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from api.access.changes import Changes
from api.access.grants import Grant, check_limits, viewer_of
from api.access.keys import Key, digest, minted
from api.access.sqlite import opened, writing
from api.access.subjects import PREFIX as SUBJECT
from api.access.subjects import TABLES as SUBJECTS
from api.access.subjects import Identity, Subjects
from api.access.viewer import Role, Scope, Viewer
from api.errors import AccessError

FILE: Final = "access.sqlite"
TABLES: Final = """
CREATE TABLE keys (
    id TEXT PRIMARY KEY, digest BLOB NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
    regions TEXT NOT NULL, brands TEXT NOT NULL, creator TEXT,
    created_at INTEGER NOT NULL, expires_at INTEGER, revoked_at INTEGER, last_used_day TEXT
) STRICT;
CREATE INDEX keys_by_name ON keys (name);
"""
ACCOUNTS: Final = """
ALTER TABLE keys ADD COLUMN first_key TEXT;
CREATE INDEX keys_by_first ON keys (first_key);
"""
LIMITS: Final = """
ALTER TABLE keys ADD COLUMN scopes TEXT;
ALTER TABLE keys ADD COLUMN budget INTEGER;
ALTER TABLE keys ADD COLUMN requests_at_once INTEGER;
"""
MAKERS: Final = "ALTER TABLE keys ADD COLUMN made_by TEXT;"
STEPS: Final = (TABLES, ACCOUNTS, LIMITS + SUBJECTS, MAKERS)
"""What makes each version of the file from the one before; the first makes a new one."""
WITH_ACCOUNTS: Final = 3
"""The version from which on accounts of tokens are in the file."""


@dataclass(frozen=True, slots=True)
class Record:
    """One key as kept: never its text, only the digest; `made_by` is the account that made it, None for the command line."""

    id: str
    digest: bytes
    grant: Grant
    created_at: int
    revoked_at: int | None
    last_used_day: str | None
    first_key: str | None
    made_by: str | None = None

    @property
    def viewer(self) -> Viewer:
        """The key's holder."""
        grant = self.grant
        return replace(viewer_of(self.id, grant), first_key=self.first_key)

    def state(self, now: int) -> str:
        """Return `live`, `revoked` or `expired`."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.grant.expires_at is not None and self.grant.expires_at <= now else "live"


class Store:
    """The keys of one home; opening it makes folder and file, readable by their owner alone."""

    def __init__(self, home: Path) -> None:
        """Open the file under `home`, made with mode 0600 where it is missing."""
        self.path = home / FILE
        self._database = opened(self.path)
        self._changes = Changes(self._database)
        self.subjects = Subjects(self._database)
        with writing(self._database):
            self._migrate()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @property
    def changes(self) -> int:
        """A number that differs once another connection has changed the file, before what is now worked on has come."""
        return self._changes.number

    def record(self, id_: str) -> Record | None:
        """Return the key with this id."""
        found = self._records("id = ?", id_)
        return found[0] if found else None

    def account(self, account: str) -> list[Record]:
        """Return the first key of an account and all that continue it, the oldest first."""
        return self._records("id = ? OR first_key = ?", account, account)

    def grant(self, id_: str) -> Grant | None:
        """Return what a key, or an account of tokens, grants; None for an unknown one."""
        if id_.startswith(SUBJECT):
            found = self.subjects.subject(id_)
            return None if found is None else found.grant
        record = self.record(id_)
        return None if record is None else record.grant

    def has_account(self, account: str) -> bool:
        """Tell whether an account is of a key, or of tokens, of this home."""
        return bool(self.account(account)) or self.subjects.subject(account) is not None

    def records(self) -> list[Record]:
        """Return all keys, the oldest first."""
        return self._records("TRUE")

    def create(self, grant: Grant, *, now: int, made_by: str | None = None) -> Key:
        """Make a key and return it, the only time that its text is known; a live key's name is not given twice."""
        with writing(self._database):
            if any(each.state(now) == "live" for each in self._records("name = ?", grant.name)):
                raise AccessError(f"a key named {grant.name!r} is in use; choose another name, or rotate it")
            if made_by is not None and self._is_shut_out(made_by, now):
                raise AccessError(f"{made_by}, who makes the key, was shut out meanwhile; sign in with another key")
            return self._insert(grant, now, made_by=made_by)

    def revoke(self, which: str, *, now: int, made_too: bool = False) -> list[Record]:
        """Revoke the key with this id, or all live ones of this name, and return them.

        With `made_too` also what they made, and what keys of this id or name made that have ended already.
        """
        with writing(self._database):
            named = self._named(which)
            found = [each for each in named if each.state(now) == "live"]
            if made_too:
                found += self.made([each.viewer.account for each in named], now=now)
            if not found:
                raise _none_live(which)
            self._revoke(found, now)
        return found

    def revoke_made(self, account: str, *, now: int) -> list[Record]:
        """Revoke the live keys that an account made, and those that these made, and return them."""
        with writing(self._database):
            found = self.made([account], now=now)
            self._revoke(found, now)
        return found

    def made(self, accounts: Iterable[str], *, now: int) -> list[Record]:
        """Return the live keys that accounts made, and those that these made, the oldest first; not keys of the accounts themselves."""
        own, every = set(accounts), self.records()
        makers, before = set(own), 0
        while len(makers) > before:
            before = len(makers)
            makers |= {each.viewer.account for each in every if each.made_by in makers}
        return [each for each in every if each.viewer.account in makers - own and each.state(now) == "live"]

    def _is_shut_out(self, account: str, now: int) -> bool:
        """Tell whether an account of this home is blocked, or has no live key any more."""
        if (subject := self.subjects.subject(account)) is not None:
            return subject.blocked_at is not None
        keys = self.account(account)
        return bool(keys) and all(each.state(now) != "live" for each in keys)

    def _revoke(self, records: Iterable[Record], now: int) -> None:
        self._database.executemany("UPDATE keys SET revoked_at = ? WHERE id = ?", [(now, each.id) for each in records])

    def carry_refusals(self, later: sqlite3.Connection) -> None:
        """Shut out whom the same instance shuts out by the file that `later` has open, which is newer than this one.

        Keys that are revoked there, or end there, do so here; accounts that are blocked are blocked. Keys and accounts of
        creators whose keys are no longer there, as after an erasure, are removed.
        """
        rows = later.execute("SELECT revoked_at, expires_at, id FROM keys").fetchall()
        known, own = {row[2] for row in rows}, self.records()
        with writing(self._database):
            self._database.executemany(
                "UPDATE keys SET revoked_at = coalesce(revoked_at, ?1),"
                " expires_at = min(coalesce(expires_at, ?2), coalesce(?2, expires_at)) WHERE id = ?3",
                rows,
            )
        if any(each.id in known for each in own):
            self.remove_of({each.grant.creator for each in own if each.grant.creator is not None and each.id not in known})
        if later.execute("PRAGMA user_version").fetchone()[0] >= WITH_ACCOUNTS:
            for issuer, subject, at in later.execute("SELECT issuer, subject, blocked_at FROM subjects WHERE blocked_at IS NOT NULL"):
                self.subjects.block("", now=at, unseen=Identity(issuer, subject))

    def live(self, which: str, *, now: int) -> list[Record]:
        """Return the key with this id, or all live ones of this name, the newest last; AccessError where there is none."""
        found = [each for each in self._named(which) if each.state(now) == "live"]
        if not found:
            raise _none_live(which)
        return found

    def _named(self, which: str) -> list[Record]:
        return self._records("id = ? OR name = ?", which, which)

    def remove_of(self, creators: Iterable[str]) -> None:
        """Remove every key and every account of tokens of some creators, with its name."""
        with writing(self._database):
            gone = list(creators)
            self._database.executemany("DELETE FROM keys WHERE creator = ?", [(each,) for each in gone])
            self.subjects.remove_of(gone)

    def rotate(self, which: str, *, now: int, overlap: int = 0) -> Key:
        """Make a new key that grants what the old one did; the old one ends after `overlap` seconds."""
        with writing(self._database):
            old = self.live(which, now=now)[-1]
            if overlap:
                ends = min(now + overlap, old.grant.expires_at or now + overlap)
                self._database.execute("UPDATE keys SET expires_at = ? WHERE id = ?", (ends, old.id))
            else:
                self._database.execute("UPDATE keys SET revoked_at = ? WHERE id = ?", (now, old.id))
            return self._insert(old.grant, now, first_key=old.first_key or old.id, made_by=old.made_by)

    def limit(self, which: str, *, now: int, budget: int | None, requests_at_once: int | None) -> list[Record]:
        """Give the key with this id, or all live ones of this name, limits of their own (None: the settings'), and return them."""
        check_limits(budget, requests_at_once)
        with writing(self._database):
            found = self.live(which, now=now)
            self._database.executemany(
                "UPDATE keys SET budget = ?, requests_at_once = ? WHERE id = ?", [(budget, requests_at_once, each.id) for each in found]
            )
        return found

    def note_use(self, id_: str, day: str) -> None:
        """Keep the day on which a key was last used; given up where another process is writing just now."""
        try:
            self._database.execute("UPDATE keys SET last_used_day = ? WHERE id = ?", (day, id_))
        except sqlite3.OperationalError:
            return

    def _insert(self, grant: Grant, now: int, *, first_key: str | None = None, made_by: str | None = None) -> Key:
        key = minted()
        values = (key.id, digest(key.text), grant.name, str(grant.role), json.dumps(grant.regions), json.dumps(grant.brands))
        self._database.execute(
            "INSERT INTO keys (id, digest, name, role, regions, brands, creator, created_at, expires_at, first_key,"
            " scopes, budget, requests_at_once, made_by) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                *(*values, grant.creator, now, grant.expires_at, first_key),
                *(None if grant.scopes is None else json.dumps(grant.scopes), grant.budget, grant.requests_at_once),
                made_by,
            ),
        )
        return key

    def _records(self, condition: str, *values: str) -> list[Record]:
        with closing(self._database.cursor()) as cursor:
            cursor.row_factory = sqlite3.Row
            rows = cursor.execute(f"SELECT * FROM keys WHERE {condition} ORDER BY created_at, rowid", values).fetchall()
        return [_record(row) for row in rows]

    def _migrate(self) -> None:
        version = refuse_newer(self._database, self.path)
        if version < len(STEPS):
            for statement in ";".join(STEPS[version:]).split(";"):
                self._database.execute(statement)
            self._database.execute(f"PRAGMA user_version = {len(STEPS)}")


def refuse_newer(database: sqlite3.Connection, file: Path) -> int:
    """Return the version of a file of keys; AccessError for one that a newer program wrote."""
    version: int = database.execute("PRAGMA user_version").fetchone()[0]
    if version > len(STEPS):
        raise AccessError(f"{file} is of version {version}, newer than this program's {len(STEPS)}; update creatorgraph")
    return version


def _none_live(which: str) -> AccessError:
    return AccessError(f"no live key has the id or name {which!r}; `creatorgraph keys list` shows them")


def _record(row: Any) -> Record:
    regions, brands = tuple(json.loads(row["regions"])), tuple(json.loads(row["brands"]))
    scopes = None if row["scopes"] is None else tuple(Scope(each) for each in json.loads(row["scopes"]))
    limits = row["budget"], row["requests_at_once"]
    grant = Grant(row["name"], Role(row["role"]), regions, brands, row["creator"], row["expires_at"], scopes, *limits)
    times = row["created_at"], row["revoked_at"], row["last_used_day"]
    return Record(row["id"], row["digest"], grant, *times, row["first_key"], row["made_by"])
