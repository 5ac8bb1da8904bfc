"""Saved views: addresses of the explorer's pages under a name, each an account's own, shared with its brand if it says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph.errors import GraphError
from graph.outbox import VIEW_DELETED, VIEW_SAVED, Event, record
from graph.retrying import read_rows


class TooManyViews(GraphError):
    """An account has as many views as it may."""


class NameTaken(GraphError):
    """The account has another view of the name."""


class NoPage(GraphError):
    """A view is to be a start, and its address is one of many below a page."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is saved: `page` is the first part of the address; `party` is whom it is shared with, None for nobody."""

    name: str
    page: str
    address: str
    start: bool = False
    party: str | None = None


@dataclass(frozen=True, slots=True)
class SavedView:
    """One view. `key_id` is the account of the key that saved it, which outlasts rotations; times are Unix seconds."""

    id: str
    key_id: str
    name: str
    page: str
    address: str
    start: bool
    party: str | None
    created_at: int
    updated_at: int

    @classmethod
    def of(cls, node: Mapping[str, Any]) -> SavedView:
        """Return the view that a `SavedView` node holds."""
        what = (node["name"], node["page"], node["address"], node["start"], node.get("party"))
        return cls(node["id"], node["keyId"], *what, node["createdAt"], node["updatedAt"])

    @property
    def draft(self) -> Draft:
        """What of it its account may change."""
        return Draft(self.name, self.page, self.address, self.start, self.party)


@dataclass(frozen=True, slots=True)
class Change:
    """What of a view is to be otherwise, None for what stays. `place` is page and address; `party` is whom a shared one is shared with."""

    name: str | None = None
    place: tuple[str, str] | None = None
    start: bool | None = None
    shared: bool | None = None
    party: str | None = None

    def of(self, before: Draft) -> Draft:
        """Return the draft with the change; what stays shared is shared with the party of now."""
        page, address = self.place or (before.page, before.address)
        shared = before.party is not None if self.shared is None else self.shared
        return Draft(
            before.name if self.name is None else self.name,
            page,
            address,
            before.start if self.start is None else self.start,
            self.party if shared else None,
        )


SAVED_VIEWS: Final[LiteralString] = """
MATCH (view:SavedView)
WHERE (view.keyId = $key OR view.party = $party) AND ($page IS NULL OR view.page = $page)
  AND ($start IS NULL OR (view.keyId = $key AND view.start) = $start)
RETURN view {.*} AS view
ORDER BY view.keyId <> $key, toLower(view.name), view.id
LIMIT 10000
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose views: an account's own, and those shared with its `party`; of one page, None for any.

    `start` is true for those with which a page opens for the account, false for the others, None for both.
    """

    key: str
    party: str | None = None
    page: str | None = None
    start: bool | None = None


async def saved_views(driver: AsyncDriver, wanted: Wanted, *, database: str = "neo4j", seconds: float = 10) -> list[SavedView]:
    """Return an account's own views by name, then those that others share with its party."""
    values = {"key": wanted.key, "party": wanted.party, "page": wanted.page, "start": wanted.start}
    found = await read_rows(driver, SAVED_VIEWS, values, database=database, seconds=seconds)
    return [SavedView.of(view) for (view,) in found]


LOCK: Final[LiteralString] = """
MERGE (lock:Lock {id: 'savedViews'})
SET lock.takenAt = timestamp() / 1000
"""
"""Keeps others from saving views until the transaction ends."""

LOCKED: Final[LiteralString] = f"""{LOCK}WITH lock
OPTIONAL MATCH (view:SavedView {{keyId: $key}})
RETURN count(view) AS count, count(CASE WHEN view.id <> $id AND toLower(view.name) = toLower($name) THEN 1 END) AS taken
"""

SAVED: Final[LiteralString] = """
MERGE (view:SavedView {id: $id})
  ON CREATE SET view.keyId = $key, view.createdAt = $now
SET view.name = $name, view.page = $page, view.address = $address, view.start = $start, view.party = $party, view.updatedAt = $now
WITH view
CALL (view) {
  MATCH (other:SavedView {keyId: view.keyId, page: view.page, start: true})
  WHERE view.start AND other.id <> view.id
  SET other.start = false
}
RETURN view {.*} AS view
"""


async def create(tx: AsyncManagedTransaction, view: SavedView, *, most: int) -> None:
    """Save a new view; where it is its page's start, no other of the account's is.

    TooManyViews where the account has `most`, NameTaken where it has one of the name, whatever the case, NoPage where it can be no start.
    """
    if await _locked(tx, view.id, view.name, view.key_id) >= most:
        raise TooManyViews(f"this key has {most} saved views, which is as many as it may have; delete one")
    await _saved(tx, view.id, view.draft, view.key_id, view.created_at)


SAVED_VIEW: Final[LiteralString] = """
MATCH (view:SavedView {id: $id})
RETURN view {.*} AS view
"""


async def update(tx: AsyncManagedTransaction, id_: str, change: Change, *, key: str, now: int) -> SavedView | None:
    """Change an account's view and return it; the same again changes nothing. None where it has none of the id.

    NameTaken where it has another of the name, NoPage where it can be no start.
    """
    await _locked(tx, id_, change.name, key)
    row = await (await tx.run(SAVED_VIEW, id=id_)).single()
    found = None if row is None else SavedView.of(row["view"])
    if found is None or found.key_id != key:
        return None
    draft = change.of(found.draft)
    return found if found.draft == draft else await _saved(tx, id_, draft, key, now)


async def _locked(tx: AsyncManagedTransaction, id_: str, name: str | None, key: str) -> int:
    """Take the lock and return how many views the account has."""
    row = await (await tx.run(LOCKED, id=id_, name=name, key=key)).single(strict=True)
    if row["taken"]:
        raise NameTaken(f"this key has another saved view with the name {name!r}; choose another name, or change that view")
    return row["count"]


async def _saved(tx: AsyncManagedTransaction, id_: str, draft: Draft, key: str, now: int) -> SavedView:
    path = draft.address.partition("?")[0]
    if draft.start and path != f"/{draft.page}":
        raise NoPage(
            f"start is true, but {path[:80]} is one of many below /{draft.page}, which would open with it alone; set start to false"
        )
    what = {"name": draft.name, "page": draft.page, "address": draft.address, "start": draft.start, "party": draft.party}
    row = await (await tx.run(SAVED, what | {"id": id_, "key": key, "now": now})).single(strict=True)
    await record(tx, Event(VIEW_SAVED, id_, {"view": id_}, key=key), at=now)
    return SavedView.of(row["view"])


DELETED: Final[LiteralString] = """
MATCH (view:SavedView {id: $id})
WHERE $key IS NULL OR view.keyId = $key
WITH view, view.keyId AS key
DELETE view
RETURN key
"""


async def delete(tx: AsyncManagedTransaction, id_: str, *, key: str | None) -> bool:
    """Delete a view of an account, of any without one; False where there is none of this id."""
    row = await (await tx.run(DELETED, id=id_, key=key)).single()
    if row is None:
        return False
    await record(tx, Event(VIEW_DELETED, id_, {"view": id_}, key=row["key"]))
    return True
