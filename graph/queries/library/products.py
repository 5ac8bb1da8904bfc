"""Questions about products and categories."""

from __future__ import annotations

from typing import Final

from graph.expressions import net_sales
from graph.queries.library.question import TOP, Question, at_least, days
from graph.queries.parameters import Parameter, ParameterType

CONCENTRATION: Final = Question(
    "category-concentration",
    "How concentrated each category's net sales are: share of the top creator and of the top ten, Herfindahl index, effective "
    "number of creators (exponential of the entropy).",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until
MATCH (s:Sale)-[:OF]->(:Product)-[:IN_CATEGORY]->(g:Category)
WHERE s.at >= until - $days * 86400 AND s.at < until AND s.status <> 'NO_SALE'
MATCH (s)-[:CREDITED_TO]->(c:Creator)
WITH g, c, sum({net}) AS net
WHERE net > 0
WITH g, net
ORDER BY g.id, net DESC
WITH g, collect(net) AS nets, sum(net) AS total
WHERE size(nets) >= $minCreators
RETURN g.id AS category, g.name AS name, size(nets) AS creators, total AS gmvUsd, nets[0] / total AS firstShare,
  reduce(t = 0.0, net IN nets[0..10] | t + net) / total AS firstTenShare,
  reduce(t = 0.0, net IN nets | t + (net / total) ^ 2) AS herfindahl,
  exp(-reduce(t = 0.0, net IN nets | t + net / total * log(net / total))) AS effectiveCreators
ORDER BY herfindahl DESC, category
LIMIT $top
""".replace("{net}", net_sales("s")),
    (days(90), at_least("minCreators", 1, "Creators who sell in the category."), TOP),
)

REFUNDS: Final = Question(
    "refund-rates-by-product",
    "Products by the share of units refunded, ordered by a lower bound of that share (Wilson, 90 % one-sided), so that "
    "products with few units do not lead the list.",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until
MATCH (s:Sale)-[:OF]->(p:Product)
WHERE s.at >= until - $days * 86400 AND s.at < until AND s.status <> 'NO_SALE'
WITH p, sum(s.quantity) AS units, sum(CASE WHEN s.status = 'REFUNDED' THEN s.quantity ELSE coalesce(s.refundedQuantity, 0) END) AS refunded
WHERE units >= $minUnits
WITH p, units, refunded, toFloat(refunded) / units AS rate, 1.2816 AS z
RETURN p.id AS product, p.title AS title, units, refunded, rate,
  (rate + z * z / (2 * units) - z * sqrt((rate * (1 - rate) + z * z / (4 * units)) / units)) / (1 + z * z / units) AS rateAtLeast
ORDER BY rateAtLeast DESC, product
LIMIT $top
""",
    (days(90), at_least("minUnits", 1, "Units ordered."), TOP),
)

UNSOLD: Final = Question(
    "unsold-showcase",
    "Products shown in content but not sold in the period: posts, creators and clicks; most shown first.",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until
MATCH (c:Creator)-[:PUBLISHED]->(t:Content)-[shown:FEATURES]->(p:Product)
WHERE t.publishedAt >= until - $days * 86400 AND t.publishedAt < until
WITH p, until, count(DISTINCT t) AS posts, count(DISTINCT c) AS creators, sum(shown.clicks) AS clicks, sum(shown.units) AS units
WHERE units = 0 AND NOT EXISTS {
  MATCH (p)<-[:OF]-(s:Sale)
  WHERE s.at >= until - $days * 86400 AND s.at < until AND s.status <> 'NO_SALE'
}
OPTIONAL MATCH (b:Brand)-[:SELLS]->(p)
RETURN p.id AS product, p.title AS title, b.name AS brand, posts, creators, clicks
ORDER BY posts DESC, clicks DESC, product
LIMIT $top
""",
    (days(28), TOP),
)

COMMISSION: Final = Question(
    "commission-and-sales",
    "Products by commission, in steps: number of products, creators who sell them, gross sales and units per product; shows "
    "whether higher commission goes with higher sales.",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until
MATCH (p:Product)
WHERE p.commissionRate IS NOT NULL
OPTIONAL MATCH (p)<-[:OF]-(s:Sale)
WHERE s.at >= until - $days * 86400 AND s.at < until AND s.status <> 'NO_SALE'
OPTIONAL MATCH (s)-[:CREDITED_TO]->(c:Creator)
WITH p, coalesce(sum(s.gmvUsd), 0.0) AS gmvUsd, coalesce(sum(s.quantity), 0) AS units, count(DISTINCT c) AS creators
WITH toInteger(floor(p.commissionRate / $step + 1e-9)) AS step, count(*) AS products, avg(creators) AS creatorsPerProduct,
  avg(gmvUsd) AS gmvUsdPerProduct, avg(units) AS unitsPerProduct, count(CASE WHEN units > 0 THEN 1 END) AS sold
RETURN step * $step AS commissionFrom, (step + 1) * $step AS commissionBelow, products, toFloat(sold) / products AS soldShare,
  creatorsPerProduct, gmvUsdPerProduct, unitsPerProduct
ORDER BY commissionFrom
LIMIT 100
""",
    (days(90), Parameter("step", ParameterType.FLOAT, "Width of a step of commission, as a share.", 0.05, least=0.001)),
)

ENTRY: Final = Question(
    "category-entry-funnel",
    "How creators enter a category: those who showed one of its products for the first time, who then sold one, who sold "
    "again, and the days to the first sale.",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf AS until
CALL (until) {
  MATCH (c:Creator)-[:PUBLISHED]->(t:Content)-[:FEATURES]->(:Product)-[:IN_CATEGORY]->(g:Category)
  WHERE t.publishedAt < until AND ($category IS NULL OR g.id = $category)
  RETURN g, c, min(t.publishedAt) AS entered, null AS sales
  UNION ALL
  MATCH (c:Creator)<-[:CREDITED_TO]-(s:Sale)-[:OF]->(:Product)-[:IN_CATEGORY]->(g:Category)
  WHERE s.at < until AND s.status <> 'NO_SALE' AND ($category IS NULL OR g.id = $category)
  RETURN g, c, null AS entered, collect({at: s.at, order: s.orderId}) AS sales
}
WITH g, c, max(entered) AS entered, head(collect(sales)) AS sales
WHERE entered IS NOT NULL
WITH g, entered, [sale IN coalesce(sales, []) WHERE sale.at >= entered] AS sales
WITH g, entered, any(sale IN sales WHERE sale.order <> sales[0].order) AS again,
  reduce(first = null, sale IN sales | CASE WHEN first IS NULL OR sale.at < first THEN sale.at ELSE first END) AS firstAt
RETURN g.id AS category, g.name AS name, count(*) AS entered, count(firstAt) AS sold, count(CASE WHEN again THEN 1 END) AS soldAgain,
  toFloat(count(firstAt)) / count(*) AS soldShare, percentileCont((firstAt - entered) / 86400.0, 0.5) AS medianDaysToFirstSale
ORDER BY entered DESC, category
LIMIT $top
""",
    (Parameter("category", ParameterType.ID, "The category; all if null."), TOP),
)

QUESTIONS: Final = (CONCENTRATION, REFUNDS, UNSOLD, COMMISSION, ENTRY)
