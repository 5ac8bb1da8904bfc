"""What the creators of a run share: one fit for all of them, or, where scores go out, one for each region."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from scoring import Fit

EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class Fits:
    """The fits of one run and audience, by region; a sole one for all regions is under `EVERYWHERE`."""

    by_region: Mapping[str, Fit]
    outward: bool

    def group(self, region: str) -> str:
        """Return under which name the fit of a region's creators is found."""
        return region if self.outward else EVERYWHERE

    def of(self, region: str) -> Fit:
        """Return the fit that the creators of a region were scored with."""
        return self.by_region[self.group(region)]

    def __contains__(self, region: object) -> bool:
        return isinstance(region, str) and self.group(region) in self.by_region


@lru_cache(maxsize=8)
def fits(text: str, *, outward: bool) -> Fits:
    """Return the fits that a run's JSON holds; FitError for those of another formula."""
    if not outward:
        return Fits({EVERYWHERE: Fit.from_json(text)}, outward)
    stored: dict[str, str] = json.loads(text)
    return Fits({region: Fit.from_json(fit) for region, fit in stored.items()}, outward)


def outward_text(by_region: Mapping[str, Fit]) -> str:
    """Return fits by region as JSON, for `fits` to read."""
    return json.dumps({region: fit.to_json() for region, fit in sorted(by_region.items())})
