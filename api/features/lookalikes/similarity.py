"""Why a creator resembles another one, or a brand's own: what they share, as far as the viewer may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.access.table import SMALLEST_GROUP
from api.features.lookalikes.search import Search
from api.features.lookalikes.types import LikenessExample, LikenessReason
from api.graphql.types.nouns import Ref
from graph.similarity.reasons import EXAMPLES, Common, Shared, common

ALIKE_AUDIENCE: Final = 0.9
ALIKE_SIZE: Final = 1.5
ALIKE_PARTNER: Final = 0.3
AUDIENCE: Final = ("age", "gender", "location")

Matrix = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Like:
    """Whom creators are to resemble: a creator, or a brand with the rows of its creators whom the viewer sees, and their handles."""

    kind: str
    id: str
    row: Matrix
    places: Ints
    handles: Mapping[str, str] = field(default_factory=dict[str, str])


async def reasons(seeking: Search, like: Like, ids: Sequence[str]) -> dict[str, list[LikenessReason]]:
    """Return the reasons for each creator of a page, the most telling kinds first; one query for the page."""
    shared = await common(seeking.reading, seeking.run.id, like.kind, like.id, ids, cards=seeking.run.cards)
    return {each: _reasons(seeking, like, each, shared.get(each, Common())) for each in ids}


def _reasons(seeking: Search, like: Like, creator: str, shared: Common) -> list[LikenessReason]:
    place = seeking.index.place[creator]
    found = [
        _counted("SHARED_BRANDS", "Brand", "brand", "brands", shared.brands),
        _counted("SHARED_PRODUCTS", "Product", "product", "products", shared.products),
        _resembled(seeking, like, place) if like.kind == "Brand" else None,
        _named(like, shared.named),
        _community(seeking, like, place),
        _counted("SHARED_CATEGORIES", "Category", "category", "categories", shared.categories),
        _audience(seeking, like, place),
        _size(seeking, like, place),
    ]
    return [each for each in found if each is not None]


def _reason(kind: str, text: str, count: int | None = None, examples: Sequence[LikenessExample] = ()) -> LikenessReason:
    return LikenessReason(kind=kind, text=text, count=count, examples=list(examples))


def _counted(kind: str, node: str, one: str, many: str, shared: Shared) -> LikenessReason | None:
    """Return what both work with, of what the viewer may see."""
    if not shared.count:
        return None
    return _reason(kind, f"{shared.count} {one if shared.count == 1 else many} in common", shared.count, _examples(node, shared))


def _examples(node: str, shared: Shared) -> list[LikenessExample]:
    return [LikenessExample(node_id=Ref(node, each.id).global_id, name=each.name) for each in shared.examples]


def _named(like: Like, shared: Shared) -> LikenessReason | None:
    if not shared.count:
        return None
    if like.kind == "Brand":
        text = f"mentions {shared.count} of the brand's creators in content"
    else:
        text = f"{shared.count} {'mention' if shared.count == 1 else 'mentions'} in common, or of each other"
    return _reason("MENTIONS", text, shared.count, _examples("Creator", shared))


def _community(seeking: Search, like: Like, place: int) -> LikenessReason | None:
    """Return with how many of those to be resembled, or of all whom the viewer sees, the creator is in one group."""
    groups = seeking.index.vectors.groups
    if groups[place] < 0:
        return None
    fellows = like.places[groups[like.places] == groups[place]]
    if not len(fellows):
        return None
    if like.kind == "Brand":
        return _reason(
            "COMMUNITY", f"in the same community as {len(fellows)} of the brand's creators", len(fellows), _some(seeking, like, fellows)
        )
    size = int(np.count_nonzero(seeking.visible.mask & (groups == groups[place])))
    return _reason("COMMUNITY", f"in the same community of {size} creators", size) if size >= SMALLEST_GROUP else None


def _resembled(seeking: Search, like: Like, place: int) -> LikenessReason | None:
    """Return which of the brand's creators are most alike."""
    others = like.places[like.places != place]
    likeness = seeking.index.creators[others] @ seeking.index.creators[place]
    near = others[np.argsort(-likeness, kind="stable")][: np.count_nonzero(likeness >= ALIKE_PARTNER)]
    if not len(near):
        return None
    return _reason("PARTNERS", f"similar to {len(near)} of the brand's creators", len(near), _some(seeking, like, near))


def _some(seeking: Search, like: Like, places: Ints) -> list[LikenessExample]:
    ids = [str(each) for each in seeking.index.vectors.ids["Creator"][places[:EXAMPLES]]]
    return [LikenessExample(node_id=Ref("Creator", each).global_id, name=like.handles[each]) for each in ids]


def _audience(seeking: Search, like: Like, place: int) -> LikenessReason | None:
    """Return how alike the make-ups of the audiences are, where those are known."""
    row = seeking.index.creators[place]
    known = {name: _cosine(row[at], like.row[at]) for name in AUDIENCE if (at := seeking.index.layout.columns(name)).start < at.stop}
    told = {name: value for name, value in known.items() if value is not None}
    if not told or min(told.values()) < ALIKE_AUDIENCE:
        return None
    return _reason("AUDIENCE", "similar audience by " + ", ".join(f"{name} {value:.0%}" for name, value in told.items()))


def _cosine(one: Matrix, other: Matrix) -> float | None:
    length = float(np.sqrt((one @ one) * (other @ other)))
    return min(float(one @ other) / length, 1.0) if length > 0 else None


def _size(seeking: Search, like: Like, place: int) -> LikenessReason | None:
    followers = seeking.visible.followers
    own, theirs = followers[place], followers[like.places]
    theirs = theirs[np.isfinite(theirs) & (theirs > 0)]
    if not len(theirs) or not own > 0:
        return None
    middle = float(np.exp(np.mean(np.log(theirs))))
    if max(own, middle) > ALIKE_SIZE * min(own, middle):
        return None
    return _reason(
        "SIZE", f"{int(own):,} followers, {'a similar number' if like.kind == 'Creator' else 'similar to those who work with the brand'}"
    )
