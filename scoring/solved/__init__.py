"""What is solved on the whole graph at once, and becomes facts: weight in categories, and selling ability net of product."""

from scoring.solved.market import Solution, solved

__all__ = ["Solution", "solved"]
