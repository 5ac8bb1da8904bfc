"""What each step of a run over a folder of event tables costs, and what a cluster on the same machine adds to the one that it computes."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from api.runs.engines import LOCAL, Engine
from api.runs.engines.spark import Spark
from api.runs.event_folder import read_folder, write_events
from api.runs.scorecards import PART, cards_of, fact_names
from bench.figures import Figure, Report
from scoring import FORMULA, Scores, fit
from scoring.batches import Scoring, fact_tables, scores_of
from scoring.facts import Columns, Period, market, table
from scoring.learnt import Fit
from scoring.solved import solved
from simulation import market as simulated
from validation.event_tables import event_tables

SIZES: Final = (1_000, 4_000)
DAYS: Final = 180
SEED: Final = 5
SAIL: Final = """
import sys
from pysail.spark import SparkConnectServer

server = SparkConnectServer(port=0)
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()
"""
METHOD: Final = f"""Simulated markets of {" and ".join(f"{size:,}" for size in SIZES)} creators over {DAYS} days, exported to a folder of
Parquet and scored from it, each in a fresh process. Rows are scored by this machine's threads and by Sail, a server of Spark Connect that
runs in a process of its own on the same cores, once to warm up and once measured: what lies between the two is what it costs to send rows
there and back."""

T = TypeVar("T")


def report() -> Report:
    """Measure both sizes."""
    return Report("Engines", METHOD, tuple(figure for size in SIZES for figure in _figures(size)))


def _figures(creators: int) -> tuple[Figure, ...]:
    with tempfile.TemporaryDirectory() as folder:
        made = simulated(SEED, creators=creators, days=DAYS)
        write_events(Path(folder) / "events", event_tables(made), Period(made.world.period.end))
        words = [sys.executable, "-m", "bench.engines", str(Path(folder) / "events")]
        done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    rows = told["rows"]
    return (
        Figure(f"{creators:,} creators: rows scored a second on Sail, over those here", told["here"] / told["there"], "×", at_least=0.2),
        Figure(f"{creators:,} creators: rows", rows, "rows"),
        Figure(f"{creators:,} creators: reading the folder", told["read"], "s"),
        Figure(f"{creators:,} creators: facts", rows / told["facts"], "rows/s"),
        Figure(f"{creators:,} creators: what is solved on the whole graph", told["solved"], "s"),
        Figure(f"{creators:,} creators: the fit", told["fit"], "s"),
        Figure(f"{creators:,} creators: rows scored by threads", rows / told["here"], "rows/s"),
        Figure(f"{creators:,} creators: rows scored on Sail", rows / told["there"], "rows/s"),
        Figure(f"{creators:,} creators: ranks", told["ranks"], "s"),
        Figure(f"{creators:,} creators: most memory of the process that scores", told["peak"] / 2**20, "MiB"),
    )


def _measure(events: Path) -> dict[str, float]:
    """Return seconds of each step, rows and bytes."""
    seconds: dict[str, float] = {}
    folder = read_folder(events)
    whole = _timed(seconds, "read", lambda: market(folder.tables(), folder.period))
    facts = _timed(seconds, "facts", lambda: table(whole))
    known = _timed(seconds, "solved", lambda: solved(whole, facts).facts)
    learnt = _timed(seconds, "fit", lambda: fit(known))
    scores = _timed(seconds, "here", lambda: _scored(LOCAL, known, learnt))
    _timed(seconds, "ranks", lambda: cards_of(known, scores, fact_names()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    with _sail() as address:
        _scored(Spark(address), known, learnt)
        _timed(seconds, "there", lambda: _scored(Spark(address), known, learnt))
    return {**seconds, "rows": len(facts["creator"]), "peak": peak}


def _scored(engine: Engine, facts: Columns, learnt: Fit) -> Scores:
    return scores_of(engine.mapped(Scoring(learnt), fact_tables(facts, FORMULA, rows=PART)), FORMULA.names)


def _timed(seconds: dict[str, float], name: str, work: Callable[[], T]) -> T:
    start = time.perf_counter()
    found = work()
    seconds[name] = time.perf_counter() - start
    return found


@contextmanager
def _sail() -> Generator[str]:
    """Yield the address of a Sail server of our own."""
    with subprocess.Popen([sys.executable, "-c", SAIL], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield f"sc://localhost:{server.stdout.readline().strip()}"
        finally:
            server.kill()


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]))))
