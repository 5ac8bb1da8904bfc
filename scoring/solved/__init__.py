"""What is solved on the whole graph at once, and becomes facts: weight in categories, and selling ability net of product."""

from scoring.solved.appeal import Appeals, category_appeals, product_appeals
from scoring.solved.market import Solution, solved
from scoring.solved.selling import Selling

__all__ = ["Appeals", "Selling", "Solution", "category_appeals", "product_appeals", "solved"]
