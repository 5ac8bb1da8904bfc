"""How a score went."""

from __future__ import annotations

from typing import Final

from api.features.feature import Feature
from api.features.score_history.examples import EXAMPLES
from api.features.score_history.score_history import history

FEATURE: Final = Feature(
    fields={
        ("Creator", "history"): history,
    },
    costs={"history": 10},
    examples=EXAMPLES,
)
