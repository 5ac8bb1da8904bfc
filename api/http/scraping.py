"""The metrics as Prometheus scrapes them: the series that are counted along the way, and gauges read at that moment.

Where several processes serve, each writes its series down every second, and whichever is scraped adds them up.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from operator import add
from time import monotonic, time
from typing import Final

import psutil
from prometheus_client import Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector, CollectorRegistry
from starlette.requests import Request
from starlette.responses import Response

from api.access.scopes import require_scope
from api.access.viewer import Role, Scope
from api.audit.recorder import recorder
from api.errors import ApiError, Forbidden
from api.graphql.execution.operations import counts
from api.http.answer_cache import store
from api.http.answers import refusal
from api.http.health import DATABASE, checked
from api.http.negotiation import JSON
from api.process.own import alongside
from api.process.state import State
from api.process.workers import folder

SECONDS: Final = 1.0
SUFFIX: Final = ".prom"
OF_ALL: Final[Mapping[str, Callable[[float, float], float]]] = {
    "creatorgraph_audit_log_writable": min,
    "creatorgraph_database_reachable": min,
    "creatorgraph_ready": min,
    "creatorgraph_scoring_run_age_seconds": min,
    "creatorgraph_webhooks": max,
    "process_start_time_seconds": min,
}
"""Gauges that every process has of the same thing, which are not added up."""
COUNTS: Final = frozenset({"creatorgraph_answers", "creatorgraph_answers_dropped", "creatorgraph_operation_texts"})
"""Gauges that only grow: what a process counted stays when it ends."""


async def metrics(request: Request) -> Response:
    """Write all series as text, where the settings say so to an administrator's key alone."""
    state: State = request.app.state.process
    try:
        _check(state, request.headers.get("authorization"))
    except ApiError as error:
        return refusal(error, JSON)
    refresh(state)
    await state.own.of(Readiness).refresh(state)
    text = generate_latest(state.metrics.registry) if state.settings.workers == 1 else summed(state)
    return Response(text, media_type=CONTENT_TYPE_LATEST)


class Readiness:
    """The checks of /readyz, as gauges: made at most once a second, however many scrape."""

    SECONDS: Final = 1.0

    def __init__(self) -> None:
        """Begin with none made."""
        self._made, self._making = float("-inf"), asyncio.Lock()

    async def refresh(self, state: State) -> None:
        """Make the checks, where the last are older than a second."""
        async with self._making:
            if monotonic() - self._made < self.SECONDS:
                return
            found = await checked(state)
            state.metrics.reachable.set(any(each.ok for each in found if each.name == DATABASE))
            state.metrics.ready.set(all(each.ok for each in found))
            self._made = monotonic()


def refresh(state: State) -> None:
    """Bring the gauges that nobody sets along the way up to date."""
    gauges = state.metrics
    for cache, count in zip(("hit", "miss"), counts(), strict=True):
        gauges.texts.labels(cache).set(count)
    answers = store(state)
    for cache, count in (("hit", answers.hits), ("miss", answers.misses)):
        gauges.answers.labels(cache).set(count)
    for reason, count in (("outdated", answers.outdated), ("room", answers.crowded_out)):
        gauges.answers_dropped.labels(reason).set(count)
    gauges.answer_bytes.set(answers.bytes)
    gauges.audit_writable.set(recorder(state).writable)
    as_of = state.run.as_of
    # The driver tells of its connections nowhere else; a test notices if that changes.
    pool = state.driver._pool  # pyright: ignore[reportPrivateUsage]
    opened = sum(len(each) for each in pool.connections.values())
    busy = sum(pool.in_use_connection_count(address) for address in pool.connections)
    gauges.connections.labels("busy").set(busy)
    gauges.connections.labels("idle").set(opened - busy)
    gauges.run_age.set(float("nan") if as_of is None else time() - as_of)


def _check(state: State, authorization: str | None) -> None:
    """Let an administrator pass, and everyone where metrics are open."""
    if state.settings.metrics != "key":
        return
    viewer = state.keyring.viewer(authorization)
    require_scope(viewer, Scope.METRICS)
    if viewer.role is not Role.ADMIN:
        raise Forbidden("only an administrator's key may read /metrics (CREATORGRAPH_METRICS is key); use one")


@asynccontextmanager
async def telling(state: State) -> AsyncGenerator[None]:
    """Write the series of this process down within the block, where there are other processes."""
    if state.settings.workers == 1:
        yield
        return
    async with alongside(_told(state)):
        yield


async def _told(state: State) -> None:
    while True:
        refresh(state)
        await state.own.of(Readiness).refresh(state)
        write(state)
        await asyncio.sleep(SECONDS)


def write(state: State) -> None:
    """Write the series of this process to its file, whole or not at all."""
    path = folder(state.settings) / f"{os.getpid()}{SUFFIX}"
    new = path.with_suffix(".new")
    with suppress(OSError):  # a full disk; the next one may be written
        new.write_bytes(generate_latest(state.metrics.registry))
        new.replace(path)


def summed(state: State) -> bytes:
    """Return the series of all processes as text: this one's of now, the others' of up to a second ago.

    Of processes that have ended counters go on, and gauges are gone.
    """
    texts = [(generate_latest(state.metrics.registry).decode(), True)]
    for file in sorted(folder(state.settings).glob(f"*{SUFFIX}")):
        pid = int(file.stem)
        if pid != os.getpid():
            with suppress(FileNotFoundError):
                texts.append((file.read_text("utf-8"), psutil.pid_exists(pid)))
    registry = CollectorRegistry()
    registry.register(_Sums(texts))
    return generate_latest(registry)


class _Sums(Collector):
    """Adds up series written as texts, each with whether its process still lives."""

    def __init__(self, texts: Iterable[tuple[str, bool]]) -> None:
        self._texts = list(texts)

    def collect(self) -> Iterable[Metric]:
        """Yield each family once."""
        families: dict[str, Metric] = {}
        values: dict[str, dict[tuple[str, tuple[tuple[str, str], ...]], float]] = {}
        for text, alive in self._texts:
            for family in text_string_to_metric_families(text):
                if family.type == "gauge" and not alive and family.name not in COUNTS:
                    continue
                families.setdefault(family.name, Metric(family.name, family.documentation, family.type))
                found = values.setdefault(family.name, {})
                for sample in family.samples:
                    key = (sample.name, tuple(sorted(sample.labels.items())))
                    combine = OF_ALL.get(family.name, add)
                    found[key] = combine(found[key], sample.value) if key in found else sample.value
        for name, family in families.items():
            for (sample, labels), value in values[name].items():
                family.add_sample(sample, dict(labels), value)
            yield family
