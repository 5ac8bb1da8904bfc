"""Stored scorecards as tables of facts, which scoring reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

GROUPS: Final = {"creator": np.str_, "region": np.str_, "window": np.int64, "category": np.str_}
"""Columns that name a row, kept beside its facts."""

TIER: Final = "tier"


def fact_rows(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> dict[str, Any]:
    """Return scorecards, each with its stored `facts` and what names it, as a table that scoring reads."""
    columns = np.array([each["facts"] for each in rows], dtype=np.float64).reshape(len(rows), len(names))
    facts: dict[str, Any] = {name: columns[:, place] for place, name in enumerate(names)}
    groups = {name: np.array([each[name] for each in rows], dtype=kind) for name, kind in GROUPS.items()}
    return {**facts, **groups, TIER: facts[TIER].astype(np.int64)}
