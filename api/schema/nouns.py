"""Names of types that refer to one another across modules."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

if TYPE_CHECKING:
    from api.schema.brand import Brand, BrandConnection
    from api.schema.category import Category, CategoryConnection
    from api.schema.collaboration import CollaborationConnection
    from api.schema.content import Content, ContentConnection
    from api.schema.creator import Creator, CreatorConnection
    from api.schema.product import Product, ProductConnection
    from api.schema.ranking import RankingConnection

CreatorRef: TypeAlias = Annotated["Creator", strawberry.lazy("api.schema.creator")]
CreatorPage: TypeAlias = Annotated["CreatorConnection", strawberry.lazy("api.schema.creator")]
BrandRef: TypeAlias = Annotated["Brand", strawberry.lazy("api.schema.brand")]
BrandPage: TypeAlias = Annotated["BrandConnection", strawberry.lazy("api.schema.brand")]
ProductRef: TypeAlias = Annotated["Product", strawberry.lazy("api.schema.product")]
ContentRef: TypeAlias = Annotated["Content", strawberry.lazy("api.schema.content")]
ProductPage: TypeAlias = Annotated["ProductConnection", strawberry.lazy("api.schema.product")]
CategoryRef: TypeAlias = Annotated["Category", strawberry.lazy("api.schema.category")]
CategoryPage: TypeAlias = Annotated["CategoryConnection", strawberry.lazy("api.schema.category")]
CollaborationPage: TypeAlias = Annotated["CollaborationConnection", strawberry.lazy("api.schema.collaboration")]
ContentPage: TypeAlias = Annotated["ContentConnection", strawberry.lazy("api.schema.content")]
RankingPage: TypeAlias = Annotated["RankingConnection", strawberry.lazy("api.schema.ranking")]
