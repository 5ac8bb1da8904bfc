from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from api.commands import app
from graph.exports.errors import FileThere
from graph.queries import Faulty, Mixed, Refused, Unreadable
from tests.api.drawn_market import draw_market
from tests.conftest import TestServer


@pytest.fixture(scope="module")
async def market(neo4j: TestServer, _schema: None) -> None:
    """Draw the market, which nothing in this module changes."""
    async with neo4j.driver() as driver:
        async with driver.session() as session:
            await (await session.run("MATCH (n) DETACH DELETE n")).consume()
        await draw_market(driver)


@pytest.fixture(autouse=True)
def environment(market: None, neo4j_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREATORGRAPH_HOME", str(tmp_path))
    for name, value in neo4j_env.items():
        monkeypatch.setenv(name, value)


def run(query: str, *words: str) -> Result:
    return CliRunner().invoke(app, ["query", "-", *words], input=query)


CREATORS = "MATCH (c:Creator) WHERE c.id IN $ids RETURN c.id AS id, c.followerCount AS followers, c.nickname AS nickname ORDER BY id"


def test_a_table_is_what_a_terminal_gets() -> None:
    told = run(CREATORS, "--param", 'ids=["c01", "c02"]')
    assert told.exit_code == 0, told.output
    assert [[cell.strip() for cell in line.split("│")[1:-1]] for line in told.stdout.splitlines() if "c0" in line] == [
        ["c01", "500", ""],
        ["c02", "2000", ""],
    ]
    assert told.stderr.strip() == "2 rows"


def test_csv_quotes_what_it_must_and_writes_nested_values_as_json() -> None:
    text = """RETURN 'a "b", c' AS `the name`, 'two\nlines' AS text, [1, 'x'] AS l, {a: null} AS m, null AS n, true AS b, 0.5 AS f"""
    told = run(text, "--format", "csv")
    assert list(csv.reader(io.StringIO(told.stdout, newline=""))) == [
        ["the name", "text", "l", "m", "n", "b", "f"],
        ['a "b", c', "two\nlines", '[1,"x"]', '{"a":null}', "", "true", "0.5"],
    ]


def test_json_lines_are_objects() -> None:
    told = run("UNWIND [1, 2] AS i RETURN i, [i] AS l", "--format", "jsonl")
    assert [json.loads(line) for line in told.stdout.splitlines()] == [{"i": 1, "l": [1]}, {"i": 2, "l": [2]}]


@pytest.mark.parametrize(("name", "read"), [("a.parquet", pl.read_parquet), ("a.arrow", pl.read_ipc_stream)])
@pytest.mark.parametrize("rows", [0, 3])
def test_column_stores_keep_types(tmp_path: Path, name: str, read: object, rows: int) -> None:
    out = tmp_path / name
    told = run(
        "MATCH (c:Creator) WITH c ORDER BY c.id LIMIT $rows RETURN c.id AS id, c.followerCount AS n",
        "--out",
        str(out),
        "--param",
        f"rows={rows}",
    )
    assert told.exit_code == 0, told.output
    frame = read(out)  # type: ignore[operator]
    assert frame["id"].to_list() == ["c01", "c02", "c03"][:rows]
    if rows:
        assert dict(frame.schema) == {"id": pl.String, "n": pl.Int64}


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    file = tmp_path / "question.cypher"
    file.write_text("MATCH (c:Creator {region: $region})\nRETURN count(c) AS n\n", "utf-8")
    return file


def test_a_query_comes_from_a_file_and_text_needs_no_quotes(asked: Path) -> None:
    told = CliRunner().invoke(app, ["query", str(asked), "--param", "region=GB", "--format", "csv"])
    assert told.stdout.split() == ["n", "4"]


def test_an_answer_that_is_cut_off_says_so(tmp_path: Path) -> None:
    told = run("UNWIND range(1, 10) AS i RETURN i", "--limit", "3", "--out", str(tmp_path / "a.csv"))
    assert (told.exit_code, told.stderr.strip()) == (0, "3 rows: there are more rows; raise --limit")
    assert (tmp_path / "a.csv").read_text().split() == ["i", "1", "2", "3"]


@pytest.mark.parametrize(
    ("query", "kind", "said"),
    [
        ("CREATE (n) RETURN n", Refused, "OPERATOR: Create is not allowed"),
        ("RETURN x", Faulty, "Variable `x` not defined"),
        ("UNWIND range(1, 3000) AS i RETURN 1 / (2500 - i) AS n", Faulty, "divided by zero"),
    ],
)
def test_what_is_refused_or_fails_leaves_no_file(tmp_path: Path, query: str, kind: type[Exception], said: str) -> None:
    told = run(query, "--out", str(tmp_path / "a.csv"))
    assert isinstance(told.exception, kind)
    assert said in str(told.exception)
    assert list(tmp_path.glob("*a.csv*")) == []


def test_a_column_of_two_types_is_told_where_the_format_knows_one(tmp_path: Path) -> None:
    query = "UNWIND range(1, 3000) AS i RETURN CASE WHEN i < 2500 THEN i ELSE 'text' END AS x"
    told = run(query, "--out", str(tmp_path / "a.parquet"))
    assert isinstance(told.exception, Mixed)
    assert "column x: row 1 is INTEGER, row 2,500 STRING" in str(told.exception)


@pytest.mark.parametrize(("name", "read"), [("a.parquet", pl.read_parquet), ("a.arrow", pl.read_ipc_stream)])
def test_fractions_after_many_whole_numbers_are_not_cut_off(tmp_path: Path, name: str, read: object) -> None:
    query = "UNWIND range(1, 3000) AS i RETURN i, CASE WHEN i > 2500 THEN i + 0.5 ELSE i END AS v, CASE WHEN i > 2500 THEN [i] END AS l"
    told = run(query, "--out", str(tmp_path / name))
    assert told.exit_code == 0, told.output
    frame = read(tmp_path / name)  # type: ignore[operator]
    assert dict(frame.schema) == {"i": pl.Int64, "v": pl.Float64, "l": pl.List(pl.Int64)}
    assert frame["v"].sum() == 4_501_750
    assert frame["l"][-1].to_list() == [3_000]


@pytest.mark.parametrize("words", [("--out", "far.parquet"), ("--format", "csv"), ("--format", "table"), ("--format", "jsonl")])
def test_a_year_beyond_9999_is_told_with_column_and_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str]) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("UNWIND [0, 1764547200000000] AS i RETURN datetime({epochMillis: i}) AS a", *words)
    assert isinstance(told.exception, Unreadable)
    assert "column a, row 2: the value is or holds a date or time that cannot be read" in str(told.exception)
    assert list(tmp_path.glob("far*")) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--param", "x"), "'x' is not a parameter"),
        (("--format", "xml"), "'xml' is not one of"),
        (("--out", "a.xlsx"), "a.xlsx: xlsx is not a format"),
        (("--limit", "0"), "limit"),
    ],
)
def test_wrong_usage_is_told(words: tuple[str, ...], said: str) -> None:
    told = run("RETURN 1 AS n", *words)
    assert told.exit_code == 2
    assert said in " ".join(told.output.replace("│", " ").split())


def test_a_file_that_is_there_is_replaced_only_where_that_is_wanted(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    out.write_text("of another question", "utf-8")
    refused = run("RETURN 1 AS n", "--out", str(out))
    assert isinstance(refused.exception, FileThere)
    assert str(refused.exception) == f"{out} already exists; choose another name, or replace it with --overwrite"
    assert out.read_text() == "of another question"
    assert run("RETURN 1 / 0 AS n", "--out", str(out), "--overwrite").exit_code != 0
    assert out.read_text() == "of another question", "an answer that fails replaces nothing"
    assert run("RETURN 1 AS n", "--out", str(out), "--overwrite").exit_code == 0
    assert out.read_text().split() == ["n", "1"]
    nowhere = run("RETURN 1 AS n", "--out", "/nowhere/at/all.csv")
    assert "/nowhere/at is not a folder; create it first" in str(nowhere.exception)


def test_a_missing_file_is_told() -> None:
    told = CliRunner().invoke(app, ["query", "nowhere.cypher"])
    assert told.exit_code == 2
    assert "nowhere.cypher cannot be read" in " ".join(told.output.replace("│", " ").split())


def test_an_id_given_as_a_number_and_a_label_that_is_not_there_are_told() -> None:
    told = run("MATCH (c:Creatr {id: $brand}) RETURN c.id AS id", "--param", "brand=7495000000000000001", "--format", "csv")
    assert told.exit_code == 0, told.output
    assert "$brand is the number 7495000000000000001, and ids are texts" in told.stderr
    assert "Creatr" in told.stderr
    assert "note:" not in run("RETURN $brand AS id", "--param", 'brand="7495000000000000001"', "--format", "csv").stderr


def test_nodes_show_nothing_that_the_product_keeps_for_itself() -> None:
    told = run("MATCH (c:Creator {id: 'c01'}) RETURN c", "--format", "jsonl")
    assert not [name for name in json.loads(told.stdout)["c"]["properties"] if name.startswith("_")]
