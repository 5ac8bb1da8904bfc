"""What is held about a creator, as an export: the creator's own, or anybody's for an administrator."""

from __future__ import annotations

import pytest

from api.access.viewer import Role, Viewer
from api.errors import BadUserInput, Forbidden
from api.exports.jobs import file_name
from api.exports.order import ordered
from api.exports.person import creator_of

OWN = Viewer("k", "one", Role.CREATOR, creator="c1")
ADMIN = Viewer("k", "admin", Role.ADMIN)


def test_a_creator_has_their_own_and_an_administrator_anybodys() -> None:
    assert [creator_of(options, OWN) for options in ({}, {"creator": "c1"}, {"creator": "Creator:c1"})] == ["c1"] * 3
    assert creator_of({"creator": "c2"}, ADMIN) == "c2"
    with pytest.raises(BadUserInput):
        creator_of({}, ADMIN)


@pytest.mark.parametrize(
    "viewer", [OWN, *(Viewer("k", "other", role, ("*",), ("b1",)) for role in (Role.ANALYST, Role.PARTNER, Role.BRAND))]
)
def test_nobody_else_has_it(viewer: Viewer) -> None:
    with pytest.raises(Forbidden):
        creator_of({"creator": "c2"}, viewer)


def test_it_comes_as_a_zip_of_tables() -> None:
    order = ordered({"what": "creator", "format": "jsonl"})
    assert file_name(order) == "creator.jsonl.zip"
    with pytest.raises(BadUserInput):
        ordered({"what": "creator", "format": "graphml"})
