"""`python -m api.process.worker HANDLE`: one of the other processes of a service, which accepts from a listener that it was handed.

It ends with the first process: its standard input then ends.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from dataclasses import replace
from socket import socket

import orjson

from api.app import application
from api.http.logs import configure
from api.http.scraping import telling
from api.process.database import database
from api.process.ending import at_end_of_input, count_down
from api.process.serving import bounds_of, loop, rest_garbage, served
from api.process.state import opened
from api.process.warming import warm
from api.process.workers import divided
from api.settings import Settings, load
from api.telemetry import traces
from api.webhooks.sender import sending


def main(handle: int) -> None:
    """Serve until standard input ends; its first line says what the command line of the first process said."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings = replace(load(), **orjson.loads(sys.stdin.buffer.readline()))
    configure(settings.log_level)
    with traces(), socket(fileno=handle) as listener, asyncio.Runner(loop_factory=loop) as runner:
        runner.run(_served(settings, listener))


async def _served(settings: Settings, listener: socket) -> None:
    """Warm up, then accept connections, until the first process wants no more."""
    own, ended = divided(settings), asyncio.Event()
    running = asyncio.get_running_loop()
    running.add_signal_handler(signal.SIGTERM, _end, ended)
    at_end_of_input(lambda: running.call_soon_threadsafe(_end, ended))
    async with database(own) as driver, opened(own, driver) as state:
        app = application(state)
        await warm(state, own.warm_up_seconds)
        async with served(app, listener, bounds_of(own)) as server, sending(state), telling(state):
            rest_garbage()
            await ended.wait()
            await server.ended()


def _end(ended: asyncio.Event) -> None:
    count_down(signal.SIGTERM)
    ended.set()


if __name__ == "__main__":
    main(int(sys.argv[1]))
