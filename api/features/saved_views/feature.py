"""Views of the explorer's pages, saved by name."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.saved_views.mutations import Mutation
from api.features.saved_views.saved_views import saved_views

LISTED: Final = Example(
    "Your saved views of a page, and those that are shared with you",
    """
query SavedViews($page: SavedViewPage) {
  viewer {
    savedViews(page: $page, first: 50) {
      nodes { viewId name page address own shared start updatedAt }
      totalCount
    }
  }
}
""",
    {"page": "FIND"},
)

EXAMPLES: Final[Examples] = dict.fromkeys(("analyst", "partner", "brand"), (LISTED,))

FEATURE: Final = Feature(
    shows_scores=False,
    fields={("Viewer", "savedViews"): saved_views},
    lasting=True,
    costs={"savedViews": 10},
    examples=EXAMPLES,
    mutation=Mutation,
)
