"""How far whole numbers are exact where they are held as floating-point numbers."""

from __future__ import annotations

from typing import Final

EXACT: Final = 2**53
"""The largest whole number up to which a float tells each from the next."""
