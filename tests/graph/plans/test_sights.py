"""Predicates of access by kind of viewer."""

from __future__ import annotations

from graph.plans.sights import exact, explained, party, tied_brand, tied_product, visible
from graph.plans.visibility import Reach, Visibility

ALL = Visibility(Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL)
BRAND = Visibility(Reach.REGIONS, Reach.REGIONS, Reach.OWN, Reach.COUNTS, Reach.RANGES, ("US",), ("b",))
CREATOR = Visibility(Reach.OWN, Reach.OWN, Reach.OWN, Reach.NONE, Reach.OWN, creator="c")
BLIND = Visibility(Reach.NONE, Reach.NONE, Reach.NONE, Reach.NONE, Reach.NONE)


def test_who_sees_all_is_asked_nothing() -> None:
    assert [visible(kind, "n", ALL) for kind in ("Creator", "Collaboration", "Content", "Brand", "Report", "ScoringRun")] == [[]] * 6
    assert (party("k", ALL), tied_brand("b", ALL), tied_product("p", ALL)) == ([], [], [])
    assert (exact("c", ALL), explained("c", ALL)) == ("true", "true")


def test_brands_are_bounded_by_regions_and_by_themselves() -> None:
    assert visible("Creator", "n", BRAND) == ["n.region IN $regions"]
    assert visible("Collaboration", "k", BRAND) == ["EXISTS { MATCH (k)<-[:OFFERED]-(party:Brand) WHERE party.id IN $brands }"]
    assert visible("Report", "r", BRAND) == ["EXISTS { MATCH (r)-[:ABOUT]->(owner:Creator) WHERE owner.region IN $regions }"]
    assert visible("ScoringRun", "s", BRAND) == ["NOT coalesce(s.status, '') IN ['held', 'discarded']"]
    assert visible("Content", "t", BRAND) == ["EXISTS { MATCH (t)<-[:PUBLISHED]-(owner:Creator) WHERE owner.region IN $regions }"]
    assert tied_brand("b", BRAND) == ["b.id IN $brands"]
    assert exact("c", BRAND) == "coalesce(c.salesConsent, false)"


def test_creators_are_bounded_by_themselves() -> None:
    assert visible("Creator", "n", CREATOR) == ["n.id = $me"]
    assert party("k", CREATOR) == ["EXISTS { MATCH (k)-[:WITH]->(party:Creator) WHERE party.id = $me }"]
    assert exact("c", CREATOR) == "c.id = $me"


def test_who_reaches_nothing_sees_nothing() -> None:
    assert (visible("Creator", "n", BLIND), party("k", BLIND)) == (["false"], ["false"])
    assert (exact("c", BLIND), explained("c", BLIND)) == ("false", "false")
