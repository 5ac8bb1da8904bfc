"""A cluster of Neo4j as a driver meets it: several addresses, of which one takes writes. Behind all of them stands the one test database.

It speaks as much Bolt as that needs: it answers who does what, refuses writes where they do not belong, and passes on everything else.
"""

from __future__ import annotations

import asyncio
import struct
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

RUN, BEGIN, COMMIT, RESET, ROUTE = 0x10, 0x11, 0x12, 0x0F, 0x66
SUCCESS, RECORD, IGNORED, FAILURE = 0x70, 0x71, 0x7E, 0x7F
TO_READ: Final = b"\x84mode\x81r"
"""How a message says that it only reads."""

MANIFEST: Final = slice(4, 8)
"""Place in the first bytes of a connection of the offer to choose among more versions, which is not taken up."""

NOT_A_LEADER: Final = {
    "neo4j_code": "Neo.ClientError.Cluster.NotALeader",
    "gql_status": "08N06",
    "message": "this server takes no writes",
    "description": "error: connection exception - general network protocol error",
}
MEMBERS: Final = 3


def packed(value: Any) -> bytes:
    """Return a text, a small number, a list or a map as Bolt writes it."""
    if isinstance(value, str):
        return struct.pack(">BB", 0xD0, len(value)) + value.encode()
    if isinstance(value, int):
        return struct.pack(">Bh", 0xC9, value)
    if isinstance(value, list):
        return bytes([0x90 + len(value)]) + b"".join(packed(each) for each in value)
    return bytes([0xA0 + len(value)]) + b"".join(packed(each) for pair in value.items() for each in pair)


def framed(kind: int, *fields: Any) -> bytes:
    """Return a message with its frame."""
    content = bytes([0xB0 + len(fields), kind]) + b"".join(packed(each) for each in fields)
    return struct.pack(">H", len(content)) + content + b"\0\0"


async def message(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Return the kind of the next message, and the message as it came."""
    raw, content = b"", b""
    while True:
        size = await reader.readexactly(2)
        part = await reader.readexactly(struct.unpack(">H", size)[0])
        raw, content = raw + size + part, content + part
        if not part and content:
            return content[1], raw


@dataclass
class Member:
    """One address of the cluster, and what has been asked there."""

    cluster: Cluster
    port: int = 0
    asked: list[bytes] = field(default_factory=list)
    """Every query, and every beginning of a transaction, as it came."""
    _server: asyncio.Server | None = None
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self.cluster.target)
        self._writers |= {writer, back}
        with suppress(asyncio.IncompleteReadError, OSError):
            offer = bytearray(await reader.readexactly(20))
            offer[MANIFEST] = bytes(4)
            back.write(offer)
            writer.write(await there.readexactly(4))
            await Conversation(self, writer, back).hold(reader, there)
        for each in (writer, back):
            self._writers.discard(each)
            each.close()


@dataclass
class Conversation:
    """One connection; answers of its own wait for those that the database still owes."""

    member: Member
    client: asyncio.StreamWriter
    database: asyncio.StreamWriter
    owed: int = 0
    failed: bool = False
    within: bool = False
    """In a transaction, whose beginning said what it is for."""

    async def hold(self, reader: asyncio.StreamReader, there: asyncio.StreamReader) -> None:
        both = [asyncio.create_task(each) for each in (self._requests(reader), self._answers(there))]
        _, left = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for each in left:
            each.cancel()
        await asyncio.gather(*both, return_exceptions=True)

    async def _answers(self, there: asyncio.StreamReader) -> None:
        while True:
            kind, raw = await message(there)
            self.client.write(raw)
            self.owed -= kind != RECORD

    async def _requests(self, reader: asyncio.StreamReader) -> None:
        while True:
            kind, raw = await message(reader)
            answer = self._own_answer(kind, raw)
            if answer is None:
                self.owed += 1
                self.database.write(raw)
                continue
            while self.owed:
                await asyncio.sleep(0.001)
            self.client.write(answer)

    def _own_answer(self, kind: int, raw: bytes) -> bytes | None:
        cluster = self.member.cluster
        if kind == ROUTE:
            return framed(SUCCESS, {"rt": cluster.table()})
        if kind == RESET:
            self.failed = self.within = False
        elif self.failed:
            return framed(IGNORED)
        if kind == BEGIN or (kind == RUN and not self.within):
            self.member.asked.append(raw)
            self.failed = self.member is not cluster.leader and TO_READ not in raw
        if kind == COMMIT and cluster.elects is not None:
            cluster.leader, cluster.elects, self.failed = cluster.elects, None, True
        self.within = kind == BEGIN or (self.within and kind != COMMIT)
        return framed(FAILURE, NOT_A_LEADER) if self.failed else None


@dataclass
class Cluster:
    """Three members; `elects` becomes the leader as the next transaction is to be committed, which fails."""

    target: tuple[str, int]
    loop: asyncio.AbstractEventLoop
    members: list[Member] = field(default_factory=list)
    elects: Member | None = None

    def __post_init__(self) -> None:
        self.members = [Member(self) for _ in range(MEMBERS)]
        for each in self.members:
            self.run(each.open())
        self.leader = self.members[0]

    @property
    def uri(self) -> str:
        """The address for a driver, which asks there for all others."""
        return f"neo4j://{self.members[-1].address}"

    @property
    def followers(self) -> list[Member]:
        return [each for each in self.members if each is not self.leader]

    def table(self) -> dict[str, Any]:
        """Return who does what."""
        roles = {"WRITE": [self.leader], "READ": self.followers, "ROUTE": self.members}
        servers = [{"addresses": [each.address for each in of_role], "role": role} for role, of_role in roles.items()]
        return {"ttl": 300, "db": "neo4j", "servers": servers}

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something where the members live."""
        asyncio.run_coroutine_threadsafe(work, self.loop).result(10)


@contextmanager
def clustered(uri: str) -> Iterator[Cluster]:
    """Yield a cluster of which every member is the database at `uri`."""
    where = urlsplit(uri)
    assert where.hostname is not None
    assert where.port is not None
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    cluster = Cluster((where.hostname, where.port), loop)
    try:
        yield cluster
    finally:
        for each in cluster.members:
            cluster.run(each.close())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
