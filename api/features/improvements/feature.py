"""What would raise a score."""

from __future__ import annotations

from typing import Final

from api.features.feature import Feature
from api.features.improvements.examples import EXAMPLES
from api.features.improvements.improvements import improvements

FEATURE: Final = Feature(
    fields={
        ("Creator", "improvements"): improvements,
    },
    costs={"improvements": 20},
    examples=EXAMPLES,
)
