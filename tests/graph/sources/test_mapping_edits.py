"""Mappings that are changed by their parts: what is said stays otherwise, and what cannot be followed is refused."""

from __future__ import annotations

from typing import Any, Final

import pytest

from graph.sources.faults import BadMapping
from graph.sources.mapping import mapping_from
from graph.sources.mapping_edits import CellEdit, MappingEdits, edited
from graph.sources.mapping_text import END, document_of, notes_of, remarks_of

TEXT: Final = """# From the agency
[source]
files = ["list.csv"]
encoding = "windows-1252"
zone = "+08:00"

[[tables]]
table = "contents"
for_each = "posts"
[tables.columns]
id = { columns = ["Post \\"a\\"", "Day"] }
kind = { column = "Kind", values = { "short # film" = "VIDEO", live = "LIVE" } } # CHECK: "kinds"
published_at = { column = "Day", date = ["iso", "%d.%m.%Y"] }
views = { column = "Views", unit = "thousands" }
observed_at = { constant = 2024-02-03T04:05:06Z }
"""


def changed(*cells: CellEdit, **layout: str) -> dict[str, Any]:
    return document_of(edited(TEXT, "m.toml", MappingEdits(layout, cells)), "m.toml")


def columns(*cells: CellEdit) -> dict[str, Any]:
    return changed(*cells)["tables"][0]["columns"]


def test_without_changes_it_says_the_same() -> None:
    assert changed() == document_of(TEXT, "m.toml")
    assert mapping_from(edited(TEXT, "m.toml", MappingEdits()), "m.toml") == mapping_from(TEXT, "m.toml")


def test_comments_that_end_a_line_stay_with_it() -> None:
    assert notes_of(TEXT) == {(1, "kind"): 'CHECK: "kinds"'}
    for edit, left in (("views", {(1, "kind"): 'CHECK: "kinds"'}), ("kind", {})):
        text = edited(TEXT, "m.toml", MappingEdits(cells=[CellEdit(1, edit, source="Other")]))
        assert notes_of(text) == left


def test_comments_on_lines_of_their_own_stay_above_what_they_stood() -> None:
    text = """# From the agency
# in two lines
[source]
  # all of them
files = ["list.csv"]

# the posts
[[tables]]
table = "contents"
# each
[tables.columns]
id = "Post"
kind = { constant = "VIDEO" }
published_at = "Day"
# in thousands
views = { column = "Views", unit = "thousands" }

# Columns that are not used:
#   Fans
"""
    stays = edited(text, "m.toml", MappingEdits(cells=[CellEdit(1, "views", source="Seen")]))
    assert stays == text.replace("  # all", "# all").replace("# each", "\n# each").replace('"Views"', '"Seen"')
    lost = edited(text, "m.toml", MappingEdits(cells=[CellEdit(1, "views", left_out=True), CellEdit(1, "likes", source="Liked")]))
    assert lost.endswith('likes = "Liked"\n# in thousands\n\n# Columns that are not used:\n#   Fans\n')
    assert remarks_of("a = '''\n# no comment\n'''\n# one\n") == {END: ["# one"]}


def test_how_files_are_written_is_said_or_left_to_be_found_out() -> None:
    source = changed(encoding="", delimiter="tab", decimal=",")["source"]
    assert source == {"files": ["list.csv"], "zone": "+08:00", "delimiter": "tab", "decimal": ","}


@pytest.mark.parametrize(
    ("edit", "cell"),
    [
        (CellEdit(1, "views", source="Seen"), {"column": "Seen", "unit": "thousands"}),
        (CellEdit(1, "id", source="Id"), "Id"),
        (CellEdit(1, "title", source="Name"), "Name"),
        (CellEdit(1, "title", constant="x"), {"constant": "x"}),
        (CellEdit(1, "views", constant="7"), {"constant": "7"}),
        (CellEdit(1, "published_at", date="%m/%d/%Y"), {"column": "Day", "date": "%m/%d/%Y"}),
        (CellEdit(1, "published_at", date=""), "Day"),
        (CellEdit(1, "published_at", source="At", date="iso"), {"column": "At", "date": "iso"}),
        (CellEdit(1, "views", left_out=True), None),
    ],
)
def test_a_column_changes_alone(edit: CellEdit, cell: object) -> None:
    before, after = document_of(TEXT, "m.toml")["tables"][0]["columns"], columns(edit)
    assert after.pop(edit.column, None) == cell
    before.pop(edit.column, None)
    assert after == before


@pytest.mark.parametrize(
    ("edits", "rule"),
    [
        (MappingEdits(cells=[CellEdit(2, "views", source="x")]), "section 2: there are 1"),
        (MappingEdits(cells=[CellEdit(1, "fans", source="x")]), "fans"),
        (MappingEdits(cells=[CellEdit(1, "kind", left_out=True)]), "is required"),
        (MappingEdits(cells=[CellEdit(1, "published_at", date="%Q")]), "strptime"),
        (MappingEdits({"encoding": "morse"}), "text encoding"),
        (MappingEdits({"delimiter": ";;"}), "one character"),
    ],
)
def test_what_cannot_be_followed_is_refused(edits: MappingEdits, rule: str) -> None:
    with pytest.raises(BadMapping, match=rule):
        edited(TEXT, "m.toml", edits)
