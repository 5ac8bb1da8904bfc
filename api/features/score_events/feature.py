"""The events that moved a score."""

from __future__ import annotations

from typing import Final

from api.features.feature import Feature
from api.features.score_events.examples import EXAMPLES
from api.features.score_events.score_events import score_events

FEATURE: Final = Feature(
    fields={
        ("Creator", "scoreEvents"): score_events,
    },
    costs={"scoreEvents": 200},
    examples=EXAMPLES,
)
