"""Imports over HTTP: a file is uploaded, and what was rejected is fetched; all else is done by GraphQL."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from api.access.scopes import require_scope
from api.access.table import Permission, require
from api.access.viewer import Scope
from api.errors import ApiError, MediaTypeRefused, MethodRefused
from api.http.answers import UNCACHED
from api.http.negotiation import JSON
from api.http.shell import answered, signed_in
from api.imports.errors import NoSuchImport
from api.imports.names import relative_path
from api.imports.rejects import reject_files, zipped
from api.imports.uploads import Bounds, Upload, uploaded
from api.process.importer import Importer, importer

MEBIBYTE: Final = 1024 * 1024
ARCHIVE: Final = "rejects.zip"
UNPACKED: Final = {**UNCACHED, "Content-Encoding": "identity"}

Handler = Callable[[Request, Importer], Awaitable[Response]]


async def _upload(request: Request, own: Importer) -> Response:
    """Store the body as a file of an import; one of the same name is replaced."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding != "identity":
        raise MediaTypeRefused(f"Content-Encoding: {encoding[:40]} is not supported; send the file as it is (a .csv.gz too), without it")
    length = request.headers.get("content-length", "")
    upload = Upload(_id(request), relative_path(request.path_params["name"]), int(length) if length.isdecimal() else None)
    bounds = Bounds(request.app.state.process.settings.import_mb * MEBIBYTE, own.expires_at)
    record = await uploaded(own.store, upload, request.stream(), bounds=bounds)
    told = {"name": str(upload.name), "files": record.files, "bytes": record.bytes}
    return Response(orjson.dumps(told), HTTPStatus.CREATED, headers=UNCACHED, media_type=JSON)


async def _rejects(request: Request, own: Importer) -> Response:
    """Answer with all files of rejected rows as one zip, which is made as it goes out."""
    folder, names = await _reject_files(request, own)
    if not names:
        raise NoSuchImport(f"import {_id(request)} has no rejected rows, or they are kept no longer; its summary tells what became of it")
    headers = {**UNPACKED, "Content-Disposition": f'attachment; filename="rejects-{_id(request)[:8]}.zip"'}
    return StreamingResponse(zipped(folder, names), headers=headers, media_type="application/zip")


async def _reject_file(request: Request, own: Importer) -> Response:
    folder, names = await _reject_files(request, own)
    name = request.path_params["name"]
    if name not in names:
        raise NoSuchImport(f"import {_id(request)} has no file of rejected rows called {name[:100]!a}; its `rejects` lists them")
    return FileResponse(folder / name, headers=UNPACKED, media_type="application/jsonl", filename=PurePosixPath(name).name)


async def _reject_files(request: Request, own: Importer) -> tuple[Path, list[str]]:
    record = await asyncio.to_thread(own.store.record, _id(request))
    folder = own.store.rejects(record.id)
    names = [] if record.is_going else [name for name, _ in await asyncio.to_thread(reject_files, folder)]
    return folder, names


def _endpoint(scope: Scope, method: str, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint of one method, for those who may load data; whatever goes wrong becomes an error with a code and a status."""

    async def handled(request: Request) -> Response:
        viewer = signed_in(request)
        require(viewer, Permission.LOAD)
        require_scope(viewer, scope)
        request.state.kind = "import"
        if request.method != method and not (request.method == "HEAD" and method == "GET"):
            raise MethodRefused(f"the method {request.method} is not allowed; send {method}", headers={"Allow": method})
        return await handler(request, importer(request.app.state.process))

    async def endpoint(request: Request) -> Response:
        return await answered(request, handled(request), _refusal)

    return endpoint


def _refusal(error: ApiError) -> Response:
    return Response(orjson.dumps({"errors": [error.formatted]}), error.status, headers={**UNCACHED, **error.headers}, media_type=JSON)


def _id(request: Request) -> str:
    return request.path_params["id"]


ANY: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
IMPORTS: Final[tuple[BaseRoute, ...]] = (
    Route("/imports/{id}/files/{name:path}", _endpoint(Scope.WRITE, "PUT", _upload), methods=ANY),
    Route(f"/imports/{{id}}/{ARCHIVE}", _endpoint(Scope.READ, "GET", _rejects), methods=ANY),
    Route("/imports/{id}/rejects/{name:path}", _endpoint(Scope.READ, "GET", _reject_file), methods=ANY),
)
"""What is served of imports, and where."""
