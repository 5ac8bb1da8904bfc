"""Rankings: creators in the order of a score."""

from __future__ import annotations

from typing import Any

from api.schema.creator import Creator
from api.schema.page import connection
from api.schema.score import RankScope, Score

RankingConnection: Any = connection(
    Creator,
    "Ranking",
    rank=(
        int,
        "Place by the score among those of `scope`, 1 is best, whatever filters leave out. In a ranking of all regions it is the place"
        " among creators of all regions, while `score { rank }` is always that within the creator's own. Within a region ties share it;"
        " over all regions they are ordered by id.",
    ),
    scope=(RankScope, "Among whom `rank` counts."),
    score=(Score, "The score that the ranking is by; its own `rank` counts within the creator's region."),
)
