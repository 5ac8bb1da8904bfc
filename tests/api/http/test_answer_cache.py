from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.graphql.cost.limits import Budgets, Cost
from api.runs.scoring_run import score
from graph.load import load
from tests.api.drawn_market import END
from tests.api.http.caching import BRIEF, CONSENT, OBJECT, PAGE, QUERIES, RATE, Compared, compared
from tests.api.serving import COMMAND
from tests.graph.load.market import row

DAY = 86_400


async def changed(market: Compared, change: tuple[str, int]) -> None:
    """Make one change, in the way of whoever makes it."""
    match change:
        case "consent", n:
            await market.ask(CONSENT.format(("true", "false")[n % 2]), Role.CREATOR)
        case "object", n:
            await market.ask(OBJECT.format(("true", "false")[n % 2]), Role.CREATOR)
        case "rate", n:
            await market.ask(RATE.format(1 + n % 7, n % 6), Role.BRAND)
        case "brief", n:
            await market.ask(BRIEF.format(n), Role.BRAND)
        case "import", n:
            rows = [row("creators", 100 + n, id="c01", handle=f"renamed{n}", region="US", follower_count=n)]
            await load(market.driver, rows)
        case "run", n:
            await score(market.driver, as_of=END - n % 3 * DAY)
        case "regrant", n:
            market.regrant(list(Role)[n % len(Role)])
        case _, n:
            await market.driver.execute_query("MATCH (c:Creator {id: 'c02'}) SET c.followerCount = $n", n=n, database_="neo4j")


CHANGES = st.tuples(st.sampled_from(("consent", "object", "rate", "brief", "import", "run", "regrant", "cypher")), st.integers(0, 99))
READS = st.lists(st.tuples(st.sampled_from(QUERIES), st.sampled_from(list(Role))), min_size=1, max_size=4)


async def test_what_is_kept_is_what_would_be_made_whatever_changes_in_between(market: Compared) -> None:
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(READS, CHANGES), min_size=1, max_size=4))
    async def holds(steps: list[tuple[list[tuple[str, Role]], tuple[str, int]]]) -> None:
        for reads, change in steps:
            for query, role in [*reads, *reads]:
                kept, made = await market.both(query, role)
                assert (kept.status_code, kept.content) == (made.status_code, made.content), (query, role)
            await changed(market, change)
            for query, role in reads:
                kept, made = await market.both(query, role)
                assert (kept.status_code, kept.content) == (made.status_code, made.content), (query, role, change)

    await run_async(holds)
    assert market.answers.hits > 0


async def run_async(holds: Any) -> None:
    """Run a property whose examples are coroutines on the loop that runs already."""
    loop = asyncio.get_running_loop()
    inner = holds.hypothesis.inner_test
    holds.hypothesis.inner_test = lambda *args, **named: asyncio.run_coroutine_threadsafe(inner(*args, **named), loop).result(240)
    await asyncio.to_thread(holds)


async def test_a_hit_asks_the_database_for_nothing_but_the_version(market: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await market.ask(PAGE)

    async def never(*_: object) -> None:
        raise AssertionError("an answer that is kept was made again")

    monkeypatch.setattr("api.http.endpoint.executed", never)
    again = await market.ask(PAGE)
    assert market.answers.hits == 1
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    assert again.headers["cache-control"] == "private, no-cache"
    assert {"Accept", "Accept-Encoding", "Authorization"} <= set(again.headers["vary"].split(", "))


async def test_two_keys_never_share_an_answer_even_where_they_see_the_same(market: Compared) -> None:
    for role in Role:
        await market.ask(PAGE, role)
    assert (market.answers.hits, len(market.answers)) == (0, len(Role))


async def test_a_key_that_is_revoked_is_refused_at_once_though_its_answers_are_kept(market: Compared) -> None:
    old = market.keys[Role.PARTNER]
    await market.ask(PAGE, Role.PARTNER)
    market.regrant(Role.PARTNER)
    answer = await market.keeping.post("/graphql", json={"query": PAGE}, headers={"Authorization": f"Bearer {old}"})
    assert answer.status_code == 401
    assert (await market.ask(PAGE, Role.PARTNER)).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        '{ cypher(query: "RETURN timestamp() AS now") { rows } }',
        '{ ranking(by: OVERALL, category: "Category:none") { nodes { id } } creators(first: 1) { nodes { id } } }',
        "{ noSuchField }",
        CONSENT.format("true"),
    ],
)
async def test_what_may_differ_or_fails_or_changes_something_is_not_kept(market: Compared, query: str) -> None:
    for _ in range(2):
        answer = await market.ask(query, Role.CREATOR if "setSales" in query else Role.ANALYST)
        assert "etag" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
    assert (len(market.answers), market.answers.hits) == (0, 0)


async def test_a_hit_costs_one_and_tells_what_the_operation_cost(market: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    take = Budgets.take

    def noted(budgets: Budgets, key_id: str, cost: Cost, **more: int | None) -> dict[str, int]:
        taken.append(cost.requested)
        return take(budgets, key_id, cost, **more)

    monkeypatch.setattr(Budgets, "take", noted)
    answers = [await market.ask(PAGE) for _ in range(3)]
    cost = answers[0].json()["extensions"]["cost"]["requested"]
    assert taken == [cost, 1, 1]
    assert cost > 10
    assert answers[2].content == answers[0].content
    assert all("ratelimit" in each.headers for each in answers)


async def test_a_budget_used_up_refuses_what_is_kept_too(scored: AsyncDriver, tmp_path: Path) -> None:
    async with compared(scored, tmp_path, cost_budget=10) as market:
        codes = [(await market.ask("{ categories(first: 3) { nodes { name } } }")).status_code for _ in range(15)]
        refused = await market.ask("{ categories(first: 3) { nodes { name } } }")
    assert (codes[:3], codes[-1]) == ([200, 200, 200], 429)
    assert int(refused.headers["retry-after"]) >= 1


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_who_has_the_answer_still_is_told_that_it_holds(market: Compared, method: str) -> None:
    async def ask(**headers: str) -> httpx.Response:
        given = {"Authorization": f"Bearer {market.keys[Role.ADMIN]}", **headers}
        if method == "GET":
            return await market.keeping.get("/graphql", params={"query": PAGE}, headers=given)
        return await market.ask(PAGE, **headers)

    first = await ask()
    for tags in (first.headers["etag"], f'"other", W/{first.headers["etag"]}', "*"):
        again = await ask(**{"If-None-Match": tags})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert (await ask(**{"If-None-Match": '"other"'})).status_code == 200
    await market.driver.execute_query("MATCH (c:Creator) SET c.followerCount = c.followerCount + 1", database_="neo4j")
    assert (await ask(**{"If-None-Match": first.headers["etag"]})).status_code == 200


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("*", "zstd"),
        ("identity", None),
        ("identity, gzip;q=0.5", None),
        ("gzip;q=0", None),
        ("compress", None),
        ("", None),
    ],
)
async def test_an_answer_is_compressed_as_it_is_asked_for_and_named_apart(market: Compared, accept: str, encoding: str | None) -> None:
    plain = await market.ask(PAGE, **{"Accept-Encoding": "identity"})
    for _ in range(2):
        packed = await market.ask(PAGE, **{"Accept-Encoding": accept})
        assert packed.headers.get("content-encoding") == encoding
        assert packed.content == plain.content
        assert (packed.headers["etag"] == plain.headers["etag"]) is (encoding is None)
    small = await market.ask("{ __typename }", **{"Accept-Encoding": accept})
    assert "content-encoding" not in small.headers


async def test_a_change_of_another_process_is_seen_by_the_next_request(market: Compared, neo4j_env: dict[str, str], tmp_path: Path) -> None:
    before = await market.ask(PAGE)
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "creators.csv").write_text("id,handle,region,follower_count\nc03,elsewhere,US,9000000\n", "utf-8")
    command = [*COMMAND, "import", str(folder)]
    environment = os.environ | neo4j_env | {"CREATORGRAPH_HOME": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    kept, made = await market.both(PAGE, Role.ADMIN)
    assert kept.content == made.content != before.content


HELD = """
import os, sys
from neo4j import GraphDatabase
with GraphDatabase.driver(os.environ["NEO4J_URI"], auth=(os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])) as driver:
    with driver.session() as session:
        tx = session.begin_transaction()
        tx.run("MATCH (c:Creator {id: 'c02'}) SET c.followerCount = 77").consume()
        print("written", flush=True)
        if sys.stdin.readline().strip() == "commit":
            tx.commit()
            print("committed", flush=True)
            sys.stdin.readline()
"""


@pytest.mark.fault
@pytest.mark.parametrize("commits", [True, False])
async def test_a_writer_that_is_killed_leaves_nothing_stale(market: Compared, neo4j_env: dict[str, str], commits: bool) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HELD], env=os.environ | neo4j_env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        before = [await market.ask(PAGE) for _ in range(2)]
        assert market.answers.hits == 1
        if commits:
            writer.stdin.write("commit\n")
            writer.stdin.flush()
            assert writer.stdout.readline() == "committed\n"
        writer.send_signal(signal.SIGKILL)
        kept, made = await market.both(PAGE, Role.ADMIN)
        writer.stdin.close()
    assert kept.content == made.content
    assert (kept.content != before[0].content) is commits


async def test_a_database_that_does_not_answer_leaves_nothing_kept_to_be_taken(market: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await market.ask(PAGE)
    monkeypatch.setattr("graph.data_version.VERSION", "RETURN no + sense AS version")
    assert (await market.ask(PAGE)).content == first.content
    assert market.answers.hits == 0


async def test_addresses_behind_which_several_servers_may_stand_have_no_cache(scored: AsyncDriver, tmp_path: Path) -> None:
    async with compared(scored, tmp_path, neo4j_uri="neo4j://somewhere:7687") as market:
        first, again = [await market.ask(PAGE) for _ in range(2)]
    assert first.content == again.content
    assert (market.answers.budget, market.answers.hits, len(market.answers)) == (0, 0, 0)
