"""Ways between two nodes."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.enums import named
from api.schema.node import Node
from api.schema.planned import argument, planned

PathVia: Final = named(
    "PathVia",
    "What a way may lead over.",
    {
        "COLLABORATIONS": ("COLLABORATIONS", "Work of creators with brands, as of the current run."),
        "PRODUCTS": ("PRODUCTS", "Products: who shows and who sells them, and their categories."),
        "MENTIONS": ("MENTIONS", "Content of one creator that names another."),
    },
)
PathStepKind: Final = named(
    "PathStepKind",
    "What a step of a way is.",
    {
        "COLLABORATED": ("COLLABORATED", "A creator has worked with, or sold for, a brand."),
        "PROMOTES": ("PROMOTES", "A creator shows a product in content."),
        "MENTIONS": ("MENTIONS", "A creator names another in content."),
        "SHOWN_TOGETHER": ("SHOWN_TOGETHER", "One content of somebody else shows or names both."),
        "SELLS": ("SELLS", "A brand sells a product."),
        "IN_CATEGORY": ("IN_CATEGORY", "A product belongs to a category."),
        "PART_OF": ("PART_OF", "A category is a part of another."),
    },
)

ENDS: Final = "Global id of a creator, brand, product or category."
PATH_ARGUMENTS: Final = (
    argument("from", strawberry.ID, ENDS),
    argument("to", strawberry.ID, ENDS),
    argument("first", int, "Paths, the strongest first.", 3),
    argument("maxDepth", int, "Relationships on a way, at most 6; a content on the way takes two.", 4),
    argument("via", list[PathVia] | None, "What paths may lead over; all if absent."),
)


@strawberry.type(description="A node on a way: a creator, brand, product or category.")
class PathNode:
    """What it is called comes with the way; `node` is read where more is asked for."""

    node_id: strawberry.ID = planned("Global id of the node.")
    label: str = planned("Handle, name or title; the own id where unknown.")
    node: Node | None = planned("The node, for whatever else is asked of it; null where just removed.")


@strawberry.type(description="One step of a way.")
class PathStep:
    """From one node to the next; content on the way is no node of its own but what makes the step."""

    from_: PathNode = planned("Where it starts.", name="from")
    to: PathNode = planned("Where it leads.")
    kind: PathStepKind = planned("What it is.")
    text: str = planned("What it is, in words.")
    weight: float | None = planned(
        "Of COLLABORATED: collaborations + log10(1 + net sales in US dollars). Of PROMOTES and MENTIONS: content. Null for mere facts."
    )
    strength: float = planned("w / (1 + w) of the weight w; of mere facts 1/2, of those about categories 1/4.")


@strawberry.type(description="A way between two nodes.")
class Path:
    """Over nothing but what you may see."""

    strength: float = planned("Product of the strengths of its steps, 0–1.")
    steps: list[PathStep] = planned("Its steps, from the first node to the last.")


@strawberry.type(description="The strongest among the shortest paths between two nodes.")
class Paths:
    """Longer ways are looked for only where there are not enough of the least length; these then share nothing with the shorter ones."""

    paths: list[Path] = planned("The strongest first; of equals the one with fewer steps.")
    considered: int = planned("Different paths that were compared.")
    bounded: bool = planned("Whether there may be more of the same length than were looked at: 60 at a time, counting each content.")
    reason: str | None = planned("Why there is none; null where there is one.")
