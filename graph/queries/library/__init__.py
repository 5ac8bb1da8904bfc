"""The questions that analysts ask most, as queries that come with the product."""

from __future__ import annotations

from typing import Final

from graph.queries.library import brands, creators, patterns, products
from graph.queries.library.question import Question

QUESTIONS: Final = tuple(
    sorted((*creators.QUESTIONS, *brands.QUESTIONS, *products.QUESTIONS, *patterns.QUESTIONS), key=lambda each: each.name)
)
"""All of them, by name."""

__all__ = ["QUESTIONS", "Question"]
