"""`creatorgraph mcp`: answers agents, on standard input and output or over HTTP."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from api.app import application
from api.commands.serve import ready, run
from api.errors import Unauthenticated
from api.http.health import healthz, readyz
from api.http.logs import configure
from api.http.resource_metadata import METADATA
from api.http.scraping import metrics
from api.mcp.http import Endpoint
from api.process.state import State, opened
from api.settings import Settings, load
from api.telemetry import traces
from api.trusted.documents import read as check_documents

app = typer.Typer(add_completion=False)

ROUTES: Final[list[BaseRoute]] = [
    Route("/mcp", Endpoint()),
    *METADATA,
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/metrics", metrics),
]
"""What is served to agents alone."""


@app.command()
def mcp(
    http: Annotated[bool, typer.Option("--http", help="Listen for HTTP instead; each request then brings its own key.")] = False,
    host: Annotated[str | None, typer.Option(help="With --http: address to listen on; 0.0.0.0 for all.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="With --http: port to listen on; 0 for any free one.")] = None,
    key_file: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="File with the key; else CREATORGRAPH_KEY.")] = None,
    log_level: Annotated[str | None, typer.Option(help="debug, info, warning or error.")] = None,
) -> None:
    """Serve agents over the Model Context Protocol: on standard input and output, or over HTTP at /mcp.

    Tools see what the key may see. `creatorgraph serve` answers at /mcp too; --http is for serving agents alone.
    """
    given = {"host": host, "port": port, "log_level": log_level}
    settings = replace(load(), workers=1, **{name: value for name, value in given.items() if value is not None})
    configure(settings.log_level)
    if http:
        run(settings, build=_for_agents, where="MCP: /mcp")
    else:
        with traces():
            asyncio.run(_on_stdio(settings, _key(settings, key_file)))


def _for_agents(state: State) -> Starlette:
    return application(state, ROUTES)


async def _on_stdio(settings: Settings, key: str) -> None:
    # Imported late: the SDK takes as long to import as all the rest, and --http imports it with the first request.
    from api.mcp import stdio

    check_documents(settings)
    async with ready(settings) as driver, opened(settings, driver) as state:
        await stdio.serve(state, key)


def _key(settings: Settings, file: Path | None) -> str:
    text = settings.key if file is None else file.read_text("utf-8").strip()
    if not text:
        raise Unauthenticated(
            "no access key; set CREATORGRAPH_KEY, or name a file with --key-file;"
            " an administrator can create one with `creatorgraph keys create`"
        )
    return text
