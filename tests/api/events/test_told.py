"""Which events a viewer is told of."""

from __future__ import annotations

import pytest

from api.access.viewer import Role, Viewer
from api.events.told import told
from graph.outbox import KINDS

VIEWERS = {
    Role.ADMIN: Viewer("k1", "a", Role.ADMIN),
    Role.ANALYST: Viewer("k2", "b", Role.ANALYST),
    Role.PARTNER: Viewer("k3", "c", Role.PARTNER, ("US",), ("b1", "b2")),
    Role.BRAND: Viewer("k4", "d", Role.BRAND, ("US",), ("b1",)),
    Role.CREATOR: Viewer("k5", "e", Role.CREATOR, creator="c1"),
}

OF_KEYS = {"alert.created", "alert.deleted", "alert.entered", "alert.left", "view.saved", "view.deleted"}


def test_an_administrator_is_told_of_all() -> None:
    """But of what is one key's own."""
    found = told(VIEWERS[Role.ADMIN])
    assert {*found.always} | {*found.of_key} == set(KINDS)
    assert (set(found.of_key), found.key) == (OF_KEYS, "k1")


@pytest.mark.parametrize("role", Role)
def test_what_is_one_keys_own_is_told_to_it_alone(role: Role) -> None:
    found = told(VIEWERS[role])
    assert (set(found.of_key), found.key) == (OF_KEYS, VIEWERS[role].key_id)
    assert OF_KEYS.isdisjoint({*found.always, *found.of_brands, *found.of_creator})


@pytest.mark.parametrize(
    ("role", "always"),
    [
        (
            Role.ANALYST,
            {
                *("run.published", "run.held", "run.discarded", "import.finished", "query.saved", "query.deleted", "consent.changed"),
                *("creator.erased", "run.restored", "scoring.started", "scoring.cancelled", "scoring.failed"),
            },
        ),
        (Role.PARTNER, {"run.published", "run.restored"}),
        (Role.BRAND, {"run.published", "run.restored"}),
        (Role.CREATOR, {"run.published", "run.restored"}),
    ],
)
def test_what_concerns_nobody_in_particular_is_told_to_its_audience(role: Role, always: set[str]) -> None:
    assert set(told(VIEWERS[role]).always) == always


def test_what_concerns_somebody_is_told_to_them_alone() -> None:
    partner, creator = told(VIEWERS[Role.PARTNER]), told(VIEWERS[Role.CREATOR])
    assert (partner.brands, partner.creator) == (("b1", "b2"), None)
    assert (creator.brands, creator.creator) == ((), "c1")
    samples = {"sample.decided", "sample.reopened", "sample.exported", "samplerule.saved", "samplerule.deleted"}
    lists = {"prospects.added", "prospects.changed", "prospects.removed"}
    briefs = {"brief.created", "brief.updated", "brief.deleted", "brief.run"}
    assert set(partner.of_brands) == {"collaboration.rated"} | briefs | lists | samples
    rights = {"rating.objected", "rating.resumed", "erasure.requested", "erasure.withdrawn"}
    assert set(creator.of_creator) == {"collaboration.rated", "event.contested", "appeal.decided", "consent.changed"} | rights


def test_only_the_kinds_asked_for() -> None:
    asked = told(VIEWERS[Role.CREATOR], ["run.published", "appeal.decided"])
    assert (asked.always, asked.of_creator, asked.of_brands) == (("run.published",), ("appeal.decided",), ())
