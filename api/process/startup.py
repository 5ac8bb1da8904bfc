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
    entered: float = field(default_factory=monotonic)

    def tell(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Note how far the start is."""
        if stage != self.stage:
            self.entered = monotonic()
            self.heard(stage)
        self.stage, self.done, self.total = stage, done, total

    @property
    def seconds(self) -> int:
        """How long the start has taken so far."""
        return int(monotonic() - self.began)

    @property
    def progress(self) -> dict[str, str | int]:
        """The stage, its seconds and those of the whole start; `done` of `total` only where it is known how much there is to do."""
        counted = {"done": min(self.done, self.total), "total": self.total} if self.total else {}
        return {"stage": self.stage, **counted, "stageSeconds": int(monotonic() - self.entered), "seconds": self.seconds}

    @property
    def detail(self) -> str:
        """The stage and how far it is, or for how long it has taken, in one line."""
        far = f"{min(100, 100 * self.done // self.total)} %" if self.total else f"for {int(monotonic() - self.entered)} s"
        return f"{self.stage}, {far} ({self.seconds} s since the start)"
