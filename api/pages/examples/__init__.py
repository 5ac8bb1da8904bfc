"""Example queries, a few for each role, on the start page and as tabs in the IDE: one subject a file."""

from __future__ import annotations

from typing import Final

from api.pages.examples import analysis, cypher, finding, likeness, network, predictions, progress, ratings, selling
from api.pages.examples.example import Example

SUBJECTS: Final = (ratings, progress, selling, predictions, finding, likeness, network, cypher, analysis)

EXAMPLES: Final[dict[str, tuple[Example, ...]]] = {
    role: tuple(example for subject in SUBJECTS for example in subject.EXAMPLES.get(role, ())) for role in ratings.EXAMPLES
}
"""By role, in the order in which the IDE opens them."""

__all__ = ["EXAMPLES", "Example"]
