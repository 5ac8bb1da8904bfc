"""Accounts of an identity provider's tokens: whom they name, what the newest of them granted, and who is blocked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final

from api.access.grants import Grant, check_limits, viewer_of
from api.access.sqlite import writing
from api.access.viewer import Role, Scope, Viewer
from api.errors import AccessError

TABLES: Final = """
CREATE TABLE subjects (
    id TEXT PRIMARY KEY, issuer TEXT NOT NULL, subject TEXT NOT NULL, name TEXT, granted TEXT, creator TEXT,
    issued_at INTEGER NOT NULL, valid_until INTEGER NOT NULL, blocked_at INTEGER, budget INTEGER, requests_at_once INTEGER
) STRICT;
"""
SHOWN: Final = 5
"""Accounts that are named where several are meant."""
PREFIX: Final = "sub_"
"""Begins the id of an account of tokens; no key's id has it."""
NOTE: Final = """
INSERT INTO subjects (id, issuer, subject, name, granted, creator, issued_at, valid_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    name = CASE WHEN excluded.issued_at >= issued_at THEN excluded.name ELSE name END,
    granted = CASE WHEN excluded.issued_at >= issued_at THEN excluded.granted ELSE granted END,
    creator = CASE WHEN excluded.issued_at >= issued_at THEN excluded.creator ELSE creator END,
    issued_at = max(issued_at, excluded.issued_at),
    valid_until = max(valid_until, excluded.valid_until)
"""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a token names: the same account whichever token it is, for as long as the provider keeps its `sub`."""

    issuer: str
    subject: str

    @property
    def account(self) -> str:
        """The account's id, which tells neither issuer nor subject."""
        return PREFIX + sha256(json.dumps([self.issuer, self.subject]).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Subject:
    """One account as kept: `grant` is that of its newest token, None where it was blocked before any token came.

    `valid_until` is the second at which the last of its tokens ends; the limits of its grant are the administrator's.
    """

    identity: Identity
    grant: Grant | None
    issued_at: int
    valid_until: int
    blocked_at: int | None

    @property
    def id(self) -> str:
        """The account's id."""
        return self.identity.account

    @property
    def names(self) -> tuple[str, ...]:
        """By what the account is found."""
        return (self.id, self.identity.subject, *(() if self.grant is None else (self.grant.name,)))

    @property
    def viewer(self) -> Viewer | None:
        """The account's holder by its newest token; None where there was none."""
        return None if self.grant is None else viewer_of(self.id, self.grant)


class Subjects:
    """The accounts of tokens that one home has seen, in the file of its keys."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Use the open file of the keys."""
        self._database = database

    def subject(self, id_: str) -> Subject | None:
        """Return the account with this id."""
        found = self._subjects("id = ?", id_)
        return found[0] if found else None

    def subjects(self) -> list[Subject]:
        """Return all accounts, by id."""
        return self._subjects("TRUE")

    def find(self, which: str) -> Subject:
        """Return the account with this id, else `sub`, else name, which a token can choose; AccessError for none, and for several."""
        for column in ("id", "subject", "name"):
            found = self._subjects(f"{column} = ?", which)
            if len(found) > 1:
                ids = ", ".join(each.id for each in found[:SHOWN])
                raise AccessError(
                    f"{which!r} is the {'sub' if column == 'subject' else column} of {len(found)} accounts ({ids}); give an id"
                )
            if found:
                return found[0]
        raise AccessError(f"no account of tokens has the id, name or sub {which!r}; `creatorgraph keys accounts` lists them")

    def note(self, identity: Identity, grant: Grant, *, issued_at: int, valid_until: int) -> None:
        """Keep what a verified token grants; an older token than the last one changes no grant."""
        granted = {name: value for name, value in asdict(grant).items() if name in {"role", "regions", "brands", "scopes"}}
        whom = identity.account, identity.issuer, identity.subject
        self._database.execute(NOTE, (*whom, grant.name, json.dumps(granted), grant.creator, issued_at, valid_until))

    def block(self, which: str, *, now: int, unseen: Identity | None = None) -> Subject:
        """Block an account by id, `sub` or name and return it; also one of which no token has come yet, where `unseen` names it."""
        with writing(self._database):
            if unseen is not None:
                self._database.execute(
                    "INSERT INTO subjects (id, issuer, subject, issued_at, valid_until) VALUES (?, ?, ?, 0, 0) ON CONFLICT DO NOTHING",
                    (unseen.account, unseen.issuer, unseen.subject),
                )
            found = self.find(which if unseen is None else unseen.account)
            self._database.execute("UPDATE subjects SET blocked_at = coalesce(blocked_at, ?) WHERE id = ?", (now, found.id))
        return found

    def unblock(self, which: str) -> Subject:
        """Let an account in again, and return it."""
        with writing(self._database):
            found = self.find(which)
            self._database.execute("UPDATE subjects SET blocked_at = NULL WHERE id = ?", (found.id,))
        return found

    def limit(self, which: str, *, budget: int | None, requests_at_once: int | None) -> Subject:
        """Give an account limits of its own (None: the settings'), and return it."""
        check_limits(budget, requests_at_once)
        with writing(self._database):
            found = self.find(which)
            self._database.execute(
                "UPDATE subjects SET budget = ?, requests_at_once = ? WHERE id = ?", (budget, requests_at_once, found.id)
            )
        return found

    def remove_of(self, creators: Iterable[str]) -> None:
        """Remove every account of some creators, with its name; call it within a transaction."""
        self._database.executemany("DELETE FROM subjects WHERE creator = ?", [(each,) for each in creators])

    def _subjects(self, condition: str, *values: str) -> list[Subject]:
        with closing(self._database.cursor()) as cursor:
            cursor.row_factory = sqlite3.Row
            rows = cursor.execute(f"SELECT * FROM subjects WHERE {condition} ORDER BY id", values).fetchall()
        return [_subject(row) for row in rows]


def _subject(row: Any) -> Subject:
    identity = Identity(row["issuer"], row["subject"])
    return Subject(identity, _grant(row), row["issued_at"], row["valid_until"], row["blocked_at"])


def _grant(row: Any) -> Grant | None:
    if row["granted"] is None:
        return None
    granted = json.loads(row["granted"])
    scopes = granted["scopes"]
    return Grant(
        row["name"],
        Role(granted["role"]),
        tuple(granted["regions"]),
        tuple(granted["brands"]),
        row["creator"],
        scopes=None if scopes is None else tuple(Scope(each) for each in scopes),
        budget=row["budget"],
        requests_at_once=row["requests_at_once"],
    )
