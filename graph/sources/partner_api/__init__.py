"""Partner-API responses, as a shop, creator or partner saved them, to rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from graph.rows import Age, Item, Note, Reject, Row, Where
from graph.sources.encodings import assumed
from graph.sources.faults import BadValue
from graph.sources.options import Options
from graph.sources.partner_api.documents import documents
from graph.sources.partner_api.endpoint import Endpoint, Place
from graph.sources.partner_api.owners import Owner
from graph.sources.partner_api.pages import document_page, path_in_age
from graph.sources.partner_api.responses import response
from graph.sources.partner_api.saved import Saved, is_owned, saved_files, shown_path
from graph.sources.partner_api.tally import Tally
from graph.sources.tables import read_table

__all__ = ["is_owned", "read_responses"]


def read_responses(folder: Path, options: Options) -> Iterator[Item]:
    """Yield what a folder's responses say, its owners' rates first; what was skipped is noted, what is unsound rejected.

    One document is held at a time, so memory does not grow with the input.
    """
    for found in saved_files(folder, options):
        if isinstance(found, Saved) and found.endpoint is None:
            yield from read_table(found.path, "rates", name=found.name, observed_at=found.owner.exported_at)
    tally = Tally()
    for found in saved_files(folder, options):
        if isinstance(found, Owner):
            yield _owner_row(found, folder)
        elif not isinstance(found, Saved):
            yield found
        elif found.endpoint is not None:
            yield from _file(found, found.endpoint, tally, options)
    yield from tally.notes()


def _owner_row(owner: Owner, root: Path) -> Row:
    name = shown_path(owner.file, root)
    age, where = Age(owner.exported_at, name), Where(name, "")
    if owner.kind == "creator":
        values = {"id": owner.creator, "open_id": owner.id, "handle": owner.name, "region": owner.region}
        return Row("creators", {k: v for k, v in values.items() if v is not None}, age, where)
    table = "brands" if owner.kind == "shop" else "partners"
    named = {"name": owner.name} if owner.name else {}
    return Row(table, {"id": owner.id, "region": owner.region, **named}, age, where)


def _file(saved: Saved, endpoint: Endpoint, tally: Tally, options: Options) -> Iterator[Item]:
    empty, positions = True, count()
    if (encoding := assumed(saved.path)) is not None:
        yield Note("encoding", f"{saved.name}: {encoding}")
    for place, found in documents(saved.path, lines=saved.lines, pages=endpoint.pages, options=options):
        empty = False
        try:
            if isinstance(found, BadValue):
                raise found
            at = Place(saved.name, place, positions, path_in_age(found, ""))
            read = response(found, endpoint, saved.owner, tally, at)
            if isinstance(read, Note):
                yield read
            else:
                yield from endpoint.read(read)
        except BadValue as fault:
            raw, page = {}, None
            if isinstance(found, dict):
                raw, page = found, document_page(saved.owner, endpoint, found, Place(saved.name, place, aged_as=path_in_age(found, "")))
            where = Where(saved.name, place)
            yield Reject(where, fault.column, fault.value, fault.rule, fault.remedy, raw, endpoint.tables[0], page, kind="documents")
    if empty:
        yield Note("empty file", saved.name)
