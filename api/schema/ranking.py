"""Rankings: creators in the order of a score."""

from __future__ import annotations

from typing import Any

from api.schema.creator import Creator
from api.schema.page import connection
from api.schema.score import Score

RankingConnection: Any = connection(
    Creator,
    "Ranking",
    rank=(int, "Place by the score, 1 is best. Within a region ties share it; in the world they are told apart by id."),
    score=(Score, "The score that the ranking is by."),
)
