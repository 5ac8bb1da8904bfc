"""Where webhooks are kept: an SQLite file beside the data, never the graph, so that no Cypher can reach a secret. No message is kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Any, Final, Self

from api.access.sqlite import opened, writing
from api.webhooks.signatures import minted

FILE: Final = "webhooks.sqlite"
VERSION: Final = 1
TABLES: Final = """
CREATE TABLE webhooks (
    id TEXT PRIMARY KEY, key_id TEXT NOT NULL, url TEXT NOT NULL, description TEXT, query TEXT NOT NULL, variables TEXT NOT NULL,
    secret TEXT NOT NULL, old_secret TEXT, old_secret_until INTEGER, salt BLOB NOT NULL, position INTEGER NOT NULL,
    created_at INTEGER NOT NULL, disabled_at INTEGER, reason TEXT, error TEXT
) STRICT;
CREATE INDEX webhooks_by_key ON webhooks (key_id);
"""


class Reason(StrEnum):
    """Why nothing is sent to a webhook any more."""

    FAILING = "failing"
    GONE = "gone"
    KEY_ENDED = "key ended"
    EVENTS_GONE = "events gone"
    REFUSED = "refused"


class TooManyWebhooks(Exception):
    """A key has as many webhooks as it may."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent: a subscription, and its variables."""

    query: str
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Webhook:
    """One webhook: whose it is, where to, which subscription, and the number of the event after which it goes on.

    `key_id` is the account (`Viewer.account`) of the key that created it.
    """

    id: str
    key_id: str
    url: str
    description: str | None
    query: str
    variables: Mapping[str, Any]
    secret: str
    old_secret: str | None
    old_secret_until: int | None
    salt: bytes
    position: int
    created_at: int
    disabled_at: int | None = None
    reason: Reason | None = None
    error: str | None = None

    def secrets(self, now: float) -> tuple[str, ...]:
        """Return the secrets that messages are signed with: the newest, and for a while the one before it."""
        old = self.old_secret if self.old_secret_until is not None and now < self.old_secret_until else None
        return (self.secret,) if old is None else (self.secret, old)

    def __repr__(self) -> str:
        """Show the id alone, so that no traceback or log spells the secret."""
        return f"Webhook(id={self.id!r})"

    @property
    def content(self) -> Content:
        """What is sent."""
        return Content(self.query, self.variables)

    @classmethod
    def new(cls, key_id: str, url: str, content: Content, *, position: int, now: int) -> Self:
        """Return a webhook that begins after an event's number."""
        what = content.query, content.variables
        return cls(f"wh_{token_hex(12)}", key_id, url, None, *what, minted(), None, None, token_bytes(16), position, now)


class WebhookStore:
    """The webhooks of one home; what was delivered is in the same file (`Deliveries`)."""

    def __init__(self, home: Path) -> None:
        """Open the file under `home`, made with mode 0600 where it is missing."""
        self.database = opened(home / FILE)
        self.database.row_factory = sqlite3.Row
        self.database.execute("PRAGMA foreign_keys = ON")

    def prepare(self, tables: Sequence[str]) -> None:
        """Make the tables where they are missing."""
        with writing(self.database):
            if self.database.execute("PRAGMA user_version").fetchone()[0] < VERSION:
                for statement in ";".join(tables).split(";"):
                    self.database.execute(statement)
                self.database.execute(f"PRAGMA user_version = {VERSION}")

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def webhook(self, id_: str) -> Webhook | None:
        """Return the webhook with this id."""
        return next(self._webhooks("id = ?", id_), None)

    def webhooks(self, key_id: str | None = None) -> list[Webhook]:
        """Return the webhooks of a key, or all, the oldest first."""
        return list(self._webhooks("TRUE") if key_id is None else self._webhooks("key_id = ?", key_id))

    def create(self, webhook: Webhook, *, most: int) -> None:
        """Keep a new webhook; TooManyWebhooks where its key has `most`."""
        with writing(self.database):
            if len(self.webhooks(webhook.key_id)) >= most:
                raise TooManyWebhooks
            self.database.execute(
                "INSERT INTO webhooks (id, key_id, url, description, query, variables, secret, salt, position, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(webhook.id, webhook.key_id, webhook.url, webhook.description, webhook.query, json.dumps(dict(webhook.variables))),
                    *(webhook.secret, webhook.salt, webhook.position, webhook.created_at),
                ),
            )

    def change(self, id_: str, *, url: str, description: str | None, content: Content) -> None:
        """Change where to and what is sent, from the next attempt on."""
        self.database.execute(
            "UPDATE webhooks SET url = ?, description = ?, query = ?, variables = ? WHERE id = ?",
            (url, description, content.query, json.dumps(dict(content.variables)), id_),
        )

    def delete(self, id_: str) -> None:
        """Forget a webhook and what was delivered to it."""
        self.database.execute("DELETE FROM webhooks WHERE id = ?", (id_,))

    def rotate(self, id_: str, *, until: int) -> str:
        """Make a new secret and return it; the old one signs beside it until then."""
        secret = minted()
        self.database.execute(
            "UPDATE webhooks SET old_secret = secret, old_secret_until = ?, secret = ? WHERE id = ?", (until, secret, id_)
        )
        return secret

    def disable(self, id_: str, reason: Reason, error: str | None, *, now: int) -> None:
        """Send nothing more, until it is enabled again."""
        self.database.execute(
            "UPDATE webhooks SET disabled_at = ?, reason = ?, error = ? WHERE id = ? AND disabled_at IS NULL", (now, reason, error, id_)
        )

    def _webhooks(self, condition: str, *values: str) -> Iterator[Webhook]:
        with closing(self.database.cursor()) as cursor:
            rows = cursor.execute(f"SELECT * FROM webhooks WHERE {condition} ORDER BY created_at, rowid", values).fetchall()
        for row in rows:
            given: dict[str, Any] = dict(row)
            given["variables"] = json.loads(given["variables"])
            given["reason"] = None if given["reason"] is None else Reason(given["reason"])
            yield Webhook(**given)
