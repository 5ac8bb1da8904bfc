"""Scoring runs that wait for an administrator."""

from __future__ import annotations

from typing import Final

from api.features.feature import Feature
from api.features.held_runs.examples import EXAMPLES
from api.features.held_runs.mutations import Mutation

FEATURE: Final = Feature(
    examples=EXAMPLES,
    mutation=Mutation,
)
