"""The page of the GraphQL IDE."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from api.pages import STATIC
from api.pages.examples import EXAMPLES
from api.pages.ide import FILES, folder, installed

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""GraphiQL's dialogs put a style element into the page; scripts stay ours alone."""

KEPT: Final = "max-age=86400"
NOT_INSTALLED: Final = "The GraphQL IDE is not installed yet. Run `python -m api.pages.ide.install`, or `make run`, and reload.\n"


async def graphiql(request: Request) -> Response:
    """Answer with the IDE, or with how to fetch it."""
    if not installed(request.app.state.process.settings.cache):
        return PlainTextResponse(NOT_INSTALLED, status_code=503)
    return FileResponse(STATIC / "graphiql.html", headers={"Content-Security-Policy": POLICY})


async def examples(_request: Request) -> Response:
    """Answer with the example queries of every role, for the IDE."""
    return JSONResponse({role: [example.as_tab() for example in some] for role, some in EXAMPLES.items()})


async def file(request: Request) -> Response:
    """Answer with one of the IDE's files."""
    name, cache = request.path_params["name"], request.app.state.process.settings.cache
    if name not in FILES or not installed(cache):
        return PlainTextResponse("no such file\n", status_code=404)
    return FileResponse(folder(cache) / name, headers={"Cache-Control": KEPT})
