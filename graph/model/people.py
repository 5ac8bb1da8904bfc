"""Creators, and what is known about them in sum: their reports and audiences."""

from __future__ import annotations

from typing import Final

from graph.model.kinds import Node, Property, Type, Unit

S, I, F, B = Type.STRING, Type.INTEGER, Type.FLOAT, Type.BOOLEAN  # noqa: E741 - a column of types reads better in one letter

CREATOR: Final = Node(
    "Creator",
    "A person or account that sells products by short video or live stream.",
    (
        Property("id", S, "Own id: the open id where one is known, else `REGION:handle`.", required=True),
        Property("openId", S, "The platform's open id of the creator.", indexed=True),
        Property("handle", S, "User name as last seen, without `@`.", required=True),
        Property("handleKey", S, "User name as compared: trimmed, NFKC, case-folded.", indexed=True, derived=True),
        Property("region", S, "Region where the creator sells, the one seen last.", Unit.REGION, required=True, indexed=True),
        Property("nickname", S, "Display name."),
        Property("bio", S, "The creator's own description."),
        Property("language", S, "Main language of the content."),
        Property("registerRegion", S, "Region in which the account is registered.", Unit.REGION),
        Property("verified", B, "Whether the platform has verified the account."),
        Property("followerCount", I, "Followers.", Unit.COUNT, indexed=True),
        Property("followingCount", I, "Accounts followed.", Unit.COUNT),
        Property("likeCount", I, "Likes received over the account's life.", Unit.COUNT, wide=True),
        Property("videoCount", I, "Videos published over the account's life.", Unit.COUNT),
        Property("avatarUrl", S, "Profile picture.", Unit.URL),
        Property("profileUrl", S, "Public profile page.", Unit.URL),
        Property("sellerType", S, "Type of the creator's own shop, if they have one."),
        Property("userType", S, "Kind of account, as the platform names it."),
        Property("permissions", Type.STRINGS, "Product promotion permissions."),
        Property("mainCategoryIds", Type.STRINGS, "Main product categories, as the platform reports them."),
        Property("salesConsent", B, "Whether the creator shares exact sales; ranges are shown otherwise."),
        Property("joinedAt", I, "When the creator started on the platform.", Unit.TIME, indexed=True),
        Property("firstSeenAt", I, "Earliest observation or content known here.", Unit.TIME, derived=True),
    ),
)

REPORT: Final = Node(
    "Report",
    "What the platform itself reports about a creator in sum; one a creator and day, the latest.",
    (
        Property("id", S, "`creator:YYYY-MM-DD`.", required=True),
        Property("at", I, "When the report was made.", Unit.TIME, required=True, indexed=True),
        Property("days", I, "Days that the sums cover.", Unit.COUNT),
        Property("currency", S, "Currency of the amounts.", Unit.CURRENCY),
        *(
            part
            for name, what in (
                ("gmv", "GMV"),
                ("videoGmv", "GMV of videos"),
                ("liveGmv", "GMV of live streams"),
                ("gpm", "GMV per 1,000 views"),
                ("videoGpm", "GMV per 1,000 views of videos"),
                ("liveGpm", "GMV per 1,000 views of live streams"),
                ("gmvPerBuyer", "Mean GMV per buyer"),
            )
            for part in (
                Property(name, F, f"{what}, exact.", Unit.MONEY),
                Property(f"{name}Low", F, f"{what}, lower end of the range shown instead.", Unit.MONEY),
                Property(f"{name}High", F, f"{what}, upper end of the range; none if open.", Unit.MONEY),
                Property(f"{name}Usd", F, f"{what}, exact.", Unit.USD, derived=True),
                Property(f"{name}LowUsd", F, f"{what}, lower end.", Unit.USD, derived=True),
                Property(f"{name}HighUsd", F, f"{what}, upper end.", Unit.USD, derived=True),
            )
        ),
        Property("productPriceLow", F, "Lowest original price among promoted products.", Unit.MONEY),
        Property("productPriceHigh", F, "Highest original price among promoted products.", Unit.MONEY),
        Property("unitsSold", I, "Units sold.", Unit.COUNT),
        Property("unitsSoldLow", I, "Units sold, lower end, over the account's life.", Unit.COUNT, wide=True),
        Property("unitsSoldHigh", I, "Units sold, upper end, over the account's life.", Unit.COUNT, wide=True),
        Property("contentCount", I, "All posts, shoppable or not.", Unit.COUNT),
        Property("videoCount", I, "Shoppable videos.", Unit.COUNT),
        Property("liveCount", I, "Shoppable live streams.", Unit.COUNT),
        Property("videoViews", F, "Mean views of a shoppable video; unknown where there was none.", Unit.COUNT),
        Property("medianVideoViews", F, "Median views of a shoppable video.", Unit.COUNT),
        Property("liveViews", F, "Mean views of a shoppable live stream.", Unit.COUNT),
        Property("liveUniqueViewers", F, "Mean unique viewers of a shoppable live stream.", Unit.COUNT),
        *(
            Property(f"{kind}{what}", F, f"Mean {what.lower()} of a shoppable {words}.", Unit.COUNT)
            for kind, words in (("video", "video"), ("live", "live stream"))
            for what in ("Likes", "Comments", "Shares")
        ),
        Property("videoEngagementRate", F, "Engagement rate of shoppable videos.", Unit.SHARE),
        Property("liveEngagementRate", F, "Engagement rate of shoppable live streams.", Unit.SHARE),
        Property("commissionRate", F, "Mean commission rate.", Unit.SHARE),
        Property("commissionRateLow", F, "Mean commission rate, lower end.", Unit.SHARE),
        Property("commissionRateHigh", F, "Mean commission rate, upper end.", Unit.SHARE),
        Property("fulfilmentRate", F, "Share of samples answered with content, last 90 days.", Unit.SHARE),
        Property("brandCollaborationCount", I, "Brands worked with over the account's life.", Unit.COUNT),
        Property("promotedProductCount", I, "Products promoted.", Unit.COUNT),
        Property("topBrandIds", Type.STRINGS, "The platform's own ids of the brands worked with most."),
        Property("categoryIds", Type.STRINGS, "Categories of `categoryShares`, same order."),
        Property("categoryShares", Type.FLOATS, "Share of GMV by category.", Unit.SHARE),
        Property("contentKinds", Type.STRINGS, "Kinds of content of `contentShares`, same order."),
        Property("contentShares", Type.FLOATS, "Share of GMV by kind of content.", Unit.SHARE),
        Property("performanceScore", F, "The platform's own product performance score."),
        Property("rating", F, "The platform's own rating.", Unit.STARS),
        Property("followerCount", I, "Followers on that day.", Unit.COUNT),
    ),
)

AUDIENCE: Final = Node(
    "Audience",
    "One share of a creator's followers along one dimension.",
    (
        Property("id", S, "`creator:dimension:bucket`.", required=True),
        Property("dimension", S, "What the followers are divided by.", required=True, values=("AGE", "GENDER", "LOCATION")),
        Property("bucket", S, "Which part: `18-24`, `FEMALE`, `US` …", required=True),
        Property("share", F, "Share of the followers; unknown where only the order of parts is known.", Unit.SHARE),
        Property("at", I, "When it was reported.", Unit.TIME),
    ),
)
