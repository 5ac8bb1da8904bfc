"""Creators contest events; administrators decide."""

from __future__ import annotations

from typing import Final

from api.features.appeals.examples import EXAMPLES
from api.features.appeals.mutations import Mutation
from api.features.feature import Feature

FEATURE: Final = Feature(
    examples=EXAMPLES,
    mutation=Mutation,
)
