"""How long a newcomer waits: the first `serve --demo` on an empty home, and the next on what is there."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Final

import psutil

from api.process.archiving import archived
from api.settings import load
from bench.figures import Figure, Report
from bench.reads import jars
from graph.server import PrivateServer

COMMAND: Final = [str(Path(sys.executable).parent / "creatorgraph"), "serve", "--demo"]
SECONDS_AT_MOST: Final = 900
TIMES: Final = 3
METHOD: Final = f"""`creatorgraph serve --demo` from its start until it answers requests, on an empty home (simulate, import,
score, serve) and then on what is there, and until `/readyz` says yes: what it is asked at first has been answered once by then, for at most
`CREATORGRAPH_WARM_UP_SECONDS`; packages and jars are already fetched. Then Ctrl-C until the process has ended. *The database
alone*: a private server on an empty store until it answers a query, with its classes archived and without in turn; medians of {TIMES}."""


def report() -> Report:
    """Measure two starts and one stop, and starts of the database with its classes archived and not."""
    with tempfile.TemporaryDirectory() as home:
        first, _, _ = _served(home)
        again, warm, stop = _served(home)
    figures = (
        Figure("first start, demo market made and scored", first, "s", at_most=300),
        Figure("start on what is there", again, "s", at_most=20),
        Figure("start on what is there, until it is warmed up", warm, "s", at_most=20 + load({}).warm_up_seconds),
        Figure("Ctrl-C until all has ended", stop, "s", at_most=20),
        *_of_the_database(),
    )
    return Report("Starting", METHOD, figures)


@contextmanager
def demo(home: str, until: Callable[[str], bool] | None = None) -> Iterator[str]:
    """Serve the demo market in a home within the block, and yield where, once `until` holds there; by default once it is ready."""
    reached = until or ready
    port = str(_free_port())
    environment = os.environ | {"CREATORGRAPH_HOME": home, "CREATORGRAPH_PORT": port}
    environment.pop("NEO4J_URI", None)
    url = f"http://127.0.0.1:{port}"
    begun = time.monotonic()
    process = subprocess.Popen(COMMAND, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not reached(url):
            if process.poll() is not None or time.monotonic() - begun > SECONDS_AT_MOST:
                raise RuntimeError(f"{' '.join(COMMAND)} did not become ready; its status is {process.poll()}")
            time.sleep(0.1)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _served(home: str) -> tuple[float, float, float]:
    """Return the seconds until the demo answers, until it is ready, and those that it takes to end."""
    begun = time.monotonic()
    with demo(home, until=_answers) as url:
        answering = time.monotonic()
        while not ready(url):
            time.sleep(0.1)
        warm = time.monotonic()
    return answering - begun, warm - begun, time.monotonic() - warm


def _of_the_database() -> list[Figure]:
    """Start a server with the archive and without, the archive being put aside for that; others start without meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        cache = jars()
        archive = archived(cache)
        aside = archive.with_suffix(".aside")
        taken: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
        for n in range(2 * TIMES):
            used = n % 2 == 0
            if not used:
                archive.rename(aside)
            try:
                taken[used].append(_started(Path(folder) / str(n), cache))
            finally:
                if not used:
                    aside.rename(archive)
    (wall, cpu), (bare_wall, bare_cpu) = (tuple(map(median, zip(*taken[used], strict=True))) for used in (True, False))
    return [
        Figure("the database alone, classes archived", wall, "s"),
        Figure("the database alone, without", bare_wall, "s"),
        Figure("CPU of its start, over that without", cpu / bare_cpu, "×", at_most=0.75),
    ]


def _started(home: Path, cache: Path) -> tuple[float, float]:
    """Return the seconds until a server answers, and those of its CPU."""
    begun = time.monotonic()
    with PrivateServer(home, cache=cache):
        took = time.monotonic() - begun
        times = max((each for each in psutil.process_iter() if _runs(each, home)), key=lambda each: each.memory_info().rss).cpu_times()
    return took, times.user + times.system


def _runs(process: psutil.Process, home: Path) -> bool:
    try:
        return any(str(home) in word for word in process.cmdline())
    except psutil.Error:
        return False


def _answers(url: str) -> bool:
    """Tell whether a service takes requests: it refuses one without a key, and no longer says that it starts."""
    return _status(f"{url}/graphql") == HTTPStatus.UNAUTHORIZED


def ready(url: str) -> bool:
    """Tell whether a service says that it is ready."""
    return _status(f"{url}/readyz") == HTTPStatus.OK


def _status(url: str) -> int | None:
    """Return the status of an answer; None where there is none."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except (urllib.error.URLError, OSError):
        return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
