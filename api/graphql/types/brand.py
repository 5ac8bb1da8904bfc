"""Brands."""

from __future__ import annotations

from typing import Any

import strawberry

from api.features.brand_sales.types import SALES, BrandSalesConnection
from api.features.competitors.types import Competitor
from api.features.lookalikes.types import BRAND_LOOKALIKES, SIMILAR_BRANDS, Lookalike, SimilarBrand
from api.features.network.types import NETWORK_ARGUMENTS, BrandNetwork
from api.features.samples.rule_types import RULES, TRIAL, SampleRule, SampleRuleTrial
from api.features.samples.types import INBOX, REQUESTS, SampleInbox, SampleRequest
from api.graphql.types.fields import BY, CATEGORY, HIDDEN, WINDOW, argument, paged, planned
from api.graphql.types.filters import CollaborationFilter, ProductFilter, filtered
from api.graphql.types.forecast import ForecastSum
from api.graphql.types.money import GroupedCount
from api.graphql.types.nouns import CategoryPage, CollaborationPage, CreatorPage, Node, ProductPage, RankingPage
from api.graphql.types.page import connection
from api.graphql.types.scalars import Region


@strawberry.type(description="A shop whose products creators sell.")
class Brand(Node):
    """Who works with a brand is told to the brand and its partners, and to those who see all."""

    name: str | None = planned("Name of the shop; null where unknown.")
    region: Region | None = planned("Region in which the shop sells; null where unknown.")
    products: ProductPage | None = paged("Products that the brand sells.", filtered(ProductFilter))
    categories: CategoryPage | None = paged("Categories of its products.")
    collaborations: CollaborationPage | None = paged(
        f"Its collaborations, newest first; creators see only their own. {HIDDEN}", filtered(CollaborationFilter)
    )
    others_collaborations: GroupedCount | None = planned(
        "Number of collaborations with creators of your regions that you may not see individually; null below five, for "
        "creators' keys, and where you see everything."
    )
    creators: CreatorPage | None = paged(
        f"Creators who work with the brand, as of the current run, limited to those that you may see. {HIDDEN}"
    )
    forecast: ForecastSum | None = planned(
        "What is expected to be sold of the brand in the 28 days after the current run's date, by all creators. For keys of "
        "brands and partners, it is based only on the brand's own past sales, with an interval made of these alone. Null where "
        "you may not see who works with the brand, before the first run, and where nothing is expected."
    )
    top_creators: RankingPage | None = paged(
        f"The same creators, highest score first; ranks are among all peers. {HIDDEN}", BY, WINDOW, CATEGORY
    )

    sales: BrandSalesConnection | None = SALES
    competitors: list[Competitor] | None = planned(
        "Brands that work with the same creators, those that share the most first; empty before the first run. Null for "
        "creators' keys, with an error.",
        argument("first", int, "How many.", 10),
    )
    network: BrandNetwork | None = planned(
        (
            "The network around the brand as far as you may see it, with positions for drawing and network measures; null before "
            "the first run."
        ),
        *NETWORK_ARGUMENTS,
    )
    lookalikes: list[Lookalike] | None = BRAND_LOOKALIKES
    similar_brands: list[SimilarBrand] | None = SIMILAR_BRANDS
    sample_inbox: SampleInbox | None = INBOX
    sample_requests: list[SampleRequest] | None = REQUESTS
    sample_rules: list[SampleRule] | None = RULES
    sample_rule_trial: SampleRuleTrial | None = TRIAL


BrandConnection: Any = connection(Brand)
