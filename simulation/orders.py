"""The shapes of what is sold: a slot is a product in a post, a line is one product of an order."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.chance import Flags, Floats, Ints


@dataclass(frozen=True, slots=True)
class Slots:
    """One entry a product in a post; `place` is its place among all portfolios, -1 where a brand had it promised."""

    post: Ints
    product: Ints
    place: Ints
    impressions: Ints
    clicks: Ints
    expected: Floats

    def __len__(self) -> int:
        """Return how many slots there are."""
        return len(self.post)


@dataclass(frozen=True, slots=True)
class Lines:
    """One entry an order line before the end, in order of time; `order` counts orders, `line` from 1 within each."""

    slot: Ints
    order: Ints
    line: Ints
    at: Ints
    quantity: Ints
    price: Floats
    showcase: Flags
    own: Flags
    """Bought by a ring member from themselves."""

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.slot)
