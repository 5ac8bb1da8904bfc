"""Creators who are like others, and why."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry
from strawberry.types.arguments import StrawberryArgument

import scoring.similarity
from api.graphql.types.enums import named
from api.graphql.types.fields import argument, planned
from api.graphql.types.nouns import BrandRef, CreatorRef
from api.graphql.types.scalars import Id, Region

REASONS: Final = {
    "SHARED_BRANDS": "Brands that both creators work with, as of the current run.",
    "SHARED_PRODUCTS": "Products that the content of both has shown.",
    "PARTNERS": "Creators of the brand whom the creator resembles most.",
    "MENTIONS": "Creators whom both mention in content, or mentions between them.",
    "COMMUNITY": "Both belong to one community: a group of creators whose positions in the graph are similar, recomputed by each run.",
    "SHARED_CATEGORIES": "Categories in which both are active, or the brand sells.",
    "AUDIENCE": (
        "Audiences with a similar distribution of age, gender and location; this does not imply that the same people follow them."
    ),
    "SIZE": "A similar number of followers.",
}
LikenessReasonKind: Final = named(
    "LikenessReasonKind", "Why creators are similar.", {name: (name, words) for name, words in REASONS.items()}
)


@strawberry.type(description="One shared item.")
class LikenessExample:
    """Told only of what the viewer may see one by one."""

    node_id: Id = planned("Global id of the node.")
    name: str = planned("Its name, title or handle.")


@strawberry.type(description="One reason for a similarity.")
class LikenessReason:
    """Ties that the viewer may not see are not counted."""

    kind: LikenessReasonKind = planned("What kind of reason it is.")
    text: str = planned("The reason in words.")
    count: int | None = planned("Number of shared items that you may see. Null where nothing is counted.")
    examples: list[LikenessExample] = planned("Up to three examples.")


@strawberry.type(description="A creator who is similar to another creator, or to the creators a brand works with.")
class Lookalike:
    """As of the current run."""

    creator: CreatorRef | None = planned("The creator; null if just removed.")
    similarity: float = planned(
        f"Similarity, 0–1, to two digits. It weighs: {scoring.similarity.told()}. Attributes unknown for either are ignored."
    )
    reasons: list[LikenessReason] = planned("Reasons for the similarity, strongest first; empty where it rests only on indirect ties.")


@strawberry.type(description="A brand with a similar position in the graph.")
class SimilarBrand:
    """As of the current run."""

    brand: BrandRef | None = planned("The brand; null if just removed.")
    similarity: float = planned(
        "Similarity of their positions in the graph of creators, brands, products and categories, 0–1, to two digits."
    )


FILTERS: Final[tuple[StrawberryArgument, ...]] = (
    argument("first", int, "Maximum number to return.", 20),
    argument("region", Region | None, "Only creators of this region; of every region that you may see if omitted."),
    argument("category", Id | None, "Only creators who have been active in this category for the last 90 days."),
    argument("exclude", list[Id] | None, "Creators to exclude, at most 1,000. Unknown ids are ignored."),
    argument(
        "excludeBrands",
        list[Id] | None,
        ("Exclude creators who have worked with any of these brands, at most 50; not available for brands whose ties you may not see."),
    ),
    argument("minFollowers", int | None, "Only creators with at least this many followers."),
    argument("maxFollowers", int | None, "Only creators with at most this many followers."),
)
NOTHING: Final = "Null before the first run, and where it has no ties to compare; empty where no creator remains."

OUTWARD: Final = (
    "For brands and partners, similarity is computed region by region from public data only: content, mentions, followers and "
    "audiences; sales and collaborations are not used."
)

CREATOR_LOOKALIKES: Final = planned(
    f"Creators most similar to this one, most similar first. {NOTHING} {OUTWARD} Not available to creators' keys.", *FILTERS
)
BRAND_LOOKALIKES: Final = planned(
    "Creators most similar to those the brand works with, where its best creators count most; for a brand without creators, those"
    f" most similar to the brand's own neighbourhood. {NOTHING} {OUTWARD}"
    " Not available for brands whose ties you may not see, or to creators' keys.",
    *FILTERS,
    argument("includePartners", bool, "Whether to include creators who already work with the brand.", default=False),
)
SIMILAR_BRANDS: Final = planned(
    "Brands with the most similar position in the graph, most similar first. Not available where you may not see all ties; use "
    "`competitors` instead. Null before the first run, and for brands added after it.",
    argument("first", int, "Maximum number to return.", 10),
)
