"""Colours of nodes: one for each label, and for each community as many as an eye tells apart."""

from __future__ import annotations

import colorsys
from typing import Final, TypeAlias

Colour: TypeAlias = tuple[int, int, int]
"""Red, green and blue, 0–255."""

GREY: Final[Colour] = (140, 140, 140)

LABELS: Final[dict[str, Colour]] = {
    "Creator": (0, 114, 178),
    "Brand": (213, 94, 0),
    "Partner": (204, 121, 167),
    "Product": (0, 158, 115),
    "Category": (240, 228, 66),
    "Content": (86, 180, 233),
    "Collaboration": (230, 159, 0),
}
"""Told apart by colour-blind eyes too (Okabe and Ito); labels without one are grey."""

GOLDEN: Final = 0.618033988749895
"""Steps of this share of the circle never come back to a hue, and keep each new one far from the last."""


def of_label(label: str) -> Colour:
    """Return the colour of nodes of a label."""
    return LABELS.get(label, GREY)


def of_community(number: int) -> Colour:
    """Return the colour of a community; the first ones, which are the largest, differ most."""
    red, green, blue = colorsys.hls_to_rgb(number * GOLDEN % 1.0, 0.45 + 0.12 * (number // 12 % 2), 0.65)
    return round(red * 255), round(green * 255), round(blue * 255)
