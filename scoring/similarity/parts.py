"""What a likeness is made of, and how much each part weighs: declared once, and told to clients from here."""

from __future__ import annotations

from typing import Final, NamedTuple


class Part(NamedTuple):
    """One part of the vector: two creators' likeness is the weighted sum of the parts' cosines, over what is known of each."""

    name: str
    weight: float
    meaning: str


PARTS: Final = (
    Part("graph", 0.76, "position in the graph of creators, brands, products and categories, relative to the average of the region"),
    Part("region", 0.04, "the same region"),
    Part("language", 0.02, "the same language"),
    Part("size", 0.06, "number of followers, where a factor of 1,000 gives a similarity of 0"),
    Part("price", 0.03, "median price of the products shown, where a factor of 30 gives a similarity of 0"),
    Part("age", 0.03, "age distribution of the audience"),
    Part("gender", 0.03, "gender distribution of the audience"),
    Part("location", 0.03, "location distribution of the audience"),
)
WEIGHTS: Final = {part.name: part.weight for part in PARTS}
AUDIENCE: Final = ("age", "gender", "location")


def told() -> str:
    """Return the parts in words, with their weights."""
    return "; ".join(f"{part.meaning} ({part.weight:.0%})" for part in PARTS)
