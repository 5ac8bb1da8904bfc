"""Which tables a file fills, and from which of its columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, cast

from graph.sources.faults import BadMapping
from graph.sources.guessing.cells import currency_in, date_cell, has_decimal_commas, nothings, region_cell, share_cell, status_cell
from graph.sources.guessing.names import plain, roles_of
from graph.sources.guessing.samples import Sample

SEEN: Final = ("views", "likes", "comments", "shares", "published", "duration")


@dataclass(slots=True)
class Proposal:
    """The parts of a mapping; `notes` says of some cells, by table and column, what to check."""

    source: dict[str, Any]
    tables: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    notes: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    unused: list[str] = field(default_factory=list[str])


def proposed(sample: Sample) -> Proposal:
    """Return the mapping that a sample suggests; BadMapping where none of its columns is known."""
    guess = _Guess(sample)
    guess.fill()
    if not guess.proposal.tables:
        columns = ", ".join(list(sample.columns)[:30])
        raise BadMapping(f"no creators, contents, products or orders are known by these columns: {columns}; write a mapping by hand")
    return guess.proposal


class _Guess:
    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self.roles = roles_of(sample.columns)
        self._settle_ids()
        self.proposal = Proposal(_source(sample))
        self.currency = self._currency()
        if "encoding" in self.proposal.source:
            self.proposal.notes["source", "encoding"] = "CHECK: are all letters right in the records below? If not, name another"

    def _settle_ids(self) -> None:
        """Give an `id` beside creators' names to these, and an item of an order to the products."""
        named = plain(self.roles.get("content_id", ""))
        if "order_id" in self.roles:
            role = "product_id" if named == "itemid" else ""
        else:
            role = "creator_id" if named == "id" and "creator_name" in self.roles and not self.roles.keys() & {*SEEN, "product_id"} else ""
        if role and role not in self.roles:
            self.roles[role] = self.roles.pop("content_id")

    def fill(self) -> None:
        """Propose every table for which the columns suffice."""
        roles = self.roles
        lines = "order_id" in roles  # each row is a part of an order, and no sum of a creator or product
        orders = lines and {"product_id", "ordered", "amount"} <= roles.keys()
        contents = "content_id" in roles and not orders and any(role in roles for role in SEEN) and "product_id" not in roles
        if "creator_name" in roles or "creator_id" in roles:
            self._creators()
            if not lines and not contents and {"gmv", "engagement"} & roles.keys():
                self._reports()
        if contents:
            self._contents()
        if "brand_id" in roles:
            self._table("brands", id="brand_id", name="brand_name", region="region")
        if "product_id" in roles:
            more = {} if lines else {"price": "price", "currency": "currency", "commission_rate": "rate", "units_sold": "units_sold"}
            self._table("products", id="product_id", title="product_name", region="region", image_url="image", brand_id="brand_id", **more)
        if orders:
            self._sales()
        used = str(self.proposal.tables)
        self.proposal.unused = [column for column in self.sample.columns if repr(column) not in used]

    def _creators(self) -> None:
        key = "creator_id" if "creator_id" in self.roles else "creator_name"
        name = "creator_name" if "creator_name" in self.roles else "creator_id"
        more = {"nickname": "nickname", "verified": "verified", "like_count": "total_likes"}
        if "content_id" not in self.roles:
            more["video_count"] = "video_count"
        self._table("creators", id=key, handle=name, region="region", follower_count="followers", **more)

    def _reports(self) -> None:
        key = self.roles.get("creator_id") or self.roles["creator_name"]
        self._table("reports", creator_id="creator_id" if "creator_id" in self.roles else "creator_name", gmv="gmv", currency="currency")
        cells = self.proposal.tables["reports"]
        cells |= {"id": {"column": key, "prefix": "report:", "handle": "creator_id" not in self.roles}}
        if "engagement" in self.roles:
            column = self.roles["engagement"]
            cells["video_engagement_rate"] = share_cell(column, self.sample.texts(column))
        self._constant("reports", "at", self.sample.changed, "CHECK: the day of the export, in Unix seconds")

    def _contents(self) -> None:
        names = {role: role for role in ("views", "likes", "comments", "shares", "title", "url")}
        live = "live" in self.roles["content_id"].casefold()
        self._table("contents", id="content_id", published_at="published", duration_seconds="duration", creator_id=self._creator(), **names)
        self._constant("contents", "kind", "LIVE" if live else "VIDEO", "")

    def _sales(self) -> None:
        names = {
            "order_id": "order_id",
            "at": "ordered",
            "status": "status",
            "quantity": "quantity",
            "gmv": "amount",
            "currency": "currency",
        }
        self._table("sales", **names, commission_rate="rate", product_id="product_id", creator_id=self._creator(), content_id="content_id")
        cells = self.proposal.tables["sales"]
        line = self.roles.get("line_id") or self.roles["product_id"]
        self.proposal.tables["sales"] = {"id": {"columns": [self.roles["order_id"], line]}, **cells}
        if "status" not in cells:
            self._constant("sales", "status", "PLACED", "CHECK: the file has no status")
        if "quantity" not in cells:
            self._constant("sales", "quantity", 1, "CHECK: the file has no quantity")
        self.proposal.notes["sales", "gmv"] = "CHECK: price times quantity, before refunds"

    def _creator(self) -> str:
        return "creator_id" if "creator_id" in self.roles else "creator_name"

    def _table(self, name: str, /, **roles: str) -> None:
        cells = self.proposal.tables.setdefault(name, {})
        for column, role in roles.items():
            if role in self.roles:
                cells[column] = self._cell(name, column, role)
            elif column == "region":
                self._constant(name, column, "ZZ", "CHECK: the region, such as US; ZZ is unknown")
            elif column == "currency" and ({"price", "gmv"} & cells.keys() or "amount" in roles.values()):
                self._constant(name, column, self.currency or "USD", "" if self.currency else "CHECK: the currency of the amounts")

    def _cell(self, table: str, name: str, role: str) -> object:
        column = self.roles[role]
        texts = self.sample.texts(column)
        if role in ("published", "ordered"):
            return self._date(table, name, [text for text in texts if text not in self.proposal.source.get("empty", [])], column)
        if role == "status":
            cell, note = status_cell(column, texts)
            self.proposal.notes[table, name] = note
            return cell
        written = {"rate": share_cell, "region": region_cell}.get(role)
        return column if written is None else written(column, texts)

    def _date(self, table: str, name: str, texts: list[str], column: str) -> object:
        cell, note = date_cell(column, texts)
        self.proposal.notes[table, name] = note
        if isinstance(cell, dict) and "date" in cell:
            self.proposal.source["zone"] = "UTC"
            self.proposal.notes["source", "zone"] = "CHECK: the zone of dates without one, such as +08:00"
        return cast("object", cell)

    def _constant(self, table: str, column: str, value: object, note: str) -> None:
        self.proposal.tables[table][column] = {"constant": value}
        if note:
            self.proposal.notes[table, column] = note

    def _currency(self) -> str | None:
        columns = [self.roles[role] for role in ("amount", "gmv", "price") if role in self.roles]
        return next((code for column in columns if (code := currency_in(column, self.sample.texts(column)))), None)


def _source(sample: Sample) -> dict[str, Any]:
    layout = sample.layout
    found = {"encoding": layout.encoding, "delimiter": "tab" if layout.delimiter == "\t" else layout.delimiter}
    found |= {"skip_lines": layout.skip_lines, "empty": nothings(sample.columns) or None}
    found["decimal"] = "," if has_decimal_commas(sample.columns) else None
    return {key: value for key, value in found.items() if value is not None}
