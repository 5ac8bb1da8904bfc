"""Reports of nothing: where nothing was posted or sold, means and rates are unknown; the count of 0 is what was observed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

KINDS: Final = {"videoCount": "video", "liveCount": "live"}
MEANS: Final = ("Views", "Likes", "Comments", "Shares", "EngagementRate", "UniqueViewers")
MEDIANS: Final = {"video": ("medianVideoViews",), "live": ()}
ENDS: Final = ("", "Low", "High")


def observations_in(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a report observed of its creator: its fields without means, medians and rates over nothing."""
    void = set(_void(fields))
    return {name: value for name, value in fields.items() if name not in void}


def _void(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the fields that say nothing, because what they are a mean of was not there."""
    for count, kind in KINDS.items():
        means = (*(f"{kind}{what}" for what in MEANS), *MEDIANS[kind])
        if fields.get(count) == 0:
            yield from (*means, *_amounts(f"{kind}Gpm"))
        elif count not in fields:  # no post has a mean of 0 views, so there was none
            yield from (name for name in means if fields.get(name) == 0)
    if all(fields.get(count) == 0 for count in KINDS):
        yield from _amounts("gpm")
    if fields.get("unitsSold") == 0 or fields.get("gmv") == 0:
        yield from _amounts("gmvPerBuyer")
    if fields.get("promotedProductCount") == 0:
        yield from _amounts("commissionRate")


def _amounts(name: str) -> Iterator[str]:
    return (f"{name}{end}" for end in ENDS)
