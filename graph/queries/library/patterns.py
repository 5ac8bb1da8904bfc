"""Questions about time, and about who promotes and names whom."""

from __future__ import annotations

from typing import Final

from graph.queries.library.question import REGION, TOP, Question, at_least, at_most, days

BY_WEEK: Final = Question(
    "live-and-video-by-week",
    ("Gross sales per week (from Monday): of videos, of live streams and of neither, and the share of live streams among the first two."),
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until
MATCH (s:Sale)-[:CREDITED_TO]->(c:Creator)
WHERE s.at >= until - $weeks * 604800 AND s.at < until AND s.status <> 'NO_SALE' AND ($region IS NULL OR c.region = $region)
OPTIONAL MATCH (s)-[:THROUGH]->(t:Content)
WITH date.truncate('week', date(datetime({epochSeconds: s.at}))) AS week, coalesce(t.kind, s.contentKind) AS kind, s.gmvUsd AS gmvUsd
WITH week, sum(CASE WHEN kind = 'VIDEO' THEN gmvUsd ELSE 0.0 END) AS video, sum(CASE WHEN kind = 'LIVE' THEN gmvUsd ELSE 0.0 END) AS live,
  sum(gmvUsd) AS total, count(*) AS orderLines
RETURN week, video AS videoGmvUsd, live AS liveGmvUsd, total - video - live AS otherGmvUsd, orderLines,
  CASE WHEN video + live > 0 THEN live / (video + live) END AS liveShare
ORDER BY week
LIMIT 500
""",
    (at_most("weeks", 13, "Weeks to look back."), REGION),
)

WEEKDAYS: Final = Question(
    "seasonality-by-weekday",
    "Gross sales and posts by weekday (UTC, 1 is Monday): mean per day, and relative to the mean of all days.",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until, $weeks * 7 AS days
CALL (until, days) {
  MATCH (s:Sale)
  WHERE s.at >= until - days * 86400 AND s.at < until AND s.status <> 'NO_SALE'
  RETURN (s.at / 86400 + 3) % 7 + 1 AS weekday, sum(s.gmvUsd) AS gmvUsd, count(*) AS orderLines, 0 AS posts
  UNION ALL
  MATCH (t:Content)
  WHERE t.publishedAt >= until - days * 86400 AND t.publishedAt < until
  RETURN (t.publishedAt / 86400 + 3) % 7 + 1 AS weekday, 0.0 AS gmvUsd, 0 AS orderLines, count(*) AS posts
}
WITH weekday, sum(gmvUsd) AS gmvUsd, sum(orderLines) AS orderLines, sum(posts) AS posts
WITH collect({weekday: weekday, gmvUsd: gmvUsd, orderLines: orderLines, posts: posts}) AS rows, sum(gmvUsd) AS total
UNWIND rows AS row
RETURN row.weekday AS weekday, row.gmvUsd / $weeks AS gmvUsdADay, toFloat(row.orderLines) / $weeks AS orderLinesADay,
  toFloat(row.posts) / $weeks AS postsADay, CASE WHEN total > 0 THEN row.gmvUsd * 7 / total END AS overMean
ORDER BY weekday
LIMIT 7
""",
    (at_most("weeks", 13, "Whole weeks to look back."),),
)

CO_PROMOTION: Final = Question(
    "co-promotion-pairs",
    "Pairs of creators who promote the same products: how many, and whether one mentions the other. Products that very many "
    "creators promote are left out.",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until
MATCH (c:Creator)-[:PUBLISHED]->(t:Content)-[:FEATURES]->(p:Product)
WHERE t.publishedAt >= until - $days * 86400 AND t.publishedAt < until
WITH p, collect(DISTINCT c) AS creators
WHERE size(creators) <= $mostCreators
UNWIND creators AS a
UNWIND creators AS b
WITH a, b
WHERE a.id < b.id
WITH a, b, count(*) AS shared
WHERE shared >= $minShared
RETURN a.id AS creator, a.handle AS handle, b.id AS other, b.handle AS otherHandle, shared,
  EXISTS { (a)-[:PUBLISHED]->(:Content)-[:MENTIONS]->(b) } OR EXISTS { (b)-[:PUBLISHED]->(:Content)-[:MENTIONS]->(a) } AS names
ORDER BY shared DESC, creator, other
LIMIT $top
""",
    (
        days(90),
        at_least("minShared", 2, "Minimum number of products in common."),
        at_most("mostCreators", 50, "Maximum number of creators for a product to count."),
        TOP,
    ),
)

CASCADES: Final = Question(
    "mention-cascades",
    ("Chains of mentions: one creator mentions a second, who mentions a third within some days; by the first creator, with an example."),
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until
MATCH (a:Creator)-[:PUBLISHED]->(first:Content)-[:MENTIONS]->(b:Creator)
WHERE first.publishedAt >= until - $days * 86400 AND first.publishedAt < until AND a <> b
MATCH (b)-[:PUBLISHED]->(second:Content)-[:MENTIONS]->(c:Creator)
WHERE second.publishedAt > first.publishedAt AND second.publishedAt <= first.publishedAt + $within * 86400 AND c <> a AND c <> b
WITH a, b, c, min(second.publishedAt - first.publishedAt) / 86400.0 AS daysBetween
ORDER BY daysBetween, b.id, c.id
WITH a, count(DISTINCT b) AS relays, count(DISTINCT c) AS reached, min(daysBetween) AS fastestDays,
  collect([a.handle, b.handle, c.handle])[0] AS example
RETURN a.id AS creator, a.handle AS handle, relays, reached, fastestDays, example
ORDER BY reached DESC, relays DESC, creator
LIMIT $top
""",
    (days(90), at_most("within", 14, "Maximum number of days between the two mentions."), TOP),
)

QUESTIONS: Final = (BY_WEEK, WEEKDAYS, CO_PROMOTION, CASCADES)
