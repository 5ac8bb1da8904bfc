"""What an answer leaves out for its viewer, said in `extensions.notices`: by role and field alone, so that none tells what there is."""

from __future__ import annotations

from typing import Any, Final

from graph.plans.visibility import Reach, Visibility

OWN_TIES: Final = (
    "contains only the brands and products of this key: collaborations with other brands are only shown in groups of five or more"
)
OWN_WORK: Final = "contains only collaborations with this key's brands; `othersCollaborations` counts the others in groups of five or more"
OWN_NETWORK: Final = (
    "contains only ties of this key's brands, so nothing around another brand; `hiddenCreators` counts creators in groups of five or more"
)
ROUNDED: Final = "counts creators rounded down to multiples of five, and leaves out smaller counts"

BOUNDED: Final = {
    ("Creator", "brands"): ("OWN_BRANDS_ONLY", OWN_TIES),
    ("Creator", "products"): ("OWN_BRANDS_ONLY", OWN_TIES),
    ("Content", "products"): ("OWN_BRANDS_ONLY", OWN_TIES),
    ("Creator", "collaborations"): ("OWN_BRANDS_ONLY", OWN_WORK),
    ("Content", "collaborations"): ("OWN_BRANDS_ONLY", OWN_WORK),
    ("Query", "collaborations"): ("OWN_BRANDS_ONLY", OWN_WORK),
    ("Brand", "network"): ("OWN_BRANDS_ONLY", OWN_NETWORK),
    ("Brand", "competitors"): ("ROUNDED_COUNTS", ROUNDED),
    ("BrandNetwork", "hiddenCreators"): ("ROUNDED_COUNTS", ROUNDED),
    ("NetworkNode", "otherBrands"): ("ROUNDED_COUNTS", "counts brands rounded down to multiples of five, and is null below five"),
    ("LikenessReason", "count"): ("ROUNDED_COUNTS", "is rounded down to a multiple of five where it counts ties that this key may not see"),
    ("SharedBrands", "others"): ("ROUNDED_COUNTS", "is rounded down to a multiple of five"),
    ("SharedProducts", "others"): ("ROUNDED_COUNTS", "is rounded down to a multiple of five"),
}
"""By type and field, what who sees others' ties as counts does not get, as a code and in words."""


def notices(fields: frozenset[tuple[str, str]], visibility: Visibility) -> list[dict[str, Any]]:
    """Return a notice for each field asked for that holds less, or less exactly, than there is."""
    if visibility.others is not Reach.COUNTS:
        return []
    return [
        {"code": code, "field": f"{type_}.{name}", "message": f"{type_}.{name} {words}"}
        for (type_, name), (code, words) in BOUNDED.items()
        if (type_, name) in fields
    ]
