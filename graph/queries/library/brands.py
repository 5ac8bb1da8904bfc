"""Questions about brands, and about their work with creators."""

from __future__ import annotations

from typing import Final

from graph.queries.library.question import REGION, TOP, Question, at_least, days
from graph.queries.parameters import Parameter, ParameterType

LOSING: Final = Question(
    "brands-losing-creators",
    "Brands by the creators who were active with them in one period and not in the next: lost, won, kept, and the share lost. "
    "A creator who accepted a collaboration or sold a product is active.",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until, $days * 86400 AS span
CALL (until, span) {
  MATCH (s:Sale)-[:OF]->(:Product)<-[:SELLS]-(b:Brand)
  WHERE s.at >= until - 2 * span AND s.at < until AND s.status <> 'NO_SALE'
  MATCH (s)-[:CREDITED_TO]->(c:Creator)
  RETURN b, c, s.at AS at
  UNION ALL
  MATCH (b:Brand)-[:OFFERED]->(k:Collaboration)-[:WITH]->(c:Creator)
  WHERE k.status IN ['ACCEPTED', 'DELIVERED', 'FAILED'] AND coalesce(k.answeredAt, k.offeredAt) >= until - 2 * span
    AND coalesce(k.answeredAt, k.offeredAt) < until
  RETURN b, c, coalesce(k.answeredAt, k.offeredAt) AS at
}
WITH b, c, until - span AS turn, max(at) AS last, min(at) AS first
WITH b, last >= turn AS recent, first < turn AS before
WITH b, count(CASE WHEN before AND NOT recent THEN 1 END) AS lost, count(CASE WHEN recent AND NOT before THEN 1 END) AS won,
  count(CASE WHEN before AND recent THEN 1 END) AS kept
WHERE lost >= $minLost
RETURN b.id AS brand, b.name AS name, lost, won, kept, toFloat(lost) / (lost + kept) AS lostShare
ORDER BY lost DESC, brand
LIMIT $top
""",
    (days(28, "Length of each of the two periods, in days."), at_least("minLost", 1, "Creators lost."), TOP),
)

REPEAT: Final = Question(
    "repeat-collaboration-rate",
    "Brands by the share of their creators with two or more accepted collaborations, over the whole history.",
    """
MATCH (run:ScoringRun {status: 'current'})
MATCH (c:Creator)-[tie:COLLABORATED_WITH {runId: run.id}]->(b:Brand)
WHERE tie.times >= 1
WITH b, count(*) AS creators, count(CASE WHEN tie.times >= 2 THEN 1 END) AS repeated, sum(tie.times) AS collaborations
WHERE creators >= $minCreators
RETURN b.id AS brand, b.name AS name, creators, repeated, toFloat(repeated) / creators AS repeatRate,
  toFloat(collaborations) / creators AS collaborationsPerCreator
ORDER BY repeatRate DESC, creators DESC, brand
LIMIT $top
""",
    (at_least("minCreators", 1, "Creators with an accepted collaboration."), TOP),
)

OVERLAP: Final = Question(
    "overlap-of-two-brands",
    "Creators that two brands have in common, and those of each brand; without brands, for the two with the most creators. With one "
    "brand only, nothing is returned.",
    """
MATCH (run:ScoringRun {status: 'current'})
CALL (run) {
  MATCH (b:Brand)<-[tie:COLLABORATED_WITH {runId: run.id}]-(:Creator)
  WHERE $brand IS NULL AND $other IS NULL OR b.id IN [$brand, $other]
  WITH b, count(tie) AS creators
  ORDER BY creators DESC, b.id
  LIMIT 2
  RETURN collect(b) AS brands, collect(creators) AS counts
}
WITH run, brands, counts
WHERE size(brands) = 2
WITH run, brands[0] AS a, brands[1] AS b, counts[0] AS ofA, counts[1] AS ofB
OPTIONAL MATCH (a)<-[ta:COLLABORATED_WITH {runId: run.id}]-(c:Creator)-[tb:COLLABORATED_WITH {runId: run.id}]->(b)
WITH a, b, ofA, ofB, count(c) AS common, sum(ta.gmvUsd) AS gmvUsd, sum(tb.gmvUsd) AS otherGmvUsd
RETURN a.id AS brand, b.id AS other, ofA AS creators, ofB AS otherCreators, common, toFloat(common) / (ofA + ofB - common) AS jaccard,
  gmvUsd AS gmvUsdOfCommon, otherGmvUsd AS otherGmvUsdOfCommon
""",
    (
        Parameter("brand", ParameterType.ID, "One brand; null, as the other, for the two with the most creators."),
        Parameter("other", ParameterType.ID, "The other brand."),
    ),
)

FUNNEL: Final = Question(
    "collaboration-funnel",
    "Collaborations offered in a period, by kind: how many were answered, accepted and delivered, and how many led to a sale.",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until
MATCH (k:Collaboration)
WHERE k.offeredAt >= until - $days * 86400 AND k.offeredAt < until
  AND ($brand IS NULL OR EXISTS { (:Brand {id: $brand})-[:OFFERED]->(k) })
WITH k, k.status = 'DELIVERED' OR k.deliveredAt IS NOT NULL AND k.status <> 'FAILED' AS delivered
WITH k, delivered, delivered OR k.status IN ['ACCEPTED', 'FAILED'] OR coalesce(k.accepted, false) AS accepted
WITH k.kind AS kind, accepted OR k.status = 'DECLINED' OR k.answeredAt IS NOT NULL AS answered, accepted, delivered,
  EXISTS { (k)<-[:UNDER]-(:Sale) } AS sold
WITH kind, count(*) AS offered, count(CASE WHEN answered THEN 1 END) AS answered, count(CASE WHEN accepted THEN 1 END) AS accepted,
  count(CASE WHEN delivered THEN 1 END) AS delivered, count(CASE WHEN sold THEN 1 END) AS sold
RETURN kind, offered, answered, accepted, delivered, sold, toFloat(accepted) / offered AS acceptedShare,
  CASE WHEN accepted > 0 THEN toFloat(delivered) / accepted END AS deliveredShareOfAccepted
ORDER BY kind
LIMIT 10
""",
    (days(90, "Number of days to look back for offers."), Parameter("brand", ParameterType.ID, "The brand that offered; all if null.")),
)

ANSWER_TIME: Final = Question(
    "time-to-answer",
    "Hours from an offer to its answer, by kind of collaboration: median, quartiles and the 90th percentile, and the share "
    "still unanswered.",
    """
MATCH (run:ScoringRun {status: 'current'})
WITH run.asOf / 86400 * 86400 AS until
MATCH (k:Collaboration)-[:WITH]->(c:Creator)
WHERE k.offeredAt >= until - $days * 86400 AND k.offeredAt < until AND ($region IS NULL OR c.region = $region)
WITH k.kind AS kind, CASE WHEN k.answeredAt >= k.offeredAt THEN (k.answeredAt - k.offeredAt) / 3600.0 END AS hours
RETURN kind, count(*) AS offered, count(hours) AS answered, percentileCont(hours, 0.25) AS lowerQuartile,
  percentileCont(hours, 0.5) AS median, percentileCont(hours, 0.75) AS upperQuartile, percentileCont(hours, 0.9) AS p90,
  1.0 - toFloat(count(hours)) / count(*) AS unansweredShare
ORDER BY kind
LIMIT 10
""",
    (days(90, "Number of days to look back for offers."), REGION),
)

QUESTIONS: Final = (LOSING, REPEAT, OVERLAP, FUNNEL, ANSWER_TIME)
