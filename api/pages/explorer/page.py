"""The explorer's pages, which are one file, and the files that it loads."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from api.http.encodings import encoding
from api.pages.explorer import PAGES
from api.pages.explorer.build import ENCODINGS, build

UNBUILT: Final = (Path(__file__).parent / "unbuilt.html").read_text("utf-8")
IMMUTABLE: Final = "public, max-age=31536000, immutable"
"""An asset's name has the hash of what is in it."""


async def page(request: Request) -> Response:
    """Answer with the page, which shows what its address says; where it is not built, with how to build it."""
    found = build(request.app.state.process)
    if found is None:
        return HTMLResponse(UNBUILT, status_code=503, headers={"Cache-Control": "no-store"})
    headers = {"Cache-Control": "no-cache", "ETag": found.etag}
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(found.page, headers=headers)


async def asset(request: Request) -> Response:
    """Answer with a file of the page, packed as the browser likes best."""
    found = build(request.app.state.process)
    file = found.assets.get(request.path_params["name"]) if found else None
    if file is None:
        return PlainTextResponse("no such file\n", status_code=404)
    chosen = encoding(request.headers.get("accept-encoding", "").encode("latin-1"), tuple(ENCODINGS))
    headers = {"Cache-Control": IMMUTABLE}
    if chosen in file.packed:
        return Response(
            file.packed[chosen], headers=headers | {"Content-Encoding": chosen, "Vary": "Accept-Encoding"}, media_type=file.media_type
        )
    return Response(file.body, headers=headers, media_type=file.media_type)


async def lost(request: Request, _error: Exception) -> Response:
    """Answer an address that there is not: people see the page, which says so in their language."""
    found = build(request.app.state.process)
    person = request.method in {"GET", "HEAD"} and "text/html" in request.headers.get("accept", "")
    if found is None or not person:
        return PlainTextResponse("Not Found", status_code=404)
    return HTMLResponse(found.page, status_code=404, headers={"Cache-Control": "no-store"})


EXPLORER: Final[tuple[BaseRoute, ...]] = (
    Route("/", page),
    *(Route(path, page) for segment in PAGES for path in (f"/{segment}", f"/{segment}/{{rest:path}}")),
    Route("/assets/{name}", asset),
)
"""What is served of the explorer, and where."""
