"""Do scores treat groups of creators alike? Means, coverage and intervals by group, and differences at equal evidence."""

from scoring.fairness.differences import Difference, difference
from scoring.fairness.groups import GroupScores, group_scores

__all__ = ["Difference", "GroupScores", "difference", "group_scores"]
