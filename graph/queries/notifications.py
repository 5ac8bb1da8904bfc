"""What the database warns of in a query: a label or property that does not exist, a function that is deprecated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from neo4j import GqlStatusObject, ResultSummary

from graph.model import EDGES, NODES

ABSENT: Final = frozenset({"01N50", "01N51", "01N52"})
"""Statuses of a label, a relationship type or a property that nothing in the database has."""

QUOTED: Final = re.compile(r"`([^`]+)`")
DECLARED: Final = frozenset(
    {each.label for each in NODES}
    | {each.type for each in EDGES}
    | {each.name for owner in (*NODES, *EDGES) for each in owner.properties}
    | {label for each in NODES for _, label in each.extra_labels}
)


@dataclass(frozen=True, slots=True)
class Notification:
    """One warning by its GQL status, with the place in the text that it is about; no place where it is about the whole."""

    code: str
    description: str
    line: int | None
    column: int | None

    def __str__(self) -> str:
        """The warning as a sentence, with its place."""
        return self.description if self.line is None else f"{self.description.rstrip('.')} (line {self.line}, column {self.column})"


def notifications(summary: ResultSummary | None) -> list[Notification]:
    """Return what the database warned of, each once; none for an answer that was cut off before its end."""
    found: Sequence[GqlStatusObject] = [] if summary is None else summary.gql_status_objects
    return list(dict.fromkeys(_notification(each) for each in found if each.is_notification and not _declared(each)))


def _declared(told: GqlStatusObject) -> bool:
    """Tell whether it warns of a name that is declared, and so spelt as it should be, though no node has it yet."""
    name = QUOTED.search(told.status_description)
    return told.gql_status in ABSENT and name is not None and name[1] in DECLARED


def _notification(told: GqlStatusObject) -> Notification:
    place = told.position
    description = told.status_description.removeprefix("warn: ")
    return Notification(told.gql_status, description, None if place is None else place.line, None if place is None else place.column)
