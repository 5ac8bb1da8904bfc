"""Example queries, a few for each role, on the start page and as tabs in the IDE: of ratings, then of each feature."""

from __future__ import annotations

from typing import Final

from api.features.catalogue import FEATURES
from api.features.example import Example
from api.pages.examples import ratings

EXAMPLES: Final[dict[str, tuple[Example, ...]]] = {
    role: (*first, *(example for feature in FEATURES for example in feature.examples.get(role, ())))
    for role, first in ratings.EXAMPLES.items()
}
"""By role, in the order in which the IDE opens them."""

__all__ = ["EXAMPLES", "Example"]
