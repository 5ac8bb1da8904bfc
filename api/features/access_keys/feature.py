"""Administrators make and revoke keys."""

from __future__ import annotations

from typing import Final

from api.features.access_keys.mutations import Mutation
from api.features.feature import Feature

FEATURE: Final = Feature(
    mutation=Mutation,
)
