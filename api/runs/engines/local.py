"""The engine of one machine: threads, since NumPy and Arrow let go of the interpreter while they compute."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from api.runs.engines.engine import Step
from scoring.facts.events.arrow import Table


@dataclass(frozen=True, slots=True)
class Local:
    """Computes parts in `threads` threads."""

    threads: int = os.cpu_count() or 1

    def check(self) -> None:
        """Need nothing: threads are always there."""

    def mapped(self, step: Step, parts: Sequence[Table]) -> list[Table]:
        """Return what the step makes of each part, in the order of the parts."""
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(step, parts))


LOCAL: Final = Local()
