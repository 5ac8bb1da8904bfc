"""What is answered while the process starts: that it is up, what it is at, and to everything else that it is not ready."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from api.error_mapping import RETRY
from api.errors import NotReady
from api.http.answers import UNCACHED, refusal
from api.http.health import MEDIA_TYPE, healthz
from api.http.negotiation import JSON
from api.pages.explorer import PAGES
from api.process.startup import Startup

PAGE: Final = Template((Path(__file__).parents[1] / "pages" / "starting.html").read_text("utf-8"))


async def readyz(request: Request) -> Response:
    """Say what the start is at, with 503."""
    request.state.kind = "health"
    startup: Startup = request.app.state.startup
    check = {"name": "start", "ok": False, "detail": startup.detail, "remedy": "wait until the start is complete"}
    body = {"status": "starting", "start": startup.progress, "checks": [check]}
    return Response(orjson.dumps(body), NotReady.status, headers={**UNCACHED, **RETRY}, media_type=MEDIA_TYPE)


async def page(request: Request) -> Response:
    """Show a person the same; the page loads itself again until the service is there."""
    text = PAGE.substitute(detail=escape(request.app.state.startup.detail))
    return HTMLResponse(text, NotReady.status, headers={**UNCACHED, **RETRY})


async def _not_yet(request: Request) -> Response:
    startup: Startup = request.app.state.startup
    request.state.kind = "refused"
    return refusal(NotReady(f"the service is starting: {startup.detail}; try again soon, /readyz shows the progress", headers=RETRY), JSON)


def unready() -> BaseRoute:
    """Return the route that refuses whatever is asked."""
    return Mount("/", routes=[Route("/{path:path}", _not_yet, methods=("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))])


WAITING: Final[list[BaseRoute]] = [
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    *(Route(path, page) for path in ("/", "/developers", "/graphiql")),
    *(Route(path, page) for segment in PAGES for path in (f"/{segment}", f"/{segment}/{{rest:path}}")),
]
"""What can be answered before there is a database."""
