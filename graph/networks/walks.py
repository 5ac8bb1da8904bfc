"""A path of the graph as steps: a post on the way is no stop, it is what ties its two neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

SINGLE: Final = {"COLLABORATED_WITH": "COLLABORATED", "SELLS": "SELLS", "IN_CATEGORY": "IN_CATEGORY", "CHILD_OF": "PART_OF"}
"""Kinds of steps by the relationship that they are."""


class End(NamedTuple):
    """A node on a way; a brand, product or category without a known name is called by its id."""

    kind: str
    id: str
    label: str


class Step(NamedTuple):
    """One step; `forwards` tells whether it is walked as it is told: the creator works, shows or names, the brand sells.

    `times` are collaborations or posts; None where there is nothing to count.
    """

    source: End
    target: End
    kind: str
    forwards: bool
    times: int | None = None
    gmv_usd: float | None = None

    @property
    def subject(self) -> End:
        """Who works, shows, names or sells."""
        return self.source if self.forwards else self.target

    @property
    def object(self) -> End:
        """What or who is worked with, shown, named or sold."""
        return self.target if self.forwards else self.source

    @property
    def pair(self) -> tuple[str, str]:
        """Own ids of subject and object."""
        return self.subject.id, self.object.id


@dataclass(frozen=True, slots=True)
class Walk:
    """A way."""

    steps: tuple[Step, ...]


def walk(nodes: Sequence[Sequence[Any]], relationships: Sequence[Sequence[Any]]) -> Walk:
    """Return a path as a way: `nodes` are (labels, id, label), `relationships` (type, id of the start, times, gmvUsd)."""
    ends = [End(_kind(labels), own_id, label) for labels, own_id, label in nodes]
    steps: list[Step] = []
    at = 0
    while at < len(relationships):
        by_post = ends[at + 1].kind == "Content"
        steps.append(_by_post(ends, relationships, at) if by_post else _single(ends, relationships[at], at))
        at += 1 + by_post
    return Walk(tuple(steps))


def _kind(labels: Sequence[str]) -> str:
    """Return the kind; content has a second label."""
    return "Content" if "Content" in labels else labels[0]


def _single(ends: Sequence[End], relationship: Sequence[Any], at: int) -> Step:
    kind, start, times, gmv_usd = relationship
    return Step(ends[at], ends[at + 1], SINGLE[kind], start == ends[at].id, times, gmv_usd)


def _by_post(ends: Sequence[End], relationships: Sequence[Sequence[Any]], at: int) -> Step:
    """Return the step that a post makes: its creator shows or names; or it shows and names both."""
    source, target = ends[at], ends[at + 2]
    kinds = (relationships[at][0], relationships[at + 1][0])
    if "PUBLISHED" not in kinds:
        return Step(source, target, "SHOWN_TOGETHER", forwards=True)
    forwards = kinds[0] == "PUBLISHED"
    kind = "MENTIONS" if "MENTIONS" in kinds else "PROMOTES"
    return Step(source, target, kind, forwards)
