"""A receiver of webhooks on loopback, which answers as it is told and keeps what it got."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from time import monotonic, sleep
from typing import Any

from standardwebhooks.webhooks import Webhook as Verifier

from tests.listening import Silent, listening

SECONDS = 30


@dataclass(frozen=True)
class Received:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def message(self) -> Any:
        return json.loads(self.body)

    def verified(self, secret: str) -> Any:
        """Return the message as the standard's own library verifies it, or raise."""
        return Verifier(secret).verify(self.body, self.headers)


@dataclass
class Receiver:
    """What it answers next, else 204, and what it got, in order."""

    url: str = ""
    got: list[Received] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    delay: float = 0.0

    async def until(self, condition: Callable[[Receiver], bool], seconds: float = SECONDS) -> None:
        """Wait for what it got."""
        end = monotonic() + seconds
        while not condition(self):
            assert monotonic() < end, f"{len(self.got)} received: {[each.message['type'] for each in self.got]}"
            await asyncio.sleep(0.02)

    async def count(self, count: int) -> list[Received]:
        """Wait for so many requests."""
        await self.until(lambda receiver: len(receiver.got) >= count)
        return list(self.got)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Listen within the block."""
    receiver = Receiver()

    class Handler(Silent, BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            sleep(receiver.delay)
            receiver.got.append(Received(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            status, headers = receiver.answers.pop(0) if receiver.answers else (204, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

    with listening(Handler) as url:
        receiver.url = f"{url}/hooks"
        yield receiver
