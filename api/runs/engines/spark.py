"""The engine of a cluster that speaks Spark Connect: Spark 4, or Sail, which needs no Java.

Nothing of Spark's is used but `mapInArrow` over rows of one part each: no types, partitions, orders, quantiles or random numbers of
its own can touch a result. A part goes there, and comes back, as the bytes of an Arrow stream.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import urlsplit

from api.runs.engines.engine import EngineFailed, Step
from scoring import FORMULA_VERSION
from scoring.facts.events.arrow import Table, pa

SCHEMA: Final = "number long, body binary"
ROUND: Final = 32 << 20
"""Bytes of parts that are sent in one message: Spark Connect refuses messages beyond 128 MiB."""
REASON_SHOWN: Final = 300
OF_PYTHON: Final = re.compile(r"^\s*(\w*(?:Error|Exception): .*\S)", re.MULTILINE)
PORT: Final = 15002
PATIENCE: Final = 10.0
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

    master: str

    def mapped(self, step: Step, parts: Sequence[Table]) -> list[Table]:
        """Return what the step makes of each part, in the order of the parts; EngineFailed where one was not to be had."""
        found: dict[int, bytes] = {}
        with _session(self.master) as session:
            for bodies in _rounds([packed(part) for part in parts]):
                rows = pa.table({"number": pa.array([*bodies], pa.int64()), "body": pa.array([*bodies.values()], pa.binary())})
                frame = session.createDataFrame(rows).repartition(len(bodies)).mapInArrow(Task(step, _versions()), SCHEMA)
                answer = frame.toArrow()
                found |= zip(answer["number"].to_pylist(), answer["body"].to_pylist(), strict=True)
        if found.keys() != set(range(len(parts))):
            raise EngineFailed(f"{self.master} returned {len(found)} of {len(parts)} parts; look into its log, and score again")
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
    return f"creatorgraph {version('creatorgraph')}", FORMULA_VERSION


@contextmanager
def _session(master: str) -> Generator[Any]:
    """Yield a session of its own; what goes wrong on the way or there is one line with a remedy."""
    try:
        sql, errors, grpc = (import_module(name) for name in ("pyspark.sql", "pyspark.errors", "grpc"))
    except ImportError as error:
        raise EngineFailed(f"the engine spark needs packages that are not installed ({error}); run `{EXTRA}`") from error
    _reached(master)
    session: Any = None
    try:
        session = sql.SparkSession.builder.remote(master).create()
        yield session
    except (errors.PySparkException, grpc.RpcError) as error:
        raise EngineFailed(
            f"{master} failed: {_reason(str(error))}; check that creatorgraph is installed on its workers, and score again"
        ) from error
    finally:
        if session is not None:
            session.stop()


def _reason(told: str) -> str:
    """Return the line of a worker's traceback that says what is wrong, or how the message begins."""
    lines = OF_PYTHON.findall(told)
    return (lines[-1] if lines else " ".join(told.split()))[:REASON_SHOWN]


def _reached(master: str) -> None:
    """Raise EngineFailed where nobody listens: Spark's own client tries for ten minutes."""
    host, port = _address(master)
    try:
        socket.create_connection((host, port), timeout=PATIENCE).close()
    except OSError as error:
        raise EngineFailed(
            f"nobody answers at {master} ({error.strerror or error}); start the Spark Connect server, or correct --master"
        ) from error


def _address(master: str) -> tuple[str, int]:
    try:
        address = urlsplit(master)
        host, port = address.hostname, address.port or PORT
    except ValueError:
        host, port = None, PORT
    if not host or not master.startswith("sc://"):
        raise EngineFailed(f"{master!r} is not the address of a Spark Connect server; give one as sc://host:{PORT}")
    return host, port
