"""What a process that is starting is at, and how far: told by whoever does the work, read by `/readyz`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

Tell = Callable[[str, int, int], None]
"""Told the stage in plain words, what is done of it, and what there is to do in all; 0 of 0 where nobody knows."""


@dataclass(slots=True)
class Startup:
    """The stage of a start; `heard` is called with the name of each new one."""

    heard: Callable[[str], None] = field(default=lambda _: None)
    stage: str = "starting"
    done: int = 0
    total: int = 0
    began: float = field(default_factory=monotonic)

    def tell(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Note how far the start is."""
        if stage != self.stage:
            self.heard(stage)
        self.stage, self.done, self.total = stage, done, total

    @property
    def seconds(self) -> int:
        """How long the start has taken so far."""
        return int(monotonic() - self.began)

    @property
    def detail(self) -> str:
        """The stage and how far it is, in one line."""
        share = f", {min(100, 100 * self.done // self.total)} %" if self.total else ""
        return f"{self.stage}{share} ({self.seconds} s since the start)"
