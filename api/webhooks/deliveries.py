"""What is to be delivered to a webhook, in the order of events, and what came of it: kept beside the webhooks, in the same transactions."""

from __future__ import annotations

import base64
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from api.access.sqlite import writing
from api.webhooks.store import TABLES as WEBHOOKS
from api.webhooks.store import Webhook, WebhookStore

TABLES: Final = """
CREATE TABLE deliveries (
    webhook TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE, number INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL, status TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, code INTEGER, error TEXT,
    created_at INTEGER NOT NULL, attempted_at INTEGER, next_at REAL,
    PRIMARY KEY (webhook, number)
) STRICT;
CREATE INDEX pending_deliveries ON deliveries (webhook, number) WHERE status = 'pending';
"""
KEPT: Final = 1_000
"""Deliveries of one webhook that are kept, the newest ones."""


class Status(StrEnum):
    """How far a delivery is."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of an attempt, and when."""

    at: int
    code: int | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to a webhook; `id` is the message's, the same at each attempt and replay."""

    webhook: str
    number: int
    id: str
    type: str
    status: Status
    attempts: int
    code: int | None
    error: str | None
    created_at: int
    attempted_at: int | None
    next_at: float | None


def message_id(webhook: Webhook, number: int) -> str:
    """Return the id of an event's message to a webhook; without the salt, nobody can tell the number from it."""
    digest = sha256(webhook.salt + f"{webhook.id}.{number}".encode()).digest()
    return "msg_" + base64.b32encode(digest).decode().lower()[:28]


class Deliveries(WebhookStore):
    """The webhooks of a home with their deliveries."""

    def __init__(self, home: Path) -> None:
        """Open the file under `home`."""
        super().__init__(home)
        self.prepare((WEBHOOKS, TABLES))

    @classmethod
    @contextmanager
    def opened(cls, home: Path) -> Generator[Deliveries]:
        """Have the file open within a block."""
        store = cls(home)
        try:
            yield store
        finally:
            store.close()

    def queue(self, webhook: Webhook, number: int, type_: str, *, now: int) -> bool:
        """Take an event up, and go on after it; False where the webhook has been set to another place meanwhile."""
        with writing(self.database):
            if not self._advanced(webhook, number):
                return False
            self.database.execute(
                "INSERT INTO deliveries (webhook, number, id, type, status, created_at, next_at) VALUES (?, ?, ?, ?, 'pending', ?, ?)"
                " ON CONFLICT (webhook, number) DO UPDATE SET status = 'pending', attempts = 0, next_at = excluded.next_at",
                (webhook.id, number, message_id(webhook, number), type_, now, now),
            )
            self.database.execute(
                "DELETE FROM deliveries WHERE webhook = ? AND status != 'pending' AND number <= "
                "(SELECT number FROM deliveries WHERE webhook = ? ORDER BY number DESC LIMIT 1 OFFSET ?)",
                (webhook.id, webhook.id, KEPT),
            )
        return True

    def advance(self, webhook: Webhook, number: int) -> None:
        """Go on after a number, since nothing before it is for this webhook."""
        if number > webhook.position:
            self._advanced(webhook, number)

    def head(self, webhook: str) -> Delivery | None:
        """Return what is to be delivered next, the earliest event of those that wait."""
        return next(self._deliveries("webhook = ? AND status = 'pending' ORDER BY number LIMIT 1", webhook), None)

    def delivery(self, id_: str) -> Delivery | None:
        """Return the delivery of a message."""
        return next(self._deliveries("id = ?", id_), None)

    def newest(self, webhook: str, *, first: int, before: int | None = None) -> list[Delivery]:
        """Return deliveries of a webhook, the newest events first."""
        bound = 2**62 if before is None else before
        return list(self._deliveries("webhook = ? AND number < ? ORDER BY number DESC LIMIT ?", webhook, bound, first))

    def note(self, delivery: Delivery, attempt: Attempt, status: Status, *, next_at: float | None = None) -> None:
        """Note an attempt and what is to become of the delivery, unless it was set anew while the attempt was under way."""
        self.database.execute(
            "UPDATE deliveries SET status = ?, attempts = attempts + 1, code = ?, error = ?, attempted_at = ?, next_at = ?"
            " WHERE id = ? AND attempts = ? AND next_at IS ?",
            (status, attempt.code, attempt.error, attempt.at, next_at, delivery.id, delivery.attempts, delivery.next_at),
        )

    def enable(self, webhook: str, *, now: int, position: int | None = None) -> None:
        """Send again: what failed last comes first; or, with a `position`, only what comes after it."""
        with writing(self.database):
            self.database.execute("UPDATE webhooks SET disabled_at = NULL, reason = NULL, error = NULL WHERE id = ?", (webhook,))
            if position is None:
                condition = "status = 'pending' OR status = 'failed'"
                self.database.execute(
                    f"UPDATE deliveries SET status = 'pending', attempts = 0, next_at = ? WHERE webhook = ? AND ({condition})",
                    (now, webhook),
                )
            else:
                self._go_on(webhook, position)

    def replay_after(self, webhook: str, position: int) -> None:
        """Deliver again all that came after a number."""
        with writing(self.database):
            self._go_on(webhook, position)

    def replay(self, delivery: str, *, now: int) -> None:
        """Deliver one event again, at once."""
        self.database.execute("UPDATE deliveries SET status = 'pending', attempts = 0, next_at = ? WHERE id = ?", (now, delivery))

    def _go_on(self, webhook: str, position: int) -> None:
        self.database.execute("DELETE FROM deliveries WHERE webhook = ? AND status = 'pending'", (webhook,))
        self.database.execute("UPDATE webhooks SET position = ? WHERE id = ?", (position, webhook))

    def _advanced(self, webhook: Webhook, number: int) -> bool:
        """Move the place of a webhook from where it was read; False where it has moved meanwhile."""
        moved = self.database.execute(
            "UPDATE webhooks SET position = ? WHERE id = ? AND position = ?", (number, webhook.id, webhook.position)
        )
        return moved.rowcount == 1

    def _deliveries(self, condition: str, *values: Any) -> Iterator[Delivery]:
        with closing(self.database.cursor()) as cursor:
            rows = cursor.execute(f"SELECT * FROM deliveries WHERE {condition}", values).fetchall()
        for row in rows:
            given: dict[str, Any] = dict(row)
            given["status"] = Status(given["status"])
            yield Delivery(**given)
