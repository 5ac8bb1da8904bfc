"""What an endpoint declares of itself, and the document that it reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final, cast

from graph.rows import Age, CreatorRef, Item, Page, Reject, Row, Where
from graph.sources.faults import BadValue
from graph.sources.partner_api.order_parts import same_order
from graph.sources.partner_api.owners import Owner, owner_file
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.slices import start_of
from graph.sources.partner_api.tally import Fields, Tally

IN_LIST: Final = re.compile(r"data\.(\w+)\[(\d+)\]")
PATH_ID: Final = re.compile(r"\{(\w+)\}")
REQUEST_IDS: Final = ("open_collaboration_id",)
"""Ids of a request, beside those of its path, that are read."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stood: its file, its line in it, and the positions that its rows take.

    `aged_as` is the path in the age of its rows, where that is not the file's.
    """

    file: str
    line: str = ""
    positions: Iterator[int] = field(default_factory=count)
    aged_as: str = ""

    @property
    def path_in_age(self) -> str:
        """The path by which its rows are older or newer than others of the same time."""
        return self.aged_as or self.file


@dataclass(frozen=True, slots=True)
class Document:
    """One successful response: its data, the ids of its request, and whose it is."""

    endpoint: Endpoint
    owner: Owner
    data: Record
    ids: Mapping[str, str]
    request: Mapping[str, Any]
    place: Place

    def row(self, table: str, values: Mapping[str, object], record: Record, *, observed_at: int | None = None) -> Row:
        """Return a row of what `record` says; what is unknown (None or an empty list) is left out of it."""
        age = Age(observed_at or self.owner.exported_at, self.place.path_in_age, next(self.place.positions))
        known = {name: value for name, value in values.items() if value is not None and value != []}
        part = self.endpoint.slug if table == "collaborations" else ""
        return Row(table, known, age, self.where(record), part)

    def where(self, record: Record) -> Where:
        """Return the place of a record in its file."""
        path = record.path.rstrip(".")
        return Where(self.place.file, f"{self.place.line}: {path}" if self.place.line else path)

    def page(self, path: str) -> Page:
        """Return the page of the record at `path`: its document, and of a list whose records are read each on its own the record alone."""
        line, data = self.place.line, self.data.values
        found = IN_LIST.match(path)
        if found is not None and found[1] == self.endpoint.pages:
            alone, first = _alone(data.get(found[1]), int(found[2]), in_parts=self.endpoint.in_parts)
            data, place = data | {found[1]: alone}, f"data.{found[1]}[{first}]"
            line = f"{line}: {place}" if line else place
        response = {"code": 0, "message": "Success", "data": data}
        document = {"request": dict(self.request), "response": response} if self.request else {"response": response}
        return Page(owner_file(self.owner), self.endpoint.slug, document, self.place.path_in_age, line)

    def reject(self, fault: BadValue, record: Record, table: str) -> Reject:
        """Return the reject of a record that would have become rows of `table`."""
        page = self.page(record.path)
        return Reject(self.where(record), fault.column, fault.value, fault.rule, fault.remedy, record.values, table, page)

    def each(self, name: str, table: str, read: Callable[[Document, Record], Iterator[Item]]) -> Iterator[Item]:
        """Read each record of a list of the data on its own: all rows of a sound one, one reject for a bad one."""
        for record in self.data.records(name):
            yield from self.one(record, table, read)

    def one(self, record: Record, table: str, read: Callable[[Document, Record], Iterator[Item]]) -> Iterator[Item]:
        """Read one record: all its rows if it is sound, else one reject and nothing else."""
        try:
            found = list(read(self, record))
        except BadValue as fault:
            yield self.reject(fault, record, table)
            return
        page = self.page(record.path)
        for item in found:
            yield replace(item, page=page) if isinstance(item, Row) else item

    def creator(self, record: Record, *, open_id: str | None = None) -> CreatorRef:
        """Return the creator whom a record names; BadValue where it names none."""
        found = open_id or record.id("creator_open_id") or record.id("creator_user_open_id")
        name = record.handle("username")
        if found is None and name is None:
            raise BadValue("", "a creator has an open id or a user name", "fill one in", column=f"{record.path}username")
        return CreatorRef(open_id=found, handle=name, region=record.region("selection_region") or self.owner.region)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint of the partner API: where it is, what it may say, and how its data become rows.

    `repeats` maps an id of the path to the field of the data that says it again. `pages` is the list of the data whose
    records are read each on its own, so that a large document can be read in slices. `in_parts` tells that records of one order that
    follow each other are its lines.
    """

    slug: str
    path: str
    tables: tuple[str, ...]
    fields: Fields
    read: Callable[[Document], Iterator[Item]]
    owners: tuple[str, ...] = ("shop", "creator", "partner")
    pages: str = ""
    in_parts: bool = False
    repeats: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def path_ids(self) -> tuple[str, ...]:
        """The names of the ids in the path."""
        return tuple(PATH_ID.findall(self.path))

    def tally_unknown(self, data: Mapping[str, Any], request: Mapping[str, Any], tally: Tally) -> None:
        """Count the fields of a response's data that the endpoint does not declare, and the numbers of both that were rounded."""
        tally.unknown_fields(data, self.fields, f"{self.slug}: data")
        ids: Fields = dict.fromkeys((*self.path_ids, *REQUEST_IDS))
        asked: Fields = dict.fromkeys(("path", "query", "body"), ids)
        tally.note_rounding((data, self.fields, f"{self.slug}: data"), (request, asked, f"{self.slug}: request"))


def _alone(items: object, number: int, *, in_parts: bool) -> tuple[list[Any], int]:
    """Return one item of a list, or of what may stand for one (an object alone), and its place; of an order in parts all of these."""
    if not isinstance(items, list):
        return [items], number
    every = cast("list[Any]", items)
    start = start_of(every)
    first, last = same_order(every, number - start) if in_parts else (number - start, number - start + 1)
    return every[first:last], start + first
