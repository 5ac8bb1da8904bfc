"""Answers that are kept, asked for by the hash of their document."""

from __future__ import annotations

from typing import Any

import httpx

from api.access.viewer import Role
from api.http.persisted_queries import PersistedQueries, persisted_queries
from tests.api.http.caching import PAGE, Compared
from tests.api.http.test_naming import code, hashed


async def ask(market: Compared, role: Role = Role.PARTNER, *, tag: str = "", **body: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {market.keys[role]}", **({"If-None-Match": tag} if tag else {})}
    return await market.keeping.post("/graphql", json=body | {"extensions": hashed(PAGE)}, headers=headers)


async def test_a_hash_is_answered_from_what_is_kept_and_for_its_own_key_alone(market: Compared) -> None:
    whole = await ask(market, query=PAGE)
    made, kept = await ask(market), await ask(market)
    assert (market.answers.hits, made.content, kept.content) == (1, whole.content, whole.content)
    assert kept.headers["etag"] == made.headers["etag"] == whole.headers["etag"]
    assert code(await ask(market, Role.BRAND)) == "PERSISTED_QUERY_NOT_FOUND"
    await ask(market, Role.CREATOR, query=PAGE)
    own = await ask(market, Role.CREATOR)
    assert [each["id"] for each in own.json()["data"]["creators"]["nodes"]] == ["Creator:c01"]
    assert market.answers.hits == 1


async def test_the_answer_that_teaches_a_hash_has_a_tag_and_one_that_holds_still_teaches_it(market: Compared) -> None:
    tag = (await ask(market, query=PAGE)).headers["etag"]
    assert (await ask(market, tag=tag)).status_code == 304
    persisted_queries(market.state).__init__(2**20)
    assert (await ask(market, tag=tag, query=PAGE)).status_code == 304
    assert "data" in (await ask(market)).json()


async def test_a_hash_that_was_forgotten_is_learnt_again_though_the_answer_to_its_text_was_kept(market: Compared) -> None:
    await ask(market, query=PAGE)
    await ask(market, query=PAGE)
    persisted_queries(market.state).__init__(2**20)
    assert code(await ask(market)) == "PERSISTED_QUERY_NOT_FOUND"
    await ask(market, query=PAGE)
    assert "data" in (await ask(market)).json()


async def test_what_a_hash_answers_is_made_anew_after_a_change(market: Compared) -> None:
    await ask(market, query=PAGE)
    before = await ask(market)
    await market.driver.execute_query("MATCH (c:Creator) WHERE c.region = 'US' SET c.followerCount = 77", database_="neo4j")
    after = await ask(market)
    assert before.content != after.content
    assert {each["followerCount"] for each in after.json()["data"]["creators"]["nodes"]} == {77}


def test_the_store_is_one_for_each_process(market: Compared) -> None:
    assert isinstance(persisted_queries(market.state), PersistedQueries)
    assert persisted_queries(market.state) is not persisted_queries(market.fresh)
