"""A fleet of hostile clients of many kinds, or of those that are named, bounded in number and time.

`python -m bench.hostile URL SECONDS CROWD [KIND …]`, keys on standard input.

What each was told is written to standard output, as JSON: how often which status, 0 where the connection was closed.
"""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

LISTED: Final = "query ($f: CreatorFilter) { creators(first: 20, filter: $f, sort: [{by: OVERALL}]) { totalCount nodes { id handle } } }"
WIDE: Final = "{ creators(first: 90) { nodes { id handle collaborations(first: 100) { nodes { id status brand { id name } } } } } }"
ENDLESS: Final = "UNWIND range(1, 100000000000) AS i WITH i WHERE i % 7 = 8 RETURN count(i) AS n"
BOMB: Final = "UNWIND range(1, 100000000) AS i WITH collect(toString(i) + 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') AS all RETURN size(all) AS n"
PATTERN: Final = "MATCH (c:Creator) WHERE c.handle =~ '(a|aa)*(c)\\\\2\\\\2b' RETURN count(c) AS n"
RESPONSE: Final = "application/graphql-response+json"
"""With this media type a request that is refused whole has a status of its own."""
PAUSE: Final = 0.05


@dataclass(slots=True)
class Fleet:
    """Whom it attacks, with which keys, for how long; and what it was told."""

    url: str
    seconds: float
    analyst: str
    brand: str
    told: dict[str, Counter[int]] = field(default_factory=dict[str, "Counter[int]"])
    client: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(limits=httpx.Limits(max_connections=None), verify=False))
    """One for all, as to make one takes a client longer than what it sends takes the service."""

    async def sail(self, crowd: int, kinds: Sequence[Kind]) -> None:
        """Attack in all of these ways at once, `crowd` clients of each kind, until the time is up."""
        async with self.client, asyncio.TaskGroup() as group:
            for kind, number in itertools.product(kinds, range(crowd)):
                group.create_task(self._client(kind, number))

    async def _client(self, kind: Kind, number: int) -> None:
        counts = self.told.setdefault(kind.__name__, Counter())
        with suppress(TimeoutError):
            async with asyncio.timeout(self.seconds):
                for turn in itertools.count():
                    try:
                        counts[await kind(self, number * 1_000_000 + turn)] += 1
                    except (OSError, httpx.HTTPError, asyncio.IncompleteReadError):
                        counts[0] += 1
                    await asyncio.sleep(PAUSE)

    async def post(self, path: str, body: dict[str, Any], key: str, *, seconds: float = 30) -> int:
        """Return the status of a request."""
        headers = {"Authorization": f"Bearer {key}", "Accept": RESPONSE if path == "/graphql" else "*/*"}
        return (await self.client.post(self.url + path, json=body, headers=headers, timeout=seconds)).status_code

    async def raw(self, *pieces: bytes, wait: float = 0.0) -> int:
        """Send bytes piece by piece, and return the status of what comes back, 0 where nothing does."""
        address = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(wait)
            line = await asyncio.wait_for(reader.readline(), 60)
            return int(line.split()[1]) if line else 0
        finally:
            writer.close()


Kind = Callable[[Fleet, int], Awaitable[int]]


async def slow_headers(fleet: Fleet, _turn: int) -> int:
    """Send a header a byte a second."""
    return await fleet.raw(*(bytes([each]) for each in b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 60), wait=1.0)


async def endless_headers(fleet: Fleet, _turn: int) -> int:
    """Send a header without end."""
    return await fleet.raw(b"GET / HTTP/1.1\r\nX: ", *[b"a" * 65_536] * 160)


async def slow_bodies(fleet: Fleet, _turn: int) -> int:
    """Promise a body and send little of it."""
    head = f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {fleet.brand}\r\nContent-Type: application/json\r\n"
    return await fleet.raw(f"{head}Content-Length: 100000\r\n\r\n".encode(), *[b"{"] * 60, wait=1.0)


async def idle(fleet: Fleet, _turn: int) -> int:
    """Open ten connections and say nothing."""
    return sum(await asyncio.gather(*(fleet.raw() for _ in range(10))))


async def huge_bodies(fleet: Fleet, _turn: int) -> int:
    """Send a body that unpacks to a hundred times the bound."""
    packed = gzip.compress(b"[" * 100_000_000, 9) if not _PACKED else _PACKED[0]
    _PACKED[:] = [packed]
    headers = {"Authorization": f"Bearer {fleet.brand}", "Content-Encoding": "gzip", "Content-Type": "application/json"}
    return (await fleet.client.post(f"{fleet.url}/graphql", content=packed, headers=headers, timeout=30)).status_code


_PACKED: Final[list[bytes]] = []


async def wide_filters(fleet: Fleet, _turn: int) -> int:
    """Ask for more conditions than may be."""
    return await fleet.post("/graphql", {"query": LISTED, "variables": {"f": {"or": [{"mentions": "Creator:x"}] * 300}}}, fleet.analyst)


async def costly_filters(fleet: Fleet, turn: int) -> int:
    """Ask, each time in another shape, for as many conditions as may be."""
    conditions = [
        {"score": {"indicator": "OVERALL", "min": 1}},
        {"handle": {"contains": "a"}},
        {"verified": True},
        {"followers": {"min": 1}},
    ]
    shape = [conditions[turn // 4**place % 4] for place in range(40)]
    return await fleet.post(
        "/graphql", {"query": LISTED, "variables": {"f": {"or": [{"and": shape[:20]}, {"and": shape[20:]}]}}}, fleet.analyst
    )


async def wide_pages(fleet: Fleet, _turn: int) -> int:
    """Ask for as much as one operation may return."""
    return await fleet.post("/graphql", {"query": WIDE}, fleet.analyst)


async def cancelled(fleet: Fleet, turn: int) -> int:
    """Ask for much, in a new shape, and leave at once."""
    text = f"query Q{turn} {WIDE.replace('handle', f'a{turn}: handle')}"
    with suppress(httpx.TimeoutException):
        return await fleet.post("/graphql", {"query": text}, fleet.analyst, seconds=0.05)
    return 0


async def unread(fleet: Fleet, _turn: int) -> int:
    """Ask for much and do not read it."""
    body = json.dumps({"query": WIDE}).encode()
    head = f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {fleet.analyst}\r\nContent-Type: application/json\r\n"
    return await fleet.raw(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body, wait=5.0)


async def endless_cypher(fleet: Fleet, _turn: int) -> int:
    """Run a query without end."""
    return await fleet.post("/cypher", {"query": ENDLESS, "timeoutSeconds": 5}, fleet.analyst)


async def heap_bombs(fleet: Fleet, _turn: int) -> int:
    """Collect more than the memory holds."""
    return await fleet.post("/cypher", {"query": BOMB, "timeoutSeconds": 5}, fleet.analyst)


async def slow_patterns(fleet: Fleet, _turn: int) -> int:
    """Match a regular expression that does not end."""
    return await fleet.post("/cypher", {"query": PATTERN}, fleet.analyst)


async def wrong_keys(fleet: Fleet, turn: int) -> int:
    """Try keys."""
    return await fleet.post("/graphql", {"query": "{ viewer { name } }"}, f"cgk_{turn:057d}")


KINDS: Final[tuple[Kind, ...]] = (
    *(slow_headers, endless_headers, slow_bodies, idle, huge_bodies, wide_filters, costly_filters, wide_pages, cancelled, unread),
    *(endless_cypher, heap_bombs, slow_patterns, wrong_keys),
)


def main() -> None:
    """Attack, and tell."""
    url, seconds, crowd = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    fleet = Fleet(url, seconds, **json.loads(sys.stdin.read()))
    asyncio.run(fleet.sail(crowd, [each for each in KINDS if each.__name__ in sys.argv[4:]] or KINDS))
    sys.stdout.write(json.dumps(fleet.told))


if __name__ == "__main__":
    main()
