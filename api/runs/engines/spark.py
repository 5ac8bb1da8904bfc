"""The engine of a cluster that speaks Spark Connect: Spark 4, or Sail, which needs no Java.

Nothing of Spark's is used but `mapInArrow` over rows of one part each: no types, partitions, orders, quantiles or random numbers of
its own can touch a result. A part goes there, and comes back, as the bytes of an Arrow stream.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final

from api.proof.manifest import package
from api.runs.engines.address import Address, address_of
from api.runs.engines.engine import EngineFailed, Step
from scoring import FORMULA_VERSION
from scoring.facts.events.arrow import Table, pa

SCHEMA: Final = "number long, body binary"
ROUND: Final = 32 << 20
"""Bytes of parts that are sent in one message: Spark Connect refuses messages beyond 128 MiB."""
REASON_SHOWN: Final = 300
OF_PYTHON: Final = re.compile(r"^\s*(\w*(?:Error|Exception): .*\S)", re.MULTILINE)
PATIENCE: Final = 10.0
"""Seconds until somebody listens."""
FIRST_ANSWER: Final = 60.0
"""Seconds until whoever listens has answered once: Spark's own client waits without end."""
EXTRA: Final = "pip install 'creatorgraph[cluster]'"

ipc: Final[Any] = import_module("pyarrow.ipc")


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker does: the step, on each part that it is given; refused where it has another version than who sent it."""

    step: Step
    sender: tuple[str, str]

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Yield for each part its number, and what the step makes of it."""
        if (here := _versions()) != self.sender:
            raise RuntimeError(
                f"this worker has {' with formula '.join(here)}, who sent the part has {' with formula '.join(self.sender)}:"
                " install the same version on all"
            )
        for batch in batches:
            for number, body in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True):
                yield pa.record_batch({"number": pa.array([number], pa.int64()), "body": pa.array([packed(self.step(unpacked(body)))])})


@dataclass(frozen=True, slots=True)
class Spark:
    """Computes parts on the cluster whose address is `master` (`sc://host:15002`)."""

    master: str = field(repr=False)

    def check(self) -> None:
        """Raise EngineFailed where packages are missing, the address cannot be used, or nobody answers there."""
        with _session(address_of(self.master)):
            pass

    def mapped(self, step: Step, parts: Sequence[Table]) -> list[Table]:
        """Return what the step makes of each part, in the order of the parts; EngineFailed where one was not to be had."""
        found: dict[int, bytes] = {}
        address = address_of(self.master)
        with _session(address) as session:
            for bodies in _rounds([packed(part) for part in parts]):
                rows = pa.table({"number": pa.array([*bodies], pa.int64()), "body": pa.array([*bodies.values()], pa.binary())})
                frame = session.createDataFrame(rows).repartition(len(bodies)).mapInArrow(Task(step, _versions()), SCHEMA)
                answer = frame.toArrow()
                found |= zip(answer["number"].to_pylist(), answer["body"].to_pylist(), strict=True)
        if found.keys() != set(range(len(parts))):
            raise EngineFailed(f"{address} returned {len(found)} of {len(parts)} parts; look into its log, and score again")
        return [unpacked(found[number]) for number in range(len(parts))]


def packed(table: Table) -> bytes:
    """Return a table as an Arrow stream, compressed."""
    sink = pa.BufferOutputStream()
    with ipc.new_stream(sink, table.schema, options=ipc.IpcWriteOptions(compression="zstd", unify_dictionaries=True)) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def unpacked(body: bytes) -> Table:
    """Return the table of an Arrow stream."""
    return ipc.open_stream(body).read_all()


def _rounds(bodies: Sequence[bytes]) -> Iterator[dict[int, bytes]]:
    """Yield parts by number, at most `ROUND` bytes at once, or a single one."""
    some: dict[int, bytes] = {}
    for number, body in enumerate(bodies):
        if some and sum(map(len, some.values())) + len(body) > ROUND:
            yield some
            some = {}
        some[number] = body
    if some:
        yield some


def _versions() -> tuple[str, str]:
    return package(), FORMULA_VERSION


@contextmanager
def _session(address: Address) -> Generator[Any]:
    """Yield a session of its own; what goes wrong on the way or there is one line with a remedy."""
    try:
        sql, errors, grpc = (import_module(name) for name in ("pyspark.sql", "pyspark.errors", "grpc"))
    except ImportError as error:
        raise EngineFailed(f"the engine spark needs packages that are not installed ({error}); run `{EXTRA}`") from error
    address.refuse_unencrypted()
    _refuse_silent(address)
    session: Any = None
    try:
        session = sql.SparkSession.builder.remote(address.url).create()
        if not _answers(session):
            session.client.close()
            session = None
            raise EngineFailed(
                f"{address} takes connections, but has said nothing in {FIRST_ANSWER:g} s; check that it is a Spark Connect server, "
                "and whether it needs /;use_ssl=true"
            )
        yield session
    except (errors.PySparkException, grpc.RpcError) as error:
        reason = address.without_secrets(_reason(str(error)))[:REASON_SHOWN]
        raise EngineFailed(
            f"{address} failed: {reason}; check that creatorgraph is installed on its workers, and score again"
        ) from None  # the cause may name the whole address
    finally:
        if session is not None:
            session.stop()


def _answers(session: Any) -> bool:
    """Return whether the server answers in time; what it answers with instead of its version is raised."""
    failures: list[Exception] = []

    def ask() -> None:
        try:
            _ = session.version
        except Exception as error:  # raised again by who waits
            failures.append(error)

    asking = threading.Thread(target=ask, daemon=True)  # a pool's thread would keep the process from ending
    asking.start()
    asking.join(FIRST_ANSWER)
    if failures:
        raise failures[0]
    return not asking.is_alive()


def _reason(told: str) -> str:
    """Return the line of a worker's traceback that says what is wrong, or how the message begins."""
    lines = OF_PYTHON.findall(told)
    return lines[-1] if lines else " ".join(told.split())


def _refuse_silent(address: Address) -> None:
    """Raise EngineFailed where nobody listens: Spark's own client tries for ten minutes."""
    try:
        socket.create_connection((address.host, address.port), timeout=PATIENCE).close()
    except OSError as error:
        raise EngineFailed(
            f"nobody answers at {address} ({error.strerror or error}); start the Spark Connect server, or correct --master"
        ) from error
