"""Which fields a brand or partner can reach, and which of them the operations have read."""

from __future__ import annotations

from typing import Final

from graphql import GraphQLObjectType, get_named_type, is_abstract_type, is_leaf_type

from bench.leaks.shapes import CLOSED, SCHEMA

SHUT: Final = frozenset(
    {
        *(f"Creator.{name}" for name in ("rights", "contestable", "disclosures", "coldStart", "spillover")),
        *(f"ScoringRun.{name}" for name in ("forecastMethod", "drift", "fairness", "manifest")),
        *(f"ScoringRun.{name}" for name in ("coldStartModel", "spilloverModel", "deliveryModel")),
        *("Product.appeal", "Category.appeal", "Brand.similarBrands"),
    }
)
"""Fields that tell brands and partners nothing but null or an empty list, as the schema says of each: nothing below them is reached."""


def reachable() -> set[str]:
    """Return the fields that lead on from the roots that a brand or partner may ask."""
    assert SCHEMA.query_type is not None
    found: set[str] = set()
    waiting = [SCHEMA.query_type]
    seen = {"Query"}
    while waiting:
        of = waiting.pop()
        for name, each in of.fields.items():
            if of.name == "Query" and name in CLOSED:
                continue
            found.add(f"{of.name}.{name}")
            if f"{of.name}.{name}" in SHUT:
                continue
            inner = get_named_type(each.type)
            kinds = SCHEMA.get_possible_types(inner) if is_abstract_type(inner) else [inner]  # pyright: ignore[reportArgumentType]
            for kind in kinds:
                if not is_leaf_type(kind) and kind.name not in seen:
                    assert isinstance(kind, GraphQLObjectType)
                    seen.add(kind.name)
                    waiting.append(kind)
    return found


REACHABLE: Final = frozenset(reachable())


def share(read: set[str]) -> float:
    """Return the share of the reachable fields that were read."""
    return len(read & REACHABLE) / len(REACHABLE)


def unread(read: set[str]) -> list[str]:
    """Return the reachable fields that were not read."""
    return sorted(REACHABLE - read)


def beyond(read: set[str]) -> list[str]:
    """Return the fields that were read and should be out of reach."""
    return sorted(each for each in read - REACHABLE if each.partition(".")[2] not in CLOSED)
