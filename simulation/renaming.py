"""User names over time: some creators take another one within the last two months, and keep their history."""

from __future__ import annotations

import numpy as np

from simulation.calendar import DAY
from simulation.chance import Floats, stream
from simulation.setting import Setting

RENAMED = 0.025
"""Share of creators who take another name."""


def renamed_at(of: Setting) -> Floats:
    """Return when each creator took the name of today, NaN where it is the only one."""
    rng = stream(of.seed, "names")
    renamed = rng.random(len(of.people)) < RENAMED
    return np.where(renamed, of.period.end - np.floor(rng.uniform(1, 60, len(of.people)) * DAY), np.nan)


def former_names(of: Setting) -> list[str | None]:
    """Return the name that each creator had before, None where there was none."""
    handles = of.people.handle.tolist()
    return [f"{handle}.old" if changed else None for handle, changed in zip(handles, np.isfinite(renamed_at(of)).tolist(), strict=True)]
