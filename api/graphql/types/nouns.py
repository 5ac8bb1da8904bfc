"""Names of types that refer to one another across modules."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

if TYPE_CHECKING:
    from api.graphql.types.brand import Brand, BrandConnection
    from api.graphql.types.category import Category, CategoryConnection
    from api.graphql.types.collaboration import CollaborationConnection
    from api.graphql.types.content import Content, ContentConnection
    from api.graphql.types.creator import Creator, CreatorConnection
    from api.graphql.types.product import Product, ProductConnection
    from api.graphql.types.ranking import RankingConnection

CreatorRef: TypeAlias = Annotated["Creator", strawberry.lazy("api.graphql.types.creator")]
CreatorPage: TypeAlias = Annotated["CreatorConnection", strawberry.lazy("api.graphql.types.creator")]
BrandRef: TypeAlias = Annotated["Brand", strawberry.lazy("api.graphql.types.brand")]
BrandPage: TypeAlias = Annotated["BrandConnection", strawberry.lazy("api.graphql.types.brand")]
ProductRef: TypeAlias = Annotated["Product", strawberry.lazy("api.graphql.types.product")]
ContentRef: TypeAlias = Annotated["Content", strawberry.lazy("api.graphql.types.content")]
ProductPage: TypeAlias = Annotated["ProductConnection", strawberry.lazy("api.graphql.types.product")]
CategoryRef: TypeAlias = Annotated["Category", strawberry.lazy("api.graphql.types.category")]
CategoryPage: TypeAlias = Annotated["CategoryConnection", strawberry.lazy("api.graphql.types.category")]
CollaborationPage: TypeAlias = Annotated["CollaborationConnection", strawberry.lazy("api.graphql.types.collaboration")]
ContentPage: TypeAlias = Annotated["ContentConnection", strawberry.lazy("api.graphql.types.content")]
RankingPage: TypeAlias = Annotated["RankingConnection", strawberry.lazy("api.graphql.types.ranking")]
