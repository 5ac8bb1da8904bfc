"""What upheld appeals have struck out: it stays in the graph as what happened, and nothing is computed from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, LiteralString, Self

from graph.reader import Reader

UPHELD: Final[LiteralString] = """
MATCH (a:Appeal {status: 'UPHELD'})
RETURN collect([a.subjectKind, a.subjectId]) AS events
"""


@dataclass(frozen=True, slots=True)
class Struck:
    """Ids of order lines, contents and collaborations that are left out of all event tables."""

    sales: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    collaborations: tuple[str, ...] = ()

    def but(self, name: str, id_: str, *, out: bool) -> Self:
        """Return the same with one event of the field `name` struck out, or counted again."""
        others = tuple(each for each in getattr(self, name) if each != id_)
        return replace(self, **{name: (*others, id_) if out else others})


FIELDS: Final = {"Sale": "sales", "Content": "contents", "Collaboration": "collaborations"}
"""The field of `Struck` by the label of what is contested; a flag is no event."""


async def struck(reader: Reader) -> Struck:
    """Return what is struck out, of all creators.

    As a correction of what is said to have happened it holds for earlier times too, whenever it was decided.
    """
    (found,) = await reader.read(UPHELD, [{}], lambda record: sorted((str(kind), str(id_)) for kind, id_ in record["events"]))
    return Struck(**{name: tuple(id_ for kind, id_ in found if kind == label) for label, name in FIELDS.items()})
