"""Flags of a creator in the current run: everyone who sees the creator sees their kinds, few what they stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph.plans.fields import Constant, Field
from graph.plans.parts import Part
from graph.plans.relations import One
from graph.plans.selection import Pick
from graph.plans.sights import STANDING
from graph.plans.visibility import Reach
from graph.plans.writer import Member, Row

FLAGS: Final = "({n})<-[:CONCERNS]-({m}:Flag {runId: $run})"
UNFLAGGED: Final = (
    "NOT EXISTS {{ MATCH ({node})<-[:CONCERNS]-(flag:Flag {{runId: $run}}) WHERE " + STANDING.replace("{flag}", "flag") + " }}"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """An expression over the flag, `{n}`: null, or `other`, for who may see no more than kind and precision.

    `own` stands in its place where the viewer is the creator: what tells of others is left out there.
    """

    expression: str
    other: str = "null"
    own: str = ""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the expression as the viewer may see it."""
        shown = {Reach.ALL: self.expression, Reach.OWN: self.own or self.expression}.get(row.visibility.flag_evidence, self.other)
        return Part(shown.replace("{n}", row.node))


FLAG: Final[dict[str, Member]] = {
    "id": Field("'Flag:' + {n}.key"),
    "creator": One("Creator", "({n})-[:CONCERNS]->({m}:Creator)"),
    "kind": Field("{n}.kind"),
    "precision": Field("{n}.precision"),
    "observed": Evidence("{n}.observed"),
    "expected": Evidence("{n}.expected"),
    "pValue": Evidence("{n}.pValue"),
    "falseDiscoveryRate": Evidence("{n}.qValue"),
    "evidence": Evidence("{n}.evidence", "[]", "[each IN {n}.evidence WHERE NOT each STARTS WITH 'Creator:']"),
    "__typename": Constant("Flag"),
}


def unflagged(arguments: Mapping[str, Any], row: Row) -> list[str]:
    """Return the predicate that leaves out creators with a flag, where the argument `excludeFlagged` asks for it."""
    asked = arguments.get("excludeFlagged")
    if asked is None or asked is False:
        return []
    row.rated = True
    kept = UNFLAGGED.format(node=row.node)
    return [kept] if asked is True else [f"(NOT coalesce({row.writer.bind(asked)}, false) OR {kept})"]
