"""Whether the changelog tells of what breaks clients."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from api.policy.changes import Change, Severity

MARK: Final = "**breaking**"
ENTRIES: Final = re.compile(r"^- ", re.MULTILINE)
SECTIONS: Final = re.compile(r"^## ", re.MULTILINE)


def unannounced(found: Iterable[Change], changelog: str) -> list[Change]:
    """Return the breaking changes that no entry of the newest section names: marked, with the coordinate in backticks."""
    newest = SECTIONS.split(changelog, maxsplit=2)[1]
    entries = [entry for entry in ENTRIES.split(newest) if MARK in entry]
    return [each for each in found if each.severity is Severity.BREAKING and not any(_names(entry, each.place) for entry in entries)]


def _names(entry: str, place: str) -> bool:
    return f"`{place}`" in entry or f"`{place.split('(')[0]}`" in entry
