"""Creators consent to show exact sales."""

from __future__ import annotations

from typing import Final

from api.features.feature import Feature
from api.features.sales_consent.mutations import Mutation

FEATURE: Final = Feature(
    mutation=Mutation,
)
