"""The best sellers of a region, page by page, by methods and types that ariadne-codegen makes of `queries.graphql`."""

from __future__ import annotations

import asyncio
import json
import os

from generated import GraphQLClientGraphQLMultiError, KnownNodesBrand, KnownNodesCreator, Ratings

PAGE = 3


async def main() -> None:
    """Print the whole ranking, names by ids, and the code of a refusal."""
    key = {"Authorization": f"Bearer {os.environ['CREATORGRAPH_KEY']}"}
    ratings = Ratings(os.environ["CREATORGRAPH_URL"], key)
    async with ratings.http_client:
        edges, after = [], None
        while True:
            page = (await ratings.best_sellers("US", PAGE, after)).ranking
            assert page is not None, "null only with an error, which is raised"
            edges += page.edges
            if not page.page_info.has_next_page:
                break
            after = page.page_info.end_cursor
        named = [
            node.handle if isinstance(node, KnownNodesCreator) else node.name if isinstance(node, KnownNodesBrand) else None
            for node in (await ratings.known([edges[0].node.id, "Brand:b1", "Brand:nobody"])).nodes
        ]
        try:
            await ratings.best_sellers("US", 1_000)
            code = None
        except GraphQLClientGraphQLMultiError as refused:
            code = (refused.errors[0].extensions or {})["code"]
    ranking = [{"rank": each.rank, "handle": each.node.handle, "value": each.score.value} for each in edges]
    print(json.dumps({"ranking": ranking, "names": named, "code": code}))


asyncio.run(main())
