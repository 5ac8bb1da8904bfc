"""The figures that shape the simulated market, each with its unit and where it comes from.

Where a public figure exists it is named; «assumed» means that none was found and that the value was set so that the
market as a whole looks like the sparse, heavy-tailed ones that brands describe.
"""

from __future__ import annotations

from typing import Final, Self

ASSUMED: Final = "assumed"
DESIGN: Final = "the experiment on selling ability net of product that the scores are designed after"


class Parameter(float):
    """A number that knows its unit and its source; it computes as any float does."""

    unit: str
    source: str

    def __new__(cls, value: float, unit: str, source: str = ASSUMED) -> Self:
        """Make a parameter from its value, unit and source."""
        made = super().__new__(cls, value)
        made.unit, made.source = unit, source
        return made


# Audiences and content
FOLLOWERS_MEDIAN: Final = Parameter(9_000, "followers")
FOLLOWERS_SPREAD: Final = Parameter(1.2, "sd of log followers, body of the distribution")
FOLLOWERS_TAIL_SHARE: Final = Parameter(0.06, "share of creators whose followers follow a Pareto tail")
FOLLOWERS_TAIL_INDEX: Final = Parameter(1.2, "Pareto index of that tail")
FOLLOWERS_TAIL_START: Final = Parameter(60_000, "followers")
FOLLOWERS_MOST: Final = Parameter(20_000_000, "followers")
VIEWS_MEDIAN: Final = Parameter(1_500, "views of a video by a creator of median size")
VIEWS_ELASTICITY: Final = Parameter(0.36, "log views per log followers")
VIEWS_SPREAD: Final = Parameter(0.6, "sd of log views between the posts of one creator")
VIEWS_VIRAL_SHARE: Final = Parameter(0.01, "share of posts that travel far beyond the usual")
VIEWS_VIRAL_INDEX: Final = Parameter(1.3, "Pareto index of how far")
VIEWS_MOST: Final = Parameter(20_000_000, "views")
ENGAGEMENT_MEDIAN: Final = Parameter(
    0.045, "(likes + comments + shares) / views", "KOLens 2025, agencies' range 3–8 % by view between 10k and 1M followers"
)
ENGAGEMENT_SLOPE: Final = Parameter(
    -0.15, "log engagement per log followers", "KOLens 2025: 8–15 % below 10k followers, 1.5–3.5 % above 1M"
)
POSTS_PER_WEEK: Final = Parameter(1.4, "posts a week, median", "Rival IQ, TikTok Benchmark Report 2024: brands post about 2 videos a week")
POSTS_SPREAD: Final = Parameter(0.6, "sd of log posts a week", "Rival IQ 2024: top quarter posts 4 or more, 30 % less than one")
BURST_SPREAD: Final = Parameter(0.6, "sd of log posts between the weeks of a creator of average steadiness")
PAUSES: Final = Parameter(0.08, "share of creators that pause for some weeks within the period")
PAUSE_WEEKS: Final = Parameter(3, "weeks of a pause, mean")
SHOPPABLE_LOGIT: Final = Parameter(-0.45, "log odds that a post is shoppable at average diligence")
SHOPPABLE_SPREAD: Final = Parameter(1.1, "sd of these log odds")
LIVE_SHARE: Final = Parameter(0.08, "share of a creator's posts that are live streams, mean")
LATE_STARTERS: Final = Parameter(0.15, "share of creators that start within the period")
QUITTERS: Final = Parameter(0.08, "share of creators that stop within the period")
CONSENT: Final = Parameter(0.7, "share of creators that share exact sales")
UNLINKED: Final = Parameter(0.03, "share of creators known by user name only")

# Traits
ABILITY_SPREAD: Final = Parameter(0.5, "sd of log conversion between creators", DESIGN)
APPEAL_SPREAD: Final = Parameter(1.0, "sd of log conversion between products", DESIGN)
POST_SHAPE: Final = Parameter(
    3.25, "shape of the gamma noise that a post's slots share; its logarithm has sd 0.6 (trigamma(3.25) = 0.36)", DESIGN
)
QUALITY_SPREAD: Final = Parameter(0.5, "sd of log views between creators of the same audience")
REACTION_SPREAD: Final = Parameter(0.2, "sd of log engagement between them")
SORTING: Final = Parameter(0.8, "correlation of ability with the wish for appealing products; about 0.45 with what is promoted", DESIGN)
CHOOSINESS: Final = Parameter(0.55, "weight of appeal in a choice of products, in Gumbel units")

# Selling
ORDERS_PER_THOUSAND: Final = Parameter(0.34, "orders per 1,000 views of a median video", DESIGN + ": median 7 orders in 90 days")
VIEWS_TO_ORDERS: Final = Parameter(0.85, "log orders per log views", DESIGN + ": below 1")
LIVE_LIFT: Final = Parameter(0.4, "log orders, live against video")
PRICE_ELASTICITY: Final = Parameter(-0.35, "log orders per log price within a category")
CROWDING: Final = Parameter(-0.6, "log orders of a product per log number of products in the post")
CLICK_RATE: Final = Parameter(0.035, "clicks per showing of a link", "OnRanko digital statistics 2023, TikTok Shop click-through 3.5 %")
SHOWN_SHARE: Final = Parameter(0.55, "showings of the link per view")
EXTRA_UNITS: Final = Parameter(0.12, "units beyond the first, mean")
ORDERS_MOST: Final = Parameter(500, "orders of one product in one post: stock ends")
DELAY_DAYS: Final = Parameter(2.0, "days from post to order, mean")
SHOWCASE_SHARE: Final = Parameter(0.05, "share of orders through the showcase, no content known")
SUMS_ONLY: Final = Parameter(0.08, "share of brands that give sums by content and no orders")
PRICE_LEVEL: Final = Parameter(
    22, "US dollars, median asked", "Red Stag Fulfillment 2025: TikTok Shop orders median about $35 in the US, $5 in South-East Asia"
)
PRICE_SPREAD: Final = Parameter(0.55, "sd of log price within a category")

# After the order
CANCELLED: Final = Parameter(0.04, "share of order lines cancelled")
REFUND_MEAN: Final = Parameter(
    0.12, "share of order lines refunded, mean of categories", "NRF 2023–2025: 17.6–20.4 % of online sales, less for low prices"
)
REFUND_DAYS: Final = Parameter(7.0, "days from delivery to refund, mean")
SETTLE_DAYS: Final = Parameter(14.0, "days from delivery to settlement")
DELIVERY_DAYS: Final = Parameter(4.5, "days from order to delivery, mean")

# Weeks and sale days
WEEKDAYS: Final = (0.93, 0.92, 0.95, 0.98, 1.05, 1.12, 1.05)
SALE_DAY_ORDERS: Final = Parameter(4.0, "orders on a sale day against a usual day")
SALE_DAY_POSTS: Final = Parameter(1.6, "posts on a sale day against a usual day")

# Brands' work
TARGETED_EACH: Final = Parameter(2.2, "targeted invitations per creator in 180 days, first ones")
SAMPLES_EACH: Final = Parameter(2.4, "samples offered per creator in 180 days")
CAMPAIGNS_EACH: Final = Parameter(0.8, "campaign invitations per creator in 180 days")
OPEN_SHARE: Final = Parameter(0.7, "share of products in an open plan")
ANSWER_LOGIT: Final = Parameter(0.7, "log odds of answering an invitation at average responsiveness")
ANSWER_SPREAD: Final = Parameter(1.2, "sd of these log odds")
ACCEPT_LOGIT: Final = Parameter(1.2, "log odds that an answer is yes")
ANSWER_HOURS: Final = Parameter(40, "hours to an answer, median at average responsiveness")
DELIVER_LOGIT: Final = Parameter(0.9, "log odds of delivering accepted work at average reliability")
DELIVER_SPREAD: Final = Parameter(1.3, "sd of these log odds")
PLATFORM_GRACE: Final = Parameter(7, "days after it is due until the platform calls a sample failed")
PARTNERS_EACH: Final = Parameter(0.6, "share of campaigns that an agency arranges")
APPLICATIONS_EACH: Final = Parameter(12, "samples applied for in vain, or still waiting, per creator in 180 days")
APPLICATION_SPREAD: Final = Parameter(0.9, "sd of the log of how often creators apply")
DECLINED_SHARE: Final = Parameter(0.6, "share of these that the seller declines; the others run out")
DECISION_DAYS: Final = Parameter(2.0, "days until a seller declines, mean")

# Dishonesty
RING_SHARE: Final = Parameter(
    0.012, "share of creators in a ring", "HypeAuditor 2019: 34 % touched by some fraud; organised rings assumed far fewer"
)
RING_SIZE: Final = Parameter(6, "members of a ring")
RING_VIEWS: Final = Parameter(5.0, "factor on views")
RING_LIKES: Final = Parameter(1.6, "factor on likes per view")
RING_ORDERS: Final = Parameter(1.0, "bought by themselves and refunded, orders per shoppable post")
