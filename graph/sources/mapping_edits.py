"""Changes to a mapping by its parts, for those who choose from lists rather than write TOML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from graph.sources.faults import BadMapping
from graph.sources.guessing.writing import text_of
from graph.sources.mapping import mapping_of
from graph.sources.mapping_text import document_of, notes_of, remarks_of

LAYOUT: Final = ("encoding", "delimiter", "decimal", "zone")
"""What can be said of how files are written, by key of [source]."""

FROM: Final = ("column", "columns", "constant")


@dataclass(frozen=True, slots=True)
class CellEdit:
    """A change to one column of the table that a section, from 1, fills.

    It comes from a `source` column, or is a `constant`; `date` is the form of its dates, empty for none. What is None stays as it is,
    as far as it can; `left_out` takes the column out.
    """

    section: int
    column: str
    source: str | None = None
    constant: str | None = None
    date: str | None = None
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class MappingEdits:
    """Changes to a mapping: `layout` by its keys, an empty value for what is to be found out, and cells."""

    layout: Mapping[str, str] = field(default_factory=dict[str, str])
    cells: Sequence[CellEdit] = ()


def edited(text: str, name: str, edits: MappingEdits) -> str:
    """Return a mapping's text with the changes, written anew, with its comments but those that end a line which is changed.

    BadMapping where the result cannot be followed.
    """
    document, notes = document_of(text, name), notes_of(text)
    mapping_of(document, name)
    source = {key: value for key, value in (document["source"] | dict(edits.layout)).items() if key not in LAYOUT or value}
    sections: list[dict[str, Any]] = document["tables"]
    for edit in edits.cells:
        if not 1 <= edit.section <= len(sections):
            raise BadMapping(f"{name}: section {edit.section}: there are {len(sections)}; name one of them, from 1")
        notes.pop((edit.section, edit.column), None)
        columns: dict[str, Any] = sections[edit.section - 1]["columns"]
        cell = None if edit.left_out else _cell(columns.get(edit.column), edit)
        if cell is None:
            columns.pop(edit.column, None)
        else:
            columns[edit.column] = cell
    changed = document | {"source": source}
    mapping_of(changed, name)
    for key in edits.layout:
        notes.pop((0, key), None)
    return text_of(changed, notes, remarks_of(text))


def _cell(before: object, edit: CellEdit) -> object:
    """Return the cell as a mapping has it; None where nothing is left of it."""
    cell: dict[str, Any] = {"column": before} if isinstance(before, str) else dict(cast("dict[str, Any]", before or {}))
    if edit.constant is not None:
        return {"constant": edit.constant}
    if edit.source is not None:
        cell = {"column": edit.source} | {key: value for key, value in cell.items() if key not in FROM}
    if edit.date is not None:
        cell = {key: value for key, value in cell.items() if key != "date"} | ({"date": edit.date} if edit.date else {})
    return cell["column"] if cell.keys() == {"column"} else cell or None
