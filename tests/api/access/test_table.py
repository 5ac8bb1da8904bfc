from __future__ import annotations

import pytest

from api.access.table import TABLE, Permission, may, visibility
from api.access.viewer import Role, Viewer
from graph.plans.visibility import Reach

DEEDS = {
    Role.ADMIN: set(Permission) - {Permission.RATE, Permission.CONTEST, Permission.CONSENT, Permission.WITHDRAW, Permission.DECIDE_SAMPLES},
    Role.ANALYST: {Permission.BOUNDED_CYPHER, Permission.EXPLORE},
    Role.PARTNER: {Permission.EXPLORE, Permission.BRIEF, Permission.SHORTLIST, Permission.DECIDE_SAMPLES},
    Role.BRAND: {Permission.RATE, Permission.EXPLORE, Permission.BRIEF, Permission.SHORTLIST, Permission.DECIDE_SAMPLES},
    Role.CREATOR: {Permission.CONTEST, Permission.CONSENT, Permission.WITHDRAW},
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_the_design_says_and_nothing_else(role: Role) -> None:
    assert {permission for permission in Permission if may(Viewer("k", "n", role), permission)} == DEEDS[role]


def test_every_role_has_a_column() -> None:
    assert set(TABLE) == set(Role)


@pytest.mark.parametrize("role", [Role.PARTNER, Role.BRAND])
@pytest.mark.parametrize(("regions", "reach"), [(("US",), Reach.REGIONS), (("US", "GB"), Reach.REGIONS), (("*",), Reach.ALL)])
def test_a_grant_of_all_regions_reaches_all(role: Role, regions: tuple[str, ...], reach: Reach) -> None:
    seen = visibility(Viewer("k", "n", role, regions, ("b1",)))
    assert (seen.creators, seen.explanations, seen.regions, seen.brands) == (reach, reach, regions, ("b1",))
    assert (seen.others, seen.exact_sales) == (Reach.COUNTS, Reach.RANGES)


def test_a_creator_sees_but_their_own() -> None:
    seen = visibility(Viewer("k", "n", Role.CREATOR, creator="c1"))
    assert {seen.creators, seen.explanations, seen.terms, seen.exact_sales} == {Reach.OWN}
    assert (seen.others, seen.creator) == (Reach.NONE, "c1")


@pytest.mark.parametrize("role", list(Role))
def test_scores_are_explained_from_what_one_may_see(role: Role) -> None:
    """All of an explanation is told, so its scorecard may hold no hidden sales: the inner ones are for those who see all, or their own."""
    seen = visibility(Viewer("k", "n", role, ("US",), ("b1",), "c1"))
    assert seen.outward or (seen.explanations, seen.exact_sales) in ((Reach.ALL, Reach.ALL), (Reach.OWN, Reach.OWN))
