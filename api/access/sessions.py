"""Sessions of browsers: what a cookie stands for, and links that sign in once. Kept beside the keys, as digests alone."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any, Final, NamedTuple

from api.access.sqlite import opened, writing

FILE: Final = "sessions.sqlite"
TABLES: Final = """
CREATE TABLE sessions (
    id TEXT PRIMARY KEY, key_id TEXT NOT NULL, digest BLOB NOT NULL UNIQUE, minted_at INTEGER NOT NULL,
    former BLOB, former_until INTEGER, used_at INTEGER NOT NULL, ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_former ON sessions (former);
CREATE TABLE links (digest BLOB PRIMARY KEY, account TEXT NOT NULL, ends_at INTEGER NOT NULL) STRICT;
PRAGMA user_version = 1;
"""
IDLE: Final = 12 * 3600
"""Seconds without a request after which a session is over."""
LONGEST: Final = 7 * 24 * 3600
"""Seconds after which it is over, however busy."""
TURN: Final = 15 * 60
"""Seconds after which a token is replaced by a new one."""
GRACE: Final = 60
"""Seconds for which the token before is still taken, once the new one has arrived: requests may be under way with it."""
RETRY: Final = 30
"""Seconds after which a new token that never came back is taken for lost, and another one is made."""
NOTED: Final = 60
"""Seconds between two notes that a session is in use: a write for each request would cost more than the request."""
LINK: Final = 3600
"""Seconds for which a link signs in."""


class Use(NamedTuple):
    """A session in use: its id, which never leaves the process, and the token that replaces the one it came with, if any."""

    id: str
    renewed: str | None


class Sessions:
    """The sessions of one home. A token is 256 random bits, known to its browser alone."""

    def __init__(self, home: Path, *, clock: Callable[[], float] = time) -> None:
        """Open the file under `home`, made with mode 0600 where it is missing."""
        self._clock = clock
        self._database = opened(home / FILE)
        self._database.row_factory = sqlite3.Row
        with writing(self._database):
            if not self._database.execute("PRAGMA user_version").fetchone()[0]:
                for statement in TABLES.split(";"):
                    self._database.execute(statement)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def begin(self, key_id: str, *, until: int | None = None) -> str:
        """Begin a session of a key, which ends no later than `until`, and return its token; sessions that are over are forgotten."""
        now, token = self._now, _minted()
        ends = min(now + LONGEST, until or now + LONGEST)
        with writing(self._database):
            self._database.execute("DELETE FROM sessions WHERE ends_at <= ? OR used_at <= ?", (now, now - IDLE))
            self._database.execute(
                "INSERT INTO sessions (id, key_id, digest, minted_at, used_at, ends_at) VALUES (?, ?, ?, ?, ?, ?)",
                (secrets.token_hex(16), key_id, _digest(token), now, now, ends),
            )
        return token

    def use(self, token: str) -> Use | None:
        """Return the session that a token stands for, with the next token where one is due; None where there is none, or no more."""
        now, digest = self._now, _digest(token)
        found = self._row("(digest = ? OR former = ?) AND ends_at > ? AND used_at > ?", digest, digest, now, now - IDLE)
        if found is None:
            return None
        if digest == found["former"]:
            return self._by_former(found, now)
        if found["former"] is not None and found["former_until"] is None:
            self._changed("former_until = ? WHERE id = ?", now + GRACE, found["id"])
        if now - found["used_at"] >= NOTED:
            self._changed("used_at = ? WHERE id = ?", now, found["id"])
        return Use(found["id"], self._renewed(found, now) if now - found["minted_at"] >= TURN else None)

    def key(self, id_: str) -> str | None:
        """Return the id of the key that a session goes on with; None once it is over."""
        now = self._now
        found = self._row("id = ? AND ends_at > ? AND used_at > ?", id_, now, now - IDLE)
        return None if found is None else found["key_id"]

    def end(self, token: str) -> None:
        """End the session that a token stands for."""
        digest = _digest(token)
        self._database.execute("DELETE FROM sessions WHERE digest = ? OR former = ?", (digest, digest))

    def link(self, account: str) -> str:
        """Return a text that begins one session of an account's key, once, within an hour."""
        now, text = self._now, _minted()
        with writing(self._database):
            self._database.execute("DELETE FROM links WHERE ends_at <= ?", (now,))
            self._database.execute("INSERT INTO links VALUES (?, ?, ?)", (_digest(text), account, now + LINK))
        return text

    def redeem(self, link: str) -> str | None:
        """Return the account of a link, and forget the link; None for one that is used, over, or none at all."""
        with closing(self._database.execute("DELETE FROM links WHERE digest = ? RETURNING account, ends_at", (_digest(link),))) as cursor:
            found = cursor.fetchone()
        return None if found is None or found["ends_at"] <= self._now else found["account"]

    @property
    def _now(self) -> int:
        return int(self._clock())

    def _by_former(self, found: Any, now: int) -> Use | None:
        """Take the token before while requests with it may be under way, and renew it where its successor seems lost."""
        if found["former_until"] is None:
            return Use(found["id"], self._renewed(found, now, former=found["former"]) if now - found["minted_at"] >= RETRY else None)
        return Use(found["id"], None) if now < found["former_until"] else None

    def _renewed(self, found: Any, now: int, *, former: bytes | None = None) -> str | None:
        """Return a new token, which replaces the one found; None where another request has just made one."""
        token = _minted()
        changed = self._changed(
            "former = ?, former_until = NULL, digest = ?, minted_at = ?, used_at = ? WHERE id = ? AND digest = ?",
            *(former or found["digest"], _digest(token), now, now, found["id"], found["digest"]),
        )
        return token if changed else None

    def _changed(self, what: str, *values: Any) -> bool:
        """Change a session; given up where another process is writing just now, or the disk is full: a request needs none of it."""
        try:
            with closing(self._database.execute(f"UPDATE sessions SET {what}", values)) as cursor:
                return cursor.rowcount > 0
        except sqlite3.OperationalError:
            return False

    def _row(self, condition: str, *values: Any) -> Any:
        with closing(self._database.execute(f"SELECT * FROM sessions WHERE {condition}", values)) as cursor:
            return cursor.fetchone()


def sign_in(url: str, link: str) -> str:
    """Return the address at which a link signs in; a browser sends nobody what follows the `#`, so that it stands in no log."""
    return f"{url.rstrip('/')}/sign-in#{link}"


def _minted() -> str:
    return secrets.token_urlsafe(32)


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
