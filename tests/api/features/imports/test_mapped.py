"""Files of other tools: a mapping is proposed, corrected, shown at work and refused, and the import goes through it."""

from __future__ import annotations

from typing import Any, Final

from neo4j import AsyncDriver

from tests.api.features.imports.conftest import Ask, Imports, creators

FILE: Final = "Creator;Followers;Joined;Note\nAna;1.250,5;03.02.2024;x\nBÉN;12;04.02.2024;y\n".encode("cp1252")
MAPPING: Final = """[source]
files = ["list.csv"]
encoding = "windows-1252"
delimiter = ";"
decimal = ","

[[tables]]
table = "creators"
[tables.columns]
id = "Creator"
handle = "Creator"
region = { constant = "MY" }
follower_count = { column = "Followers", unit = "thousands" }
observed_at = { column = "Joined", date = "%d.%m.%Y" }
"""
MAP: Final = """mutation ($id: ID!, $mapping: String, $encoding: String, $delimiter: String) {
  mapDataImport(input: {importId: $id, mapping: $mapping, encoding: $encoding, delimiter: $delimiter}) {
    dataImport { status mapping encoding delimiter check { tables { name } } } userErrors { field code message }
  }
}"""
PREVIEW: Final = """query ($id: ID!, $mapping: String, $file: String) { viewer {
  mappingPreview(import: $id, mapping: $mapping, file: $file) {
    files file mapping error unmapped columns { table column sources constant how }
  rows { place table cells { column value } column value rule remedy }
} } }"""


async def test_an_import_goes_through_a_mapping(graph: AsyncDriver, ask: Ask, imports: Imports) -> None:
    id_ = await imports.upload({"tool/list.csv": FILE, "tool/readme.txt": "hello"})
    assert "give a mapping" in (await imports.done("check", id_))["error"]
    assert await ask(MAP, id=id_, mapping=MAPPING) == {
        "dataImport": {"status": "UPLOADING", "mapping": MAPPING, "encoding": None, "delimiter": None, "check": None},
        "userErrors": [],
    }
    checked = await imports.done("check", id_)
    assert (checked["status"], checked["error"]) == ("CHECKED", None)
    assert [(each["name"], each["created"], each["rejected"]) for each in checked["check"]["tables"]] == [("creators", 2, 0)]
    assert await creators(graph) == []
    assert (await ask(MAP, id=id_, mapping=MAPPING.replace('"MY"', '"Mars"')))["dataImport"]["check"] is None, "read otherwise"
    done = await imports.done("start", id_)
    assert (done["status"], done["created"], done["rejected"]) == ("DONE", 0, 2)
    assert [(each["name"], each["table"]) for each in done["rejects"]] == [("list.csv.rejects.jsonl", None)]
    again = await imports.upload({"list.csv": FILE})
    assert (await ask(MAP, id=again, mapping=MAPPING))["userErrors"] == []
    assert (await imports.done("start", again))["status"] == "DONE"
    assert await creators(graph) == [
        {"id": "ana", "handle": "Ana", "region": "MY"},
        {"id": "bén", "handle": "BÉN", "region": "MY"},
    ]
    (refused,) = (await ask(MAP, id=again))["userErrors"]
    assert (refused["field"], refused["code"]) == ("importId", "IMPORT_CLOSED")


async def test_tables_are_read_with_an_encoding_and_a_delimiter(graph: AsyncDriver, ask: Ask, imports: Imports) -> None:
    id_ = await imports.upload({"creators.csv": "id~handle~region\nc1~bén~MY\n".encode("cp1252")})
    said = (await ask(MAP, id=id_, encoding="windows-1252", delimiter="~"))["dataImport"]
    assert (said["encoding"], said["delimiter"], said["mapping"]) == ("windows-1252", "~", None)
    assert (await imports.done("start", id_))["status"] == "DONE"
    assert await creators(graph) == [{"id": "c1", "handle": "bén", "region": "MY"}]


async def test_how_files_cannot_be_read_is_refused(ask: Ask, imports: Imports) -> None:
    id_ = await imports.upload({"list.csv": FILE})

    async def refused(**said: str) -> tuple[str, str, str]:
        (error,) = (await ask(MAP, id=id_, **said))["userErrors"]
        return error["field"], error["code"], error["message"]

    assert (await refused(mapping="x ="))[:2] == ("mapping", "INVALID")
    assert "is not a key of this section" in (await refused(mapping=MAPPING.replace("follower_count", "fans")))[2]
    assert (await refused(mapping=MAPPING + "#" * 50_000))[:2] == ("mapping", "TOO_LONG")
    assert (await refused(encoding="morse"))[:2] == ("encoding", "INVALID")
    assert (await refused(delimiter=";;"))[:2] == ("delimiter", "INVALID")
    assert (await refused(mapping=MAPPING, delimiter=";"))[:2] == ("delimiter", "INVALID")
    assert (await imports.one(id_))["status"] == "UPLOADING"


async def test_the_first_records_are_shown_as_they_would_be_read(ask: Ask, imports: Imports) -> None:
    id_ = await imports.upload({"list.csv": FILE, "notes.txt": "hello"})

    async def shown(**given: str) -> Any:
        return (await ask(PREVIEW, id=id_, **given))["mappingPreview"]

    found = await shown(mapping=MAPPING)
    assert (found["files"], found["file"], found["error"], found["unmapped"]) == (["list.csv"], "list.csv", None, ["Note"])
    assert found["columns"][2:] == [
        {"table": "creators", "column": "region", "sources": [], "constant": "MY", "how": ""},
        {"table": "creators", "column": "follower_count", "sources": ["Followers"], "constant": None, "how": "unit = thousands"},
        {"table": "creators", "column": "observed_at", "sources": ["Joined"], "constant": None, "how": "date = %d.%m.%Y"},
    ]
    cells = [{each["column"]: each["value"] for each in row["cells"]} for row in found["rows"]]
    assert [(each["id"], each["follower_count"]) for each in cells] == [("ana", "1250500"), ("bén", "12000")]
    wrong = await shown(mapping=MAPPING.replace("%d.%m.%Y", "%Y-%m-%d"))
    assert [(row["place"], row["column"], row["value"]) for row in wrong["rows"]] == [
        ("line 2", "observed_at", "03.02.2024"),
        ("line 3", "observed_at", "04.02.2024"),
    ]
    assert "no column Fans; it has Creator, Followers" in (await shown(mapping=MAPPING.replace('"Followers"', '"Fans"')))["error"]
    assert "TOML" in (await shown(mapping="x ="))["error"]
    proposed = await shown(file="list.csv")
    assert (proposed["error"], "Followers" in proposed["mapping"]) == (None, True)
    assert (await ask(PREVIEW, id="0" * 32))["mappingPreview"] is None
    (only,) = [each for each in proposed["columns"] if each["column"] == "follower_count"]
    assert only["sources"] == ["Followers"]


EDITS: Final = """query ($id: ID!, $mapping: String, $edits: MappingEditsInput) { viewer {
  mappingPreview(import: $id, mapping: $mapping, edits: $edits) {
    mapping error header layout { encoding delimiter decimal zone } sections { section table unused { column needed time } }
    columns { section column needed time dates sources constant } rows { cells { column value } rule }
} } }"""


async def test_a_mapping_is_changed_by_its_parts(ask: Ask, imports: Imports) -> None:
    id_ = await imports.upload({"list.csv": FILE})

    async def shown(**given: Any) -> Any:
        return (await ask(EDITS, id=id_, **given))["mappingPreview"]

    found = await shown(mapping=MAPPING)
    assert found["header"] == ["Creator", "Followers", "Joined", "Note"]
    assert found["layout"] == {"encoding": "windows-1252", "delimiter": ";", "decimal": ",", "zone": None}
    ((section, table, unused),) = [tuple(each.values()) for each in found["sections"]]
    assert (section, table) == (1, "creators")
    assert {"column": "joined_at", "needed": False, "time": True} in unused
    assert "id" not in {each["column"] for each in unused}
    assert [(each["column"], each["needed"], each["dates"]) for each in found["columns"][-2:]] == [
        ("follower_count", False, []),
        ("observed_at", False, ["%d.%m.%Y"]),
    ]

    cells = [
        {"section": 1, "column": "observed_at", "leftOut": True},
        {"section": 1, "column": "joined_at", "source": "Joined", "date": "%d.%m.%Y"},
        {"section": 1, "column": "nickname", "source": "Note"},
        {"section": 1, "column": "region", "constant": "TH"},
    ]
    made = await shown(mapping=MAPPING, edits={"zone": "+07:00", "cells": cells})
    assert (made["error"], made["layout"]["zone"], made["layout"]["encoding"]) == (None, "+07:00", "windows-1252")
    first = {each["column"]: each["value"] for each in made["rows"][0]["cells"]}
    assert (first["region"], first["nickname"], first["joined_at"]) == ("TH", "x", "1706893200")
    assert (await shown(mapping=made["mapping"]))["rows"] == made["rows"]

    refused = await shown(mapping=MAPPING, edits={"encoding": "morse"})
    assert (refused["mapping"], refused["columns"], refused["header"]) == (MAPPING, found["columns"], found["header"])
    assert "encoding = morse" in refused["error"]
    lost = await shown(mapping=MAPPING, edits={"cells": [{"section": 1, "column": "nickname", "source": "Nick"}]})
    assert "no column Nick; it has Creator" in lost["error"]
    assert lost["header"] == found["header"]
