"""Objections of creators who were known by name alone: they go on for whoever turns out to hold the name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, LiteralString

from graph.load.batches import Tx, run
from graph.load.names import holder
from graph.rights.unrating import unrated

STANDING: Final[LiteralString] = """
UNWIND $names AS name
MATCH (asked:Objection|ErasureRequest {id: name})
MATCH (n:Name {id: name})
WHERE n.seen IS NOT NULL
RETURN DISTINCT name, asked.at AS at, n.seen AS seen
"""

GO_ON: Final[LiteralString] = """
OPTIONAL MATCH (objection:Objection {id: $name})
OPTIONAL MATCH (request:ErasureRequest {id: $name})
FOREACH (_ IN CASE WHEN objection IS NULL THEN [] ELSE [1] END |
  MERGE (other:Objection {id: $creator})
  ON CREATE SET other.at = objection.at
  DELETE objection
)
FOREACH (_ IN CASE WHEN request IS NULL THEN [] ELSE [1] END |
  MERGE (other:ErasureRequest {id: $creator})
  ON CREATE SET other.at = request.at, other.dueAt = request.dueAt
  DELETE request
)
"""


async def follow(tx: Tx, names: Sequence[str]) -> None:
    """Let what creators have asked for by these names be asked for by the ids that they turned out to have."""
    for each in await run(tx, STANDING, names=list(names)):
        who = holder(each["seen"], each["at"])
        if who is not None and who != each["name"]:
            await run(tx, GO_ON, name=each["name"], creator=who)
            await unrated(tx, who)
