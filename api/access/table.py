"""The table of who may see and do what. Nothing else in the product decides it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from api.access.scopes import has_scope, require_scope
from api.access.viewer import Role, Scope, Viewer
from api.errors import Forbidden
from graph.plans.visibility import Reach, Visibility


class Permission(StrEnum):
    """What may be done, beside being seen."""

    LOAD = "load"
    SCORE = "score"
    MANAGE_KEYS = "manage keys"
    DECIDE_APPEALS = "decide appeals"
    RATE = "rate its own collaborations"
    CONTEST = "contest its own events"
    CONSENT = "set whether its exact sales are shown"
    WITHDRAW = "object to being rated, or ask to be erased"
    ERASE = "erase creators"
    CYPHER = "raw Cypher"
    BOUNDED_CYPHER = "run Cypher queries"
    EXPLORE = "explore networks and search for creators"
    BRIEF = "keep briefs"
    SHORTLIST = "keep a list of creators to invite"
    DECIDE_SAMPLES = "decide sample applications"
    AUDIT = "read the audit log"


@dataclass(frozen=True, slots=True)
class Rights:
    """One role's column of the table."""

    creators: Reach
    explanations: Reach
    terms: Reach
    others: Reach
    exact_sales: Reach
    flag_evidence: Reach
    deeds: frozenset[Permission]


TABLE: Final[dict[Role, Rights]] = {
    Role.ADMIN: Rights(
        creators=Reach.ALL,
        explanations=Reach.ALL,
        terms=Reach.ALL,
        others=Reach.ALL,
        exact_sales=Reach.ALL,
        flag_evidence=Reach.ALL,
        deeds=frozenset(
            {
                Permission.LOAD,
                Permission.SCORE,
                Permission.MANAGE_KEYS,
                Permission.DECIDE_APPEALS,
                Permission.ERASE,
                Permission.CYPHER,
                Permission.BOUNDED_CYPHER,
                Permission.EXPLORE,
                Permission.BRIEF,
                Permission.SHORTLIST,
                Permission.AUDIT,
            }
        ),
    ),
    Role.ANALYST: Rights(
        creators=Reach.ALL,
        explanations=Reach.ALL,
        terms=Reach.ALL,
        others=Reach.ALL,
        exact_sales=Reach.ALL,
        flag_evidence=Reach.ALL,
        deeds=frozenset({Permission.BOUNDED_CYPHER, Permission.EXPLORE}),
    ),
    Role.PARTNER: Rights(
        creators=Reach.REGIONS,
        explanations=Reach.REGIONS,
        terms=Reach.CLIENTS,
        others=Reach.COUNTS,
        exact_sales=Reach.RANGES,
        flag_evidence=Reach.NONE,
        deeds=frozenset({Permission.EXPLORE, Permission.BRIEF, Permission.SHORTLIST, Permission.DECIDE_SAMPLES}),
    ),
    Role.BRAND: Rights(
        creators=Reach.REGIONS,
        explanations=Reach.REGIONS,
        terms=Reach.OWN,
        others=Reach.COUNTS,
        exact_sales=Reach.RANGES,
        flag_evidence=Reach.NONE,
        deeds=frozenset({Permission.RATE, Permission.EXPLORE, Permission.BRIEF, Permission.SHORTLIST, Permission.DECIDE_SAMPLES}),
    ),
    Role.CREATOR: Rights(
        creators=Reach.OWN,
        explanations=Reach.OWN,
        terms=Reach.OWN,
        others=Reach.NONE,
        exact_sales=Reach.OWN,
        flag_evidence=Reach.OWN,
        deeds=frozenset({Permission.CONTEST, Permission.CONSENT, Permission.WITHDRAW}),
    ),
}

SCOPES: Final[dict[Permission, Scope]] = {Permission.CYPHER: Scope.CYPHER, Permission.BOUNDED_CYPHER: Scope.CYPHER}
"""Scopes that permissions need besides."""

SMALLEST_GROUP: Final = 5
"""Counts of other brands' collaborations are told only for groups of at least this many."""


def visibility(viewer: Viewer) -> Visibility:
    """Return what a viewer may see, for the plans; a grant of region `*` reaches all regions."""
    rights = TABLE[viewer.role]
    return Visibility(
        creators=_widened(rights.creators, viewer),
        explanations=_widened(rights.explanations, viewer),
        terms=rights.terms,
        others=rights.others,
        exact_sales=rights.exact_sales,
        flag_evidence=rights.flag_evidence,
        regions=viewer.regions,
        brands=viewer.brands,
        creator=viewer.creator,
    )


def may(viewer: Viewer, permission: Permission) -> bool:
    """Tell whether a viewer may do a thing: by its role, and by the scopes of its key or token."""
    return permission in TABLE[viewer.role].deeds and has_scope(viewer, SCOPES.get(permission))


def require(viewer: Viewer, permission: Permission) -> None:
    """Raise Forbidden unless a viewer may do a thing."""
    if permission not in TABLE[viewer.role].deeds:
        raise Forbidden(f"a key of the role {viewer.role} is not allowed to {permission}; use a key of a role that is")
    if (scope := SCOPES.get(permission)) is not None:
        require_scope(viewer, scope)


def _widened(reach: Reach, viewer: Viewer) -> Reach:
    return Reach.ALL if reach is Reach.REGIONS and "*" in viewer.regions else reach


def in_fives(count: int) -> int | None:
    """Return a count rounded down to a multiple of the smallest group, None below it.

    Counts that are told as they are can be taken from one another, until one that should not be told is left: of two
    windows, of two runs, of a whole and its part. Whole fives leave fives.
    """
    return count // SMALLEST_GROUP * SMALLEST_GROUP or None
