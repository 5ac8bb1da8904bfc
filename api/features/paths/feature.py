"""Paths between nodes."""

from __future__ import annotations

from typing import Final

from api.features.feature import Feature
from api.features.paths.examples import EXAMPLES
from api.features.paths.paths import path
from api.features.paths.types import Query

FEATURE: Final = Feature(
    fields={
        ("Query", "path"): path,
    },
    costs={"path": 200},
    examples=EXAMPLES,
    query=Query,
)
