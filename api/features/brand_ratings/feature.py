"""Brands rate collaborations."""

from __future__ import annotations

from typing import Final

from api.features.brand_ratings.mutations import Mutation
from api.features.feature import Feature

FEATURE: Final = Feature(
    mutation=Mutation,
)
