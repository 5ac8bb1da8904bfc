"""What clients were told so far, and so may rely on: held against whatever is answered later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class Broken(AssertionError):
    """A promise was not kept."""


def promised(holds: object, promise: str) -> None:
    """Fail unless a promise was kept."""
    if not holds:
        raise Broken(promise)


@dataclass
class Known:
    """Values by what they are of; unsettled while a change is under way, and after one of which nobody knows whether it was made."""

    values: dict[tuple[str, str], Any] = field(default_factory=dict[tuple[str, str], Any])
    unsettled: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    changes: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    briefs: dict[str, bool | None] = field(default_factory=dict[str, bool | None])
    """Name of a brief that somebody saved once → whether it was told to be saved; None where nobody knows."""
    imports: int = 1
    """The newest export that was imported."""
    begun: int = 1
    """The newest export of which an import was begun."""
    runs_begun: int = 1
    """How many scoring runs were begun."""

    def change(self, what: tuple[str, str]) -> None:
        """Note that a change is under way."""
        self.unsettled.add(what)
        self.changes[what] = self.changes.get(what, 0) + 1

    def settle(self, what: tuple[str, str], value: Any) -> None:
        """Note what holds from now on."""
        self.changes[what] = self.changes.get(what, 0) + 1
        self.values[what] = value
        self.unsettled.discard(what)

    def certain(self) -> Mapping[tuple[str, str], tuple[Any, int]]:
        """Return what is certain now; it holds for an answer if it is the same once that has come."""
        return {what: (value, self.changes.get(what, 0)) for what, value in self.values.items() if what not in self.unsettled}

    def lasting(self, before: Mapping[tuple[str, str], tuple[Any, int]]) -> Mapping[tuple[str, str], Any]:
        """Return what was certain before and has not changed since."""
        now = self.certain()
        return {what: found[0] for what, found in before.items() if now.get(what) == found}
