"""`creatorgraph serve`: the database, where it is ours, and the API on it, until Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from typing import Annotated, Final, NoReturn

import typer
from neo4j import AsyncDriver
from starlette.applications import Starlette

from api.app import application, starting
from api.commands.console import download_bar
from api.errors import ApiError
from api.http.logs import configure
from api.http.scraping import telling
from api.instance.backup import sweep
from api.instance.placing import refuse_unfinished
from api.process.archiving import archiving
from api.process.database import database
from api.process.demo import filled, shown
from api.process.ending import leave
from api.process.front import Front
from api.process.importer import sweeping
from api.process.serving import Ending, Server, bounds_of, loop, rest_garbage, served
from api.process.startup import Startup, Tell
from api.process.state import State, opened
from api.process.warming import warming
from api.process.workers import divided, prepare, working
from api.settings import Settings, load
from api.telemetry import traces
from api.trusted.documents import read as check_documents
from api.webhooks.sender import sending
from graph.migrations import migrate
from scoring import NAMES, camel

app = typer.Typer(add_completion=False)

BACKLOG: Final = 1024
WHERE: Final = "GraphQL: /graphql, IDE: /graphiql, MCP: /mcp"

Build = Callable[[State], Starlette]


class CannotListen(ApiError):
    """The address cannot be had."""


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; 0.0.0.0 for all interfaces.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any free one.")] = None,
    log_level: Annotated[str | None, typer.Option(help="debug, info, warning or error.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Number of processes that serve.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Fill an empty graph with a demo market first, and create demo keys.")] = False,
) -> None:
    """Serve the API until Ctrl-C, which stops everything that this command started, including the private database."""
    given = {"host": host, "port": port, "log_level": log_level, "workers": workers}
    settings = replace(load(), **{name: value for name, value in given.items() if value is not None})
    run(settings, demo=demo)


def run(settings: Settings, *, demo: bool = False, build: Build = application, where: str = WHERE) -> NoReturn:
    """Serve what `build` makes until a signal, and end the process: 130 after Ctrl-C, 0 after SIGTERM."""
    configure(settings.log_level)
    check_documents(settings)
    refuse_unfinished(settings.home)
    sweep(settings.home)
    with listening(settings.host, settings.port) as listener, asyncio.Runner(loop_factory=loop) as runner:
        with traces():
            by = runner.run(Service(settings=settings, listener=listener, demo=demo, build=build, where=where).run())
        leave(128 + by if by is signal.SIGINT else 0)


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
            raise CannotListen(
                f"cannot listen on {host}:{port} ({reason}); stop the program that uses it, or choose another port with --port"
            ) from error
        yield listener


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What is to be served: the application that `build` makes, on what `settings` name; `where` tells a person its paths."""

    settings: Settings
    listener: socket.socket
    demo: bool = False
    build: Build = application
    where: str = WHERE

    async def run(self) -> signal.Signals | None:
        """Start, serve, stop, each in order; return the signal that ended it, in whichever of them it was.

        From the first moment requests are answered: until all is there, with how far the start is.
        """
        ending, startup = Ending(), Startup(heard=_say_stage)
        front = Front(starting(self.settings, startup))
        with ending.on_signals():
            try:
                async with served(front, self.listener, bounds_of(self.settings)) as server:
                    _say(f"Starting on {self._url}; /readyz shows the progress. Press Ctrl-C to stop.")
                    await self._serve(ending, server, front, startup)
            except asyncio.CancelledError:
                _say("Stopped before the service was ready.")
        return ending.by

    async def _serve(self, ending: Ending, server: Server, front: Front, startup: Startup) -> None:
        """Have everything ready, put the application in place, and wait for the end."""
        if self.demo:
            await filled(self.settings, startup)
        async with ready(self.settings, tell=startup.tell) as driver:
            words = await shown(self.settings, driver, self._url, startup) if self.demo else ""
            settings = replace(self.settings, port=self.listener.getsockname()[1])
            prepare(settings)
            async with opened(divided(settings), driver) as state:
                front.app, ending.server = self.build(state), server
                _say(f"creatorgraph serves on {self._url} ({self.where}). Press Ctrl-C to stop.")
                _say(words)
                async with (
                    warming(state),
                    archiving(settings),
                    sweeping(settings),
                    sending(state),
                    telling(state),
                    working(settings, self.listener) as end_others,
                ):
                    rest_garbage()
                    await ending.asked()
                    _say("Stopping ...")
                    await asyncio.gather(server.ended(), end_others())

    @property
    def _url(self) -> str:
        return _url(self.listener)


@asynccontextmanager
async def ready(settings: Settings, *, tell: Tell | None = None) -> AsyncGenerator[AsyncDriver]:
    """Yield a driver on the database, started where it is ours, and brought to our version."""
    told: Tell = tell or (lambda stage, _done, _total: _say_stage(stage))
    with download_bar() as bar:

        def fetching(done: int, total: int) -> None:
            bar(done, total)
            if done < total:
                told("fetching the database", done, total)

        told("starting the database", 0, 0)
        async with database(settings, progress=fetching, patient=True) as driver:
            told("updating the database's schema", 0, 0)
            await migrate(driver, indicators=[camel(name) for name in NAMES], database=settings.neo4j_database)
            yield driver


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def _say_stage(stage: str) -> None:
    _say(f"{stage[:1].upper()}{stage[1:]} ...")


def _say(words: str) -> None:
    if words:
        typer.echo(words, err=True)
