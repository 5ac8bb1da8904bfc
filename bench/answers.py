"""The page of 50 creators once more with the same key: kept by the service, against handlers that do hardly anything."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final

import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.figures import Figure, Report
from bench.read_clients import CLIENTS, rate
from bench.read_rivals import ASKED, PAGE
from bench.reads import MEMORY, bare, ended, free_port, jars, key_in, market_in, served, waited_for
from graph.server import PrivateServer

SECONDS: Final = float(os.environ.get("BENCH_SECONDS", "8"))
ROUNDS: Final = 3
METHOD: Final = f"""The page of [reading](#reading-a-page); {CLIENTS} clients with one key ask for the same again and again. *Kept*: the
service as it comes, which asks the database for the version of its data and otherwise answers from memory. *Made*: the
same with `CREATORGRAPH_ANSWER_CACHE_MB=0`. *Bare handler*: Starlette on uvicorn, which reads the body and sends as many bytes.
*Bare driver*: the hand-written query without HTTP. Each side for {SECONDS:g} s in turn, {ROUNDS} rounds, the median counts."""


def report() -> Report:
    """Measure the four sides in turn."""
    with tempfile.TemporaryDirectory() as home, PrivateServer(Path(home) / "neo4j", jars(), MEMORY) as server:
        asyncio.run(market_in(server))
        with ExitStack() as stack:
            key = key_in(Path(home))
            kept = stack.enter_context(served(server, home))
            made = stack.enter_context(served(server, home, CREATORGRAPH_ANSWER_CACHE_MB="0"))
            handler = stack.enter_context(_bare_handler(len(_page(kept, key))))
            sides = _measured(server, {"kept": kept, "made": made, "bare handler": handler}, key)
    return Report("Asking for a page again", METHOD, _figures(sides))


def _figures(sides: dict[str, float]) -> tuple[Figure, ...]:
    return (
        *(Figure(name, value, "requests/s") for name, value in sides.items()),
        Figure("kept / bare handler", sides["kept"] / sides["bare handler"], "", at_least=0.2),
        Figure("kept / made", sides["kept"] / sides["made"], "", at_least=5),
        Figure("kept / bare driver", sides["kept"] / sides["bare driver"], "", at_least=4),
    )


def _asked() -> dict[str, Any]:
    return {"query": ASKED, "variables": {"first": PAGE}}


def _page(port: int, key: str) -> bytes:
    return json.dumps(rate(port, _asked(), seconds=0, key=key)[1]).encode()


def _measured(server: PrivateServer, ports: dict[str, int], key: str) -> dict[str, float]:
    rates: dict[str, list[float]] = {name: [] for name in (*ports, "bare driver")}
    for seconds in (SECONDS / 2, *[SECONDS] * ROUNDS):  # the first is to warm up, and is not counted
        for name, port in ports.items():
            rates[name].append(rate(port, _asked(), seconds=seconds, key=key)[0])
        rates["bare driver"].append(bare(server, seconds))
    return {name: median(each[1:]) for name, each in rates.items()}


@contextmanager
def _bare_handler(length: int) -> Iterator[int]:
    """Serve the bare handler, and yield its port."""
    port = free_port()
    with ended(subprocess.Popen([sys.executable, "-m", "bench.answers", str(port), str(length)])):
        waited_for(port)
        yield port


def serve(port: int, length: int) -> None:
    """Serve `length` bytes of JSON to whatever body comes."""
    body = b'"' + b"x" * (length - 2) + b'"'

    async def handler(request: Request) -> Response:
        await request.body()
        return Response(body, media_type="application/json")

    app = Starlette(routes=[Route("/graphql", handler, methods=["POST"])])
    config = uvicorn.Config(app, port=port, log_level="error", access_log=False, http="httptools")
    uvloop.run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
