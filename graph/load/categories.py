"""The tree of categories, drawn from every category's latest parent; parents in a circle are not drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, LiteralString

from graph.load.batches import Orphans, Tx, run
from graph.load.pending import CATEGORIES, done
from graph.load.registers import loaded
from graph.rows import Reject, Row

ROOT: Final = "0"

CATEGORIES_TOLD: Final[LiteralString] = """
MATCH (n:Category)
RETURN n.id AS id, n._own AS own, [(n)-[:CHILD_OF]->(x) | x.id] AS parents
ORDER BY id
"""

DRAW_PARENTS: Final[LiteralString] = """
UNWIND $pairs AS pair
MATCH (n:Category {id: pair[0]})
MERGE (x:Category {id: pair[1]})
CREATE (n)-[:CHILD_OF]->(x)
"""

ERASE_PARENTS: Final[LiteralString] = """
UNWIND $pairs AS pair
MATCH (:Category {id: pair[0]})-[r:CHILD_OF]->(:Category {id: pair[1]})
DELETE r
"""


async def draw_tree(tx: Tx) -> frozenset[str]:
    """Draw the tree anew where it differs, and return the categories whose parents form a circle."""
    found = await run(tx, CATEGORIES_TOLD)
    told = {each["id"]: parent for each in found if (parent := _parent(each["own"]))}
    circle = in_circles(told)
    wanted = {(child, parent) for child, parent in told.items() if child not in circle}
    drawn = {(each["id"], parent) for each in found for parent in each["parents"]}
    if drawn - wanted:
        await run(tx, ERASE_PARENTS, pairs=[list(pair) for pair in sorted(drawn - wanted)])
    if wanted - drawn:
        await run(tx, DRAW_PARENTS, pairs=[list(pair) for pair in sorted(wanted - drawn)])
    orphans = Orphans()
    orphans.suspect("Category", (parent for _, parent in drawn - wanted))
    await orphans.sweep(tx)
    await done(tx, CATEGORIES)
    return circle


def _parent(own: str | None) -> str | None:
    parent = loaded(own).get("parent_id", ("", None))[1] if own else None
    return None if parent == ROOT else parent


def in_circles(parents: Mapping[str, str]) -> frozenset[str]:
    """Return the children that are their own ancestors; those that only hang from a circle are not among them."""
    inside: set[str] = set()
    finished: set[str] = set()
    for start in parents:
        way: list[str] = []
        place = start
        while place in parents and place not in finished:
            finished.add(place)
            way.append(place)
            place = parents[place]
        if place in way:
            inside.update(way[way.index(place) :])
    return frozenset(inside)


def circle_reject(row: Row) -> Reject:
    """Return the reject of a row whose parent closes a circle."""
    return Reject(
        row.where,
        "parent_id",
        str(row.values.get("parent_id")),
        f"category {row.values['id']} would be its own ancestor",
        "correct the parents in this cycle; until then it is stored without a parent",
        row.raw or row.values,
        "categories",
        row.page,
    )
