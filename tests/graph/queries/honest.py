"""Queries of the kind that analysts write, which must pass the guard and run."""

from __future__ import annotations

from typing import Any, Final, NamedTuple


class Honest(NamedTuple):
    """A query and its parameters."""

    text: str
    parameters: dict[str, Any] = {}  # noqa: RUF012 - nothing changes it


MOTIFS: Final = (
    Honest("MATCH (n) RETURN labels(n) AS labels, count(*) AS n ORDER BY n DESC"),
    Honest("MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS n ORDER BY n DESC"),
    Honest("MATCH (c:Creator {id: $id}) RETURN c", {"id": "c01"}),
    Honest("MATCH (c:Creator)-[:PUBLISHED]->(t:Video)-[:FEATURES]->(p:Product) RETURN c.handle AS handle, p.title AS title LIMIT 10"),
    Honest(
        "MATCH (a:Creator)<-[:WITH]-(:Collaboration)<-[:OFFERED]-(b:Brand)-[:OFFERED]->(:Collaboration)-[:WITH]->(c:Creator) "
        "WHERE a.id < c.id RETURN a.handle AS a, c.handle AS c, count(DISTINCT b) AS shared ORDER BY shared DESC, a, c LIMIT 20"
    ),
    Honest(
        "MATCH (c:Creator)-[:PUBLISHED]->()-[:FEATURES]->(p:Product)<-[:FEATURES]-()<-[:PUBLISHED]-(d:Creator) WHERE c.id < d.id "
        "WITH c, d, count(DISTINCT p) AS together WHERE together > 1 RETURN c.id AS c, d.id AS d, together"
    ),
    Honest("MATCH (b:Brand)-[:SELLS]->(p:Product)-[:IN_CATEGORY]->(:Category)-[:CHILD_OF*0..3]->(top:Category) RETURN top.name, count(p)"),
    Honest("MATCH (c:Creator) WHERE NOT EXISTS { (c)-[:PUBLISHED]->(:LiveStream) } RETURN count(c) AS without_live"),
    Honest("MATCH (c:Creator) WHERE (c)<-[:WITH]-() AND NOT (c)-[:PUBLISHED]->(:LiveStream) RETURN c.id AS id ORDER BY id"),
    Honest("MATCH (c:Creator)-[r:PUBLISHED|MENTIONS]-(x) RETURN type(r) AS type, labels(x) AS labels, count(*) AS n"),
    Honest("MATCH (x:Creator|Brand) RETURN CASE WHEN x:Creator THEN 'creator' ELSE 'brand' END AS kind, count(*) AS n"),
    Honest("MATCH (x:!Sale&!Content) RETURN count(x) AS n"),
    Honest(
        "MATCH (p:Product)<-[f:FEATURES WHERE f.clicks > 11]-(t:Content WHERE t.views > 100) RETURN p.id AS id, sum(f.clicks) AS clicks"
    ),
    Honest("MATCH (b:Brand)-[:OFFERED]->(k:Collaboration) USING INDEX b:Brand(id) WHERE b.id = 'b1' RETURN count(k) AS n"),
    Honest("MATCH (a:Brand {id: 'b0'}), (b:Brand {id: 'b1'}) RETURN a.name + ' and ' + b.name AS both"),
)
PATHS: Final = (
    Honest("MATCH p = shortestPath((a:Creator {id: 'c01'})-[*..6]-(b:Brand {id: 'b5'})) RETURN p, length(p) AS steps"),
    Honest(
        "MATCH p = allShortestPaths((a:Creator {id: 'c01'})-[*..6]-(b:Creator {id: 'c02'})) RETURN count(p) AS n, min(length(p)) AS steps"
    ),
    Honest("MATCH p = SHORTEST 3 (a:Creator {id: 'c01'})--+(b:Brand {id: 'b5'}) RETURN [n IN nodes(p) | n.id] AS ids"),
    Honest("MATCH p = ALL SHORTEST (a:Creator {id: 'c01'})--{1,4}(b:Brand {id: 'b4'}) RETURN count(p) AS n"),
    Honest("MATCH p = ANY SHORTEST (a:Creator {id: 'c01'})--{1,5}(b:Brand) RETURN b.id AS id, length(p) AS steps ORDER BY steps, id"),
    Honest("MATCH p = SHORTEST 2 GROUPS (a:Creator {id: 'c01'})--{1,4}(b:Brand {id: 'b4'}) RETURN length(p) AS steps, count(*) AS n"),
    Honest(
        "MATCH (a:Brand {id: 'b1'}) ((x)-[:OFFERED]->(k)-[:WITH]->(c)<-[:WITH]-(l)<-[:OFFERED]-(y)){1,2} (z) RETURN DISTINCT z.id AS id"
    ),
    Honest("MATCH p = (c:Category)-[:CHILD_OF*]->(top) WHERE NOT (top)-[:CHILD_OF]->() RETURN [x IN nodes(p) | x.name] AS names"),
    Honest("MATCH (a:Creator {id: 'c01'}) MATCH (a)-[*2..2]-(b) RETURN labels(b)[0] AS label, count(DISTINCT b) AS n"),
    Honest(
        "MATCH p = (:Brand {id: 'b1'})-[:OFFERED]->()-[:WITH]->(:Creator) WHERE all(x IN nodes(p) WHERE x.id IS NOT NULL) RETURN p LIMIT 5"
    ),
    Honest(
        "MATCH p = (c:Creator {id: 'c01'})-[*1..3]-(b:Brand) WITH b, min(length(p)) AS steps, count(p) AS ways "
        "RETURN b.id AS id, steps, ways ORDER BY ways DESC, id LIMIT 10"
    ),
    Honest("MATCH p = (:Creator {id: 'c01'})-[*..2]-() RETURN reduce(n = 0, r IN relationships(p) | n + 1) AS steps, count(*) AS n"),
)
STATISTICS: Final = (
    Honest("MATCH (c:Creator) RETURN percentileCont(c.followerCount, 0.5) AS median, percentileDisc(c.followerCount, 0.9) AS p90"),
    Honest("MATCH (t:Content) RETURN avg(t.views) AS mean, stDev(t.views) AS sd, stDevP(t.views) AS sdp, min(t.views), max(t.views)"),
    Honest("MATCH (c:Creator) UNWIND [0.1, 0.25, 0.5, 0.75, 0.9] AS q RETURN q, percentileCont(c.followerCount, q) AS followers"),
    Honest("MATCH (t:Content) WITH log10(t.views + 1.0) AS x RETURN floor(x * 2) / 2 AS bin, count(*) AS n ORDER BY bin"),
    Honest(
        "MATCH (t:Content) WITH avg(t.views) AS mx, avg(t.likes) AS my MATCH (t:Content) "
        "RETURN sum((t.views - mx) * (t.likes - my)) / sqrt(sum((t.views - mx) ^ 2) * sum((t.likes - my) ^ 2)) AS correlation"
    ),
    Honest(
        "MATCH (s:Sale)-[:CREDITED_TO]->(c:Creator) WITH c, sum(s.gmvUsd) AS usd RETURN c.id AS id, usd, usd / 2 AS half ORDER BY usd DESC"
    ),
    Honest(
        "MATCH (s:Sale)-[:CREDITED_TO]->(c:Creator) WITH c, sum(s.gmvUsd) AS usd WITH collect(usd) AS all_usd, sum(usd) AS total "
        "RETURN reduce(h = 0.0, x IN all_usd | h + (x / total) ^ 2) AS herfindahl"
    ),
    Honest(
        "MATCH (c:Creator) WITH c ORDER BY c.followerCount DESC WITH collect(c) AS ranked "
        "UNWIND range(0, size(ranked) - 1) AS i RETURN i + 1 AS rank, ranked[i].handle AS handle LIMIT 5"
    ),
    Honest("MATCH (c:Creator) RETURN c.region AS region, count(*) AS n, round(avg(c.followerCount), 1) AS mean ORDER BY n DESC"),
    Honest("MATCH (k:Collaboration) RETURN k.status AS status, count(*) AS n, 1.0 * count(k.rating) / count(*) AS rated"),
    Honest("MATCH (c:Creator) RETURN c.region AS region, collect(c.handle)[..3] AS some, count(DISTINCT c.followerCount > 5000) AS n"),
    Honest("MATCH (t:Content) RETURN toInteger(t.views / 100) * 100 AS bin, count(*) AS n ORDER BY bin SKIP 1 LIMIT 5"),
)
TIME: Final = (
    Honest("MATCH (t:Content) RETURN date(datetime({epochSeconds: t.publishedAt})) AS day, count(*) AS n ORDER BY day"),
    Honest("MATCH (s:Sale) RETURN date.truncate('week', datetime({epochSeconds: s.at})) AS week, sum(s.gmvUsd) AS usd ORDER BY week"),
    Honest("MATCH (s:Sale) WITH datetime({epochSeconds: s.at}) AS at RETURN at.year AS y, at.month AS m, at.weekDay AS d, count(*) AS n"),
    Honest(
        "MATCH (k:Collaboration) WHERE k.answeredAt IS NOT NULL WITH duration({seconds: k.answeredAt - k.offeredAt}) AS took "
        "RETURN percentileCont(took.seconds / 3600.0, 0.5) AS hours, max(took) AS longest"
    ),
    Honest(
        "MATCH (s:Sale) WITH s.at / 86400 AS day, sum(s.gmvUsd) AS usd ORDER BY day WITH collect(usd) AS series "
        "RETURN [i IN range(6, size(series) - 1) | reduce(x = 0.0, v IN series[i - 6..i + 1] | x + v) / 7] AS weekly"
    ),
    Honest(
        "MATCH (s:Sale) WITH s.at / 86400 AS day, sum(s.gmvUsd) AS usd ORDER BY day WITH collect(usd) AS series "
        "RETURN [i IN range(1, size(series) - 1) | series[i] - series[i - 1]] AS change"
    ),
    Honest(
        "MATCH (t:Content)<-[:PUBLISHED]-(c:Creator) WITH c, t.publishedAt AS at ORDER BY at WITH c, collect(at) AS times "
        "RETURN c.id AS id, [i IN range(1, size(times) - 1) | (times[i] - times[i - 1]) / 86400.0] AS gaps"
    ),
    Honest(
        "RETURN duration.between(date('2026-01-01'), date('2026-03-01')).days AS days, duration.inDays(date('2026-01-01'), date()) AS d"
    ),
    Honest("MATCH (s:Sale) WHERE s.at >= datetime($since).epochSeconds RETURN count(*) AS n", {"since": "2024-10-01T00:00:00Z"}),
    Honest(
        "RETURN datetime.fromEpoch(1700000000, 0) AS a, localdatetime('2026-01-01T10:00') AS b, time('10:00+01:00') AS c, localtime() AS d"
    ),
)
SUBQUERIES: Final = (
    Honest("MATCH (c:Creator) RETURN c.id AS id, COUNT { (c)-[:PUBLISHED]->(:Video) } AS videos ORDER BY videos DESC, id"),
    Honest("MATCH (c:Creator) WHERE COUNT { (c)<-[:WITH]-(:Collaboration {status: 'DELIVERED'}) } > 3 RETURN count(c) AS n"),
    Honest(
        "MATCH (c:Creator) RETURN c.id AS id, COLLECT { MATCH (c)-[:PUBLISHED]->(t) RETURN t.views ORDER BY t.views DESC LIMIT 3 } AS top"
    ),
    Honest("MATCH (c:Creator) WHERE EXISTS { MATCH (c)-[:PUBLISHED]->(t) WHERE t.views > 1000 RETURN t } RETURN c.handle AS handle"),
    Honest(
        "MATCH (b:Brand) CALL (b) { MATCH (b)-[:OFFERED]->()-[:WITH]->(c) RETURN c, count(*) AS times ORDER BY times DESC LIMIT 2 } "
        "RETURN b.name AS brand, c.handle AS creator, times"
    ),
    Honest("MATCH (c:Creator) CALL (c) { RETURN 'a' AS kind UNION RETURN 'b' AS kind } RETURN c.id AS id, kind LIMIT 4"),
    Honest("MATCH (c:Creator) OPTIONAL CALL (c) { MATCH (c)-[:PUBLISHED]->(l:LiveStream) RETURN l } RETURN c.id AS id, l"),
    Honest("MATCH (c:Creator) RETURN c.handle AS name UNION MATCH (b:Brand) RETURN b.name AS name"),
    Honest("MATCH (c:Creator) RETURN 'creators' AS what, count(*) AS n UNION ALL MATCH (b:Brand) RETURN 'brands' AS what, count(*) AS n"),
    Honest("MATCH (c:Creator) RETURN c {.id, .handle, videos: [(c)-[:PUBLISHED]->(t:Video) | t {.id, .views}][..2]} AS creator LIMIT 3"),
    Honest(
        "MATCH (c:Creator) RETURN [(c)<-[:WITH]-(k) WHERE k.rating > 3 | k.rating] AS ratings, size([(c)-[:PUBLISHED]->(t) | t]) AS posts"
    ),
    Honest("MATCH (c:Creator) OPTIONAL MATCH (c)-[:PUBLISHED]->(l:LiveStream) RETURN c.id AS id, coalesce(l.views, 0) AS views"),
    Honest(
        "UNWIND $ids AS id MATCH (c:Creator {id: id}) RETURN c.id AS id, c.followerCount AS followers", {"ids": ["c01", "c02", "nobody"]}
    ),
    Honest("UNWIND $rows AS row RETURN row.name AS name, row.value * 2 AS twice", {"rows": [{"name": "a", "value": 1.5}]}),
)
LISTS: Final = (
    Honest("MATCH (c:Creator) WITH collect(c.handle) AS handles RETURN [h IN handles WHERE h CONTAINS '1' | toUpper(h)] AS found"),
    Honest("MATCH (c:Creator) RETURN keys(c) AS keys, properties(c) AS properties, valueType(c.followerCount) AS type LIMIT 1"),
    Honest("WITH [1, 2, 3, 4] AS xs RETURN head(xs) AS a, last(xs) AS b, tail(xs) AS c, reverse(xs) AS d, xs[1..3] AS e, 2 IN xs AS f"),
    Honest(
        "RETURN split('a,b', ',') AS a, replace('aba', 'a', 'c') AS b, substring('abc', 1) AS c, trim('  a ') AS d, left('abc', 2) AS e"
    ),
    Honest("MATCH (c:Creator) WHERE c.handle =~ 'creator1.*' AND c.handle STARTS WITH 'creator' RETURN c.handle AS handle"),
    Honest(
        "MATCH (c:Creator) WITH collect(c.id) AS hs RETURN reduce(s='', h IN hs[..99] | s + CASE s WHEN '' THEN h ELSE ', ' + h END) AS t"
    ),
    Honest(
        "MATCH (c:Creator) WITH c.followerCount AS n ORDER BY n WITH collect(n) AS ns "
        "RETURN reduce(runs = [], n IN ns[..999] | CASE WHEN last(runs) = n THEN runs ELSE runs + [n] END) AS distinct_in_order"
    ),
    Honest(
        "MATCH (a:Creator {id: 'c01'})-[:PUBLISHED]->()-[:FEATURES]->(p) WITH collect(DISTINCT p.id) AS ps "
        "MATCH (b:Creator {id: 'c02'})-[:PUBLISHED]->()-[:FEATURES]->(q) WITH ps, collect(DISTINCT q.id) AS qs "
        "RETURN 1.0 * size([x IN ps WHERE x IN qs]) / (size(ps) + size(qs) - size([x IN ps WHERE x IN qs])) AS jaccard"
    ),
    Honest(
        "RETURN [x IN range(1, 10) | x ^ 2] AS squares, [x IN range(0, 100, 10)] AS tens, any(x IN $xs WHERE x > 2) AS some", {"xs": [1, 3]}
    ),
    Honest("MATCH p = (:Brand {id: 'b1'})-[*..2]-() RETURN [n IN nodes(p) | [l IN labels(n) WHERE l <> 'Content' | l]] AS labels LIMIT 3"),
    Honest("WITH {a: 1, b: {c: [1, 2]}} AS m RETURN m.b.c[0] AS x, m['a'] AS y, keys(m) AS ks, m {.a, z: 3} AS n"),
    Honest(
        "RETURN point.distance(point({latitude: 1, longitude: 2}), point({latitude: 1, longitude: 3})) AS metres, pi(), rand() < 2 AS r"
    ),
    Honest("MATCH (call:Collaboration) WITH call ORDER BY call.id RETURN call.id AS id, '// no comment' AS a, 'CREATE (n)' AS b LIMIT 2"),
    Honest("MATCH (n:Creator) RETURN n.`handle` AS `the handle`, n['followerCount'] AS followers /* and so on */ LIMIT 1;"),
    Honest("RETURN vector.similarity.cosine([1.0, 2.0], [2.0, 1.0]) AS near"),
)
INDEXES: Final = (
    Honest(
        "CALL db.index.fulltext.queryNodes('drawn_titles', $words) YIELD node, score RETURN node.title AS title, score",
        {"words": "product"},
    ),
    Honest("CALL db.labels() YIELD label RETURN label ORDER BY label"),
    Honest("CALL db.relationshipTypes()"),
    Honest("CALL db.propertyKeys() YIELD propertyKey WHERE propertyKey STARTS WITH 'g' RETURN propertyKey"),
    Honest("CALL db.schema.nodeTypeProperties() YIELD nodeType, propertyName, propertyTypes RETURN nodeType, propertyName, propertyTypes"),
    Honest("CALL db.schema.visualization()"),
    Honest("MATCH (p:Product) WHERE p.title STARTS WITH 'Product' RETURN p.id AS id ORDER BY p.title"),
    Honest("MATCH (c:Creator) WHERE c.id IN $ids OR c.followerCount > 10000 RETURN c.id AS id", {"ids": ["c01", "c02"]}),
    Honest("MATCH (c:Creator) WHERE 1000 < c.followerCount <= 20000 RETURN count(*) AS n"),
    Honest("USE neo4j MATCH (n:Creator) RETURN count(n) AS n"),
)
HONEST: Final = (*MOTIFS, *PATHS, *STATISTICS, *TIME, *SUBQUERIES, *LISTS, *INDEXES)
