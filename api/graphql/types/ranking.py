"""Rankings: creators in the order of a score."""

from __future__ import annotations

from typing import Any

from api.graphql.types.creator import Creator
from api.graphql.types.page import connection
from api.graphql.types.score import RankScope, Score

RankingConnection: Any = connection(
    Creator,
    "Ranking",
    rank=(
        int,
        "Rank by score within `scope`, 1 is best, regardless of filters. In a ranking of all regions it is the rank among "
        "creators of all regions, while `score { rank }` is always the rank within the creator's own region. Within a region, "
        "equal scores share a rank; across regions they are ordered by id.",
    ),
    scope=(RankScope, "The group in which `rank` is counted."),
    score=(Score, "The score used for ranking; its own `rank` is within the creator's region."),
)
