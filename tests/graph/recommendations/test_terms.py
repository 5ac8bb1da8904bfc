from __future__ import annotations

import pytest
from neo4j import AsyncDriver

from graph.recommendations.terms import Fee, Rates, Terms, dollars, open_rates, reported_rates, terms
from tests.graph.recommendations.conftest import ALL, BRAND, Reader

MARKET = """
CREATE (c1:Creator {id: 'c1', region: 'US', salesConsent: true}), (c2:Creator {id: 'c2', region: 'US'}), (b1:Brand {id: 'b1'}),
       (b2:Brand {id: 'b2'})
CREATE (b1)-[:OFFERED]->(:Collaboration {id: 'k1', status: 'DELIVERED', commissionRate: 0.2, fee: 5.0, currency: 'USD'})-[:WITH]->(c1)
CREATE (b1)-[:OFFERED]->(:Collaboration {id: 'k2', status: 'EXPIRED', accepted: true, commissionRate: 0.1, fee: 0.0})-[:WITH]->(c1)
CREATE (b1)-[:OFFERED]->(:Collaboration {id: 'k3', status: 'DECLINED', commissionRate: 0.9})-[:WITH]->(c1)
CREATE (b2)-[:OFFERED]->(:Collaboration {id: 'k4', status: 'ACCEPTED', commissionRate: 0.3})-[:WITH]->(c1)
CREATE (c1)<-[:ABOUT]-(:Report {id: 'c1:1', at: 1, commissionRate: 0.5}), (c1)<-[:ABOUT]-(:Report {id: 'c1:3', at: 3})
CREATE (c1)<-[:ABOUT]-(:Report {id: 'c1:2', at: 2, commissionRate: 0.15, commissionRateLow: 0.1, commissionRateHigh: 0.2})
CREATE (c2)<-[:ABOUT]-(:Report {id: 'c2:1', at: 1, commissionRate: 0.15, commissionRateLow: 0.1, commissionRateHigh: 0.2})
CREATE (top:Category {id: 'top'})<-[:CHILD_OF]-(leaf:Category {id: 'leaf'})
WITH leaf
UNWIND range(1, 5) AS n
CREATE (:Product {id: 'p' + n, commissionRate: n / 10.0})-[:IN_CATEGORY]->(leaf)
"""


async def test_accepted_terms_are_those_whose_brands_the_reader_may_see(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(MARKET)
    assert await terms(reader(ALL), ["c1", "c2"]) == {"c1": Terms((0.1, 0.2, 0.3), (Fee(5.0, "USD"),))}
    assert await terms(reader(BRAND), ["c1"]) == {"c1": Terms((0.1, 0.2), (Fee(5.0, "USD"),))}


async def test_a_reported_rate_is_exact_with_consent_alone(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(MARKET)
    assert await reported_rates(reader(ALL), ["c1", "c2"]) == {"c1": Rates(0.15, 0.15), "c2": Rates(0.15, 0.15)}
    assert await reported_rates(reader(BRAND), ["c1", "c2", "c3"]) == {"c1": Rates(0.15, 0.15), "c2": Rates(0.1, 0.2)}


async def test_open_rates_are_the_middle_half_of_what_is_below_the_categories(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(MARKET)
    for categories in (["top"], ["leaf"], []):
        assert await open_rates(reader(BRAND), categories) == pytest.approx((0.2, 0.4))
    assert await open_rates(reader(BRAND), ["none such"]) is None


async def test_dollars_are_those_of_the_latest_rate(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(
        "CREATE (:Rate {id: 'a', currency: 'EUR', date: '2024-01-01', usdPerUnit: 1.1}),"
        " (:Rate {id: 'b', currency: 'EUR', date: '2025-01-01', usdPerUnit: 1.2})"
    )
    assert await dollars(reader(BRAND), ["EUR", "XYZ"]) == {"EUR": 1.2, "USD": 1.0}
