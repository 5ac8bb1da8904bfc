"""Whether this machine, installation and database are fit, one question a function."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Final

from api.checkup import data, documents, installation, machine, webhooks
from api.checkup.finding import Finding, Level
from api.settings import Settings

__all__ = ["CHECKS", "Finding", "Level", "findings"]

CHECKS: Final[tuple[Callable[[Settings], Iterator[Finding]], ...]] = (
    machine.python,
    machine.platform,
    machine.memory,
    machine.disk,
    machine.clock,
    installation.variables,
    installation.modes,
    installation.signing,
    installation.port,
    installation.runtime,
    installation.jars,
    documents.documents,
    webhooks.webhooks,
)
LATER: Final[Callable[[Settings], Awaitable[list[Finding]]]] = data.database


async def findings(settings: Settings) -> list[Finding]:
    """Return what every check finds, in the order in which one would mend it."""
    return [finding for check in CHECKS for finding in check(settings)] + await LATER(settings)
