"""What the audit log costs: the page of 50 creators with and without it, made anew and kept, in pairs."""

from __future__ import annotations

import asyncio
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Final

from api.audit.files import FOLDER, LogFiles
from api.audit.note import Signer
from api.audit.verification import verified
from bench.figures import Figure, Report
from bench.read_clients import CLIENTS, rate
from bench.read_rivals import ASKED, PAGE
from bench.reads import MEMORY, jars, key_in, market_in, served
from graph.server import PrivateServer

SECONDS: Final = float(os.environ.get("BENCH_SECONDS", "4"))
ROUNDS: Final = 12
WITHOUT: Final = "from api.audit.recorder import Recorder\nRecorder.note = lambda *_: None"
METHOD: Final = f"""The page of [reading](#reading-a-page); {CLIENTS} clients with one key. Servers on one database and in one home: with
the audit log as it comes and with none, each with answers kept and with none. Both take turns of {SECONDS:g} s, the
first of a pair alternating; the median of the ratios of {ROUNDS} pairs counts."""


def report() -> Report:
    """Measure the pairs, then verify what was written."""
    with tempfile.TemporaryDirectory() as home, PrivateServer(Path(home) / "neo4j", jars(), MEMORY) as server:
        asyncio.run(market_in(server))
        key = key_in(Path(home))
        figures: list[Figure] = []
        for name, megabytes in (("made anew", "0"), ("kept", "64")):
            with ExitStack() as stack:
                cache = {"CREATORGRAPH_ANSWER_CACHE_MB": megabytes}
                logged = stack.enter_context(served(server, home, **cache))
                plain = stack.enter_context(served(server, home, before=WITHOUT, **cache))
                figures += _paired(name, logged, plain, key)
        files = LogFiles(Path(home) / FOLDER)
        found = verified(files, Signer.of(Path(home)))
        figures.append(Figure("problems that verifying finds", len(found.problems), "", at_most=0))
        figures.append(Figure("entries", found.size, ""))
        size = sum(each.stat().st_size for each in files.root.rglob("*") if each.is_file())
        figures.append(Figure("size of the log", size / 2**20, "MiB"))
    return Report("The audit log", METHOD, tuple(figures))


def _paired(name: str, logged: int, plain: int, key: str) -> list[Figure]:
    asked = {"query": ASKED, "variables": {"first": PAGE}}
    ratios: list[float] = []
    rates: dict[int, list[float]] = {logged: [], plain: []}
    for number in range(ROUNDS + 1):  # the first pair is to warm up, and is not counted
        pair = {port: rate(port, asked, seconds=SECONDS, key=key)[0] for port in _order(logged, plain, number)}
        if number:
            ratios.append(pair[logged] / pair[plain])
            for port, each in pair.items():
                rates[port].append(each)
    return [
        Figure(f"{name}, with the log", median(rates[logged]), "requests/s"),
        Figure(f"{name}, without", median(rates[plain]), "requests/s"),
        Figure(f"{name}, with / without", median(ratios), "", at_least=0.97),
    ]


def _order(one: int, other: int, number: int) -> tuple[int, int]:
    return (one, other) if number % 2 else (other, one)
