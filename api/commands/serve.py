"""`creatorgraph serve`: the database, where it is ours, and the API on it, until Ctrl-C."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Annotated, Final

import typer
import uvicorn
from neo4j import AsyncDriver
from starlette.applications import Starlette

from api.app import application
from api.commands.downloading import download_bar
from api.database import database
from api.errors import ApiError
from api.http.logs import configure
from api.settings import Settings, load
from api.state import State, opened
from graph.migrations import migrate
from scoring import NAMES, camel

app = typer.Typer(add_completion=False)

SECONDS_FOR_REQUESTS: Final = 5
BACKLOG: Final = 1024
SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
WHERE: Final = "GraphQL: /graphql, IDE: /graphiql, MCP: /mcp"

Build = Callable[[State], Starlette]


class CannotListen(ApiError):
    """The address cannot be had."""


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; 0.0.0.0 for all.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any free one.")] = None,
    log_level: Annotated[str | None, typer.Option(help="debug, info, warning or error.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Fill an empty graph with a demo market first, and make demo keys.")] = False,
) -> None:
    """Serve until Ctrl-C, which ends everything that this started, the private database too."""
    given = {"host": host, "port": port, "log_level": log_level}
    settings = replace(load(), **{name: value for name, value in given.items() if value is not None})
    configure(settings.log_level)
    with listening(settings.host, settings.port) as listener, asyncio.Runner(loop_factory=loop) as runner:
        runner.run(answering(settings, listener, demo=demo))


@contextmanager
def listening(host: str, port: int) -> Generator[socket.socket]:
    """Yield a bound socket, so that a port that is taken shows before anything is started; CannotListen says what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(BACKLOG)
        except (OSError, UnicodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "no such host"
            raise CannotListen(f"cannot listen on {host}:{port} ({reason}); stop what does, or choose another port with --port") from error
        yield listener


async def answering(
    settings: Settings, listener: socket.socket, *, demo: bool = False, build: Build = application, where: str = WHERE
) -> None:
    """Start, serve what `build` makes, stop, each in order; a signal ends it in whichever of them it is."""
    ending = _Ending()
    with ending.on_signals():
        try:
            if demo:
                await asyncio.to_thread(_fill_unstarted, settings)
            async with ready(settings) as driver:
                words = await _demo(settings, driver, _url(listener)) if demo else ""
                async with opened(settings, driver) as state:
                    server = ending.server = _Server(_configuration(build(state)))
                    _say(f"creatorgraph serves on {_url(listener)} ({where}). Ctrl-C ends it.")
                    _say(words)
                    _rest_garbage()
                    await server.serve(sockets=[listener])
                    _say("Stopping …")
        except asyncio.CancelledError:
            _say("Stopped before it was up.")


@asynccontextmanager
async def ready(settings: Settings) -> AsyncGenerator[AsyncDriver]:
    """Yield a driver on the database, started where it is ours, and brought to our version."""
    with download_bar() as progress:
        _say("Starting the database …")
        async with database(settings, progress=progress) as driver:
            await migrate(driver, indicators=[camel(name) for name in NAMES], database=settings.neo4j_database)
            yield driver


def _fill_unstarted(settings: Settings) -> None:
    from api.demo import fill_unstarted

    with download_bar() as progress:
        fill_unstarted(settings, progress=progress)


async def _demo(settings: Settings, driver: AsyncDriver, url: str) -> str:
    # Imported late: only a first run needs the simulator and the scoring behind it.
    from api.demo import prepare

    return await prepare(settings, driver, url)


def _rest_garbage() -> None:
    """Spare the collector what lives as long as the process, and let it look less often: answers are trees that free themselves.

    Measured on a page of 50 creators: a quarter less time in Python.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


class _Server(uvicorn.Server):
    """A server that leaves signals to us: its own handling would end the process before the database is stopped."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


class _Ending:
    """Turns the first signal into an orderly end, the second into a hasty one."""

    def __init__(self) -> None:
        self.server: _Server | None = None

    @contextmanager
    def on_signals(self) -> Generator[None]:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        for each in SIGNALS:
            loop.add_signal_handler(each, self._end, task)
        try:
            yield
        finally:
            for each in SIGNALS:
                loop.remove_signal_handler(each)

    def _end(self, task: asyncio.Task[None]) -> None:
        if self.server is None:
            task.cancel()
        else:
            self.server.force_exit = self.server.should_exit
            self.server.should_exit = True


def _configuration(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SECONDS_FOR_REQUESTS,
    )


def loop() -> asyncio.AbstractEventLoop:
    """Return a uvloop where there is one."""
    factory = uvicorn.Config("", loop="auto", log_config=None).get_loop_factory()
    return factory() if factory else asyncio.new_event_loop()


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def _say(words: str) -> None:
    if words:
        typer.echo(words, err=True)
