"""Exports over HTTP: order one, look how far it is, fetch its file, delete it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from api.access.scopes import require_scope
from api.access.viewer import Scope, Viewer
from api.audit.entries import Channel, free
from api.audit.recorder import recorder
from api.errors import ApiError, MethodRefused
from api.exports.errors import NotDone
from api.exports.jobs import Jobs
from api.exports.order import ordered
from api.exports.record import Record, Status
from api.http.answers import UNCACHED
from api.http.body import posted_json
from api.http.negotiation import JSON
from api.http.shell import answered, signed_in

MEDIA_TYPES: Final = {
    "graphml": "application/xml",
    "gexf": "application/xml",
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "arrow": "application/vnd.apache.arrow.file",
    "jsonl": "application/jsonl",
}
UNPACKED: Final = {**UNCACHED, "Content-Encoding": "identity"}
"""A file goes out as it is: packed on the way it would have neither a length nor ranges."""

Handler = Callable[[Request, Jobs, Viewer], Awaitable[Response]]


async def _list(_request: Request, jobs: Jobs, viewer: Viewer) -> Response:
    return _json({"exports": [each.shown() for each in jobs.records(viewer)]})


async def _order(request: Request, jobs: Jobs, viewer: Viewer) -> Response:
    given = await posted_json(request, example='{"what": "scorecards", "format": "csv"}')
    record = await jobs.order(ordered(given), viewer)
    return _json(record.shown(), HTTPStatus.ACCEPTED, {"Location": f"/exports/{record.id}"})


async def _show(request: Request, jobs: Jobs, viewer: Viewer) -> Response:
    return _json(jobs.record(request.path_params["id"], viewer).shown())


async def _remove(request: Request, jobs: Jobs, viewer: Viewer) -> Response:
    cancelled = await jobs.remove(request.path_params["id"], viewer)
    return _json(cancelled.shown()) if cancelled else Response(status_code=HTTPStatus.NO_CONTENT, headers=UNCACHED)


async def _file(request: Request, jobs: Jobs, viewer: Viewer) -> Response:
    record = jobs.record(request.path_params["id"], viewer)
    if record.status is not Status.DONE:
        raise NotDone(f"this export is {record.status} and has no file; GET /exports/{record.id} shows its progress", status=record.status)
    showing = free(Channel.EXPORT, record.what, orjson.dumps(record.options).decode())
    named = jobs.kept.named(record)
    if named != ():
        recorder(request.app.state.process).note(viewer, replace(showing, creators=named))
    return FileResponse(jobs.file(record), headers=UNPACKED, media_type=_media_type(record), filename=record.file_name)


def _endpoint(**handlers: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint of a handler for each method; whatever goes wrong becomes an error with a code and a status."""

    async def handled(request: Request) -> Response:
        viewer = signed_in(request)
        require_scope(viewer, Scope.EXPORT)
        request.state.kind = "export"
        handler = handlers.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            raise MethodRefused(
                f"the method {request.method} is not allowed; send {', '.join(handlers)}", headers={"Allow": ", ".join(handlers)}
            )
        return await handler(request, jobs_of(request.app.state.process), viewer)

    async def endpoint(request: Request) -> Response:
        return await answered(request, handled(request), _refusal)

    return endpoint


def jobs_of(process: Any) -> Jobs:
    """Return the jobs of a process, made at first use."""
    jobs = process.own.of(_Jobs)
    if jobs.of is None:
        jobs.of = Jobs(process)
        process.own.at_end(jobs.of.stop)
    return jobs.of


class _Jobs:
    """A place for a process's jobs, which need the process to be made."""

    of: Jobs | None = None


def _json(value: Any, status: HTTPStatus = HTTPStatus.OK, headers: dict[str, str] | None = None) -> Response:
    return Response(orjson.dumps(value), status, headers={**UNCACHED, **(headers or {})}, media_type=f"{JSON}; charset=utf-8")


def _refusal(error: ApiError) -> Response:
    return _json({"errors": [error.formatted]}, error.status, error.headers)


def _media_type(record: Record) -> str:
    return "application/zip" if record.file_name.endswith(".zip") else MEDIA_TYPES[record.format]


ANY: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
EXPORTS: Final[tuple[BaseRoute, ...]] = (
    Route("/exports", _endpoint(GET=_list, POST=_order), methods=ANY),
    Route("/exports/{id}", _endpoint(GET=_show, DELETE=_remove), methods=ANY),
    Route("/exports/{id}/file", _endpoint(GET=_file), methods=ANY),
)
"""What is served of exports, and where."""
