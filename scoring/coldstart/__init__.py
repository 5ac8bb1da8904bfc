"""What creators are expected to sell through whom nothing was sold yet: by their profile, and by those who promote the same products."""

from __future__ import annotations

from scoring.coldstart.coldstart import ColdStart, Expectation, Gain, cold_start
from scoring.coldstart.covariates import NAMES

__all__ = ["NAMES", "ColdStart", "Expectation", "Gain", "cold_start"]
