"""The metrics as Prometheus scrapes them: the series that are counted along the way, and gauges read at that moment."""

from __future__ import annotations

from time import time

from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from api.access.scopes import require_scope
from api.access.viewer import Role, Scope
from api.errors import ApiError, Forbidden
from api.graphql.execution.operations import counts
from api.http.answer_cache import store
from api.http.answers import refusal
from api.http.negotiation import JSON
from api.process.state import State


async def metrics(request: Request) -> Response:
    """Write all series as text, where the settings say so to an administrator's key alone."""
    state: State = request.app.state.process
    try:
        _check(state, request.headers.get("authorization"))
    except ApiError as error:
        return refusal(error, JSON)
    refresh(state)
    return Response(generate_latest(state.metrics.registry), media_type=CONTENT_TYPE_LATEST)


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
