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


def test_an_administrator_is_told_of_all() -> None:
    assert set(told(VIEWERS[Role.ADMIN]).always) == set(KINDS)


@pytest.mark.parametrize(
    ("role", "always"),
    [
        (
            Role.ANALYST,
            {"run.published", "run.held", "run.discarded", "import.finished", "query.saved", "query.deleted", "consent.changed"},
        ),
        (Role.PARTNER, {"run.published"}),
        (Role.BRAND, {"run.published"}),
        (Role.CREATOR, {"run.published"}),
    ],
)
def test_what_concerns_nobody_in_particular_is_told_to_its_audience(role: Role, always: set[str]) -> None:
    assert set(told(VIEWERS[role]).always) == always


def test_what_concerns_somebody_is_told_to_them_alone() -> None:
    partner, creator = told(VIEWERS[Role.PARTNER]), told(VIEWERS[Role.CREATOR])
    assert (partner.brands, partner.creator) == (("b1", "b2"), None)
    assert (creator.brands, creator.creator) == ((), "c1")
    assert set(partner.of_brands) == {"collaboration.rated", "brief.created", "brief.updated", "brief.deleted", "brief.run"}
    assert set(creator.of_creator) == {"collaboration.rated", "event.contested", "appeal.decided", "consent.changed"}


def test_only_the_kinds_asked_for() -> None:
    asked = told(VIEWERS[Role.CREATOR], ["run.published", "appeal.decided"])
    assert (asked.always, asked.of_creator, asked.of_brands) == (("run.published",), ("appeal.decided",), ())
