"""What traces cost: the page of 50 creators with all requests traced, with one in twenty, and with none, made anew and kept, in turn."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from timeit import timeit
from typing import Any, Final

from bench.figures import Figure, Report
from bench.read_clients import CLIENTS, rate
from bench.read_rivals import ASKED, PAGE
from bench.reads import MEMORY, ended, free_port, jars, key_in, market_in, served, waited_for
from graph.server import PrivateServer
from graph.tracing import span

SECONDS: Final = float(os.environ.get("BENCH_SECONDS", "3"))
ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "8"))
SPANS: Final = 1_000_000
SAMPLED: Final = {"OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": "0.05"}
METHOD: Final = f"""The page of [reading](#reading-a-page); {CLIENTS} clients with one key. Servers on one database: without a collector,
with one and all requests traced, with one and one request in twenty traced (`OTEL_TRACES_SAMPLER=traceidratio`); each with answers kept and
with none. The collector is a process on the same machine that reads what comes and drops it. They take turns of {SECONDS:g} s; the median
of the ratios of {ROUNDS} rounds counts."""


def report() -> Report:
    """Measure the three in turn, without and with the cache of answers; then the price of a span that nobody records."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as home, PrivateServer(Path(home) / "neo4j", jars(), MEMORY) as server, _collector() as collector:
        asyncio.run(market_in(server))
        key = key_in(Path(home))
        traced = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector}"}
        for name, megabytes in (("made anew", "0"), ("kept", "64")):
            with ExitStack() as stack:
                cache = {"CREATORGRAPH_ANSWER_CACHE_MB": megabytes}
                sides = {"off": cache, "all": cache | traced, "one in twenty": cache | traced | SAMPLED}
                ports = {side: stack.enter_context(served(server, home, **each)) for side, each in sides.items()}
                figures += _figures(name, _rates(ports, key))
    figures.append(Figure("a span where none is recorded", timeit(_spanned, number=SPANS) / SPANS * 1e9, "ns", at_most=1_000))
    return Report("Traces", METHOD, tuple(figures))


def _figures(name: str, rates: dict[str, list[float]]) -> list[Figure]:
    def ratio(side: str) -> float:
        return median(one / other for one, other in zip(rates[side], rates["off"], strict=True))

    return [
        *(Figure(f"{name}, {side}", median(each), "requests/s") for side, each in rates.items()),
        Figure(f"{name}, all / off", ratio("all"), "", at_least=0.6),
        Figure(f"{name}, one in twenty / off", ratio("one in twenty"), "", at_least=0.9),
    ]


def _rates(ports: dict[str, int], key: str) -> dict[str, list[float]]:
    asked: dict[str, Any] = {"query": ASKED, "variables": {"first": PAGE}}
    rates: dict[str, list[float]] = {side: [] for side in ports}
    for number in range(ROUNDS + 1):  # the first round is to warm up, and is not counted
        sides = list(ports)[number % len(ports) :] + list(ports)[: number % len(ports)]
        for side in sides:
            found = rate(ports[side], asked, seconds=SECONDS, key=key)[0]
            if number:
                rates[side].append(found)
    return rates


def _spanned() -> None:
    with span("nothing"):
        pass


@contextmanager
def _collector() -> Iterator[int]:
    """Run the collector, and yield its port."""
    port = free_port()
    with ended(subprocess.Popen([sys.executable, "-m", "bench.traces", str(port)])):
        waited_for(port)
        yield port


class Collector(BaseHTTPRequestHandler):
    """Reads what is sent, and takes it."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Take a batch."""
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Collector).serve_forever()
