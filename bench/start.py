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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.figures import Figure, Report

COMMAND: Final = [str(Path(sys.executable).parent / "creatorgraph"), "serve", "--demo"]
SECONDS_AT_MOST: Final = 900
METHOD: Final = """`creatorgraph serve --demo` from its start until `/readyz` says yes, on an empty home (simulate, import,
score, serve) and then on what is there; packages and jars are already fetched. Then Ctrl-C until the process has ended."""


def report() -> Report:
    """Measure two starts and one stop, in seconds."""
    with tempfile.TemporaryDirectory() as home:
        first, _ = _served(home)
        again, stop = _served(home)
    figures = (
        Figure("first start, demo market made and scored", first, "s", at_most=300),
        Figure("start on what is there", again, "s", at_most=20),
        Figure("Ctrl-C until all has ended", stop, "s", at_most=20),
    )
    return Report("Starting", METHOD, figures)


@contextmanager
def demo(home: str) -> Iterator[str]:
    """Serve the demo market in a home within the block, and yield where, once it is ready."""
    port = str(_free_port())
    environment = os.environ | {"CREATORGRAPH_HOME": home, "CREATORGRAPH_PORT": port}
    environment.pop("NEO4J_URI", None)
    url = f"http://127.0.0.1:{port}"
    begun = time.monotonic()
    process = subprocess.Popen(COMMAND, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not ready(url):
            if process.poll() is not None or time.monotonic() - begun > SECONDS_AT_MOST:
                raise RuntimeError(f"{' '.join(COMMAND)} did not become ready; its status is {process.poll()}")
            time.sleep(0.1)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _served(home: str) -> tuple[float, float]:
    """Return the seconds until the demo is ready, and those that it takes to end."""
    begun = time.monotonic()
    with demo(home):
        served = time.monotonic()
    return served - begun, time.monotonic() - served


def ready(url: str) -> bool:
    """Tell whether a service says that it is ready."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
