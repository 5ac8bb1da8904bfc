"""Followers: streams that are told of every change, and a receiver of a webhook; what they missed is found afterwards."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

import httpx

FOLLOW: Final = "subscription ($since: String) { changed(since: $since) { cursor kind } }"
FEED: Final = "query ($since: String) { changes(since: $since, first: 100) { cursor hasMore changes { cursor kind } } }"
HOOK: Final = """
mutation ($url: String!) {
  createWebhook(input: {url: $url, description: "soak"}) { webhook { webhookId } userErrors { message } }
}
"""


@dataclass(slots=True)
class Stream:
    """A subscriber that begins again after its last cursor wherever it is cut off or refused."""

    client: httpx.AsyncClient
    since: str
    cursors: list[str] = field(default_factory=list[str])
    cuts: int = 0

    async def follow(self) -> None:
        """Follow until cancelled."""
        while True:
            with suppress(httpx.HTTPError):
                await self._once()
            self.cuts += 1
            await asyncio.sleep(0.5)

    async def _once(self) -> None:
        body = {"query": FOLLOW, "variables": {"since": self.cursors[-1] if self.cursors else self.since}}
        headers = {"Accept": "text/event-stream"}
        async with self.client.stream("POST", "/graphql", json=body, headers=headers, timeout=None) as answer:
            answer.raise_for_status()
            async for line in answer.aiter_lines():
                if line.startswith("data: {"):
                    self.cursors.append(json.loads(line[6:])["data"]["changed"]["cursor"])


@dataclass(slots=True)
class Receiver:
    """What a webhook has brought: the cursors of messages in their order, each message once."""

    url: str = ""
    cursors: list[str] = field(default_factory=list[str])
    messages: set[str] = field(default_factory=set[str])
    again: int = 0

    def take(self, message: str, body: bytes) -> None:
        """Keep the cursor of a message."""
        if message in self.messages:
            self.again += 1
            return
        self.messages.add(message)
        self.cursors.append(json.loads(body)["data"]["changed"]["cursor"])


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Listen on loopback until the block ends."""
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.take(self.headers["webhook-id"], self.rfile.read(int(self.headers["content-length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


async def asked(client: httpx.AsyncClient, text: str, **values: Any) -> Any:
    """Return the data of an answer; raises where there are errors."""
    answer = (await client.post("/graphql", json={"query": text, "variables": values})).json()
    assert "errors" not in answer, answer
    return answer["data"]


async def fed(client: httpx.AsyncClient, since: str) -> list[str]:
    """Return the cursors of all that happened after `since`, as the feed tells."""
    found: list[str] = []
    more = True
    while more:
        feed = (await asked(client, FEED, since=found[-1] if found else since))["changes"]
        found += [each["cursor"] for each in feed["changes"]]
        more = feed["hasMore"]
    return found
