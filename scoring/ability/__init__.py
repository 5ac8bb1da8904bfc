"""Selling ability of creators, net of the products that they show."""

from __future__ import annotations

from scoring.ability.fit import Ability, ability
from scoring.ability.table import Counts, Slots

__all__ = ["Ability", "Counts", "Slots", "ability"]
