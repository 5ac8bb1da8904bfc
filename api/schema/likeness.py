"""Creators who are like others, and why."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry
from strawberry.types.arguments import StrawberryArgument

import scoring.likeness
from api.schema.enums import named
from api.schema.nouns import BrandRef, CreatorRef
from api.schema.planned import argument, planned
from api.schema.scalars import Region

REASONS: Final = {
    "SHARED_BRANDS": "Brands that both work with, as of the current run.",
    "SHARED_PRODUCTS": "Products that the content of both has shown.",
    "PARTNERS": "Creators of the brand whom the creator resembles most.",
    "MENTIONS": "Creators whom both name in content, or the one names of those to be resembled.",
    "COMMUNITY": "Both belong to one community: a group of creators whose positions in the graph are similar, recomputed by each run.",
    "SHARED_CATEGORIES": "Categories in which both are active, or the brand sells.",
    "AUDIENCE": "Audiences made up alike by age, gender and place; it says nothing of whether the same persons follow them.",
    "SIZE": "About as many followers.",
}
LikenessReasonKind: Final = named("LikenessReasonKind", "Why creators are alike.", {name: (name, words) for name, words in REASONS.items()})


@strawberry.type(description="One of what is shared.")
class LikenessExample:
    """Told only of what the viewer may see one by one."""

    node_id: strawberry.ID = planned("Global id of the node.")
    name: str = planned("What it is called: a name, a title or a handle.")


@strawberry.type(description="One reason for a likeness.")
class LikenessReason:
    """Ties that the viewer may not see are not counted."""

    kind: LikenessReasonKind = planned("What kind of reason it is.")
    text: str = planned("The reason in words.")
    count: int | None = planned("How many there are, of those that you may see. Null where nothing is counted.")
    examples: list[LikenessExample] = planned("Up to three of them.")


@strawberry.type(description="A creator who is like another one, or like those with whom a brand works.")
class Lookalike:
    """As of the current run."""

    creator: CreatorRef | None = planned("The creator; null where just removed.")
    similarity: float = planned(
        f"How alike, 0–1, to two digits. It weighs: {scoring.likeness.told()}. What is unknown of either counts for nothing."
    )
    reasons: list[LikenessReason] = planned("What speaks for it, the most telling first; empty where it stands on more distant ties.")


@strawberry.type(description="A brand whose surroundings are like another's.")
class SimilarBrand:
    """As of the current run."""

    brand: BrandRef | None = planned("The brand; null where just removed.")
    similarity: float = planned("How alike the places in the graph of creators, brands, products and categories are, 0–1, to two digits.")


FILTERS: Final[tuple[StrawberryArgument, ...]] = (
    argument("first", int, "How many at most.", 20),
    argument("region", Region | None, "Only creators of this region; of all that you may see if absent."),
    argument("category", strawberry.ID | None, "Only creators who have been active in this category for the last 90 days."),
    argument("exclude", list[strawberry.ID] | None, "Creators to leave out, at most 1,000. Unknown ids are ignored."),
    argument(
        "excludeBrands",
        list[strawberry.ID] | None,
        "Leave out creators who have worked with any of these brands, at most 50; refused for brands whose ties you may not see.",
    ),
    argument("minFollowers", int | None, "Only creators with at least so many followers."),
    argument("maxFollowers", int | None, "Only creators with at most so many followers."),
)
NOTHING: Final = (
    "Null before the first run, and where nothing ties it to anyone, so that there is nothing to compare; empty where nobody is left."
)

OUTWARD: Final = (
    "For brands and partners likeness is computed region by region from what everyone may see: content, mentions, followers and audiences;"
    " nobody's sales and dealings count."
)

CREATOR_LOOKALIKES: Final = planned(
    f"Creators most like this one, the most alike first. {NOTHING} {OUTWARD} Not for creators' keys.", *FILTERS
)
BRAND_LOOKALIKES: Final = planned(
    "Creators most like those with whom the brand works, of whom the best weigh most; without any, most like the brand's own surroundings."
    f" {NOTHING} {OUTWARD} Refused for brands whose ties you may not see, and for creators' keys.",
    *FILTERS,
    argument("includePartners", bool, "Whether creators who work with the brand already may be among them.", default=False),
)
SIMILAR_BRANDS: Final = planned(
    "Brands whose place in the graph is most alike, the most alike first; refused where you may not see all ties: ask for `competitors`."
    " Null before the first run, and for brands that came after it.",
    argument("first", int, "How many at most.", 10),
)
