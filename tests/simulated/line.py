"""A connection to the database whose requests wait for their turn, and which breaks before or after one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.simulated.bolt import BEGIN, COMMIT, ENDS, FAILURE, GOODBYE, HELLO, NAMES, ROLLBACK, described, messages, tag

if TYPE_CHECKING:
    from tests.simulated.loop import Life, SimulatedLoop


class Line(asyncio.Transport, asyncio.Protocol):
    """Stands between the driver's protocol and a real transport.

    A request that asks something of the data is held back until the loop lets it through; its answer is passed on whole.
    """

    def __init__(self, loop: SimulatedLoop, life: Life, protocol: asyncio.BaseProtocol) -> None:
        super().__init__()
        self.loop, self.life, self.protocol = loop, life, protocol
        self.held: list[bytes] = []
        self.pending = 0
        self.blocked = self.lost = self.swallows = self.in_transaction = False
        self.behind: list[Line] = []
        """Lines whose transactions it waits for."""
        self._raw = True
        self._waits_raw = False
        self._asked, self._read, self._answer = bytearray(), bytearray(), bytearray()
        self._real: asyncio.Transport

    # towards the database

    def write(self, data: Any) -> None:
        """Hold back, or pass on, what the driver sends."""
        if self.lost:
            return
        if self._raw and bytes(data[2:4]) != HELLO:
            self._waits_raw = True
            self._real.write(data)
            return
        self._raw = self._waits_raw = False
        self._asked += data
        batch = list(messages(self._asked))
        if self.held or any(tag(each) in NAMES for each in batch):
            self.held += batch
            self.loop.park(self)
        else:
            self._send(batch)

    def _send(self, batch: list[bytes]) -> None:
        self.pending += sum(tag(each) != GOODBYE for each in batch)
        for each in batch:
            self.in_transaction = (self.in_transaction or tag(each) == BEGIN) and tag(each) not in (COMMIT, ROLLBACK)
        self._real.write(b"".join(_framed(each) for each in batch))

    def let_through(self, *, swallows: bool = False) -> None:
        """Send what is held; where it `swallows` the answer, the connection breaks once the database has given it."""
        batch, self.held, self.swallows = self.held, [], swallows
        self._send(batch)

    def describe(self) -> str:
        """Say what waits here."""
        return described(self.held)

    @property
    def in_flight(self) -> bool:
        """Whether the database owes an answer."""
        return not self.lost and (self.pending > 0 or self._waits_raw)

    # towards the driver

    def connection_made(self, transport: Any) -> None:
        """Begin."""
        self._real = transport
        self.port = transport.get_extra_info("sockname")[1]
        self.protocol.connection_made(self)

    def data_received(self, data: bytes) -> None:
        """Keep an answer until it is whole."""
        if self.lost:
            return
        if self._raw:
            self._waits_raw = False
            self.protocol.data_received(data)  # type: ignore[attr-defined]
            return
        self._answer += data
        self._read += data
        for each in messages(self._read):
            self.pending -= tag(each) in ENDS
            if tag(each) == FAILURE:
                self.in_transaction = False
                self.loop.note(f"{self.life.name}: the database refuses: {each[:160]!r}")
        if not self.pending and not self.blocked:
            self.deliver()

    def deliver(self) -> None:
        """Pass the answer on, or lose it."""
        self.blocked = False
        if self.swallows:
            self.break_off()
            return
        answer, self._answer = bytes(self._answer), bytearray()
        self.protocol.data_received(answer)  # type: ignore[attr-defined]

    def break_off(self) -> None:
        """Break, for the driver and for the database."""
        if not self.lost:
            self._end()
            self._real.abort()
            self.protocol.connection_lost(ConnectionResetError("reset by the schedule"))

    def _end(self) -> None:
        if self.in_transaction or self.pending:
            self.loop.ending.add(self.port)
        self.lost, self.blocked, self.pending, self.held = True, False, 0, []
        self.loop.unpark(self)

    def eof_received(self) -> bool | None:
        """Pass on that the database says no more."""
        return None if self.lost else self.protocol.eof_received()  # type: ignore[attr-defined]

    def connection_lost(self, exc: Exception | None) -> None:
        """Pass on that the database has gone."""
        if not self.lost:
            self._end()
            self.protocol.connection_lost(exc)

    # what a transport has beside

    def close(self) -> None:
        """Close, after what was written."""
        if not self.lost:
            self._end()
            self._real.close()
            self.loop.call_soon(self.protocol.connection_lost, None)

    def abort(self) -> None:
        """Close at once."""
        if not self.lost:
            self._end()
            self._real.abort()
            self.loop.call_soon(self.protocol.connection_lost, None)

    def is_closing(self) -> bool:
        """Tell whether it is closed."""
        return self.lost

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Tell what the real one does."""
        return self._real.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Go on reading: answers are passed on whole."""

    def resume_reading(self) -> None:
        """Go on reading."""

    def can_write_eof(self) -> bool:
        """Say no."""
        return False

    def get_write_buffer_size(self) -> int:
        """Return that nothing waits to be written, so that nobody waits for it."""
        return 0


def _framed(message: bytes) -> bytes:
    parts = [message[at : at + 0xFFFF] for at in range(0, len(message), 0xFFFF)]
    return b"".join(len(each).to_bytes(2) + each for each in parts) + b"\x00\x00"
