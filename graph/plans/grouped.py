"""Other brands' collaborations: a count, and only of a group that is large enough."""

from __future__ import annotations

from dataclasses import dataclass

from graph.plans.parts import Part
from graph.plans.relations import lines, placed
from graph.plans.selection import Pick
from graph.plans.sights import visible, where
from graph.plans.visibility import Reach
from graph.plans.writer import Row, quoted


@dataclass(frozen=True, slots=True)
class Grouped:
    """How many collaborations at the end of `pattern` (ending in `{m}`) the viewer may not see one by one, in whole groups.

    It takes no arguments: two counts that differ by a condition would tell of the few between them.
    """

    pattern: str

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the count; null below the smallest group, for those who see all, and for those who may not see even that."""
        if row.visibility.others is not Reach.COUNTS:
            return Part("null")
        node = row.writer.variable("Collaboration")
        counts = {"count": "total", "__typename": "'GroupedCount'"}
        entries = ", ".join(f"{quoted(each.key)}: {counts[each.name]}" for each in pick.child.picks)
        clauses = [
            f"MATCH {placed(self.pattern, row.node, node)}",
            where([*self._hidden(node, row), *self._seen(row)]),
            f"RETURN DISTINCT {node}",
        ]
        return Part(f"head([total IN [COUNT {{\n{lines(clauses)}\n}} / $smallest * $smallest] WHERE total > 0 | {{{entries}}}])")

    def _seen(self, row: Row) -> list[str]:
        """Return the predicate that leaves out creators whom the viewer may not see; the row's own is seen."""
        return visible("Creator", "worker", row.visibility) if "(worker:" in self.pattern else []

    def _hidden(self, node: str, row: Row) -> list[str]:
        """Return the predicate that leaves out the viewer's own; an administrator has none of their own."""
        return [f"NOT ({each})" for each in visible("Collaboration", node, row.visibility)]
