"""What a viewer may see, in the graph's own terms; plans take their predicates from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """How far a viewer sees of one kind of thing."""

    ALL = "all"
    REGIONS = "regions"
    CLIENTS = "clients"
    OWN = "own"
    COUNTS = "counts"
    RANGES = "ranges"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Visibility:
    """One viewer's reach by kind of thing, and the values that bound it.

    `kind` alone decides the text of a query; the values are its parameters, so plans are shared by all viewers of a kind.
    """

    creators: Reach
    explanations: Reach
    terms: Reach
    others: Reach
    exact_sales: Reach
    regions: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    creator: str | None = None
    flag_evidence: Reach = Reach.NONE

    @property
    def outward(self) -> bool:
        """Whether scores are seen as they go out: computed from nothing that the viewer may not see of others."""
        return self.exact_sales is Reach.RANGES

    @property
    def kind(self) -> tuple[Reach, ...]:
        """The part of the sight that a plan's text depends on."""
        return (self.creators, self.explanations, self.terms, self.others, self.exact_sales, self.flag_evidence)
