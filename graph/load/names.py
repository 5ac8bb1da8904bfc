"""Who is who: creators' and brands' names as compared, and who held a name when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from graph.load.registers import UNKNOWN_REGION, observed_at
from graph.rows import BrandRef, CreatorRef
from graph.sources.handles import compared

MARK: Final = "@"
"""Heads a reference by name, `@US:alice`, where others hold a creator's id."""

PART: Final = "\t"


def displayed(handle: str) -> str:
    """Return a user name as it is shown: trimmed, without `@`."""
    return handle.strip().removeprefix("@").strip()


def name_id(handle: str, region: str | None) -> str:
    """Return `REGION:handle as compared`, the id of a creator of whom nothing but the name is known."""
    return f"{region or UNKNOWN_REGION}:{compared(handle)}"


def creator_key(ref: CreatorRef | str | None) -> str | None:
    """Return the id that a source gives, or the marked name where it has only that; None for an empty reference."""
    if isinstance(ref, str) or ref is None:
        return ref or None
    known = ref.open_id or ref.id
    return known or (MARK + name_id(ref.handle, ref.region) if ref.handle and compared(ref.handle) else None)


def brand_key(ref: BrandRef | str | None) -> str | None:
    """Return a brand's id, made of name and region where it has no other."""
    if isinstance(ref, str) or ref is None:
        return ref or None
    return ref.id or (f"name:{ref.region or UNKNOWN_REGION}:{compared(ref.name)}" if ref.name and compared(ref.name) else None)


def sighting(age: str, holder: str) -> str:
    """Return the note that `holder` had a name at `age`; notes sort as their ages do."""
    return f"{age}{PART}{holder}"


def seen_together(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """Return the sightings of both, in order, one for each second: the later of those that fall together."""
    by_second = {observed_at(note): note for note in sorted({*one, *other})}
    return [by_second[second] for second in sorted(by_second)]


def holder(seen: Sequence[str], at: int) -> str | None:
    """Return who was last seen with a name at time `at`, else who was first seen after; None if nobody ever was."""
    if not seen:
        return None
    place = bisect_right(seen, at, key=observed_at)
    return seen[max(place - 1, 0)].partition(PART)[2]


def tells_the_same(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether two lists of sightings name the same holder at every time."""
    return _changes(before) == _changes(after)


def _changes(seen: Sequence[str]) -> list[tuple[int, str]]:
    """Return from when on who holds the name; the first does from ever."""
    changes: list[tuple[int, str]] = []
    for note in seen:
        who = note.partition(PART)[2]
        if not changes or changes[-1][1] != who:
            changes.append((observed_at(note) if changes else 0, who))
    return changes
