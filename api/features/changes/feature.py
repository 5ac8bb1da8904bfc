"""What changed, as a list and as it happens."""

from __future__ import annotations

from typing import Final

from api.features.changes.changes import change, changes, check_kinds, wanted_kinds
from api.features.changes.moves import check_creators, check_ranking, ranking_changed, refuse_unknown, scores_changed
from api.features.changes.types import Change, Query, Subscription
from api.features.example import Example, Examples
from api.features.feature import Feature
from api.graphql.execution.streaming import Happened, Stream
from graph.outbox import RUN_PUBLISHED, RUN_RESTORED

SINCE: Final = Example(
    "Begin to follow what changes",
    """
query Since($since: String) {
  changes(since: $since, first: 20) {
    cursor
    hasMore
    changes { at kind node { id } details { name value } }
  }
}
""",
)

EXAMPLES: Final[Examples] = dict.fromkeys(("analyst", "partner", "brand", "creator"), (SINCE,))


async def changed(happened: Happened) -> Change:
    """Tell of the change itself."""
    return change(happened.event, happened.cursor)


CURRENT: Final = (RUN_PUBLISHED.name, RUN_RESTORED.name)
"""Kinds after which another run is current."""

FEATURE: Final = Feature(
    fields={("Query", "changes"): changes},
    lasting=True,
    costs={"changes": 10},
    examples=EXAMPLES,
    query=Query,
    subscription=Subscription,
    streams={
        "changed": Stream(wanted_kinds, changed, check_kinds, shows_scores=True),
        "scoresChanged": Stream(lambda _: CURRENT, scores_changed, check_creators, refuse_unknown, shows_scores=True),
        "rankingChanged": Stream(lambda _: CURRENT, ranking_changed, check_ranking, shows_scores=True),
    },
)
