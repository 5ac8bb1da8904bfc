"""The phases of a scoring run: what they are called where a person reads them, and how long they took."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from api.process.startup import Tell
from graph.tracing import span

PHASES: Final = {
    "clean": "cleaning up",
    "read": "reading the facts",
    "score": "scoring",
    "forecast": "forecasting",
    "liken": "comparing creators",
    "expect": "predicting",
    "compare": "reading the previous run",
    "store": "storing scorecards",
    "outward": "scoring for brands and partners",
    "share": "storing scorecards for brands and partners",
    "sign": "signing",
    "publish": "publishing",
    "drop": "dropping old runs",
}

WAIT: Final = "wait"
"""What a run is at while another run or an import has its lock."""


def silent(_phase: str, _done: int, _total: int) -> None:
    """Tell nobody how far a run is."""


@dataclass(slots=True)
class Clock:
    """Seconds that each phase took."""

    tell: Tell
    seconds: dict[str, float] = field(default_factory=dict[str, float])

    @contextmanager
    def phase(self, name: str) -> Generator[None]:
        """Time a block, and say that it begins."""
        self.tell(name, 0, 0)
        start = time.perf_counter()
        try:
            with span(f"scoring {name}"):
                yield
        finally:
            self.seconds[name] = time.perf_counter() - start

    def counting(self, name: str, total: int) -> Callable[[int], None]:
        """Return what tells how much of a phase is done, given each part's count."""
        done = 0

        def counted(count: int) -> None:
            nonlocal done
            done += count
            self.tell(name, done, total)

        return counted
