"""Nodes by the names of their types, so that types that refer to one another lie in modules of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from api.errors import BadUserInput
from api.graphql.types.scalars import Id
from graph.plans.values import split_id


@strawberry.interface(description="An object with a global id that `node` and `nodes` can look up.")
class Node:
    """Kept opaque for clients: a type's name and the node's own id."""

    id: Id = strawberry.field(description="Global id: the type and the node's own id. Treat it as opaque text.")


@dataclass(frozen=True, slots=True)
class Ref:
    """A node that an answer names; what is picked from it is read by a plan, under the viewer's own sight."""

    kind: str
    own_id: str

    @property
    def global_id(self) -> str:
        """The id that clients see."""
        return f"{self.kind}:{self.own_id}"


if TYPE_CHECKING:
    # Whoever answers gives a reference; pages of nodes are answered by plans alone.
    NodeRef: TypeAlias = Ref
    CreatorRef: TypeAlias = Ref
    BrandRef: TypeAlias = Ref
    ProductRef: TypeAlias = Ref
    ContentRef: TypeAlias = Ref
    CategoryRef: TypeAlias = Ref
    CollaborationRef: TypeAlias = Ref
    ScoringRunRef: TypeAlias = Ref
    BriefRef: TypeAlias = Ref
    BriefRunRef: TypeAlias = Ref
    CreatorPage: TypeAlias = Any
    BrandPage: TypeAlias = Any
    ProductPage: TypeAlias = Any
    CategoryPage: TypeAlias = Any
    CollaborationPage: TypeAlias = Any
    ContentPage: TypeAlias = Any
    RankingPage: TypeAlias = Any
else:

    def _deferred(type_name: str, module: str, within: str = "api.graphql.types") -> Any:
        return Annotated[type_name, strawberry.lazy(f"{within}.{module}")]

    NodeRef = _deferred("Node", "nouns")
    CreatorRef = _deferred("Creator", "creator")
    BrandRef = _deferred("Brand", "brand")
    ProductRef = _deferred("Product", "product")
    ContentRef = _deferred("Content", "content")
    CategoryRef = _deferred("Category", "category")
    CollaborationRef = _deferred("Collaboration", "collaboration")
    ScoringRunRef = _deferred("ScoringRun", "run")
    BriefRef = _deferred("Brief", "types", "api.features.briefs")
    BriefRunRef = _deferred("BriefRun", "types", "api.features.briefs")
    CreatorPage = _deferred("CreatorConnection", "creator")
    BrandPage = _deferred("BrandConnection", "brand")
    ProductPage = _deferred("ProductConnection", "product")
    CategoryPage = _deferred("CategoryConnection", "category")
    CollaborationPage = _deferred("CollaborationConnection", "collaboration")
    ContentPage = _deferred("ContentConnection", "content")
    RankingPage = _deferred("RankingConnection", "creator")


def decode(value: str) -> tuple[str, str]:
    """Return label and own id; BadUserInput for what is no global id."""
    label, own_id = split_id(value)
    if label is None:
        raise BadUserInput(f"{value[:80]!r} is not a global id; give an `id` that the API returned, such as Creator:7494…")
    return label, own_id
