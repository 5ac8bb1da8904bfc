"""Administrators upload files, try them, import them, mend what was rejected, and see what was imported before."""

from __future__ import annotations

import asyncio
import io
import resource
import zipfile
from pathlib import Path

import httpx
import orjson
from neo4j import AsyncDriver

from api.imports.store import Store
from api.process.state import State
from graph.load import load
from graph.load.folders import items_of
from tests.api.features.imports.conftest import BAD, GOOD, RIGHT, Ask, Imports, creators
from tests.conftest import emptied
from tests.graph.sources.partner_api.folders import ORDERS, order, orders

LISTED = """query ($first: Int, $after: String) { viewer { dataImports(first: $first, after: $after) {
  nodes { importId status startedBy ofCommandLine created rejected } pageInfo { endCursor hasNextPage } totalCount
} } }"""
ROWS = """query ($id: ID!) { viewer { rejectedRows(import: $id, table: "creators", first: 1) {
  nodes { row place column value rule remedy cells { column value } } pageInfo { hasNextPage }
} } }"""
MEND = """mutation ($id: ID!, $row: Int!, $value: String) {
  mendRejectedRows(input: {importId: $id, table: "creators", rows: [{row: $row, cells: [{column: "region", value: $value}]}]}) {
    dataImport { importId mends fileCount } userErrors { field code message }
  }
}"""
REASON = {
    **{"table": "creators", "file": "creators.csv", "record": "line 4", "column": "region", "value": "Mars", "count": 1},
}

ONWARDS = "\n" * 9_000
"""Keeps a file from being read at one go, and closed."""


def counts(**outcomes: int) -> dict[str, int]:
    return {"created": 0, "changed": 0, "unchanged": 0, "rejected": 0, "erased": 0, **outcomes}


async def test_what_would_come_of_it_is_told_and_nothing_is_written(graph: AsyncDriver, imports: Imports) -> None:
    id_ = await imports.upload({"market/creators.csv": BAD, "market/readme.txt": "hello"})
    before = await imports.one(id_)
    assert (before["status"], before["fileCount"], before["bytes"], before["check"]) == ("UPLOADING", 2, len(BAD) + 5, None)
    assert (before["startedBy"], before["note"]) == ("the admin", "spring")
    found = await imports.done("check", id_)
    assert (found["status"], found["error"], found["rowsRead"], found["rowsExpected"]) == ("CHECKED", None, 3, 3)
    assert found["check"]["tables"] == [{"name": "creators", "read": 3, **counts(created=2, rejected=1)}]
    assert found["check"]["skipped"] == [{"kind": "unknown file", "subject": "readme.txt", "count": 1}]
    (reason,) = found["check"]["reasons"]
    assert {name: reason[name] for name in REASON} == REASON
    assert reason["rule"]
    assert reason["remedy"]
    assert (found["summary"], found["created"], found["rejects"]) == (None, None, [])
    assert await creators(graph) == []
    more = await imports.client.put(f"/imports/{id_}/files/market/brands.csv", content="id\nb1\n")
    assert more.json() == {"name": "market/brands.csv", "files": 3, "bytes": len(BAD) + 11}
    again = await imports.one(id_)
    assert (again["status"], again["check"]) == ("UPLOADING", None), "other files come to something else"


async def test_what_is_mended_gives_the_same_graph_as_the_right_file_at_once(graph: AsyncDriver, ask: Ask, imports: Imports) -> None:
    right = await imports.done("start", await imports.upload({"creators.csv": RIGHT}))
    assert (right["status"], right["created"], right["rejects"], right["rejectsUrl"]) == ("DONE", 3, [], None)
    wanted = await creators(graph)
    assert [each["region"] for each in wanted] == ["US", "GB", "MY"]
    await emptied(graph)
    id_ = await imports.upload({"creators.csv": BAD})
    found = await imports.done("start", id_)
    assert (found["status"], found["created"], found["rejected"], found["table"]) == ("DONE", 2, 1, "creators")
    assert [each["name"] for each in found["rejects"]] == ["tables/creators.jsonl"]
    assert len(await creators(graph)) == 2
    page = (await ask(ROWS, id=id_))["rejectedRows"]
    (row,) = page["nodes"]
    assert (row["row"], row["place"], row["column"], row["value"]) == (1, "creators.csv line 4", "region", "Mars")
    assert {each["column"]: each["value"] for each in row["cells"]} == {"id": "c3", "handle": "cleo", "region": "Mars"}
    assert page["pageInfo"] == {"hasNextPage": False}
    mended = await ask(MEND, id=id_, row=1, value="MY")
    assert (mended["dataImport"]["mends"], mended["dataImport"]["fileCount"]) == (id_, 1)
    done = await imports.done("start", mended["dataImport"]["importId"])
    assert (done["status"], done["created"], done["rejected"]) == ("DONE", 1, 0)
    assert await creators(graph) == wanted


async def test_rejects_are_fetched_mended_elsewhere_and_uploaded_again(graph: AsyncDriver, imports: Imports) -> None:
    id_ = await imports.upload({"creators.csv": BAD, "brands.csv": "id,region\nb1,nowhere\n"})
    found = await imports.done("start", id_)
    one = await imports.client.get(found["rejects"][1]["url"])
    assert orjson.loads(one.content) | {"reject_rule": "", "reject_remedy": ""} == {
        **{"id": "c3", "handle": "cleo", "region": "Mars", "reject_place": "creators.csv line 4"},
        **{"reject_column": "region", "reject_value": "Mars", "reject_rule": "", "reject_remedy": ""},
    }
    packed = await imports.client.get(found["rejectsUrl"])
    assert packed.headers["content-disposition"] == f'attachment; filename="rejects-{id_[:8]}.zip"'
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["tables/brands.jsonl", "tables/creators.jsonl"]
        mended = {name: archive.read(name).replace(b'"Mars"', b'"MY"').replace(b'"nowhere"', b'"US"') for name in archive.namelist()}
    done = await imports.done("start", await imports.upload(mended))
    assert (done["created"], done["rejected"]) == (2, 0)
    assert [each["id"] for each in await creators(graph)] == ["c1", "c2", "c3"]


async def test_owners_and_tables_beside_each_other_are_all_read(imports: Imports) -> None:
    shop = {"shop_id": "7490000000000000001", "shop_name": "Acme", "region": "US", "exported_at": 1_700_000_000}
    files = {
        "mixed/acme/shop.json": orjson.dumps(shop),
        f"mixed/acme/{ORDERS}.json": orjson.dumps(orders(order())),
        "mixed/creators.csv": GOOD,
        "mixed/sheet.xlsx": b"PK",
    }
    found = await imports.done("start", await imports.upload(files))
    assert found["status"] == "DONE"
    assert {each["name"] for each in found["summary"]["tables"] if each["read"]} >= {"brands", "creators", "orders"}
    (reason,) = [each for each in found["summary"]["reasons"] if "sheet" in each["file"]]
    assert (reason["file"], reason["rule"]) == ("mixed/sheet.xlsx", "spreadsheets are not read")


async def test_nothing_that_can_be_read_is_a_failure_that_says_what_to_do(imports: Imports) -> None:
    found = await imports.done("check", await imports.upload({"folder/notes.txt": "hello"}))
    assert found["status"] == "FAILED"
    assert "folder/notes.txt" in found["error"]
    assert "nothing was written" not in found["error"]


async def test_more_folders_than_the_limit_of_open_files_are_read(imports: Imports, state: State) -> None:
    id_ = await imports.upload({})
    for number in range(300):
        folder = Store(state.settings.home).files(id_) / f"{number:03}"
        folder.mkdir()
        (folder / "creators.csv").write_text(f"id,handle,region\nc{number},h{number},US\n{ONWARDS}")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        assert await imports.do("check", id_) == []
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    found = await imports.ended(id_)
    assert (found["status"], found["error"], found["rowsRead"]) == ("CHECKED", None, 300)


async def test_all_imports_are_listed_by_page_those_of_the_command_line_too(
    graph: AsyncDriver, ask: Ask, imports: Imports, tmp_path: Path
) -> None:
    id_ = await imports.upload({"creators.csv": GOOD})
    await imports.done("start", id_)
    await asyncio.sleep(1.1)  # two of one second stand in no order
    (tmp_path / "brands.csv").write_text("id\nb1\n")
    await load(graph, items_of([tmp_path / "brands.csv"]))
    first = (await ask(LISTED, first=1))["dataImports"]
    assert [(each["status"], each["startedBy"], each["ofCommandLine"], each["created"]) for each in first["nodes"]] == [
        ("DONE", None, True, 1)
    ]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (2, True)
    rest = (await ask(LISTED, first=5, after=first["pageInfo"]["endCursor"]))["dataImports"]
    assert [(each["importId"], each["startedBy"], each["created"]) for each in rest["nodes"]] == [(id_, "the admin", 2)]


async def test_mended_rows_that_there_are_not_are_refused(ask: Ask, imports: Imports) -> None:
    id_ = await imports.upload({"creators.csv": BAD})
    await imports.done("start", id_)
    for row in (0, 2, -5):
        (error,) = (await ask(MEND, id=id_, row=row, value="MY"))["userErrors"]
        assert (error["field"], error["code"]) == ("rows", "NOT_FOUND")
    (error,) = (await ask(MEND, id=id_, row=1, value="x" * 10_001))["userErrors"]
    assert error["code"] == "TOO_LONG"
    (error,) = (await ask(MEND, id="nothing", row=1, value=""))["userErrors"]
    assert (error["field"], error["code"]) == ("importId", "NOT_FOUND")


async def test_what_is_removed_is_gone_and_what_is_done_takes_no_more(ask: Ask, imports: Imports, client: httpx.AsyncClient) -> None:
    id_ = await imports.upload({"creators.csv": GOOD})
    await imports.done("start", id_)
    refused = await client.put(f"/imports/{id_}/files/brands.csv", content="id\nb1\n")
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (409, "IMPORT_CLOSED")
    assert [each["code"] for each in await imports.do("start", id_)] == ["IMPORT_CLOSED"]
    assert await imports.do("delete", id_) == []
    assert await imports.one(id_) is None
    assert (await ask(LISTED))["dataImports"]["totalCount"] == 0, "nor as one of the command line"
    assert [each["code"] for each in await imports.do("delete", id_)] == ["NOT_FOUND"]
    empty = await imports.upload({})
    assert [each["code"] for each in await imports.do("check", empty)] == ["NO_FILES"]
