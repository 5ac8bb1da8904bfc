"""Ways between two nodes."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import named
from api.graphql.types.fields import argument, planned
from api.graphql.types.nouns import NodeRef
from api.graphql.types.scalars import Id

PathVia: Final = named(
    "PathVia",
    "The kinds of connections that a path may use.",
    {
        "COLLABORATIONS": ("COLLABORATIONS", "Collaborations of creators with brands, as of the current run."),
        "PRODUCTS": ("PRODUCTS", "Products: who shows and who sells them, and their categories."),
        "MENTIONS": ("MENTIONS", "Content of one creator that mentions another."),
    },
)
PathStepKind: Final = named(
    "PathStepKind",
    "The kind of a step of a path.",
    {
        "COLLABORATED": ("COLLABORATED", "A creator has worked with, or sold for, a brand."),
        "PROMOTES": ("PROMOTES", "A creator shows a product in content."),
        "MENTIONS": ("MENTIONS", "A creator mentions another in content."),
        "SHOWN_TOGETHER": ("SHOWN_TOGETHER", "One content of a third creator shows or mentions both."),
        "SELLS": ("SELLS", "A brand sells a product."),
        "IN_CATEGORY": ("IN_CATEGORY", "A product belongs to a category."),
        "PART_OF": ("PART_OF", "A category is a subcategory of another."),
    },
)

ENDS: Final = "Global id of a creator, brand, product or category."
PATH_ARGUMENTS: Final = (
    argument("from", Id, ENDS),
    argument("to", Id, ENDS),
    argument("first", int, "Maximum number of paths, strongest first.", 3),
    argument("maxDepth", int, "Maximum number of relationships in a path, at most 6; a content in between takes two.", 4),
    argument("via", list[PathVia] | None, "Kinds of connections that paths may use; all if omitted."),
)


@strawberry.type(description="A node on a path: a creator, brand, product or category.")
class PathNode:
    """What it is called comes with the way; `node` is read where more is asked for."""

    node_id: Id = planned("Global id of the node.")
    label: str = planned("Handle, name or title; the platform's id where unknown.")
    node: NodeRef | None = planned("The node, to select further fields; null if just removed.")


@strawberry.type(description="One step of a path.")
class PathStep:
    """From one node to the next; content on the way is no node of its own but what makes the step."""

    from_: PathNode = planned("The node where it starts.", name="from")
    to: PathNode = planned("The node where it ends.")
    kind: PathStepKind = planned("The kind of event.")
    text: str = planned("What it is, in words.")
    weight: float | None = planned(
        "For COLLABORATED: collaborations + log10(1 + net sales in US dollars). For PROMOTES and MENTIONS: the number of "
        "contents. Null for all other kinds."
    )
    strength: float = planned("w / (1 + w) for the weight w; 1/2 without a weight, or 1/4 for steps to and between categories.")


@strawberry.type(description="A path between two nodes.")
class Path:
    """Over nothing but what you may see."""

    strength: float = planned("Product of the strengths of its steps, 0–1.")
    steps: list[PathStep] = planned("Its steps, from the first node to the last.")


@strawberry.type(description="The strongest among the shortest paths between two nodes.")
class Paths:
    """Longer ways are looked for only where there are not enough of the least length; these then share nothing with the shorter ones."""

    paths: list[Path] = planned("Strongest first; of equally strong paths, the one with fewer steps.")
    considered: int = planned("Number of different paths that were compared.")
    bounded: bool = planned("Whether there may be more paths of the same length than were considered: at most 60, counting each content.")
    reason: str | None = planned("Why there is no path; null where there is one.")


@strawberry.type
class Query:
    """Paths between nodes, at the root."""

    path: Paths | None = planned(
        ("The strongest paths between two nodes, using only what you may see; null where either end is not a node that you may see."),
        *PATH_ARGUMENTS,
    )
