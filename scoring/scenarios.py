"""What a creator could do otherwise, as data: each scenario says which facts it changes, and by how much.

A scenario changes what the creator decides alone: how much and how evenly they publish, how they treat brands. Never what others
decide (followers, views, orders, ratings, the platform's reports): that stays, or grows with the posts that bring it. Never
what rules of the trade forbid, such as buying from oneself, paying for reactions, or asking for ratings.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Grow:
    """`column` grows by `by`, or by so much a week of the window, and never beyond `most`, another column."""

    column: str
    by: float
    weekly: bool = False
    most: str = ""


@dataclass(frozen=True, slots=True)
class Even:
    """`column` is multiplied by `times`."""

    column: str
    times: float


@dataclass(frozen=True, slots=True)
class Fill:
    """`column` becomes as large as `most`, another column."""

    column: str
    most: str


@dataclass(frozen=True, slots=True)
class Join:
    """`count` values of `value` join the mean and the sample variance of the `counted` values that there are."""

    mean: str
    variance: str
    counted: str
    value: float
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """One piece of a new kind joins the `counted` pieces of which `column` is the entropy in nats."""

    column: str
    counted: str


@dataclass(frozen=True, slots=True)
class Follow:
    """`columns` grow as `of` does: what posts bring, new ones bring too."""

    columns: tuple[str, ...]
    of: str


Step = Grow | Even | Fill | Join | Spread | Follow


@dataclass(frozen=True, slots=True)
class Scenario:
    """Something that a creator could do: a name, words to the creator, and steps, the first before the next.

    `needs` are columns that must be above 0, as far as the formula reads them: without invitations there is none to answer.
    """

    name: str
    text: str
    steps: tuple[Step, ...]
    needs: tuple[str, ...] = ()


HOUR_LATE: Final = 8.188966863648876
"""ln(1 + 3,600 s): an answer within the hour."""

POSTS_BRING: Final = (
    *("views", "engagements", "viewed_posts", "posts_above_median", "shoppable_views"),
    *("orders", "units", "gmv_usd", "gross_gmv_usd", "refunded_gmv_usd", "clicks", "click_orders"),
)
VIDEOS_BRING: Final = ("video_views", "video_orders", "video_gmv_usd")

SCENARIOS: Final = (
    Scenario(
        "answer_invitations",
        "Answer the next five invitations within an hour, whether you accept or not.",
        (
            Join("log_answer_mean", "log_answer_var", "answers", HOUR_LATE, 5),
            Grow("answerable", 5),
            Grow("answered_7d", 5),
            Grow("answers", 5),
        ),
    ),
    Scenario(
        "keep_promises",
        "Deliver the next three collaborations that you accept, each on time.",
        (Grow("deliverable", 3), Grow("delivered", 3), Grow("on_time_known", 3), Grow("on_time", 3)),
    ),
    Scenario(
        "more_shoppable_posts",
        "Publish two more videos with a product a week, like those that you publish now.",
        (
            Follow(POSTS_BRING, of="posts"),
            Follow(VIDEOS_BRING, of="videos"),
            Grow("posts", 2, weekly=True),
            Grow("videos", 2, weekly=True),
            Grow("shoppable_posts", 2, weekly=True),
            Grow("video_posts", 2, weekly=True),
            Grow("shoppable_days", 1, weekly=True, most="days"),
        ),
        needs=("posts",),
    ),
    Scenario(
        "show_products",
        "Show a product in every post.",
        (Fill("shoppable_posts", most="posts"),),
        needs=("posts",),
    ),
    Scenario(
        "more_products",
        "Show one more product a week that you have not shown before.",
        (Grow("distinct_products", 1, weekly=True),),
        needs=("shoppable_posts",),
    ),
    Scenario(
        "go_live",
        "Go live with products for one more hour a week.",
        (Grow("live_hours", 1, weekly=True), Grow("shoppable_live_hours", 1, weekly=True)),
    ),
    Scenario(
        "post_every_week",
        "Publish in every week.",
        (Fill("active_weeks", most="week_count"),),
        needs=("posts",),
    ),
    Scenario(
        "post_evenly",
        "Publish at even intervals: half the variation of the days between your posting days.",
        (Even("gap_log_var", 0.5),),
        needs=("gaps",),
    ),
    Scenario(
        "new_brand",
        "Take up work with one brand that you have not worked with.",
        (Spread("brand_entropy", "collaborations"), Grow("brands", 1), Grow("collaborations", 1)),
        needs=("collaborations",),
    ),
    Scenario(
        "return_to_brand",
        "Work again with one brand that you have worked with once.",
        (Grow("repeat_brands", 1, most="brands"),),
        needs=("brands",),
    ),
)

OTHERS_DECIDE: Final = frozenset(
    {
        *("followers", "views", "engagements", "viewed_posts", "posts_above_median", "log_views_mean", "log_views_var"),
        *("orders", "units", "gmv_usd", "gross_gmv_usd", "refunded_gmv_usd", "clicks", "click_orders", "weekly_sales_cv"),
        *("ratings", "rating_mean", "rating_var", "invitations", "influence", "network", "category_sales_share"),
    }
)
"""Facts that no scenario may propose to change; those of reports, which begin with `reported`, belong to them."""
