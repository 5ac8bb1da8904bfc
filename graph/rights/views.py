"""Saved views lose an erased creator: in an address every value that names the creator, and a name that does."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final, LiteralString
from urllib.parse import quote_plus, unquote_plus

from graph.rights.gate import Tx
from graph.views import LOCK

PLAIN: Final = re.compile(r"[a-z0-9_.-]+")
REMOVED: Final = "Removed: it named a creator who was erased"

NAMING: Final[LiteralString] = """
MATCH (view:SavedView)
WHERE any(word IN $words WHERE toLower(view.address) CONTAINS word OR toLower(view.name) CONTAINS word)
RETURN view.id AS id, view.name AS name, view.address AS address
"""

REWRITE: Final[LiteralString] = """
MATCH (view:SavedView {id: $id})
SET view.name = $name, view.address = $address
"""


async def take_from_views(tx: Tx, words: Collection[str]) -> None:
    """Leave out of all saved views what names a creator by one of the words: own ids, and user names without a region."""
    # Who changes a view at the same time has read it behind this lock, and would write back what is taken out.
    await (await tx.run(LOCK)).consume()
    known, parts = looked_for(words)
    for view in [found.data() async for found in await tx.run(NAMING, words=parts)]:
        name = REMOVED if names_one(view["name"], known) else view["name"]
        address = without(view["address"], known)
        if (name, address) != (view["name"], view["address"]):
            await (await tx.run(REWRITE, id=view["id"], name=name, address=address)).consume()


def looked_for(words: Collection[str]) -> tuple[frozenset[str], list[str]]:
    """Return words as `names_one` compares them, and the texts of which whatever names one of them has one."""
    return frozenset(word.casefold() for word in words if word), sorted({part for word in words if word for part in parts_of(word)})


def parts_of(word: str) -> set[str]:
    """Return texts of which an address or a name that has the word has one: its longest plain part, or the whole word as an address has it.

    An address has other characters as `%3A`, and letters beyond ASCII in either case.
    """
    if plain := PLAIN.findall(word.lower()):
        return {max(plain, key=len)}
    return {word.lower(), *(quote_plus(each).lower() for each in (word, word.lower(), word.upper()))}


def names_one(name: str, known: Collection[str]) -> bool:
    """Tell whether a text names somebody: all of it is the name, or one of its words begins with `@`, or is an id with its kind."""
    pieces = [name, *(each for each in name.split() if each.startswith(("@", "Creator:")))]
    return any(_bare(each.strip(".,;:!?()'\"")) in known for each in pieces)


def without(address: str, known: Collection[str]) -> str:
    """Return an address without the values of its lists that are one of the words; a list of which nothing is left goes."""
    path, _, query = address.partition("?")
    left = [item for item in (_left(each, known) for each in query.split("&") if each) if item]
    return path + (f"?{'&'.join(left)}" if left else "")


def _left(item: str, known: Collection[str]) -> str:
    name, _, value = item.partition("=")
    values = unquote_plus(value).split(",")
    others = [each for each in values if _bare(each) not in known]
    if others == values:
        return item
    return f"{name}={quote_plus(','.join(others))}" if others else ""


def _bare(text: str) -> str:
    return text.strip().casefold().removeprefix("creator:").removeprefix("@")
