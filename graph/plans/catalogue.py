"""What can be picked from each kind of thing. Whatever is not named here can be in no query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.plans.batches import CreatorsByName
from graph.plans.computed import Computed, OfViewer
from graph.plans.fields import Composite, Constant, Entries, Field, Inner, identity, properties
from graph.plans.flags import FLAG, FLAGS
from graph.plans.forecasts import BRAND_FORECAST, CATEGORY_FORECAST, CREATOR_FORECAST
from graph.plans.grouped import Grouped
from graph.plans.listings import Listing
from graph.plans.probability import ProbabilityAbove
from graph.plans.rankings import Ranking
from graph.plans.records import APPEAL as APPEAL_OF_CREATOR
from graph.plans.records import BRIEF, BRIEF_RUN, CONTESTABLE, SALE, ContestableEvents
from graph.plans.relations import Few, Many, One
from graph.plans.reports import REPORT
from graph.plans.roots import ById, ByIds, CreatorByName, Myself, Oneself, OwnNodes
from graph.plans.runs import BACKTEST, FORECAST_METHOD, MANIFEST, RUN
from graph.plans.sales import COLLABORATION_SALES, CONTENT_SALES, PRODUCT_SALES, CreatorSales
from graph.plans.scores import AllScores, ScoreOf
from graph.plans.sights import tied_brand, tied_product, told_category
from graph.plans.told import WhetherTold
from graph.plans.tops import TopOfBrand, TopOfCategory
from graph.plans.writer import Member, Members

FEATURED: Final = "({n})-[:PUBLISHED]->(:Content)-[:FEATURES]->({m}:Product)"

RATED_IN: Final = "({n})<-[:RATES]-(card:Scorecard {runId: $cards, window: 90})\nMATCH ({m}:Category {id: card.categoryId})"

APPEAL: Final = "({n})<-[:APPEAL_OF]-({m}:SalesAppeal {runId: $run})"

CREATOR: Final[dict[str, Member]] = {
    **identity("Creator"),
    **properties("Creator", "handle", "region", "nickname", "bio", "language", "registerRegion", "verified", "followerCount"),
    **properties("Creator", "followingCount", "likeCount", "videoCount", "avatarUrl", "profileUrl", "salesConsent", "joinedAt"),
    **properties("Creator", "firstSeenAt"),
    "sales": CreatorSales(),
    "forecast": CREATOR_FORECAST,
    "scores": AllScores(),
    "probabilityAbove": ProbabilityAbove(),
    "collaborations": Many("Collaboration", "({n})<-[:WITH]-({m}:Collaboration)", by="offeredAt"),
    "othersCollaborations": Grouped("({m}:Collaboration)-[:WITH]->({n})"),
    "content": Many("Content", "({n})-[:PUBLISHED]->({m}:Content)", by="publishedAt", checked=False),
    "products": Many("Product", FEATURED, there=tied_product, distinct=True),
    "brands": Many("Brand", "({n})-[:COLLABORATED_WITH {runId: $run}]->({m}:Brand)", there=tied_brand),
    "categories": Many("Category", RATED_IN),
    "mentions": Many("Creator", "({n})-[:PUBLISHED]->(:Content)-[:MENTIONS]->({m}:Creator)", distinct=True),
    "mentionedBy": Many("Creator", "({n})<-[:MENTIONS]-(:Content)<-[:PUBLISHED]-({m}:Creator)", distinct=True),
    **{name: Computed(name) for name in ("lookalikes", "scoreChange", "improvements", "scoreEvents", "history", "disclosures", "rights")},
    "flags": Few("Flag", FLAGS, order="{m}.kind, {m}.id"),
    "contestable": ContestableEvents(),
    "reports": Many("Report", "({n})<-[:ABOUT]-({m}:Report)", by="at", checked=False),
    "coldStart": Inner(Computed("coldStart")),
    "spillover": Inner(Computed("spillover")),
    "deliveryProbability": Computed("deliveryProbability"),
    "audience": Few("Audience", "({n})-[:HAS_AUDIENCE]->({m}:Audience)", order="{m}.dimension, {m}.bucket, {m}.id"),
}

BRAND: Final[dict[str, Member]] = {
    **identity("Brand"),
    **properties("Brand", "name", "region"),
    "products": Many("Product", "({n})-[:SELLS]->({m}:Product)"),
    "categories": Many("Category", "({n})-[:SELLS]->(:Product)-[:IN_CATEGORY]->({m}:Category)", distinct=True),
    "collaborations": Many("Collaboration", "({n})-[:OFFERED]->({m}:Collaboration)", by="offeredAt", here=tied_brand),
    "othersCollaborations": Grouped("({n})-[:OFFERED]->({m}:Collaboration)-[:WITH]->(worker:Creator)"),
    "creators": Many("Creator", "({n})<-[:COLLABORATED_WITH {runId: $run}]-({m}:Creator)", here=tied_brand),
    "forecast": BRAND_FORECAST,
    "topCreators": TopOfBrand(),
    "sales": Computed("sales"),
    "competitors": Computed("competitors"),
    "network": Computed("network"),
    "lookalikes": Computed("lookalikes"),
    "similarBrands": Computed("similarBrands"),
    **{name: Computed(name) for name in ("sampleInbox", "sampleRequests", "sampleRules", "sampleRuleTrial")},
}

PRODUCT: Final[dict[str, Member]] = {
    **identity("Product"),
    **properties("Product", "title", "region", "status", "commissionRate", "unitsSold", "imageUrl", "url"),
    "price": Composite("Money", "{n}.price IS NULL"),
    "priceHigh": Composite("HighMoney", "{n}.priceHigh IS NULL"),
    "brand": One("Brand", "({n})<-[:SELLS]-({m}:Brand)"),
    "category": One("Category", "({n})-[:IN_CATEGORY]->({m}:Category)"),
    "content": Many("Content", "({n})<-[:FEATURES]-({m}:Content)", by="publishedAt", here=tied_product),
    "creators": Many("Creator", "({n})<-[:FEATURES]-(:Content)<-[:PUBLISHED]-({m}:Creator)", here=tied_product, distinct=True),
    "collaborations": Many("Collaboration", "({n})<-[:PROMOTES]-({m}:Collaboration)", by="offeredAt", here=tied_product),
    "sales": PRODUCT_SALES,
    "appeal": Inner(One("SalesAppeal", APPEAL, here=tied_product)),
}

CATEGORY: Final[dict[str, Member]] = {
    **identity("Category"),
    **properties("Category", "name", "leaf"),
    "names": Entries("{n}.nameRegions", {"region": "{n}.nameRegions[{i}]", "name": "{n}.regionNames[{i}]", "__typename": "'RegionalName'"}),
    "parent": One("Category", "({n})-[:CHILD_OF]->({m}:Category)"),
    "children": Many("Category", "({n})<-[:CHILD_OF]-({m}:Category)"),
    "products": Many("Product", "({n})<-[:CHILD_OF*0..8]-(:Category)<-[:IN_CATEGORY]-({m}:Product)", distinct=True),
    "forecast": CATEGORY_FORECAST,
    "topCreators": TopOfCategory(),
    "rated": WhetherTold(),
    "appeal": Inner(One("SalesAppeal", APPEAL, here=told_category)),
}

COLLABORATION: Final[dict[str, Member]] = {
    **identity("Collaboration"),
    **properties("Collaboration", "kind", "status", "name", "programmeId", "offeredAt", "answeredAt", "accepted", "approvedAt"),
    **properties("Collaboration", "sampleDeliveredAt", "dueAt", "deliveredAt", "endsAt"),
    **properties("Collaboration", "commissionRate", "rating", "ratedAt", "contentCount", terms=True),
    "fee": Composite("Fee", "{n}.fee IS NULL", terms=True),
    "brand": One("Brand", "({n})<-[:OFFERED]-({m}:Brand)"),
    "creator": One("Creator", "({n})-[:WITH]->({m}:Creator)"),
    "products": Many("Product", "({n})-[:PROMOTES]->({m}:Product)"),
    "content": Many("Content", "({n})-[:DELIVERED]->({m}:Content)", by="publishedAt"),
    "sales": COLLABORATION_SALES,
}

CONTENT: Final[dict[str, Member]] = {
    **identity("Content"),
    **properties("Content", "kind", "publishedAt", "endedAt", "durationSeconds", "views", "likes", "comments", "shares", "title", "url"),
    "creator": One("Creator", "({n})<-[:PUBLISHED]-({m}:Creator)"),
    "products": Many("Product", "({n})-[:FEATURES]->({m}:Product)", there=tied_product),
    "mentions": Many("Creator", "({n})-[:MENTIONS]->({m}:Creator)"),
    "collaborations": Many("Collaboration", "({n})<-[:DELIVERED]-({m}:Collaboration)", by="offeredAt"),
    "sales": CONTENT_SALES,
}

AUDIENCE: Final[dict[str, Member]] = {
    **properties("Audience", "dimension", "bucket", "share", "at"),
    "__typename": Constant("AudienceShare"),
}

SALES_APPEAL: Final[dict[str, Member]] = {
    **{name: Field(f"{{n}}.{name}") for name in ("ratio", "low", "high", "posts", "apart")},
    "__typename": Constant("SalesAppeal"),
}


def _money(amount: str, usd: str) -> dict[str, Member]:
    return {
        "amount": Field(f"{{n}}.{amount}"),
        "currency": Field("{n}.currency"),
        "usd": Field(f"{{n}}.{usd}" if usd else "null"),
        "__typename": Constant("Money"),
    }


QUERY: Final[dict[str, Member]] = {
    "viewer": Myself(),
    "node": ByIds(many=False),
    "nodes": ByIds(many=True),
    "creator": CreatorByName(),
    "creatorList": CreatorsByName(),
    "brand": ById("Brand"),
    "product": ById("Product"),
    "category": ById("Category"),
    "creators": Listing("Creator", {"id": False, "handleKey": False, "followerCount": True, "joinedAt": True}),
    "brands": Listing("Brand", {"id": False, "name": False}),
    "products": Listing("Product", {"id": False, "title": False}),
    "categories": Listing("Category", {"id": False}),
    "collaborations": Listing("Collaboration", {"id": False, "offeredAt": True}),
    "appeals": Listing("Appeal", {"id": False, "createdAt": True}, default="createdAt"),
    "scoringRuns": Listing("ScoringRun", {"id": True}),
    "ranking": Ranking(),
}

VIEWER: Final[dict[str, Member]] = {
    **{name: Oneself(name) for name in ("name", "role", "regions", "scopes", "costBudget", "requestsAtOnce")},
    "brands": OwnNodes("Brand", "{m}.id IN $brands", many=True),
    "creator": OwnNodes("Creator", "{m}.id = $me", many=False),
    **{name: OfViewer(name) for name in ("savedViews", "dataImports", "dataImport", "rejectedRows", "mappingPreview")},
    "__typename": Constant("Viewer"),
}


def members(indicators: Sequence[str]) -> Members:
    """Return everything that can be picked, with one member of a creator for each indicator."""
    return {
        "Query": QUERY,
        "Creator": {**CREATOR, **{each: ScoreOf(each) for each in indicators}},
        "Brand": BRAND,
        "Product": PRODUCT,
        "Category": CATEGORY,
        "Collaboration": COLLABORATION,
        "Content": CONTENT,
        "Report": REPORT,
        "Flag": FLAG,
        "Sale": SALE,
        "Appeal": APPEAL_OF_CREATOR,
        "Contestable": CONTESTABLE,
        "Brief": BRIEF,
        "BriefRun": BRIEF_RUN,
        "AudienceShare": AUDIENCE,
        "SalesAppeal": SALES_APPEAL,
        "ScoringRun": RUN,
        "Manifest": MANIFEST,
        "ForecastMethod": FORECAST_METHOD,
        "Backtest": BACKTEST,
        "Viewer": VIEWER,
        "Money": _money("price", "priceUsd"),
        "HighMoney": _money("priceHigh", ""),
        "Fee": _money("fee", ""),
        "SaleMoney": _money("gmv", "gmvUsd"),
    }
