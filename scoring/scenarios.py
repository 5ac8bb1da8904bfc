"""What a creator could do otherwise, as data: each scenario says which facts it changes, and by how much.

A scenario changes what the creator decides alone: how much and how evenly they publish, how they treat brands. Never what others
decide (followers, views, orders, ratings, the platform's reports). Never what rules of the trade forbid, such as buying from
oneself, paying for reactions, or asking for ratings.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Grow:
    """`column` grows by `by`, or by so much a week of the window."""

    column: str
    by: float
    weekly: bool = False


@dataclass(frozen=True, slots=True)
class Lower:
    """`column` falls by `by`."""

    column: str
    by: float


@dataclass(frozen=True, slots=True)
class Fill:
    """`column` becomes as large as `most`, another column."""

    column: str
    most: str


Step = Grow | Lower | Fill


@dataclass(frozen=True, slots=True)
class Scenario:
    """Something that a creator could do: a name, words to the creator, and steps, the first before the next."""

    name: str
    text: str
    steps: tuple[Step, ...]


LN_2: Final = 0.6931471805599453

SCENARIOS: Final = (
    Scenario(
        "answer_invitations",
        "Answer the next five invitations in time.",
        (Grow("ended_invitations", 5), Grow("ended_invitations_answered", 5)),
    ),
    Scenario(
        "keep_promises",
        "Deliver the next three collaborations or samples that you accept, each by its deadline.",
        (Grow("promises_due", 3), Grow("promises_kept", 3)),
    ),
    Scenario(
        "more_shoppable_posts",
        "Publish two more posts with a product a week.",
        (
            Grow("listed_posts", 2, weekly=True),
            Grow("listed_shoppable_posts", 2, weekly=True),
            *(Grow(name, 2) for name in ("listed_posting_rate", "listed_shoppable_rate", "plan_shoppable_rate", "plan_posting_rate")),
        ),
    ),
    Scenario("show_products", "Show a product in every post.", (Fill("listed_shoppable_posts", most="listed_posts"),)),
    Scenario(
        "post_evenly",
        "Publish at an even pace: half the variation between one week and the next.",
        (Lower("weekly_posts_dispersion", LN_2),),
    ),
    Scenario(
        "work_with_more_brands",
        "Make your next three posts for three brands that you have not worked with.",
        (Grow("compared_contents", 3), Grow("other_brand_contents", 3)),
    ),
)

OTHERS_DECIDE: Final = frozenset(
    {
        *("followers", "followers_log", "views", "engagements", "viewed_posts", "seen_video_views", "seen_live_stream_views"),
        *("orders", "units", "gmv_usd", "gross_gmv_usd", "refunded_gmv_usd", "clicks", "click_orders", "selling_log", "selling_orders"),
        *("ratings", "rating_mean", "brand_rating", "unseen_rating", "invitations", "influence", "network", "category_sales_share"),
    }
)
"""Facts that no scenario may propose to change; those of reports, which begin with `reported`, belong to them."""
