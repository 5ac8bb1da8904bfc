"""The import tables, named as the nodes and edges that their rows become."""

from __future__ import annotations

from typing import Final

from graph.model.kinds import Reference, Table

TABLES: Final = (
    Table(
        "categories",
        "Product categories.",
        "Category",
        references=(Reference("parent_id", "CHILD_OF", "Category", "Parent; `0` is the root."),),
    ),
    Table("brands", "Shops.", "Brand"),
    Table(
        "products",
        "Products.",
        "Product",
        references=(
            Reference("brand_id", "SELLS", "Brand", "Who sells it.", outgoing=False),
            Reference("category_id", "IN_CATEGORY", "Category", "Its category, the most exact known."),
        ),
    ),
    Table("creators", "Creators.", "Creator"),
    Table(
        "contents",
        "Videos and live streams.",
        "Content",
        references=(Reference("creator_id", "PUBLISHED", "Creator", "Who published it.", outgoing=False),),
    ),
    Table(
        "features",
        "Products that a content shows.",
        edge="FEATURES",
        references=(
            Reference("content_id", "FEATURES", "Content", "The content.", outgoing=False, required=True),
            Reference("product_id", "FEATURES", "Product", "The product.", required=True),
        ),
    ),
    Table(
        "mentions",
        "Creators whom a content names.",
        edge="MENTIONS",
        references=(
            Reference("content_id", "MENTIONS", "Content", "The content.", outgoing=False, required=True),
            Reference("creator_id", "MENTIONS", "Creator", "The creator named.", required=True),
        ),
    ),
    Table(
        "collaborations",
        "Work between a brand and a creator.",
        "Collaboration",
        references=(
            Reference("brand_id", "OFFERED", "Brand", "The brand.", outgoing=False),
            Reference("partner_id", "ARRANGED", "Partner", "The partner that arranged it.", outgoing=False),
            Reference("creator_id", "WITH", "Creator", "The creator.", required=True),
            Reference("product_ids", "PROMOTES", "Product", "The products.", many=True),
            Reference("content_ids", "DELIVERED", "Content", "Content published for it.", many=True),
        ),
    ),
    Table(
        "sales",
        "Lines of orders credited to a creator.",
        "Sale",
        references=(
            Reference("product_id", "OF", "Product", "What was sold.", required=True),
            Reference("creator_id", "CREDITED_TO", "Creator", "Who sold it; where no row tells, whoever published its content."),
            Reference("content_id", "THROUGH", "Content", "The content that led to it."),
            Reference("collaboration_id", "UNDER", "Collaboration", "The collaboration under which it was sold."),
        ),
    ),
    Table(
        "reports",
        "What the platform reports about a creator in sum.",
        "Report",
        references=(Reference("creator_id", "ABOUT", "Creator", "The creator.", required=True),),
    ),
    Table(
        "audiences",
        "Shares of a creator's followers.",
        "Audience",
        references=(Reference("creator_id", "HAS_AUDIENCE", "Creator", "The creator.", outgoing=False, required=True),),
    ),
    Table("rates", "Exchange rates to the US dollar.", "Rate"),
)
