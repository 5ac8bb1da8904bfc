"""One search: candidates of the index, ordered by how alike they are to what is sought."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, LiteralString, NamedTuple

from graph.recommendations.reading import Reading
from graph.search.candidates import KINDS, Candidate, Within, candidates, former_holders
from graph.search.similarity import Sought, similarities
from graph.search.terms import LONGEST

LEAST: Final = 0.6
"""What is less alike is not told: it shares some letters."""

SAME: Final = 1.0
BY_FORMER_NAME: Final = 0.99
DIGITS: Final = 2


class Hit(NamedTuple):
    """A node that was sought, and how alike it is, 0–1, to two digits."""

    candidate: Candidate
    score: float

    @property
    def order(self) -> tuple[float, int, float, str]:
        """The place among all hits: the most alike first, of these by kind, then by weight; an id ends each tie."""
        return (-self.score, KINDS.index(self.candidate.kind), -self.candidate.weight, self.candidate.id)


async def search(reading: Reading, sought: Sought, kinds: Collection[str], within: Within) -> list[Hit]:
    """Return what is sought of some kinds, in order; nothing that the reader may not see is among it or has moved it."""
    found = await candidates(reading, sought, kinds, within)
    scores = similarities(sought, [each.named for each in found])
    hits = [Hit(each, SAME if sought.text == each.id else _rounded(score)) for each, score in zip(found, scores, strict=True)]
    former = await former_holders(reading, sought.text[:LONGEST], within) if "Creator" in kinds else []
    return sorted(_best([*hits, *(Hit(each, BY_FORMER_NAME) for each in former)]), key=lambda hit: hit.order)


def _best(hits: Iterable[Hit]) -> list[Hit]:
    """Return each node once, by the name that is most alike."""
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        key = (hit.candidate.kind, hit.candidate.id)
        if hit.score >= LEAST and (key not in best or hit.score > best[key].score):
            best[key] = hit
    return list(best.values())


def _rounded(score: float) -> float:
    return round(float(score), DIGITS)


BELOW: Final[LiteralString] = """
MATCH (c:Category)-[:CHILD_OF*0..8]->(:Category {id: $category})
RETURN DISTINCT c.id AS id
"""


async def with_below(reading: Reading, category: str) -> list[str]:
    """Return a category's id and those of all below it."""
    return [id_ for (id_,) in await reading.rows(BELOW, category=category)]


TOPMOST: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (:Category {id: id})-[:CHILD_OF*0..8]->(top:Category)
WHERE NOT EXISTS { (top)-[:CHILD_OF]->(:Category) }
RETURN DISTINCT id, top.id AS top
"""


async def topmost(reading: Reading, ids: Collection[str]) -> dict[str, str]:
    """Return the topmost category above each, by id."""
    return dict(await reading.rows(TOPMOST, ids=sorted(ids))) if ids else {}


TEXTS: Final[LiteralString] = """
UNWIND $nodes AS node
MATCH (n:Creator|Brand|Product|Category {id: node[1]})
WHERE node[0] IN labels(n)
RETURN node[0] AS kind, n.id AS id, n {.handle, .nickname, .bio, .name, .title} AS texts
"""


async def texts(reading: Reading, nodes: Sequence[tuple[str, str]]) -> dict[tuple[str, str], dict[str, str]]:
    """Return the texts of nodes in which matches are shown, by kind and id."""
    rows = await reading.rows(TEXTS, nodes=[list(each) for each in nodes])
    return {(kind, id_): {name: text for name, text in found.items() if text} for kind, id_, found in rows}
