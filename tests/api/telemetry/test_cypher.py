from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from api.telemetry.cypher import attributes
from graph.connection import Foreign

ROOT = Path(__file__).parents[3]
COMPOSED = {
    "graph/exports/person.py",  # of declared names
    "graph/exports/whole.py",  # likewise
    "graph/load/statements.py",  # likewise
    "graph/migrations.py",  # likewise
    "graph/plans/answers.py",  # compiled: values are parameters
    "graph/plans/planning.py",  # likewise
}
OF_OTHERS = {"graph/queries/guard.py", "graph/queries/running.py"}
UNTRACED = {"api/commands/shell.py"}  # a command that records no traces


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("MATCH (c:Creator {id: $id}) RETURN c.handle AS handle", "MATCH Creator"),
        ("UNWIND $rows AS row\nMERGE (b:Brand {id: row.id})\nSET b += row", "MERGE Brand SET"),
        ("MATCH (c:Creator)-[:PUBLISHED]->(t:Content) MATCH (c) DETACH DELETE c", "MATCH Creator Content DELETE"),
        ("EXPLAIN RETURN {`creator3`: COLLECT { MATCH (c1:Creator) RETURN c1 }} AS data", "EXPLAIN MATCH Creator"),
        ("CALL db.awaitIndexes(300)", "CALL"),
        ("RETURN 1 AS one", "RETURN"),
        ("RETURN '(x:Secret) MATCH' AS x", "RETURN"),
    ],
)
def test_a_summary_names_clauses_and_labels(text: str, summary: str) -> None:
    assert attributes(text)["db.query.summary"] == summary


def test_keys_that_a_client_chose_are_left_out_of_a_text() -> None:
    told = attributes("RETURN {`creator3`: c.handle, `its creator`: c.id} AS data")
    assert told["db.query.text"] == "RETURN {`key`: c.handle, `key`: c.id} AS data"


def test_a_foreign_text_is_told_by_its_hash_the_same_where_it_is_explained() -> None:
    text = "MATCH (c {handle: 'creator3'}) RETURN c"
    ran, explained = attributes(Foreign(text)), attributes(Foreign("EXPLAIN\n" + text))
    hashed = sha256(text.encode()).hexdigest()
    assert ran == {"db.system.name": "neo4j", "db.query.summary": "free Cypher", "creatorgraph.query.sha256": hashed}
    assert explained == {**ran, "db.query.summary": "EXPLAIN free Cypher"}


def test_a_text_is_cut() -> None:
    assert len(str(attributes("RETURN " + "1 + " * 10_000 + "1 AS sum")["db.query.text"])) == 8_000


def test_every_text_that_is_not_a_literal_is_of_declared_names_or_told_to_be_of_others() -> None:
    """Whoever lets another text reach the database decides here whether a trace may tell it."""
    cast = 'cast("LiteralString"'
    found = {str(file.relative_to(ROOT)): file.read_text("utf-8") for name in ("api", "graph") for file in (ROOT / name).rglob("*.py")}
    casting = {path: text for path, text in found.items() if cast in text}
    assert set(casting) == COMPOSED | OF_OTHERS | UNTRACED
    assert [path for path in OF_OTHERS if casting[path].count(cast) != casting[path].count(f"Foreign({cast}")] == []
