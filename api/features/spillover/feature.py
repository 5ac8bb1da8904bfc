"""Orders that posts led to, whoever was credited."""

from __future__ import annotations

from typing import Final

from api.features.feature import Feature
from api.features.spillover.examples import EXAMPLES
from api.features.spillover.spillover import spillover, spillover_model

FEATURE: Final = Feature(
    fields={
        ("Creator", "spillover"): spillover,
        ("ScoringRun", "spilloverModel"): spillover_model,
    },
    costs={"spillover": 10, "spilloverModel": 5},
    examples=EXAMPLES,
)
