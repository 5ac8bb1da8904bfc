"""How good is the creator overall? The blend of all indicators that weigh in it."""

from scoring.indicator import Blend

OVERALL = Blend("overall", question="How good is the creator overall, over all indicators that exist?")
