"""The pages that we serve: the explorer, one for developers, and the GraphQL IDE, without a script or a style from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "static"
"""Styles, scripts and the icon, served as they are."""
