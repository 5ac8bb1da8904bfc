"""Brands, products, categories, content, sales, collaborations and exchange rates."""

from __future__ import annotations

from typing import Final

from graph.model.kinds import Node, Property, Type, Unit

S, I, F, B = Type.STRING, Type.INTEGER, Type.FLOAT, Type.BOOLEAN  # noqa: E741 - a column of types reads better in one letter

BRAND: Final = Node(
    "Brand",
    "A shop whose products creators sell.",
    (
        Property("id", S, "Own id: the shop id, else `name:REGION:name as compared`.", required=True),
        Property("name", S, "Name of the shop.", indexed=True),
        Property("region", S, "Region in which the shop sells.", Unit.REGION, indexed=True),
        Property("namedOnly", B, "Known by name and region alone; never merged with another by name."),
    ),
)

PARTNER: Final = Node(
    "Partner",
    "An agency that arranges campaigns between brands and creators.",
    (
        Property("id", S, "The platform's partner id.", required=True),
        Property("name", S, "Name of the partner."),
        Property("region", S, "Region in which the partner works.", Unit.REGION),
    ),
)

PRODUCT: Final = Node(
    "Product",
    "A product that a brand sells through creators.",
    (
        Property("id", S, "The platform's product id.", required=True),
        Property("title", S, "Name of the product.", indexed=True, searched=True),
        Property("region", S, "Region where it is sold.", Unit.REGION, indexed=True),
        Property("status", S, "Status, as the platform names it."),
        Property("price", F, "Lowest price asked.", Unit.MONEY),
        Property("priceHigh", F, "Highest price asked.", Unit.MONEY),
        Property("currency", S, "Currency of the prices.", Unit.CURRENCY),
        Property("priceUsd", F, "Lowest price asked.", Unit.USD, derived=True),
        Property("commissionRate", F, "Commission of the open plan.", Unit.SHARE),
        Property("unitsSold", I, "Units sold in all, as the platform reports.", Unit.COUNT, wide=True),
        Property("stock", I, "Units in stock.", Unit.COUNT),
        Property("imageUrl", S, "Picture.", Unit.URL),
        Property("url", S, "Product page.", Unit.URL),
    ),
)

CATEGORY: Final = Node(
    "Category",
    "A product category; sub-categories roll up into their parents.",
    (
        Property("id", S, "The platform's category id.", required=True),
        Property("name", S, "Name as last seen.", searched=True),
        Property("nameRegions", Type.STRINGS, "Regions of `regionNames`, same order.", derived=True),
        Property("regionNames", Type.STRINGS, "Name by region.", derived=True),
        Property("leaf", B, "Whether it has no sub-categories."),
    ),
)

CONTENT: Final = Node(
    "Content",
    "A video or a live stream.",
    (
        Property("id", S, "The platform's content id.", required=True),
        Property("kind", S, "What it is; also the second label.", required=True, values=("VIDEO", "LIVE")),
        Property("publishedAt", I, "When it was published or went live.", Unit.TIME, indexed=True),
        Property("endedAt", I, "When the live stream ended.", Unit.TIME),
        Property("durationSeconds", I, "Length.", Unit.SECONDS),
        Property("views", I, "Views.", Unit.COUNT, wide=True),
        Property("likes", I, "Likes.", Unit.COUNT, wide=True),
        Property("comments", I, "Comments.", Unit.COUNT, wide=True),
        Property("shares", I, "Shares.", Unit.COUNT, wide=True),
        Property(
            "paidOrders",
            I,
            "Orders paid through it over its life, as its shop reports in sum; order lines may count the same orders.",
            Unit.COUNT,
        ),
        Property("title", S, "Title or description."),
        Property("url", S, "Public page.", Unit.URL),
        Property(
            "selected", B, ("Known only because an order, sample or campaign names it; no source lists all of the creator's content.")
        ),
        Property("firstSeenAt", I, "Time of the earliest export that names it; unknown where no source is dated.", Unit.TIME, derived=True),
    ),
    extra_labels=(("VIDEO", "Video"), ("LIVE", "LiveStream")),
)

SALE: Final = Node(
    "Sale",
    "One line of an order credited to a creator.",
    (
        Property("id", S, "`order:line`.", required=True),
        Property("orderId", S, "Order of which this is a line.", required=True, indexed=True),
        Property("at", I, "When the order was placed.", Unit.TIME, required=True, indexed=True),
        Property("deliveredAt", I, "When it was delivered.", Unit.TIME),
        Property("status", S, "Newest status.", required=True, values=("PLACED", "SETTLED", "REFUNDED", "NO_SALE")),
        Property("rawStatus", S, "Newest status, as the source names it."),
        Property("quantity", I, "Units ordered.", Unit.COUNT, required=True),
        Property("refundedQuantity", I, "Units refunded, newest.", Unit.COUNT),
        Property("price", F, "Price of a unit.", Unit.MONEY),
        Property("gmv", F, "Price × quantity, before refunds.", Unit.MONEY, required=True),
        Property("currency", S, "Currency of the amounts.", Unit.CURRENCY, required=True),
        Property("gmvUsd", F, "Price × quantity, before refunds, at the rate of the order's day.", Unit.USD, derived=True),
        Property("commissionRate", F, "Commission of the creator.", Unit.SHARE),
        Property("contentKind", S, "Kind of content that sold it, where the content is unknown.", values=("VIDEO", "LIVE", "SHOWCASE")),
        Property("handleKey", S, "User name on the order, as compared.", indexed=True, derived=True),
        Property("region", S, "Region of the order.", Unit.REGION),
        Property("seenAt", Type.INTEGERS, "Times from which the states below were known.", Unit.TIME),
        Property("statuses", Type.STRINGS, "Status known from each time on."),
        Property("refundedQuantities", Type.INTEGERS, "Units refunded known from each time on.", Unit.COUNT),
    ),
)

COLLABORATION: Final = Node(
    "Collaboration",
    "One creator's part in work with a brand: an invitation, a sample, a campaign or an open plan taken up.",
    (
        Property("id", S, "Own id.", required=True),
        Property("programmeId", S, "Invitation, campaign or plan that several creators share.", indexed=True),
        Property("kind", S, "How it came about.", required=True, values=("OPEN", "TARGETED", "SAMPLE", "CAMPAIGN")),
        Property(
            "status",
            S,
            "Newest state. FAILED: the creator promised content that did not come, or not as agreed; EXPIRED: no answer came;"
            " CANCELLED: refused or ended by the brand, which says nothing about the creator.",
            required=True,
            values=("OFFERED", "ACCEPTED", "DECLINED", "DELIVERED", "FAILED", "EXPIRED", "CANCELLED"),
        ),
        Property("rawStatus", S, "Newest state, as the source names it."),
        Property("name", S, "Title given by the brand."),
        Property("offeredAt", I, "When it was offered or applied for.", Unit.TIME, indexed=True),
        Property("answeredAt", I, "When the creator answered.", Unit.TIME),
        Property("accepted", B, "Whether the answer was yes."),
        Property("approvalDueAt", I, "Until when the brand may approve a sample; not a deadline for the creator.", Unit.TIME),
        Property("approvedAt", I, "When a sample was approved.", Unit.TIME),
        Property("shipmentDueAt", I, "Until when the brand must ship a sample; not a deadline for the creator.", Unit.TIME),
        Property("sampleDeliveredAt", I, "When a sample reached the creator.", Unit.TIME),
        Property("dueAt", I, "When the creator's content is due.", Unit.TIME),
        Property("deliveredAt", I, "When the content was published.", Unit.TIME),
        Property("startsAt", I, "When the present terms of an open plan began; its creators may have come before or after.", Unit.TIME),
        Property("endsAt", I, "When the offer ends.", Unit.TIME),
        Property("rating", F, "The brand's rating.", Unit.STARS),
        Property("ratedAt", I, "When the brand rated.", Unit.TIME),
        Property("ratingNote", S, "The brand's words on its rating; for those who see its terms.", derived=True),
        Property("decision", S, "What the brand decided here on a sample application.", values=("APPROVE", "DECLINE"), derived=True),
        Property("decisionReason", S, "Why the brand declines, as the platform names reasons.", derived=True),
        Property("decidedAt", I, "When the brand decided here.", Unit.TIME, derived=True),
        Property("decisionRule", S, "Rule by which it was decided; none where it was decided singly.", derived=True),
        Property("decisionExportedAt", I, "When the decision was exported for the platform.", Unit.TIME, derived=True),
        Property("commissionRate", F, "Commission agreed.", Unit.SHARE),
        Property("fee", F, "Fixed fee agreed.", Unit.MONEY),
        Property("currency", S, "Currency of the fee.", Unit.CURRENCY),
        Property(
            "contentCount",
            I,
            "Posts published for it, as reported; of an open plan, all that the creator made for its product.",
            Unit.COUNT,
        ),
        Property("countedAt", Type.INTEGERS, "Times from which the counts below were known.", Unit.TIME),
        Property("contentCounts", Type.INTEGERS, "`contentCount` known from each time on.", Unit.COUNT),
        Property("seenAt", Type.INTEGERS, "Times from which the states below were known.", Unit.TIME),
        Property("statuses", Type.STRINGS, "State known from each time on."),
        Property(
            "firstSeenAt", I, "Time of the earliest export that mentions it; unknown where no source is dated.", Unit.TIME, derived=True
        ),
    ),
)

RATE: Final = Node(
    "Rate",
    "An exchange rate; holds from its day until the next of the same currency.",
    (
        Property("id", S, "`CURRENCY:YYYY-MM-DD`.", required=True, derived=True),
        Property("currency", S, "Currency.", Unit.CURRENCY, required=True, indexed=True),
        Property("date", S, "First day, YYYY-MM-DD.", required=True),
        Property("usdPerUnit", F, "US dollars for one unit.", required=True),
    ),
)
