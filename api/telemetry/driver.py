"""Each query of a trace as a span of its own: the driver's sessions and transactions are observed while traces are recorded.

The driver has no hooks, so its methods are wrapped, as OpenTelemetry's own instrumentations do, and put back at the end. What is
asked outside of any trace (versions, outbox, health) stays outside.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Generator, Iterable
from contextlib import ExitStack, contextmanager
from functools import wraps
from time import perf_counter
from typing import Any, Final
from weakref import WeakKeyDictionary

from neo4j import AsyncManagedTransaction, AsyncSession, AsyncTransaction

from api.telemetry.cypher import attributes
from api.telemetry.recorder import OpenTelemetryRecorder, Recording, error_type
from graph.tracing import CALL

CANCELLED: Final = "CancelledError"
CONNECTION: Final = "creatorgraph.query.connection_seconds"
FIRST: Final = "creatorgraph.query.first_record_seconds"
ROWS: Final = "db.response.returned_rows"

Method = Callable[..., Awaitable[Any]]


class Observer:
    """Records the queries that run on each connection, until it is given back."""

    def __init__(self, recorder: OpenTelemetryRecorder) -> None:
        """Begin with none."""
        self._recorder = recorder
        self._open: WeakKeyDictionary[Any, list[Observed]] = WeakKeyDictionary()
        self._waited: WeakKeyDictionary[Any, float] = WeakKeyDictionary()

    def running(self, run: Method, database: Callable[[Any], str | None]) -> Method:
        """Wrap `run` of a session or a transaction."""

        @wraps(run)
        async def observed(on: Any, query: object, *given: Any, **named: Any) -> Any:
            around = self._recorder.current()
            if around is None or not around.recorded:
                return await run(on, query, *given, **named)
            told = {**attributes(query), "db.namespace": database(on) or ""}
            one = Observed(self._recorder.begun(str(told["db.query.summary"]), told, CALL, around))
            try:
                result = await run(on, query, *given, **named)
            except BaseException as error:
                one.end(error_type(error))
                raise
            one.follow(result, waited=self._waited.pop(on._connection, None))
            if on._connection is not None:
                self._open.setdefault(on._connection, []).append(one)
            return result

        return observed

    def connecting(self, connect: Method) -> Method:
        """Wrap what takes a connection from the pool: how long that took counts for the first query on it."""

        @wraps(connect)
        async def observed(session: Any, *given: Any, **named: Any) -> Any:
            began = perf_counter()
            found = await connect(session, *given, **named)
            if self._recorder.current() is not None and session._connection is not None:
                self._waited[session._connection] = perf_counter() - began
            return found

        return observed

    def disconnecting(self, disconnect: Method) -> Method:
        """Wrap what gives a connection back, by when all of its queries have ended."""

        @wraps(disconnect)
        async def observed(session: Any, *given: Any, **named: Any) -> Any:
            self._end(session._connection, None)
            return await disconnect(session, *given, **named)

        return observed

    def cancelling(self, cancel: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap what closes a connection whose query nobody waits for any more."""

        @wraps(cancel)
        def observed(session: Any, *given: Any, **named: Any) -> Any:
            self._end(session._connection, CANCELLED)
            return cancel(session, *given, **named)

        return observed

    def _end(self, connection: Any, failure: str | None) -> None:
        if connection is not None:
            self._waited.pop(connection, None)
            for each in self._open.pop(connection, ()):
                each.end(failure)


class Observed:
    """One query on its way: when its first record is there, how many come, and how it ends."""

    def __init__(self, span: Recording) -> None:
        """Begin."""
        self._span, self._began, self._rows = span, perf_counter(), 0
        self._over = self._failing = False

    def follow(self, result: Any, *, waited: float | None) -> None:
        """Follow a result; `waited` are the seconds until there was a connection."""
        if waited is not None:
            self._span.set(CONNECTION, waited)
        host, port = result._address[:2]
        self._span.set("server.address", str(host))
        self._span.set("server.port", int(port))
        result._record_buffer = Counted(result._record_buffer, self.came)
        closed, failed = result._on_closed, result._on_error

        async def on_closed() -> None:
            # A result that fails is closed while it still streams, and its connection given back, before it tells its error.
            self._failing = result._streaming
            self.end()
            await closed()

        async def on_error(error: BaseException) -> None:
            self.end(error_type(error))
            await failed(error)

        result._on_closed, result._on_error = on_closed, on_error

    def came(self, rows: int) -> None:
        """Note that records are there."""
        if not self._rows:
            self._span.set(FIRST, perf_counter() - self._began)
        self._rows += rows

    def end(self, failure: str | None = None) -> None:
        """End, once."""
        if self._over or (failure is None and self._failing):
            return
        self._over = True
        self._span.set(ROWS, self._rows)
        if failure is not None:
            self._span.fail(failure)
        self._span.end()


class Counted(deque[Any]):
    """A result's records that wait to be taken; those that it puts back, as a queue, are not counted again."""

    def __init__(self, records: Iterable[Any], came: Callable[[int], None]) -> None:
        """Take over those that are there."""
        super().__init__(records)
        self._came = came
        if self:
            came(len(self))

    def extend(self, records: Iterable[Any], /) -> None:
        """Add records, and tell how many the database has sent."""
        before = len(self)
        super().extend(records)
        if not isinstance(records, deque) and len(self) > before:
            self._came(len(self) - before)


@contextmanager
def observed(recorder: OpenTelemetryRecorder) -> Generator[None]:
    """Observe every driver of this process within the block."""
    observer = Observer(recorder)
    with ExitStack() as stack:
        stack.enter_context(_wrapped(AsyncSession, "run", lambda run: observer.running(run, lambda session: session._config.database)))
        for transaction in (AsyncTransaction, AsyncManagedTransaction):
            stack.enter_context(_wrapped(transaction, "run", lambda run: observer.running(run, lambda tx: tx._database)))
        stack.enter_context(_wrapped(AsyncSession, "_connect", observer.connecting))
        stack.enter_context(_wrapped(AsyncSession, "_disconnect", observer.disconnecting))
        stack.enter_context(_wrapped(AsyncSession, "_handle_cancellation", observer.cancelling))
        yield


@contextmanager
def _wrapped(owner: type, name: str, wrap: Callable[[Any], Any]) -> Generator[None]:
    """Wrap a method within the block; one that is inherited is left alone where it stands."""
    own = vars(owner).get(name)
    setattr(owner, name, wrap(getattr(owner, name)))
    try:
        yield
    finally:
        if own is None:
            delattr(owner, name)
        else:
            setattr(owner, name, own)
