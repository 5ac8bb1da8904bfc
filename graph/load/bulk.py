"""Tables into an empty private database in one go, by Neo4j's offline importer: the same graph as `load` makes of them.

Nothing is merged, so every key may stand once and creators must be told by id. It is a matter of minutes for millions of nodes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from graph.load.categories import ROOT, circle_reject, in_circles
from graph.load.credit import BY_CONTENT, CREDITED_TO, NAMES_NEITHER, OF_UNKNOWN_CONTENT, WITHOUT_CREATOR
from graph.load.csvs import Files
from graph.load.exchange import usd_by
from graph.load.faults import BulkRefused
from graph.load.money import UsdPerUnit, derived, lacks_rate
from graph.load.names import MARK, seen_together
from graph.load.nodes import no_rate
from graph.load.observations import Passing, observed, register_of
from graph.load.order_lines import line_of, names_either
from graph.load.orders import Order, state_of
from graph.load.registers import Register, merged
from graph.load.shapes import EXTRA_LABELS, FEATURES, LABELS, SHAPES, Link
from graph.load.states import ABSENT, State, assumed, renewed
from graph.load.tally import Tally
from graph.rows import CreatorRef, Item, Note, Reject, Row
from graph.sources.rates import Rates

LATE: Final = frozenset({"Creator", "Category"})
"""Written at the end: other rows still add to creators, and parents are judged together."""


@dataclass(slots=True)
class Bulk:
    """Writes rows as files; what only the whole can tell is kept until `finish`."""

    files: Files
    tally: Tally
    seen: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    named: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    late: dict[str, dict[str, Register]] = field(default_factory=lambda: {label: dict[str, Register]() for label in LATE})
    passing: Passing = field(default_factory=Passing)
    given: list[tuple[str, date, float]] = field(default_factory=list[tuple[str, date, float]])
    published: dict[str, str] = field(default_factory=dict[str, str])
    uncredited: dict[str, State] = field(default_factory=dict[str, State])
    delivered: dict[str, str] = field(default_factory=dict[str, str])
    contents: dict[str, State] = field(default_factory=dict[str, State])
    category_rows: dict[str, Row] = field(default_factory=dict[str, Row])
    _rate: UsdPerUnit | None = None

    @property
    def rate(self) -> UsdPerUnit:
        """The rates: the bank's with the given ones before them."""
        if self._rate is None:
            self._rate = usd_by(Rates(self.given))
        return self._rate

    def take(self, item: Item) -> Reject | None:
        """Take one row, and return the reject that became of it."""
        if isinstance(item, Note):
            self.tally.note(item)
            return None
        if isinstance(item, Reject):
            self.tally.reject(item, read=False)
            return item
        self.tally.count(item.table, "read")
        reject = self._lacking(item)
        if reject is not None:
            self.tally.reject(reject, read=True)
            return reject
        if not self._taken(item):
            self.tally.count(item.table, "unchanged")
        else:
            self.tally.count(item.table, "created")
        return None

    def _lacking(self, row: Row) -> Reject | None:
        label = "FEATURES" if row.table == "features" else LABELS.get(row.table, "")
        if label != "FEATURES" and label not in SHAPES:
            return None
        shape = FEATURES if label == "FEATURES" else SHAPES[label]
        fields = shape.properties_in(row.values) | ({"gmv": 0.0} if label == "Sale" else {})
        currency = lacks_rate(label, fields, row.age.observed_at, self.rate) if shape.in_usd else None
        return no_rate(row, row.table, currency, row.values) if currency else None

    def _taken(self, row: Row) -> bool:
        if row.table == "features":
            return self._feature(row)
        if row.table == "mentions":
            return self._mention(row)
        if row.table == "sales":
            self._sale(row)
        elif row.table in LABELS:
            self._node(row)
        else:
            raise BulkRefused(f"{row.where.file}: {row.table} cannot be loaded offline; import without --bulk")
        return True

    def _node(self, row: Row) -> None:
        seen = observed(row, self.passing)
        if seen.name is not None:
            raise BulkRefused(f"{row.where.file} {row.where.record}: a creator is identified only by name; import without --bulk")
        self._once(seen.label, seen.key, row)
        if seen.label in LATE:
            self.late[seen.label][seen.key] = seen.register
            self.category_rows |= {seen.key: row} if seen.label == "Category" else {}
            return
        if seen.label == "Rate":
            self.given.append((row.values["currency"], date.fromisoformat(row.values["date"]), row.values["usd_per_unit"]))
            self._rate = None
        state = renewed(SHAPES[seen.label], ABSENT, seen.register, self._derive, key=seen.key)
        if seen.label == "Content" and "creator_id" not in state.references:
            self.contents[seen.key] = state
        else:
            self._write(seen.label, seen.key, state)

    def _sale(self, row: Row) -> None:
        self._once("Sale", row.values["id"], row)
        line = line_of(row, row.values, self.passing)
        state = state_of(Order({row.values["id"]: line}), row.values["id"], self._derive)
        if not names_either(line):
            self.tally.notes[NAMES_NEITHER] += 1
        if WITHOUT_CREATOR in state.properties:
            self.uncredited[row.values["id"]] = state
        else:
            self._write("Sale", row.values["id"], state)

    def _feature(self, row: Row) -> bool:
        pair = (row.values["content_id"], row.values["product_id"])
        self._once("FEATURES", "\t".join(pair), row)
        register = register_of(FEATURES, FEATURES.properties_in(row.values) | {"id": ""}, row)
        state = renewed(FEATURES, ABSENT, register, self._derive, key="")
        self._refer("Content", pair[0])
        self._refer("Product", pair[1])
        self.files.relationship("FEATURES", ("Content", "Product"), pair, state.properties)
        return True

    def _mention(self, row: Row) -> bool:
        content, creator = row.values["content_id"], row.values["creator_id"]
        if isinstance(creator, CreatorRef):
            raise BulkRefused(f"{row.where.file} {row.where.record}: a creator is identified only by name; import without --bulk")
        key = f"{content}\t{creator}"
        known = self.seen.setdefault("MENTIONS", set())
        if key in known:
            return False
        known.add(key)
        self._refer("Content", content)
        self._refer("Creator", creator)
        self.files.relationship("MENTIONS", ("Content", "Creator"), (content, creator), {"_said": True})
        return True

    def _write(self, label: str, key: str, state: State, *, more: dict[str, Any] | None = None) -> None:
        extra = EXTRA_LABELS.get(state.properties.get("kind", "")) if label == "Content" else None
        self.files.node(label, state.properties | (more or {}), extra=extra)
        for link in SHAPES[label].links:
            for other in state.references.get(link.column, ()):
                self._link(label, key, link, other)
        if label == "Collaboration":
            self._deliver(state)

    def _deliver(self, state: State) -> None:
        for creator in state.references.get("creator_id", ()):
            for content in state.references.get("content_ids", ()):
                self.delivered[content] = min(creator, self.delivered.get(content, creator))

    def _link(self, label: str, key: str, link: Link, other: str) -> None:
        if other.startswith(MARK):
            raise BulkRefused(f"{label} {key}: a creator is identified only by name; import without --bulk")
        self._refer(link.target, other)
        if link.type == "PUBLISHED":
            self.published[key] = other
        ends, pair = ((label, link.target), (key, other)) if link.outgoing else ((link.target, label), (other, key))
        self.files.relationship(link.type, ends, pair)

    def _refer(self, label: str, key: str) -> None:
        self.named.setdefault(label, set()).add(key)

    def _once(self, label: str, key: str, row: Row) -> None:
        known = self.seen.setdefault(label, set())
        if key in known:
            raise BulkRefused(f"{row.where.file} {row.where.record}: {label} {key} is given twice; import without --bulk, which merges")
        known.add(key)

    def _derive(self, label: str, fields: dict[str, Any], register: Register) -> dict[str, Any]:
        return derived(label, fields, register, self.rate)

    def finish(self) -> list[Reject]:
        """Write what had to wait, and return the rejects that only the whole could tell."""
        self._creators()
        circle = self._categories()
        self._adopted()
        self._credited()
        for label, keys in self.named.items():
            for key in keys - self.seen.get(label, set()):
                self.files.node(label, {"id": key} | assumed(label, key, {}))
        for name, notes in self.passing.sightings.items():
            self.files.node("Name", {"id": name, "seen": seen_together([], notes)})
        self.files.node("State", {"id": "data", "version": 1})
        return circle

    def _creators(self) -> None:
        told = self.late["Creator"]
        for key, register in self.passing.creators.items():
            told[key] = merged(told.get(key, {}), register)
        for key, register in told.items():
            self._write("Creator", key, renewed(SHAPES["Creator"], ABSENT, register, self._derive, key=key))
        self.seen.setdefault("Creator", set()).update(told)

    def _categories(self) -> list[Reject]:
        told = self.late["Category"]
        parents = {key: str(register["parent_id"][1]) for key, register in told.items() if register.get("parent_id", ("", ROOT))[1] != ROOT}
        circle = in_circles(parents)
        for key, register in told.items():
            self._write("Category", key, renewed(SHAPES["Category"], ABSENT, register, self._derive, key=key))
        for key, parent in parents.items():
            if key not in circle:
                self._refer("Category", parent)
                self.files.relationship("CHILD_OF", ("Category", "Category"), (key, parent))
        return [circle_reject(self.category_rows[key]) for key in sorted(circle)]

    def _adopted(self) -> None:
        """Give contents without a publisher to the creators who delivered them."""
        for key, state in self.contents.items():
            creator = self.delivered.get(key)
            self._write("Content", key, state, more={"_adopted": True} if creator else None)
        orphans = {content: creator for content, creator in self.delivered.items() if content not in self.published}
        for content, creator in orphans.items():
            if content not in self.contents:
                self.seen.setdefault("Content", set()).add(content)
                self.files.node("Content", {"id": content, "_adopted": True})
            self.files.relationship("PUBLISHED", ("Creator", "Content"), (creator, content))

    def _credited(self) -> None:
        """Credit lines without a creator to the publishers of their contents."""
        for key, state in self.uncredited.items():
            content = state.references["content_id"][0]
            creator = self.published.get(content) or self.delivered.get(content)
            self._write("Sale", key, state, more={BY_CONTENT: creator} if creator else None)
            if creator:
                self._link("Sale", key, CREDITED_TO, creator)
            else:
                self.tally.notes[OF_UNKNOWN_CONTENT] += 1


def write_files(items: Iterable[Item], files: Files, tally: Tally) -> Iterable[Reject]:
    """Write all rows as files, and yield what was rejected."""
    bulk = Bulk(files, tally)
    for item in items:
        reject = bulk.take(item)
        if reject is not None:
            yield reject
    for reject in bulk.finish():
        tally.recount(reject)
        yield reject
