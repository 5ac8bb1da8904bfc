"""The one type of each Arrow column, and values that cannot be read; nothing here needs anything in the graph."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from io import BytesIO
from typing import Any

import httpx
import polars as pl
import pytest

from api.access.viewer import Role
from api.app import application
from tests.api.processes import keys, process
from tests.conftest import TestServer


@pytest.fixture(scope="module")
async def client(neo4j: TestServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """Send an analyst's requests straight to an application."""
    async with neo4j.driver() as driver:
        state = process(driver, tmp_path_factory.mktemp("home"))
        headers = {"Authorization": f"Bearer {keys(state)[Role.ANALYST]}"}
        transport = httpx.ASGITransport(application(state))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers) as opened:
            yield opened
        state.store.close()


@pytest.mark.parametrize(
    ("returned", "type_", "last"),
    [
        ("CASE WHEN i > 1200 THEN i END", pl.Int64(), 1500),
        ("CASE WHEN i > 1200 THEN i / 2.0 END", pl.Float64(), 750.0),
        ("CASE WHEN i > 1200 THEN i + 0.5 ELSE i END", pl.Float64(), 1500.5),
        ("CASE WHEN i > 1200 THEN date('2026-01-31') END", pl.Date(), date(2026, 1, 31)),
        ("CASE WHEN i > 1200 THEN [i] ELSE [] END", pl.List(pl.Int64()), [1500]),
        ("CASE WHEN i > 1200 THEN [i + 0.5] ELSE [i] END", pl.List(pl.Float64()), [1500.5]),
        ("CASE WHEN i > 1200 THEN [i, 'a'] ELSE [i] END", pl.String(), '[1500,"a"]'),
        ("CASE WHEN i > 1200 THEN {a: i} ELSE point({x: 1, y: 2}) END", pl.String(), '{"a":1500}'),
        ("CASE WHEN i > 1200 THEN duration({days: i}) END", pl.String(), "P1500D"),
        ("localdatetime('2026-01-31T00:00:00.123456789')", pl.Datetime("ns"), None),
    ],
)
async def test_an_arrow_column_has_the_type_that_all_rows_fit(client: httpx.AsyncClient, returned: str, type_: Any, last: Any) -> None:
    query = f"UNWIND range(1, 1500) AS i RETURN i, {returned} AS v"
    answer = await client.post("/cypher", json={"query": query, "format": "arrow"})
    assert answer.status_code == 200, answer.text
    frame = pl.read_ipc_stream(BytesIO(answer.content))
    assert (frame["v"].dtype, frame.height) == (type_, 1500)
    found = frame["v"][-1]
    assert last is None or (found.to_list() if isinstance(found, pl.Series) else found) == last
    assert frame["i"].to_list() == list(range(1, 1501))


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        ("CASE WHEN i > 1200 THEN 'text' ELSE i END", "column v: row 1 is INTEGER, row 1,201 STRING"),
        ("CASE WHEN i > 1200 THEN true ELSE i / 2.0 END", "column v: row 1 is FLOAT, row 1,201 BOOLEAN"),
        ("CASE i WHEN 7 THEN 9007199254740993 ELSE i + 0.5 END", "column v: row 7 is a whole number beyond 2^53"),
        ("CASE i WHEN 1201 THEN 0.5 ELSE 9007199254740993 END", "column v: row 1 is a whole number beyond 2^53"),
        (
            "CASE i WHEN 9 THEN localdatetime('1500-01-01T00:00:00') ELSE localdatetime('2026-01-31T00:00:00.1234567') END",
            "column v: row 1 has",
        ),
        (
            "CASE i WHEN 1300 THEN [date({year: 10000})] END",
            "column v, row 1,300: the value is or holds a date or time that cannot be read",
        ),
        ("1 / (1300 - i)", "divided by zero"),
    ],
)
async def test_what_no_arrow_column_can_hold_is_an_error_that_names_column_and_row(
    client: httpx.AsyncClient, returned: str, said: str
) -> None:
    answer = await client.post("/cypher", json={"query": f"UNWIND range(1, 1500) AS i RETURN {returned} AS v", "format": "arrow"})
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["extensions"]["code"], said in error["message"]) == (400, "CYPHER_FAILED", True), error


FAR = [
    "datetime({epochMillis: 1764547200000000})",
    "date({year: 0})",
    "{x: [localdatetime({year: -5})]}",
    "datetime('9999-12-31T23:00-12:00')",
]


@pytest.mark.parametrize("value", FAR)
@pytest.mark.parametrize("format_", ["jsonl", "arrow"])
async def test_years_that_cannot_be_read_are_told_in_time(client: httpx.AsyncClient, value: str, format_: str) -> None:
    answer = await asyncio.wait_for(client.post("/cypher", json={"query": f"RETURN {value} AS a", "format": format_}), 15)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["extensions"]["code"]) == (400, "CYPHER_FAILED")
    assert error["message"].startswith("column a, row 1: the value is or holds a date or time that cannot be read")
