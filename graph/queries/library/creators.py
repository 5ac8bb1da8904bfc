"""Questions about creators."""

from __future__ import annotations

from typing import Final

from graph.expressions import net_sales
from graph.queries.library.question import REGION, TOP, Question, at_least, at_most, days
from graph.queries.parameters import Parameter, ParameterType

RISING: Final = Question(
    "rising-creators",
    "Creators whose net sales grew most from one period to the next, by order lines: sales in both periods, difference and ratio"
    " (null where there was nothing before).",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until, $days * 86400 AS span
MATCH (s:Sale)-[:CREDITED_TO]->(c:Creator)
WHERE s.at >= until - 2 * span AND s.at < until AND s.status <> 'NO_SALE'
  AND ($region IS NULL OR c.region = $region)
WITH c, s.at >= until - span AS recent, {net} AS net
WITH c, sum(CASE WHEN recent THEN net ELSE 0.0 END) AS now, sum(CASE WHEN recent THEN 0.0 ELSE net END) AS before
WHERE now >= $minGmvUsd AND now > before
RETURN c.id AS creator, c.handle AS handle, c.region AS region, now AS gmvUsd, before AS gmvUsdBefore, now - before AS gain,
  CASE WHEN before > 0 THEN now / before END AS ratio
ORDER BY gain DESC, creator
LIMIT $top
""".replace("{net}", net_sales("s")),
    (days(28, "Length of each of the two periods, in days."), at_least("minGmvUsd", 0.0, "Net sales in the recent period."), REGION, TOP),
)

ACROSS_CATEGORIES: Final = Question(
    "creators-across-categories",
    "Creators who sell in several top categories: how many, the effective number (exponential of the entropy of net sales), and the"
    " share of the largest.",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until
MATCH (s:Sale)-[:CREDITED_TO]->(c:Creator)
WHERE s.at >= until - $days * 86400 AND s.at < until AND s.status <> 'NO_SALE'
MATCH (s)-[:OF]->(:Product)-[:IN_CATEGORY]->(:Category)-[:CHILD_OF*0..]->(top:Category)
WHERE NOT EXISTS { (top)-[:CHILD_OF]->(:Category) }
WITH c, top, sum({net}) AS net
WHERE net > 0
WITH c, collect(net) AS nets, collect(top.name) AS names, sum(net) AS total
WHERE size(nets) >= $minCategories
RETURN c.id AS creator, c.handle AS handle, size(nets) AS categories,
  exp(-reduce(entropy = 0.0, net IN nets | entropy + net / total * log(net / total))) AS effectiveCategories,
  reduce(largest = 0.0, net IN nets | CASE WHEN net / total > largest THEN net / total ELSE largest END) AS largestShare,
  total AS gmvUsd, names
ORDER BY effectiveCategories DESC, creator
LIMIT $top
""".replace("{net}", net_sales("s")),
    (days(90), at_least("minCategories", 2, "Top categories sold in."), TOP),
)

OUTLIERS: Final = Question(
    "followers-and-sales-outliers",
    "Creators who sell far more or less than expected from their followers: residual of a least-squares line through the "
    "logarithms of both, in standard deviations.",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until
MATCH (s:Sale)-[:CREDITED_TO]->(c:Creator)
WHERE s.at >= until - $days * 86400 AND s.at < until AND s.status <> 'NO_SALE' AND c.followerCount > 0
WITH c, sum({net}) AS net
WHERE net > 0
WITH collect({creator: c, gmvUsd: net, x: log(c.followerCount), y: log(net)}) AS points
WHERE size(points) > 2
WITH points, size(points) AS n, reduce(t = 0.0, p IN points | t + p.x) / size(points) AS mx,
  reduce(t = 0.0, p IN points | t + p.y) / size(points) AS my
WITH points, n, mx, my, reduce(t = 0.0, p IN points | t + (p.x - mx) ^ 2) AS sxx,
  reduce(t = 0.0, p IN points | t + (p.x - mx) * (p.y - my)) AS sxy
WHERE sxx > 0
WITH points, n, mx, my, sxy / sxx AS slope
WITH points, mx, my, slope, sqrt(reduce(t = 0.0, p IN points | t + (p.y - my - slope * (p.x - mx)) ^ 2) / (n - 2)) AS spread
WHERE spread > 0
UNWIND points AS p
WITH p, slope, (p.y - my - slope * (p.x - mx)) / spread AS deviations
WHERE abs(deviations) >= $minDeviations
RETURN p.creator.id AS creator, p.creator.handle AS handle, p.creator.followerCount AS followers, p.gmvUsd AS gmvUsd,
  deviations, slope
ORDER BY abs(deviations) DESC, creator
LIMIT $top
""".replace("{net}", net_sales("s")),
    (days(90), at_least("minDeviations", 1.0, "Standard deviations from the line, up or down."), TOP),
)

SALES_WITHOUT_POSTS: Final = Question(
    "creators-with-sales-but-no-posts",
    "A data check: creators credited with sales but without known content.",
    """
MATCH (s:Sale)-[:CREDITED_TO]->(c:Creator)
WHERE NOT EXISTS { (c)-[:PUBLISHED]->(:Content) }
RETURN c.id AS creator, c.handle AS handle, c.region AS region, count(s) AS orderLines, sum(s.gmvUsd) AS gmvUsd,
  date(datetime({epochSeconds: min(s.at)})) AS first, date(datetime({epochSeconds: max(s.at)})) AS last
ORDER BY gmvUsd DESC, creator
LIMIT $top
""",
    (TOP,),
)

RETENTION: Final = Question(
    "cohort-retention",
    "Creators by the month of their first post: their number, and the share that posts in each following month.",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf AS until
MATCH (c:Creator)-[:PUBLISHED]->(t:Content)
WHERE t.publishedAt < until AND ($region IS NULL OR c.region = $region)
WITH c, date(datetime({epochSeconds: t.publishedAt})) AS day
WITH c, day.year * 12 + day.month - 1 AS month
WITH c, min(month) AS cohort, collect(DISTINCT month) AS months
UNWIND months AS month
WITH cohort, month - cohort AS later, count(*) AS active
WHERE later <= $months
WITH cohort, collect({later: later, active: active}) AS row, max(CASE WHEN later = 0 THEN active END) AS creators
UNWIND row AS each
RETURN date({year: cohort / 12, month: cohort % 12 + 1}) AS cohort, creators, each.later AS monthsLater, each.active AS active,
  toFloat(each.active) / creators AS share
ORDER BY cohort, monthsLater
LIMIT $top
""",
    (
        at_most("months", 12, "Months to follow each cohort."),
        REGION,
        at_most("top", 500, "Maximum number of rows."),
    ),
)

BRIDGES: Final = Question(
    "bridges-between-communities",
    ("Creators who are the only link between brands: the pairs of brands that share no other creator, and all pairs that they link."),
    """
MATCH (run:ScoringRun {status: 'current'})
MATCH (a:Brand)<-[ta:COLLABORATED_WITH {runId: run.id}]-(c:Creator)-[tb:COLLABORATED_WITH {runId: run.id}]->(b:Brand)
WHERE a.id < b.id
WITH a, b, collect(c) AS creators
WITH a, b, creators[0] AS first, size(creators) = 1 AS alone, creators
UNWIND creators AS c
WITH c, count(*) AS pairs, count(CASE WHEN alone THEN 1 END) AS solePairs
WHERE solePairs >= $minPairs
RETURN c.id AS creator, c.handle AS handle, c.region AS region, solePairs, pairs, toFloat(solePairs) / pairs AS share
ORDER BY solePairs DESC, pairs DESC, creator
LIMIT $top
""",
    (at_least("minPairs", 1, "Minimum number of pairs of brands that no other creator links."), TOP),
)

STABILITY: Final = Question(
    "ranking-stability",
    "How much a ranking changed from the previous run to the current one, by region: creators scored in both, correlation of "
    "their ranks (1: the same order), mean and maximum change of rank.",
    """
MATCH (run:ScoringRun {status: 'current'})
MATCH (older:ScoringRun)
WHERE older.publishedAt < run.publishedAt
WITH run, older
ORDER BY older.publishedAt DESC, older.id
LIMIT 1
MATCH (now:Scorecard {runId: run.id, window: $window, categoryId: $category})-[:RATES]->(c:Creator)
MATCH (c)<-[:RATES]-(before:Scorecard {runId: older.id, window: $window, categoryId: $category})
WHERE now[$indicator] IS NOT NULL AND before[$indicator] IS NOT NULL AND now.region = before.region
WITH now.region AS region, toFloat(now[$indicator + 'Ordinal']) AS x, toFloat(before[$indicator + 'Ordinal']) AS y
WITH region, count(*) AS n, avg(x) AS mx, avg(y) AS my, avg(x * y) AS xy, stDevP(x) AS sx, stDevP(y) AS sy,
  avg(abs(x - y)) AS meanMove, max(abs(x - y)) AS largestMove
RETURN region, n AS creators, CASE WHEN sx > 0 AND sy > 0 THEN (xy - mx * my) / (sx * sy) END AS correlation, meanMove, largestMove
ORDER BY region
LIMIT $top
""",
    (
        Parameter("indicator", ParameterType.STRING, "The scorecards' property: `overall`, `salesAbility` …", "overall"),
        Parameter("window", ParameterType.INT, "Days that the scores look back.", 90, among=(7, 28, 90)),
        Parameter("category", ParameterType.ID, "The category; `*` for everything.", "*"),
        TOP,
    ),
)

QUESTIONS: Final = (RISING, ACROSS_CATEGORIES, OUTLIERS, SALES_WITHOUT_POSTS, RETENTION, BRIDGES, STABILITY)
