from __future__ import annotations

from typing import Any

import pytest
from neo4j import AsyncDriver

from graph.queries.allowed import FUNCTIONS, OPERATORS, PROCEDURES
from graph.queries.errors import Rule
from graph.queries.guard import planned
from graph.queries.loops import LARGE, items
from graph.queries.plan import Operator, Plan
from graph.queries.rules import told
from graph.queries.text import tokens

LEFT_OUT = {"file", "linenumber", "graph.byelementid", "graph.byname"}


def operator(name: str, details: str = "", database: str = "neo4j") -> Operator:
    return Operator(name, database, details, 1.0, (), ())


def plan(root: Operator, **changed: str) -> Plan:
    return Plan(**{"query_type": "r", "version": "5", "planner": "COST", "runtime": "SLOTTED", **changed}, root=root)  # type: ignore[arg-type]


def rules(text: str, **parameters: Any) -> set[Rule]:
    return {each.rule for each in told(text, parameters, "neo4j")}


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (plan(operator("Filter"), version="25"), "the Cypher version 25"),
        (plan(operator("Filter"), planner="RULE"), "the planner RULE"),
        (plan(operator("Filter"), runtime="PARALLEL"), "the runtime PARALLEL"),
        (plan(operator("Filter"), version=""), "the Cypher version that is not told"),
        (plan(operator("QuantumLeap")), "QuantumLeap"),
        (plan(operator("NodeUniqueIndexSeek(Locking)")), "NodeUniqueIndexSeek(Locking)"),
        (plan(operator("ShowSettings")), "ShowSettings"),
        (plan(operator("Filter", database="system")), "the database system"),
        (plan(operator("ProcedureCall", "db.ping() :: (success :: BOOLEAN)")), "db.ping"),
        (plan(operator("Projection", "custom.udf(n) AS x")), "custom.udf"),
        (plan(operator("Projection", "[x IN $l | COUNT { ResolvedCall(db.clearQueryCaches() …) }] AS x")), "db.clearQueryCaches"),
        (plan(operator("Projection", "[x IN $l | COUNT { LOAD CSV FROM $u AS l RETURN l }] AS x")), "LOAD CSV"),
        (plan(operator("Filter"), query_type="rw"), "a query of type 'rw'"),
        (plan(operator("Filter"), query_type=""), "a query of type ''"),
    ],
)
def test_what_is_new_or_unknown_in_a_plan_is_refused(found: Plan, name: str) -> None:
    assert name in [each.name for each in planned(found, "neo4j")]


def test_a_plan_of_known_operators_passes_also_in_parallel_and_with_directions() -> None:
    below = (operator("VarLengthExpand(Pruning,BFS,All)"), operator("PartitionedNodeByLabelScan"), operator("OptionalExpand(Into)"))
    root = Operator("ProduceResults", "neo4j", "n, date.truncate($a, n.at) AS day", 1.0, (), below)
    assert list(planned(plan(root), "Neo4j")) == []


async def test_every_function_of_the_database_is_allowed_or_left_out_on_purpose(graph: AsyncDriver) -> None:
    listed = (await graph.execute_query("SHOW BUILT IN FUNCTIONS YIELD name RETURN collect(DISTINCT name) AS names")).records[0]["names"]
    assert {name.lower() for name in listed} - FUNCTIONS == LEFT_OUT
    known = (await graph.execute_query("SHOW PROCEDURES YIELD name, mode WHERE mode = 'READ' RETURN collect(name) AS names")).records[0]
    assert set(known["names"]) >= PROCEDURES


def test_no_operator_that_is_allowed_writes() -> None:
    assert [
        name for name in OPERATORS if any(word in name for word in ("Create", "Merge", "Delete", "Set", "Remove", "Show", "Load"))
    ] == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a.b /* c */ (x) // d", ["a", ".", "b", "(", "x", ")"]),
        ("'it''s' \"a\\\"b\" `c``d`", ["'it'", "'s'", '"a\\"b"', "c`d"]),
        ("$p $`a b` 1.5 .5 1..3 xs[0..10]", ["p", "a b", "1.5", ".5", "1", "..", "3", "xs", "[", "0", "..", "10", "]"]),
        ("(a)-->(b)<-[:R]-(c)", ["(", "a", ")", "-", "->", "(", "b", ")", "<-", "[", ":", "R", "]", "-", "(", "c", ")"]),
        ("'// no comment' /* 'no text' */ RETURN", ["'// no comment'", "RETURN"]),
    ],
)
def test_names_strings_and_comments_are_told_apart(text: str, kinds: list[str]) -> None:
    assert [each.text for each in tokens(text)] == kinds


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("xs[..10]", 10),
        ("xs[2..10]", 8),
        ("xs[-5..]", 5),
        ("xs[i - 6..i + 1]", 7),
        ("xs[i..j]", LARGE),
        ("xs[3..]", LARGE),
        ("xs + ys[..2]", LARGE),
        ("(xs + ys)[..2]", 2),
        ("[1, f(2, 3), [4, 5]]", 3),
        ("[x IN ys[..7] | x]", 7),
        ("nodes(p)", 10),
        ("reverse(xs[..4])", 4),
        ("range(1, 50)", 50),
        ("range(0, 100, 10)", 11),
        ("range(0, size(xs))", LARGE),
        ("$p", 2),
        ("collect(x)", LARGE),
    ],
)
def test_how_many_items_a_list_has_is_read_from_its_text(text: str, count: int) -> None:
    assert items(tokens(text), {"p": [1, 2]}) == count


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("RETURN reduce(s = 0, x IN range(1, 1000000) | s + x) AS n", set()),
        ("RETURN reduce(s = 0, x IN range(1, 1000001) | s + x) AS n", {Rule.RANGE}),
        ("UNWIND range(1, 10000000000) AS i RETURN count(i) AS n", set()),
        ("RETURN [i IN range(0, size(xs) - 1) | xs[i]] AS n", set()),
        ("RETURN [i IN range(0, size(xs) * 10) | 1] AS n", {Rule.RANGE}),
        ("RETURN [i IN range(-$n, $n) | i] AS n", set()),
        ("RETURN [a IN xs | [l IN labels(a) | l]] AS n", set()),
        ("RETURN [a IN xs | [b IN ys | a + b]] AS n", {Rule.LOOPS}),
        ("RETURN [a IN xs[..1000] | [b IN ys[..1000] | a + b]] AS n", set()),
        ("RETURN [a IN [b IN ys | b + 1] | a] AS n", set()),
        ("RETURN reduce(s = 0.0, x IN xs | s + x.usd) AS n", set()),
        ("RETURN reduce(s = $n, x IN xs | s + x) AS n", set()),
        ("RETURN reduce(m = head(xs), x IN xs | CASE WHEN x > m THEN x ELSE m END) AS n", set()),
        ("RETURN reduce(s = c.text, x IN xs | s + x) AS n", {Rule.GROWTH}),
        ("RETURN reduce(s = 0, x IN xs | s + ['a']) AS n", {Rule.GROWTH}),
        ("MATCH (n) WHERE n.name =~ '(?i).*cup.*' RETURN n", set()),
        ("MATCH (set:Set) WHERE set IN [set] AND set.delete = 1 RETURN set.create AS create, set", set()),
        ("WITH 1 AS delete RETURN delete, {set: delete, merge: (delete)} AS remove ORDER BY remove", set()),
        ("MATCH (merge)-[set:CREATE|DELETE]->(delete) WITH merge, set, delete WHERE delete IS NULL RETURN [set] AS insert", set()),
        ("WITH [1] AS set RETURN [x IN set | x] AS a, set[0] AS b, CASE WHEN true THEN set ELSE set END AS c", set()),
        ("MATCH (n) WHERE n.name =~ '[a-z]+ (big|small)?' RETURN n", set()),
        ("MATCH (n) WHERE n.name =~ '(a*)*' RETURN n", {Rule.PATTERN}),
        ("MATCH (n) WHERE n.name =~ $q RETURN n", {Rule.PATTERN}),
        ("MATCH (n:Creator) USING INDEX n:Creator(id) WHERE n.id = 'a' RETURN n", set()),
        ("MATCH (n:A) WHERE n.x(1) RETURN n", {Rule.FUNCTION}),
        ("CALL db.labels() YIELD label RETURN label", set()),
        ("MATCH (load) RETURN load.csv AS csv", set()),
    ],
)
def test_expressions_that_may_not_end_are_told_from_those_that_do(text: str, broken: set[Rule]) -> None:
    assert rules(text, n=100) == broken
