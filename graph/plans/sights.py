"""What a viewer may see, as predicates inside the query: counts, sorts, filters and pages all obey them.

`$regions`, `$brands` and `$me` are the values that bound the viewer.
"""

from __future__ import annotations

from graph.plans.sight import Reach, Sight

NEVER = "false"


def visible(kind: str, n: str, sight: Sight) -> list[str]:
    """Return the predicates under which the viewer may see `n`, a node of a kind; none where all are seen."""
    match kind:
        case "Creator":
            return _creator(n, sight)
        case "Collaboration":
            return [] if sight.others is Reach.ALL else party(n, sight)
        case "Content":
            inner = _creator("owner", sight)
            return [f"EXISTS {{ MATCH ({n})<-[:PUBLISHED]-(owner:Creator) WHERE {' AND '.join(inner)} }}"] if inner else []
        case "Report":
            inner = _creator("owner", sight)
            return [f"EXISTS {{ MATCH ({n})-[:ABOUT]->(owner:Creator) WHERE {' AND '.join(inner)} }}"] if inner else []
        case "ScoringRun":
            return [] if sight.others is Reach.ALL else [f"NOT coalesce({n}.status, '') IN ['held', 'discarded']"]
        case _:
            return []


def party(n: str, sight: Sight) -> list[str]:
    """Return the predicates under which the viewer is a party to the collaboration `n`, and so may see its terms."""
    if sight.terms is Reach.ALL:
        return []
    if sight.terms is Reach.OWN and sight.creators is Reach.OWN:
        return [f"EXISTS {{ MATCH ({n})-[:WITH]->(party:Creator) WHERE party.id = $me }}"]
    if sight.terms in (Reach.OWN, Reach.CLIENTS):
        return [f"EXISTS {{ MATCH ({n})<-[:OFFERED]-(party:Brand) WHERE party.id IN $brands }}"]
    return [NEVER]


def tied_brand(brand: str, sight: Sight) -> list[str]:
    """Return the predicates under which the viewer may see who works with a brand.

    A creator sees their own ties, which the creator's own predicate already says.
    """
    if sight.others is Reach.ALL or sight.creators is Reach.OWN:
        return []
    return [f"{brand}.id IN $brands"]


def tied_product(product: str, sight: Sight) -> list[str]:
    """Return the predicates under which the viewer may see who promotes a product: a tie to its brand."""
    inner = tied_brand("seller", sight)
    return [f"EXISTS {{ MATCH ({product})<-[:SELLS]-(seller:Brand) WHERE {' AND '.join(inner)} }}"] if inner else []


def exact(creator: str, sight: Sight) -> str:
    """Return the expression that tells whether a creator's exact sales may be shown."""
    match sight.exact_sales:
        case Reach.ALL:
            return "true"
        case Reach.OWN:
            return f"{creator}.id = $me"
        case Reach.RANGES:
            return f"coalesce({creator}.salesConsent, false)"
        case _:
            return NEVER


def explained(creator: str, sight: Sight) -> str:
    """Return the expression that tells whether a creator's scores may be explained."""
    match sight.explanations:
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


def _creator(n: str, sight: Sight) -> list[str]:
    match sight.creators:
        case Reach.ALL:
            return []
        case Reach.REGIONS:
            return [f"{n}.region IN $regions"]
        case Reach.OWN:
            return [f"{n}.id = $me"]
        case _:
            return [NEVER]
