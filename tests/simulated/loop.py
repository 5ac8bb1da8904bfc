"""An event loop whose time and whose order of requests to the database are a schedule's: one request at a time, when all others wait."""

from __future__ import annotations

import asyncio
import selectors
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Protocol
from weakref import WeakKeyDictionary

from neo4j import Driver

from tests.simulated.line import Line

SECONDS_UNTIL_ASKED: Final = 0.02
"""Without an answer for so long, the database is asked whether the request waits for another."""

OPEN: Final = """
SHOW TRANSACTIONS
YIELD transactionId, clientAddress, status
WHERE clientAddress <> ''
RETURN transactionId AS id, clientAddress AS client, status
"""


class Steps(Protocol):
    """Who decides what happens next, where nothing can go on by itself."""

    def next(self, loop: SimulatedLoop, *, timer: bool) -> bool:
        """Let something go on, or return True to have the time pass until the next timer; `timer` says that there is one."""
        ...

    async def turn(self, loop: SimulatedLoop, life: Life, what: str) -> None:
        """Wait for a turn at something else than a request."""
        ...

    def note(self, text: str) -> None:
        """Write something into the trace."""
        ...


@dataclass(eq=False)
class Life:
    """One life of a process: what it does ends with it, and its connections break."""

    name: str
    port: int
    over: bool = False


class _Selector(selectors.DefaultSelector):  # type: ignore[misc, valid-type]
    """Asks for a decision where the loop would wait."""

    idle: Callable[[float | None], list[Any]]

    def select(self, timeout: float | None = None) -> list[Any]:
        found = super().select(0)
        return found if found or timeout == 0 else self.idle(timeout)

    def wait(self, seconds: float) -> list[Any]:
        """Wait for the database, in real time."""
        return super().select(seconds)


class SimulatedLoop(asyncio.SelectorEventLoop):
    """Runs processes as tasks; `database` is where they connect to, `watch` a connection that sees which transactions wait."""

    def __init__(self, database: tuple[str, int], watch: Driver) -> None:
        self._turns = _Selector()
        self.now = 1_000.0
        super().__init__(self._turns)
        self._turns.idle = self._idle
        self._database, self._watch = database, watch
        self.steps: Steps
        self.parked: list[Line] = []
        self.ending: set[int] = set()
        self.waiting: list[Line] = []
        self._granted: Line | None = None
        self._connecting = self._begun = 0
        self.lines: list[Line] = []
        """Those that are not lost."""
        self._ports: dict[int, Life] = {}
        self._sockets: dict[int, Life] = {}
        self._of: WeakKeyDictionary[asyncio.Task[Any], Life] = WeakKeyDictionary()
        self.set_task_factory(self._task)

    # processes

    def begin(self, name: str) -> Life:
        """Begin a life; whoever connects to its port is it."""
        self._begun += 1
        life = Life(name, self._begun)
        self._ports[life.port] = life
        return life

    def spawn(self, life: Life, work: Any) -> asyncio.Task[Any]:
        """Run a coroutine as part of a life, and all that it starts."""
        task = self.create_task(work)
        self._of[task] = life
        return task

    def crash(self, life: Life) -> None:
        """End a life: what it would say from now on reaches nobody."""
        life.over = True
        for each in [each for each in self.lines if each.life is life]:
            each.break_off()
        self._dying()

    def _dying(self) -> bool:
        """Have tasks of lives that are over go no further, whatever they do at their end; tell whether there are any."""
        tasks = [task for task, of in list(self._of.items()) if of.over and not task.done()]
        for task in tasks:
            task.cancel()
        return bool(tasks)

    def forget(self) -> None:
        """Forget all lives; those that are not over have ended in order."""
        self._ports.clear()
        self._begun = 0

    def _task(self, loop: Any, work: Any, **given: Any) -> asyncio.Task[Any]:
        task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, **given)
        with suppress(RuntimeError):
            if (current := asyncio.current_task(loop)) is not None and (life := self._of.get(current)) is not None:
                self._of[task] = life
        return task

    # what asyncio asks of a loop

    def time(self) -> float:
        """Return the time of the schedule."""
        return self.now

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:
        """Do it at once: another thread's pace is nobody's to decide."""
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        """Connect a life to the database."""
        life = self._ports.get(address[1])
        if life is None:
            await super().sock_connect(sock, address)
            return
        await self.steps.turn(self, life, "connects")
        if life.over:
            raise ConnectionRefusedError
        self._connecting += 1
        try:
            await super().sock_connect(sock, self._database)
        finally:
            self._connecting -= 1
        self._sockets[sock.fileno()] = life

    async def create_connection(self, protocol_factory: Any, *args: Any, **given: Any) -> Any:
        """Put a line between where the socket is a life's."""
        life = self._sockets.pop(given["sock"].fileno(), None) if given.get("sock") else None
        if life is None:
            return await super().create_connection(protocol_factory, *args, **given)
        line = Line(self, life, protocol_factory())
        self.lines.append(line)
        await super().create_connection(lambda: line, *args, **given)
        return line, line.protocol

    # turns

    def park(self, line: Line) -> None:
        """Have a line wait for its turn."""
        if line not in self.parked:
            self.parked.append(line)

    def unpark(self, line: Line) -> None:
        """Forget a line that broke."""
        for places in (self.parked, self.waiting, self.lines):
            if line in places:
                places.remove(line)

    def grant(self, line: Line, *, swallows: bool = False) -> None:
        """Let a line's request through; nobody else goes on until it is answered, or waits for another's transaction."""
        self.parked.remove(line)
        self._granted = line
        line.let_through(swallows=swallows)

    def note(self, text: str) -> None:
        """Write something into the trace."""
        self.steps.note(text)

    def _idle(self, timeout: float | None) -> list[Any]:
        if self._connecting or any(line.in_flight and not line.blocked for line in self.lines):
            found = self._turns.wait(SECONDS_UNTIL_ASKED)
            if not found and self._granted is not None and self._granted.in_flight:
                self._look(self._granted)
            return found
        self._granted = None
        if self._dying():
            return []
        if self.ending or any(self._released(line) for line in self.waiting):
            return self._settle()
        if self.steps.next(self, timer=timeout is not None):
            assert timeout is not None
            self.now += timeout
        return []

    def _open(self) -> dict[int, tuple[str, set[str]]]:
        """Return the open transactions by port of their client: id, and for whom it waits."""
        with self._watch.session() as session:
            rows = session.run(OPEN).data()
        return {int(row["client"].rpartition(":")[2]): (row["id"], _blockers(row["status"])) for row in rows}

    def _look(self, line: Line) -> None:
        """See whether a request waits for another's transaction; where somebody does so already, who would go first is left to chance."""
        found = self._open()
        blockers = found.get(line.port, ("", set[str]()))[1]
        if not blockers:
            return
        if any(blockers & found.get(other.port, ("", set[str]()))[1] for other in self.waiting):
            self.note(f"{line.life.name}: reset, as another waits for the same transaction")
            line.break_off()
            return
        self.note(f"{line.life.name}: waits for another's transaction")
        self._wait(line, found, blockers)
        self.waiting.append(line)

    def _wait(self, line: Line, found: dict[int, tuple[str, set[str]]], blockers: set[str]) -> None:
        """Note for whom a line waits: there is nothing to look at before one of them has gone on."""
        line.blocked = True
        ports = {port for port, (id_, _) in found.items() if id_ in blockers}
        line.behind = [each for each in self.lines if each.port in ports]

    def _released(self, line: Line) -> bool:
        return not line.pending or any(not (each.in_transaction or each.pending) for each in line.behind)

    def _settle(self) -> list[Any]:
        """Wait until the database has done all that follows from the last step; pass on what was answered by it."""
        if found := self._turns.wait(0.002):
            return found
        rows = self._open()
        if self.ending & rows.keys():
            return []
        ids = {id_ for id_, _ in rows.values()}
        for line in self.waiting:
            if line.pending:
                if not (blockers := rows.get(line.port, ("", set[str]()))[1] & ids):
                    return []
                self._wait(line, rows, blockers)
        self.ending.clear()
        for line in [line for line in self.waiting if not line.pending]:
            self.waiting.remove(line)
            line.deliver()
        return []


def _blockers(status: str) -> set[str]:
    head, _, ids = status.partition("Blocked by: [")
    return set() if head else {each.strip() for each in ids.rstrip("]").split(",") if each.strip()}
