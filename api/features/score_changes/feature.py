"""Why a score changed since an earlier run."""

from __future__ import annotations

from typing import Final

from api.features.feature import Feature
from api.features.score_changes.examples import EXAMPLES
from api.features.score_changes.score_changes import score_change

FEATURE: Final = Feature(
    fields={
        ("Creator", "scoreChange"): score_change,
    },
    costs={"scoreChange": 50},
    examples=EXAMPLES,
)
