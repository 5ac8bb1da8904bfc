"""What a viewer may see, as predicates inside the query: counts, sorts, filters and pages all obey them.

`$regions`, `$brands` and `$me` are the values that bound the viewer.
"""

from __future__ import annotations

from typing import Final

from graph.plans.visibility import Reach, Visibility

NEVER = "false"

NAMED_BEFORE: Final = frozenset({"Collaboration", "Content"})
"""Kinds that a reference alone makes nodes of, without what the schema promises of each; of all other kinds the id is enough."""

STANDING: Final = "NOT EXISTS {{ MATCH (:Appeal {{id: {flag}.creatorId + '|Flag|' + {flag}.key, status: 'UPHELD'}}) }}"
"""A flag of which an appeal was upheld is not there any more, in a list, a count or an exclusion."""

CONCERNED: Final = {
    "Sale": "(:Sale {{id: {n}.subjectId}})-[:OF]->(:Product)<-[:SELLS]-(party:Brand)",
    "Collaboration": "(:Collaboration {{id: {n}.subjectId}})<-[:OFFERED]-(party:Brand)",
    "Content": "(:Content {{id: {n}.subjectId}})<-[:DELIVERED]-(:Collaboration)<-[:OFFERED]-(party:Brand)",
}
"""By what an appeal is about, the brand that it concerns."""


def shown(kind: str, n: str, visibility: Visibility) -> list[str]:
    """Return the predicates under which `n`, a node of a kind, is shown: more than its id is known, and the viewer may see it."""
    return [*described(kind, n), *visible(kind, n, visibility)]


def described(kind: str, n: str) -> list[str]:
    """Return the predicates under which more is known of a node than its id: it has a kind, which only a row of its own tells."""
    return [f"{n}.kind IS NOT NULL"] if kind in NAMED_BEFORE else []


def visible(kind: str, n: str, visibility: Visibility) -> list[str]:
    """Return the predicates under which the viewer may see `n`, a node of a kind; none where all are seen."""
    match kind:
        case "Creator":
            return _creator(n, visibility)
        case "Collaboration":
            return [] if visibility.others is Reach.ALL else party(n, visibility)
        case "Content":
            inner = _creator("owner", visibility)
            return [f"EXISTS {{ MATCH ({n})<-[:PUBLISHED]-(owner:Creator) WHERE {' AND '.join(inner)} }}"] if inner else []
        case "Report":
            inner = _creator("owner", visibility)
            return [f"EXISTS {{ MATCH ({n})-[:ABOUT]->(owner:Creator) WHERE {' AND '.join(inner)} }}"] if inner else []
        case "ScoringRun":
            return [] if visibility.others is Reach.ALL else [f"NOT coalesce({n}.status, '') IN ['held', 'discarded']"]
        case _:
            return _record(kind, n, visibility)


def _record(kind: str, n: str, visibility: Visibility) -> list[str]:
    """Return the predicates of what is kept beside the market, and of single order lines."""
    match kind:
        case "Sale":
            return _sale(n, visibility)
        case "Flag":
            inner = _creator("owner", visibility)
            owned = [f"EXISTS {{ MATCH ({n})-[:CONCERNS]->(owner:Creator) WHERE {' AND '.join(inner)} }}"] if inner else []
            return [STANDING.format(flag=n), *owned]
        case "Appeal":
            return _appeal(n, visibility)
        case "Brief":
            return [] if visibility.others is Reach.ALL else [f"{n}.brandId IN $brands"]
        case "BriefRun":
            own = f"EXISTS {{ MATCH (kept:Brief {{id: {n}.briefId}}) WHERE kept.brandId IN $brands }}"
            regions = f"all(region IN coalesce({n}.regions, ['*']) WHERE region IN $regions)"
            return [*([] if visibility.others is Reach.ALL else [own]), *([regions] if visibility.creators is Reach.REGIONS else [])]
        case _:
            return []


def party(n: str, visibility: Visibility) -> list[str]:
    """Return the predicates under which the viewer is a party to the collaboration `n`, and so may see its terms."""
    if visibility.terms is Reach.ALL:
        return []
    if visibility.terms is Reach.OWN and visibility.creators is Reach.OWN:
        return [f"EXISTS {{ MATCH ({n})-[:WITH]->(party:Creator) WHERE party.id = $me }}"]
    if visibility.terms in (Reach.OWN, Reach.CLIENTS):
        return [f"EXISTS {{ MATCH ({n})<-[:OFFERED]-(party:Brand) WHERE party.id IN $brands }}"]
    return [NEVER]


def tied_brand(brand: str, visibility: Visibility) -> list[str]:
    """Return the predicates under which the viewer may see who works with a brand.

    A creator sees their own ties, which the creator's own predicate already says.
    """
    if visibility.others is Reach.ALL or visibility.creators is Reach.OWN:
        return []
    return [f"{brand}.id IN $brands"]


def tied_product(product: str, visibility: Visibility) -> list[str]:
    """Return the predicates under which the viewer may see who promotes a product: a tie to its brand."""
    inner = tied_brand("seller", visibility)
    return [f"EXISTS {{ MATCH ({product})<-[:SELLS]-(seller:Brand) WHERE {' AND '.join(inner)} }}"] if inner else []


def told_category(category: str, visibility: Visibility) -> list[str]:
    """Return the predicates under which sums of a category are told: to those who see ranges, where enough brands sell in it."""
    if not visibility.outward:
        return []
    below = f"({category})<-[:CHILD_OF*0..8]-(:Category)<-[:IN_CATEGORY]-(:Product)<-[:SELLS]-(seller:Brand)"
    return [f"COUNT {{ MATCH {below} RETURN DISTINCT seller LIMIT $smallest }} >= $smallest"]


def exact(creator: str, visibility: Visibility) -> str:
    """Return the expression that tells whether a creator's exact sales may be shown."""
    match visibility.exact_sales:
        case Reach.ALL:
            return "true"
        case Reach.OWN:
            return f"{creator}.id = $me"
        case Reach.RANGES:
            return f"coalesce({creator}.salesConsent, false)"
        case _:
            return NEVER


def explained(creator: str, visibility: Visibility) -> str:
    """Return the expression that tells whether a creator's scores may be explained."""
    match visibility.explanations:
        case Reach.ALL:
            return "true"
        case Reach.REGIONS:
            return f"{creator}.region IN $regions"
        case Reach.OWN:
            return f"{creator}.id = $me"
        case _:
            return NEVER


def where(predicates: list[str]) -> str:
    """Return a WHERE clause, or nothing."""
    return f"WHERE {' AND '.join(predicates)}" if predicates else ""


def _sale(n: str, visibility: Visibility) -> list[str]:
    """Return the predicates under which an order line may be seen: one's own, or one of a product of one's own brands."""
    match visibility.exact_sales:
        case Reach.ALL:
            return []
        case Reach.OWN:
            return [f"EXISTS {{ MATCH ({n})-[:CREDITED_TO]->(owner:Creator) WHERE owner.id = $me }}"]
        case Reach.RANGES:
            return [f"EXISTS {{ MATCH ({n})-[:OF]->(:Product)<-[:SELLS]-(seller:Brand) WHERE seller.id IN $brands }}"]
        case _:
            return [NEVER]


def _appeal(n: str, visibility: Visibility) -> list[str]:
    """Return the predicates under which an appeal may be seen: by its creator, and by the brand concerned that may see that creator."""
    if visibility.others is Reach.ALL:
        return []
    if visibility.creators is Reach.OWN:
        return [f"{n}.creatorId = $me"]
    concerned = " OR ".join(
        f"({n}.subjectKind = '{kind}' AND EXISTS {{ MATCH {pattern.format(n=n)} WHERE party.id IN $brands }})"
        for kind, pattern in CONCERNED.items()
    )
    inner = _creator("objector", visibility)
    seen = [f"EXISTS {{ MATCH (objector:Creator {{id: {n}.creatorId}}) WHERE {' AND '.join(inner)} }}"] if inner else []
    return [f"({concerned})", *seen]


def _creator(n: str, visibility: Visibility) -> list[str]:
    match visibility.creators:
        case Reach.ALL:
            return []
        case Reach.REGIONS:
            return [f"{n}.region IN $regions"]
        case Reach.OWN:
            return [f"{n}.id = $me"]
        case _:
            return [NEVER]
