"""Lists of creators as files: what `creators` answers, all of it, in its order, and no more than the key may see."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import httpx
import polars as pl
import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.audit.files import FOLDER
from api.audit.pseudonyms import Pseudonyms
from api.audit.reading import Wanted, newest
from api.audit.recorder import recorder
from api.exports.creator_columns import NAMES
from api.exports.creators import _Pages  # pyright: ignore[reportPrivateUsage]
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.http.exports import jobs_of
from api.process.state import State
from api.runs.scoring_run import score
from tests.api.drawn_market import END
from tests.api.http.exporting import Ask, code, content, context, made, over, until
from tests.api.processes import process
from tests.api.scored_market import draw_scored

BY_FOLLOWERS: Final = [{"by": "FOLLOWERS"}]
HOSTILE: Final = "=1+1"
ALL: Final = """
query All($filter: CreatorFilter, $sort: [CreatorOrder!], $flagged: Boolean) {
  creators(filter: $filter, sort: $sort, excludeFlagged: $flagged, first: 100) {
    nodes {
      id handle nickname region followerCount joinedAt
      overall { value low high evidence rankLow rankHigh peers level levelCount topProbability }
      sales { gmvUsd gmvRange { low high } }
      content(first: 1) { nodes { publishedAt } }
      history(every: WEEK, last: 12) { value }
    }
  }
}
"""


@pytest.fixture
def state(graph: AsyncDriver, tmp_path: Path) -> Iterator[State]:
    """Return a process whose pages have one row each."""
    opened = process(graph, tmp_path, max_page=1)
    yield opened
    opened.store.close()


@pytest.fixture
async def ask(state: State, graph: AsyncDriver) -> AsyncIterator[Ask]:
    await draw_scored(graph)
    await graph.execute_query("MATCH (c:Creator {id: 'c02'}) SET c.nickname = $name", name=HOSTILE)
    await state.run.refresh()
    yield context(state)
    await jobs_of(state).stop()


async def answered(state: State, role: Role, **given: Any) -> list[dict[str, Any]]:
    """Return what GraphQL answers the role, whose pages are as long as a client's."""
    (viewer,) = (each.viewer for each in state.store.records() if each.grant.role is role)
    roomy = replace(state, limits=replace(state.limits, page=100))
    result = await execute(GraphQLRequest(ALL, variables=given), viewer, roomy)
    assert "errors" not in result, result["errors"]
    return result["data"]["creators"]["nodes"]


async def table(ask: Ask, role: Role, **options: Any) -> pl.DataFrame:
    async with ask(role) as client:
        found = await made(client, what="creators", format="parquet", options=options)
        assert (found["fileName"], found["progress"], found["facts"].get("asOf")) == ("creators.parquet", 1.0, END)
        return pl.read_parquet(io.BytesIO(await content(client, found)))


@pytest.mark.parametrize("role", [Role.BRAND, Role.PARTNER, Role.ANALYST])
async def test_every_page_of_the_list_is_in_the_file_as_the_key_sees_it(state: State, ask: Ask, role: Role) -> None:
    columns = ["followers", "score", "places", "sales", "posted", "trend", "region", "joined"]
    found = await table(ask, role, sort=BY_FOLLOWERS, columns=columns)
    nodes = await answered(state, role, sort=BY_FOLLOWERS)
    assert len(nodes) == (12 if role is Role.ANALYST else 8)
    assert found.columns == [
        *("id", "handle", "nickname", "followers", "overall", "overall_low", "overall_high", "place_low", "place_high", "peers"),
        *("gmv_usd", "gmv_usd_low", "gmv_usd_high", "last_posted_at", "trend", "region", "joined_at"),
    ]
    assert found.rows() == [
        (
            *(node[name] for name in ("id", "handle", "nickname", "followerCount")),
            *(node["overall"][name] for name in ("value", "low", "high", "rankLow", "rankHigh", "peers")),
            *(node["sales"]["gmvUsd"], node["sales"]["gmvRange"]["low"], node["sales"]["gmvRange"]["high"]),
            node["content"]["nodes"][0]["publishedAt"],
            [each["value"] for each in node["history"]],
            *(node["region"], node["joinedAt"]),
        )
        for node in nodes
    ]
    exact = found["gmv_usd"].null_count() == 0
    assert exact == (role is Role.ANALYST)


async def test_the_filter_the_order_and_the_columns_are_those_of_the_order(state: State, ask: Ask) -> None:
    order = [{"by": "DILIGENCE", "direction": "ASC", "window": "D28"}]
    found = await table(
        ask,
        Role.BRAND,
        **{"filter": {"followers": {"min": 20_000}}, "sort": order, "window": 28, "by": "DILIGENCE"},
        columns=["DILIGENCE", "score", "level"],
    )
    assert found.columns == ["id", "handle", "nickname", "diligence", "diligence_low", "diligence_high", "level", "level_count"]
    assert sorted(found["handle"]) == ["creator10", "creator11", "creator7", "creator8"]
    nodes = await answered(state, Role.BRAND, filter={"followers": {"min": 20_000}}, sort=order)
    assert found["id"].to_list() == [node["id"] for node in nodes]
    assert found["diligence"].to_list() == sorted(found["diligence"])


async def test_the_creators_who_are_named_in_the_order_of_the_list(ask: Ask) -> None:
    found = await table(ask, Role.BRAND, creators=["Creator:c05", "Creator:c02", "c11"], sort=BY_FOLLOWERS)
    assert found["handle"].to_list() == ["creator11", "creator5", "creator2"]
    assert found.columns == ["id", "handle", "nickname", "overall", "overall_low", "overall_high", "followers", "region"]


async def test_every_column_is_told_of_and_no_text_is_a_formula(ask: Ask) -> None:
    async with ask(Role.BRAND) as client:
        options = {"columns": list(NAMES), "sort": BY_FOLLOWERS, "creators": ["c02", "c04"]}
        lines = (await content(client, await made(client, what="creators", format="csv", options=options))).decode().splitlines()
        rows = list(csv.DictReader(lines))
        assert [(row["handle"], row["nickname"]) for row in rows] == [("creator4", ""), ("creator2", f"'{HOSTILE}")]
        assert None not in rows[0]
        assert len(rows[0]) == len(set(rows[0])) == len(lines[0].split(","))
        packed = pl.read_parquet(io.BytesIO(await content(client, await made(client, what="creators", format="parquet", options=options))))
        assert packed["nickname"].to_list() == [None, HOSTILE]
        assert packed.columns == list(rows[0])


async def test_a_list_of_nobody_is_a_file_without_rows(ask: Ask) -> None:
    found = await table(ask, Role.BRAND, filter={"followers": {"min": 10**9}})
    assert found.is_empty()
    assert "handle" in found.columns


def nested(levels: int) -> dict[str, Any]:
    """Return a filter of so many levels."""
    return {"and": [nested(levels - 1)]} if levels else {"verified": True}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"filter": {"colour": "red"}}, "unknown field 'colour', found: {'colour': 'red'}; give filter and sort as variables"),
        ({"filter": "US"}, "options.filter is 'US'; give an object"),
        ({"sort": [{"by": "FAME"}]}, "does not exist in 'CreatorSort'"),
        ({"sort": ["FOLLOWERS"]}, "give a list of objects"),
        ({"columns": []}, "options.columns is []; give some of score, trend"),
        ({"columns": ["score", "salary"]}, "options.columns is 'salary'; give some of score, trend"),
        ({"by": "FAME"}, "options.by is 'FAME'; give one of"),
        ({"window": 30}, "options.window is 30; give one of 7, 28, 90"),
        ({"creators": ["c02"], "filter": {}}, None),
        ({"creators": ["c1"], "filter": {"verified": True}}, "options.filter and options.creators cannot be combined"),
        ({"first": 5}, "options.first is not an option of creators"),
        ({"filter": nested(50)}, "at most 6 are allowed"),
        ({"filter": {"or": [{"search": "a"}] * 2_000}}, "at most 100 are allowed"),
    ],
)
async def test_an_order_that_breaks_a_rule_is_refused_at_once(ask: Ask, options: dict[str, Any], words: str | None) -> None:
    async with ask(Role.BRAND) as client:
        answer = await client.post("/exports", json={"what": "creators", "format": "csv", "options": options})
        assert answer.status_code == (202 if words is None else 400), answer.text
        assert words is None or words in answer.json()["errors"][0]["message"]


async def test_what_the_list_refuses_is_refused_at_once_and_says_why(ask: Ask) -> None:
    async with ask(Role.BRAND) as client:
        for options, refused, words in (
            ({"creators": ["Creator:c03"]}, (400, "BAD_USER_INPUT"), "no creator that this key can see with the id 'c03'"),
            ({"filter": {"followers": {"min": 2, "max": 1}}}, (400, "BAD_USER_INPUT"), "filter.followers: min 2 is above max 1"),
            ({"filter": {"workedWith": "Brand:b2"}}, (403, "FORBIDDEN"), "b2"),
            ({"category": "Category:none"}, (400, "BAD_USER_INPUT"), "at least five brands"),
            ({"brand": "b1", "categories": ["none"]}, (400, "BAD_USER_INPUT"), "options.categories: there is no category"),
            ({"brand": "b1", "regions": ["ZZ"]}, (403, "FORBIDDEN"), "options.regions: this key is not granted ZZ"),
        ):
            what = "network" if "brand" in options else "creators"
            answer = await client.post("/exports", json={"what": what, "format": "csv", "options": options})
            assert code(answer) == refused
            assert words in answer.json()["errors"][0]["message"]
    async with ask(Role.ANALYST) as client:
        answer = await client.post("/exports", json={"what": "network", "format": "csv", "options": {"brand": "nobody"}})
        assert (code(answer), "no brand nobody" in answer.text) == ((400, "BAD_USER_INPUT"), True)
        assert (await client.get("/exports")).json() == {"exports": []}


async def test_creators_may_not_and_graphs_are_none(ask: Ask) -> None:
    order = {"what": "creators", "format": "csv"}
    async with ask(Role.CREATOR) as client:
        assert code(await client.post("/exports", json=order)) == (403, "FORBIDDEN")
    async with ask(Role.BRAND) as client:
        assert code(await client.post("/exports", json={**order, "format": "gexf"})) == (400, "BAD_USER_INPUT")


async def test_each_download_stands_in_the_log_with_whose_scores_it_has(state: State, ask: Ask) -> None:
    async with ask(Role.ANALYST) as client:
        for column in ("score", "followers"):
            options = {"creators": ["c02", "Creator:c05"], "columns": [column]}
            await content(client, await made(client, what="creators", format="csv", options=options))
    await recorder(state).close()
    (found,) = (each.entry for each in newest(state.settings.home, Wanted(), first=9))
    assert (found.channel, found.operation, found.role) == ("export", "creators", "analyst")
    with closing(Pseudonyms(state.settings.home / FOLDER)) as pseudonyms:
        assert sorted(pseudonyms.creators(found.creators or ()).values()) == ["c02", "c05"]


class Held:
    """Keeps an export from its second page, and all after it, until it may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.free = asyncio.Event(), asyncio.Event()
        read = _Pages.page

        async def page(pages: _Pages, after: str | None) -> Mapping[str, Any]:
            if after is not None:
                self.reached.set()
                await self.free.wait()
            return await read(pages, after)

        monkeypatch.setattr(_Pages, "page", page)

    async def at_the_second_page(self, client: httpx.AsyncClient, **order: Any) -> str:
        """Order an export of creators and return its id once it is there."""
        id_: str = (await client.post("/exports", json={"what": "creators", **order})).json()["id"]
        async with asyncio.timeout(60):
            await self.reached.wait()
        return id_


async def status(client: httpx.AsyncClient, id_: str) -> str:
    return (await client.get(f"/exports/{id_}")).json()["status"]


async def test_a_run_that_is_published_meanwhile_changes_nothing_in_the_file(
    graph: AsyncDriver, state: State, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All pages are of the run that was current at the first, of which cursors of a score's order are."""
    before = await answered(state, Role.BRAND, sort=[{"by": "OVERALL"}])
    held = Held(monkeypatch)
    async with ask(Role.BRAND) as client:
        id_ = await held.at_the_second_page(client, format="parquet", options={"sort": [{"by": "OVERALL"}]})
        await graph.execute_query("MATCH (c:Creator) SET c.followerCount = 1")
        await score(graph, as_of=END + 86_400)
        await state.run.refresh()
        assert await status(client, id_) == "RUNNING"
        held.free.set()
        found = await over(client, id_)
        rows = pl.read_parquet(io.BytesIO(await content(client, found)))
    assert rows["overall"].to_list() == [node["overall"]["value"] for node in before]
    assert rows["id"].to_list() == [node["id"] for node in before]


async def test_it_is_cancelled_on_the_way(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.exports.jobs.PERIOD", 0.0)
    held = Held(monkeypatch)
    async with ask(Role.BRAND) as client:
        id_ = await held.at_the_second_page(client, format="csv")
        running = await until(client, id_, lambda found: found["rows"] > 0)
        assert (running["status"], 0 < running["progress"] < 1) == ("RUNNING", True)
        assert (await client.delete(f"/exports/{id_}")).json()["status"] == "CANCELLED"
        assert await status(client, id_) == "CANCELLED"
        assert code(await client.get(f"/exports/{id_}/file"))[0] == 409
