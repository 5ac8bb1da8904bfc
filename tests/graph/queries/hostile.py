"""Queries that must be refused, each with the rule that refuses it and what broke the rule."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from graph.queries import Rule


class Hostile(NamedTuple):
    """A query, the rule that must be among those that refuse it, and a part of the name of what broke it."""

    text: str
    rule: Rule
    name: str
    parameters: dict[str, Any] = {}  # noqa: RUF012 - nothing changes it


def _doubled(times: int) -> str:
    return "WITH [1, 2] AS l " + "WITH [l, l] AS l " * times + "RETURN size(l) AS n"


WRITES: Final = (
    Hostile("CREATE (n:Creator {id: 'x'})", Rule.OPERATOR, "Create"),
    Hostile("MATCH (c:Creator) CREATE (c)-[:MENTIONS]->(c) RETURN c", Rule.OPERATOR, "Create"),
    Hostile("MERGE (n:Creator {id: 'c01'}) RETURN n", Rule.OPERATOR, "Merge"),
    Hostile("MERGE (n:Creator {id: 'c01'}) ON MATCH SET n.followerCount = 1", Rule.OPERATOR, "Merge"),
    Hostile("MATCH (n:Creator) SET n.followerCount = 10 RETURN n", Rule.OPERATOR, "SetProperty"),
    Hostile("MATCH (n:Creator) SET n += {followerCount: 10}", Rule.OPERATOR, "Set"),
    Hostile("MATCH (n:Creator) SET n = {}", Rule.OPERATOR, "Set"),
    Hostile("MATCH (n:Creator) SET n:Brand", Rule.OPERATOR, "SetLabels"),
    Hostile("MATCH (n:Creator) SET n[$name] = 1", Rule.OPERATOR, "Set", {"name": "followerCount"}),
    Hostile("MATCH ()-[r:FEATURES]->() SET r.clicks = 0", Rule.OPERATOR, "SetProperty"),
    Hostile("MATCH (n:Creator) REMOVE n.region RETURN n", Rule.OPERATOR, "SetProperty"),
    Hostile("MATCH (n:Creator) REMOVE n:Creator", Rule.OPERATOR, "RemoveLabels"),
    Hostile("MATCH (n:Creator {id: 'c01'}) DELETE n", Rule.OPERATOR, "Delete"),
    Hostile("MATCH (n) DETACH DELETE n", Rule.OPERATOR, "DetachDelete"),
    Hostile("MATCH ()-[r]->() DELETE r", Rule.QUERY_TYPE, "w"),
    Hostile("MATCH p = (:Brand)-->(:Product) DELETE p", Rule.OPERATOR, "Delete"),
    Hostile("FOREACH (i IN [1, 2] | CREATE (:Creator {id: toString(i)}))", Rule.OPERATOR, "Foreach"),
    Hostile("MATCH (n:Creator) WITH collect(n) AS ns FOREACH (n IN ns | SET n.id = 'x')", Rule.QUERY_TYPE, "w"),
    Hostile("MATCH (n:Creator) CALL (n) { SET n.followerCount = 1 } RETURN count(*) AS n", Rule.OPERATOR, "SetProperty"),
    Hostile("CALL { CREATE (x:Creator) RETURN x } RETURN x", Rule.OPERATOR, "Create"),
    Hostile("MATCH (n) RETURN n UNION MATCH (n) SET n.x = 1 RETURN n", Rule.OPERATOR, "SetProperty"),
    Hostile("UNWIND $rows AS row CREATE (c:Creator) SET c = row", Rule.OPERATOR, "Create", {"rows": [{"id": "x"}]}),
    Hostile("INSERT (:Creator {id: 'x'})", Rule.OPERATOR, "Create"),
    Hostile("MATCH (n) RETURN 1 AS one LIMIT 0 UNION ALL CREATE (m) RETURN 1 AS one", Rule.OPERATOR, "Create"),
    Hostile("OPTIONAL MATCH (n:Nothing) CREATE (m:Thing) RETURN m", Rule.QUERY_TYPE, "w"),
    Hostile("MATCH (n:Creator) WHERE false SET n.followerCount = 1 RETURN n", Rule.QUERY_TYPE, "SET, which writes"),
    Hostile("MATCH (n:Creator) WITH n WHERE false DETACH DELETE n", Rule.QUERY_TYPE, "DETACH, which writes"),
    Hostile("MATCH (n) WHERE false CREATE (m) RETURN m", Rule.QUERY_TYPE, "CREATE, which writes"),
    Hostile("MATCH (n) WHERE false CREATE p = (m) RETURN m", Rule.QUERY_TYPE, "CREATE, which writes"),
    Hostile("MATCH (n) WHERE false REMOVE n:Creator RETURN n", Rule.QUERY_TYPE, "REMOVE, which writes"),
    Hostile("CALL { MATCH (n) WHERE 1 = 2 SET n += {a: 1} RETURN n } RETURN n", Rule.QUERY_TYPE, "SET, which writes"),
    Hostile("RETURN 1 AS a UNION MATCH (n) WHERE false MERGE (m:X) RETURN 1 AS a", Rule.QUERY_TYPE, "MERGE, which writes"),
    Hostile("MATCH (n) WHERE false FOREACH (x IN [1] | SET n.a = x) RETURN n", Rule.QUERY_TYPE, "FOREACH, which writes"),
    Hostile("MATCH (n) WHERE false DELETE n", Rule.QUERY_TYPE, "DELETE, which writes"),
    Hostile("MATCH (n) WHERE false INSERT (m:X) RETURN m", Rule.QUERY_TYPE, "INSERT, which writes"),
)
BATCHED: Final = (
    Hostile("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10 ROWS", Rule.OPERATOR, "TransactionForeach"),
    Hostile("UNWIND [1] AS i CALL (i) { RETURN i AS x } IN TRANSACTIONS RETURN x", Rule.OPERATOR, "TransactionApply"),
    Hostile("UNWIND [1] AS i CALL (i) { CREATE (n {i: i}) } IN 2 CONCURRENT TRANSACTIONS RETURN i", Rule.OPERATOR, "Transaction"),
    Hostile("MATCH (n) CALL (n) { SET n.x = 1 } IN TRANSACTIONS ON ERROR CONTINUE RETURN count(*) AS n", Rule.OPERATOR, "Transaction"),
)
FILES: Final = (
    Hostile("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", Rule.OPERATOR, "LoadCSV"),
    Hostile("LOAD CSV WITH HEADERS FROM 'http://127.0.0.1/x' AS line RETURN line", Rule.FILE, "LOAD CSV"),
    Hostile("load /* quietly */ csv FROM $url AS line RETURN line", Rule.OPERATOR, "LoadCSV", {"url": "file:///x"}),
    Hostile("RETURN [x IN [1] | COUNT { LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l }] AS lines", Rule.FILE, "LOAD CSV"),
    Hostile("RETURN all(x IN [1] WHERE EXISTS { LOAD\nCSV FROM 'http://10.0.0.1/' AS l RETURN l }) AS reached", Rule.FILE, "LOAD CSV"),
    Hostile("MATCH (c:Creator) RETURN [x IN [1] | COLLECT { LOAD CSV FROM 'file:///' + c.id AS l RETURN l }] AS l", Rule.FILE, "LOAD CSV"),
)
SCHEMA: Final = (
    Hostile("CREATE INDEX mine FOR (n:Creator) ON (n.bio)", Rule.OPERATOR, "CreateIndex"),
    Hostile("CREATE FULLTEXT INDEX mine FOR (n:Creator) ON EACH [n.bio]", Rule.OPERATOR, "CreateIndex"),
    Hostile("CREATE CONSTRAINT mine FOR (n:Creator) REQUIRE n.handle IS UNIQUE", Rule.OPERATOR, "CreateConstraint"),
    Hostile("DROP CONSTRAINT creator_id", Rule.OPERATOR, "DropConstraint"),
    Hostile("DROP INDEX creator_handle_key IF EXISTS", Rule.OPERATOR, "DropIndex"),
    Hostile("CREATE LOOKUP INDEX mine FOR (n) ON EACH labels(n)", Rule.QUERY_TYPE, "s"),
)
SERVER: Final = (
    Hostile("SHOW DATABASES", Rule.OPERATOR, "AdministrationCommand"),
    Hostile("SHOW USERS", Rule.OPERATOR, "AdministrationCommand"),
    Hostile("SHOW CURRENT USER", Rule.OPERATOR, "AdministrationCommand"),
    Hostile("SHOW TRANSACTIONS", Rule.OPERATOR, "ShowTransactions"),
    Hostile("SHOW TRANSACTIONS YIELD currentQuery, metaData RETURN currentQuery", Rule.OPERATOR, "ShowTransactions"),
    Hostile("TERMINATE TRANSACTIONS 'neo4j-transaction-1'", Rule.OPERATOR, "TerminateTransactions"),
    Hostile("SHOW SETTINGS", Rule.OPERATOR, "ShowSettings"),
    Hostile("SHOW PROCEDURES", Rule.OPERATOR, "ShowProcedures"),
    Hostile("SHOW FUNCTIONS YIELD name RETURN name", Rule.OPERATOR, "ShowFunctions"),
    Hostile("SHOW INDEXES", Rule.OPERATOR, "ShowIndexes"),
    Hostile("CREATE USER mallory SET PASSWORD 'abcd12345'", Rule.OPERATOR, "AdministrationCommand"),
    Hostile("ALTER USER neo4j SET PASSWORD 'abcd12345'", Rule.OPERATOR, "AdministrationCommand"),
    Hostile("ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'", Rule.QUERY_TYPE, "s"),
    Hostile("CREATE DATABASE other", Rule.QUERY_TYPE, "administration"),
    Hostile("DROP DATABASE neo4j", Rule.QUERY_TYPE, "administration"),
    Hostile("STOP DATABASE neo4j", Rule.QUERY_TYPE, "administration"),
    Hostile("GRANT ROLE admin TO neo4j", Rule.QUERY_TYPE, "administration"),
)
PROCEDURES: Final = (
    Hostile("CALL db.clearQueryCaches()", Rule.PROCEDURE, "db.clearQueryCaches"),
    Hostile("CALL dbms.listConfig() YIELD name, value RETURN name, value", Rule.PROCEDURE, "dbms.listConfig"),
    Hostile("CALL dbms.listConnections()", Rule.PROCEDURE, "dbms.listConnections"),
    Hostile("CALL dbms.killConnection('bolt-1')", Rule.PROCEDURE, "dbms.killConnection"),
    Hostile("CALL dbms.queryJmx('*:*')", Rule.PROCEDURE, "dbms.queryJmx"),
    Hostile("CALL tx.setMetaData({query: 'another'})", Rule.PROCEDURE, "tx.setMetaData"),
    Hostile("CALL db.createLabel('Thing')", Rule.PROCEDURE, "db.createLabel"),
    Hostile("CALL db.prepareForReplanning()", Rule.PROCEDURE, "db.prepareForReplanning"),
    Hostile("CALL db.resampleOutdatedIndexes()", Rule.PROCEDURE, "db.resampleOutdatedIndexes"),
    Hostile("CALL db.awaitIndexes(100000)", Rule.PROCEDURE, "db.awaitIndexes"),
    Hostile("CALL db.stats.collect('QUERIES')", Rule.PROCEDURE, "db.stats.collect"),
    Hostile("CALL `db`.`clearQueryCaches`()", Rule.PROCEDURE, "db.clearQueryCaches"),
    Hostile("CALL db . /* here */ clearQueryCaches // and there\n ()", Rule.PROCEDURE, "db.clearQueryCaches"),
    Hostile("MATCH (n:Creator) CALL (n) { CALL dbms.info() YIELD id RETURN id } RETURN id", Rule.PROCEDURE, "dbms.info"),
    Hostile("RETURN COUNT { CALL dbms.listConfig() YIELD name RETURN name } AS n", Rule.PROCEDURE, "dbms.listConfig"),
    Hostile("RETURN [x IN [1] | COUNT { CALL db.clearQueryCaches() YIELD value RETURN value }] AS n", Rule.PROCEDURE, "clearQueryCaches"),
    Hostile("RETURN any(x IN [1] WHERE EXISTS { CALL `db`.ping() YIELD success RETURN success }) AS n", Rule.PROCEDURE, "db.ping"),
    Hostile("CALL apoc.cypher.runWrite('CREATE (n)', {})", Rule.PROCEDURE, "apoc.cypher.runWrite"),
    Hostile("CALL apoc.load.json('http://10.0.0.1/') YIELD value RETURN value", Rule.PROCEDURE, "apoc.load.json"),
)
FUNCTIONS: Final = (
    Hostile("RETURN apoc.version() AS version", Rule.FUNCTION, "apoc.version"),
    Hostile("RETURN `apoc`.`cypher`.`runFirstColumnSingle`('CREATE (n)', {}) AS n", Rule.FUNCTION, "apoc.cypher.runFirstColumnSingle"),
    Hostile("RETURN apoc /* a */ . // b\n util . sleep (10000) AS n", Rule.FUNCTION, "apoc.util.sleep"),
    Hostile("MATCH (n) WHERE genai.vector.encode(n.bio, 'OpenAI') IS NOT NULL RETURN n", Rule.FUNCTION, "genai.vector.encode"),
    Hostile("RETURN graph.byName('system') AS n", Rule.FUNCTION, "graph.byName"),
    Hostile("RETURN file() AS path", Rule.FUNCTION, "file"),
    Hostile("RETURN linenumber() AS line", Rule.FUNCTION, "linenumber"),
    Hostile("MATCH (n:Creator) RETURN n {.id, x: custom.evil(n)} AS n", Rule.FUNCTION, "custom.evil"),
)
OPTIONS: Final = (
    Hostile("EXPLAIN MATCH (n) RETURN n", Rule.OPTION, "EXPLAIN"),
    Hostile("PROFILE MATCH (n) RETURN n", Rule.OPTION, "PROFILE"),
    Hostile("profile MATCH (n) DELETE n", Rule.OPTION, "PROFILE"),
    Hostile("/* c */ PROFILE CREATE (n)", Rule.OPTION, "PROFILE"),
    Hostile("CYPHER 25 MATCH (n) RETURN n", Rule.OPTION, "CYPHER"),
    Hostile("CYPHER 5 CREATE (n)", Rule.OPTION, "CYPHER"),
    Hostile("CYPHER runtime=parallel MATCH (n) RETURN n", Rule.OPTION, "CYPHER"),
    Hostile("// first\nCYPHER planner=dp EXPLAIN RETURN 1 AS n", Rule.OPTION, "CYPHER"),
    Hostile("EXPLAIN PROFILE RETURN 1 AS n", Rule.OPTION, "EXPLAIN"),
)
TRICKS: Final = (
    Hostile("RETURN 1 AS n; CREATE (n)", Rule.STATEMENTS, "more than one"),
    Hostile("RETURN 1 AS n; // nothing\n ; MATCH (n) DETACH DELETE n", Rule.STATEMENTS, "more than one"),
    Hostile("USE system SHOW USERS", Rule.DATABASE, "system"),
    Hostile("USE system MATCH (n) RETURN n", Rule.DATABASE, "system"),
    Hostile("USE graph.byName('system') MATCH (n) RETURN n", Rule.DATABASE, "graph.byName"),
    Hostile("CALL { USE system MATCH (n:User) RETURN n } RETURN n", Rule.DATABASE, "system"),
    Hostile("MATCH (n) \\u0043REATE (m) RETURN m", Rule.ESCAPE, "unicode"),
    Hostile("RETURN '\\u0027 AS a CREATE (m) //' AS b", Rule.ESCAPE, "unicode"),
    Hostile("RETURN 1 AS n /* \\u002a/ CREATE (m) /* */", Rule.ESCAPE, "unicode"),
    Hostile("MATCH (`n\\u0060) CREATE (m) //`) RETURN 1 AS x", Rule.ESCAPE, "unicode"),
    Hostile("MATCH (`RETURN 1 //`) CREATE (m) RETURN 1 AS x", Rule.OPERATOR, "Create"),
    Hostile("RETURN 'a /* b' AS a UNION CREATE (m {b: '*/'}) RETURN 'c' AS a", Rule.OPERATOR, "Create"),
    Hostile("MATCH (n) // RETURN n\rCREATE (m) RETURN m", Rule.OPERATOR, "Create"),
    Hostile('RETURN "\\"" AS a UNION MERGE (m {a: "\\""}) RETURN "x" AS a', Rule.OPERATOR, "Merge"),
    Hostile("RETURN 1 AS n " + "//" + "x" * 20_000, Rule.LENGTH, "20,"),
    Hostile("RETURN " + " OR ".join(["EXISTS { MATCH (:Brand) }"] * 60) + " AS n", Rule.LENGTH, "120 MATCHes and subqueries"),
)
ENDLESS: Final = (
    Hostile("RETURN reduce(s = 0, x IN range(1, 20000000000) | (s + x) % 7) AS s", Rule.RANGE, "range"),
    Hostile("RETURN size([x IN range(1, 3000000000) WHERE x = -1]) AS s", Rule.RANGE, "range"),
    Hostile("RETURN all(x IN range(1, $n) WHERE x > 0) AS s", Rule.RANGE, "range", {"n": 30_000_000_000}),
    Hostile("WITH 30000000000 AS n RETURN none(x IN range(1, n) WHERE x < 0) AS s", Rule.RANGE, "range"),
    Hostile("UNWIND [range(1, 30000000000)] AS l RETURN reduce(s = 0, x IN l | s + x) AS s", Rule.RANGE, "range"),
    Hostile("RETURN range(1, 1000000000) AS l", Rule.RANGE, "range"),
    Hostile("RETURN `range`(1, 1000000000) AS l", Rule.RANGE, "range"),
    Hostile("RETURN all(a IN range(1, 1000000) WHERE all(b IN range(1, 1000000) WHERE b > 0)) AS s", Rule.LOOPS, "all within all"),
    Hostile(
        "MATCH (c:Creator) WITH collect(c.id) AS l RETURN reduce(s = 0, a IN l | s + size([b IN l WHERE b < a])) AS s",
        Rule.LOOPS,
        "a list comprehension within reduce",
    ),
    Hostile("RETURN size(reduce(l = [1, 2], i IN range(1, 40) | l + l)) AS s", Rule.GROWTH, "l twice"),
    Hostile("RETURN size(reduce(s = 'ab', i IN range(1, 40) | s + s)) AS s", Rule.GROWTH, "s twice"),
    Hostile("RETURN reduce(l = [1], i IN range(1, 40) | [l, l]) AS s", Rule.GROWTH, "l twice"),
    Hostile(_doubled(40), Rule.GROWTH, "l, which holds a value"),
    Hostile("WITH 'abc' AS a " + "WITH a + a AS a " * 30 + "RETURN size(a) AS n", Rule.GROWTH, "a, which holds"),
    Hostile("WITH {a: 1} AS m " + "WITH {a: m, b: m} AS m " * 30 + "RETURN m", Rule.GROWTH, "m, which holds"),
)
BUILDING: Final = (
    Hostile("MATCH (s:Sale) WITH collect(s.id) AS l RETURN size(reduce(s = '', x IN l | s + x)) AS n", Rule.GROWTH, "reduce, which builds"),
    Hostile("RETURN size(reduce(a = [], x IN range(1, 200000) | a + [x])) AS n", Rule.GROWTH, "reduce, which builds"),
    Hostile("RETURN size(reduce(a = 0, x IN range(1, 200000) | [x] + a)) AS n", Rule.GROWTH, "reduce, which builds"),
    Hostile("WITH [x IN range(1, 100000) | x] AS l RETURN [x IN l | l] AS n", Rule.GROWTH, "a list comprehension, which builds"),
    Hostile("RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '.*.*.*.*.*.*.*.*.*.*b' AS n", Rule.PATTERN, "the regular expression"),
    Hostile("RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '(.*a){25}b' AS n", Rule.PATTERN, "the regular expression"),
    Hostile("MATCH (c:Creator) RETURN c.bio =~ $p AS n", Rule.PATTERN, "the regular expression", {"p": "((a+)+)+b"}),
    Hostile("MATCH (c:Creator) RETURN c.bio =~ ('(a+)' + '+b') AS n", Rule.PATTERN, "put together in the query"),
    Hostile("MATCH (c:Creator) RETURN 'aaaa' =~ c.bio AS n", Rule.PATTERN, "put together in the query"),
    Hostile("RETURN $t =~ '(a|aa)*(c)\\\\2\\\\2b' AS n", Rule.PATTERN, "over and over", {"t": "a" * 60}),
    Hostile("RETURN $t =~ '.*a.*a.*x' AS n", Rule.PATTERN, "on up to 8,000 characters", {"t": "a" * 8_000}),
    Hostile("RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac' =~ '" + "(a|a)" * 38 + "b' AS n", Rule.PATTERN, "the regular expression"),
    Hostile(
        "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac' =~ '" + "(a|" * 38 + "b" + ")" * 38 + "' AS n", Rule.PATTERN, "over and over"
    ),
    Hostile("RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaac' =~ '" + "a?" * 30 + "a{30}b' AS n", Rule.PATTERN, "the regular expression"),
    Hostile("WITH {bio: $t} AS c RETURN c.bio =~ '.*a.*' AS n", Rule.PATTERN, "1,000,000 characters", {"t": "a" * 100_000}),
    Hostile("MATCH (c:Creator) RETURN (c.bio + $t) =~ '.*a.*' AS n", Rule.PATTERN, "1,000,000 characters", {"t": "a" * 100_000}),
    Hostile("MATCH (c:Creator) RETURN any(i IN range(1, 1000000) WHERE c.bio =~ '.*a.*') AS n", Rule.PATTERN, "each item of a long list"),
)
UNPLANNABLE: Final = (
    Hostile("RETURN " + "[" * 300 + "1" + "]" * 300 + " AS n", Rule.DEPTH, "brackets 300 deep"),
    Hostile("RETURN " + "(" * 4000 + "1" + ")" * 4000 + " AS n", Rule.DEPTH, "brackets 4000 deep"),
    Hostile(
        "MATCH (n) WHERE " + "EXISTS { MATCH (n)--(m) WHERE " * 20 + "true" + " }" * 20 + " RETURN n", Rule.DEPTH, "subqueries and maps 20"
    ),
    Hostile("RETURN " + "CASE WHEN true THEN " * 200 + "1" + " END" * 200 + " AS n", Rule.DEPTH, "CASEs 200 deep"),
    Hostile("MATCH " + ", ".join(f"(a{i})--(a{i + 1})" for i in range(60)) + " RETURN count(*) AS n", Rule.LENGTH, "60 relationships"),
    Hostile("RETURN " + "1 + " * 2_000 + "1 AS n", Rule.LENGTH, "words and marks"),
    Hostile("RETURN " + "NOT " * 200 + "true AS n", Rule.LENGTH, "200 NOTs"),
)
HOSTILE: Final = (
    *WRITES,
    *BATCHED,
    *FILES,
    *SCHEMA,
    *SERVER,
    *PROCEDURES,
    *FUNCTIONS,
    *OPTIONS,
    *TRICKS,
    *ENDLESS,
    *BUILDING,
    *UNPLANNABLE,
)
