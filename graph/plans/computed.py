"""Fields that no query holds: the plan tells for which node they are wanted, and who runs the plan computes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.plans.parts import Finishing, Late, Part, Wanted
from graph.plans.selection import Pick
from graph.plans.writer import Row


@dataclass(frozen=True, slots=True)
class Computed:
    """A field of the row's node that is computed once the tree is there, of the node's own id or of what an expression `of` it says.

    `on` is the type that has the field, where that is not the row's.
    """

    field: str
    of: str = "{n}.id"
    on: str | None = None

    def part(self, pick: Pick, row: Row) -> Part:
        """Return what it is computed of, in whose place the answer is put later."""
        return Part(self.of.replace("{n}", row.node), late=_noted((self.on or row.kind, self.field), pick))


def _noted(field: tuple[str, str], pick: Pick) -> Late:
    def late(holder: dict[str, Any], key: str, finishing: Finishing) -> None:
        own, holder[key] = holder[key], None
        finishing.wanted.append(Wanted(holder, key, field, own, pick))

    return late
