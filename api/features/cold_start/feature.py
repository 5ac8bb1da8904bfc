"""What newcomers may sell."""

from __future__ import annotations

from typing import Final

from api.features.cold_start.cold_start import cold_start, cold_start_model
from api.features.cold_start.examples import EXAMPLES
from api.features.feature import Feature

FEATURE: Final = Feature(
    fields={
        ("Creator", "coldStart"): cold_start,
        ("ScoringRun", "coldStartModel"): cold_start_model,
    },
    costs={"coldStart": 10, "coldStartModel": 5},
    examples=EXAMPLES,
)
