"""What is shown over HTTP, and how, stands in the audit log; where it cannot, nothing is shown."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.audit.entries import Entry
from api.audit.files import FOLDER, LogFiles
from api.audit.log import AuditLog
from api.audit.note import Signer
from api.audit.pseudonyms import Pseudonyms
from api.audit.reading import Wanted, newest
from api.audit.verification import verified
from api.graphql.execution.request import GraphQLRequest
from api.graphql.execution.subscriptions import subscribed
from api.http.exports import jobs_of
from api.mcp.server import called
from api.process.warming import warm, warming_of
from api.runs.scoring_run import score
from graph.dates import DAY
from tests.api.drawn_market import END
from tests.api.http.caching import PAGE, Compared, compared

RANKING = 'query Best { ranking(by: SALES_ABILITY, region: "US", first: 4) { edges { rank node { handle } } } }'
PLACES = 'query Places { ranking(by: SALES_ABILITY, region: "US", first: 4) { edges { rank score { value } } } }'
PROFILES = "query Names { creators(first: 12) { nodes { id handle region followerCount } } }"


@pytest.fixture
async def market(scored: AsyncDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Compared]:
    monkeypatch.setattr("api.audit.recorder.SECONDS", 0.02)
    async with compared(scored, tmp_path) as made:
        await made.state.run.refresh()
        yield made
        for each in (made.state, made.fresh):
            await each.own.end()


async def entries(market: Compared, *, least: int = 1) -> list[Entry]:
    """Return the log once it has so many entries, the oldest first."""
    async with asyncio.timeout(30):
        while len(found := newest(market.state.settings.home, Wanted(), first=100)) < least:
            await asyncio.sleep(0.02)
    return [each.entry for each in reversed(found)]


def names(market: Compared, entry: Entry) -> list[str]:
    pseudonyms = Pseudonyms(market.state.settings.home / FOLDER)
    known = pseudonyms.creators(entry.creators or ())
    pseudonyms.close()
    return sorted(known[each] for each in entry.creators or ())


async def test_an_answer_stands_in_the_log_with_its_key_operation_and_creators(market: Compared) -> None:
    answer = (await market.ask(RANKING, Role.PARTNER)).json()
    (entry,) = await entries(market)
    assert (entry.role, entry.channel, entry.operation, entry.times) == ("partner", "graphql", "Best", 1)
    assert entry.key == market.state.keyring.viewer(f"Bearer {market.keys[Role.PARTNER]}").key_id
    handles = sorted(each["node"]["handle"] for each in answer["data"]["ranking"]["edges"])
    rows, _, _ = await market.driver.execute_query("MATCH (c:Creator) WHERE c.handle IN $handles RETURN c.id AS id", handles=handles)
    assert names(market, entry) == sorted(each["id"] for each in rows)


async def test_a_score_without_a_name_is_shown_all_the_same(market: Compared) -> None:
    await market.ask(PLACES)
    await market.ask(RANKING)
    one, other = await entries(market, least=2)
    assert names(market, one) == names(market, other) != []


@pytest.mark.parametrize(
    "picked",
    [
        "overall { value }",
        "sales { orders }",
        "forecast { expectedUsd }",
        "history { value }",
        "flags { kind }",
        "lookalikes { similarity }",
    ],
)
async def test_whatever_stands_on_scores_is_shown(market: Compared, picked: str) -> None:
    answer = (await market.ask(f'{{ creator(id: "Creator:c01") {{ {picked} }} }}')).json()
    assert "errors" not in answer, answer
    assert "c01" in names(market, (await entries(market))[0])


@pytest.mark.parametrize("by", ["sort: [{by: OVERALL}]", "filter: {score: {indicator: OVERALL, min: 1}}"])
async def test_who_is_sorted_or_filtered_by_a_score_is_shown(market: Compared, by: str) -> None:
    answer = (await market.ask(f"{{ creators(first: 3, {by}) {{ nodes {{ handle }} }} }}")).json()
    assert "errors" not in answer, answer
    assert len(names(market, (await entries(market))[0])) == len(answer["data"]["creators"]["nodes"])


async def test_profiles_alone_show_no_scores(market: Compared) -> None:
    await market.ask(PROFILES)
    await market.ask('{ search(query: "c01") { nodes { ... on Creator { handle } } } viewer { name } }')
    await market.ask(RANKING)
    assert [each.operation for each in await entries(market)] == ["Best"]


async def test_an_answer_that_is_given_again_is_counted_also_where_only_that_it_holds(market: Compared) -> None:
    first = await market.ask(PAGE)
    (made,) = await entries(market)
    for _ in range(3):
        assert (await market.ask(PAGE)).content == first.content
    assert (await market.ask(PAGE, **{"If-None-Match": first.headers["etag"]})).status_code == 304
    assert market.answers.hits == 4
    await until(lambda: sum(each.entry.times for each in newest(market.state.settings.home, Wanted(), first=9)) == 5)
    again = (await entries(market, least=2))[1:]
    assert {(each.key, each.document, each.creators) for each in again} == {(made.key, made.document, made.creators)}


async def test_two_keys_that_are_given_the_same_are_two_entries(market: Compared) -> None:
    await market.ask(RANKING, Role.ADMIN)
    await market.ask(RANKING, Role.ANALYST)
    assert [each.role for each in await entries(market, least=2)] == ["admin", "analyst"]


async def test_free_queries_and_exports_are_there_with_what_was_asked(market: Compared) -> None:
    query = "MATCH (c:Creator) RETURN c.handle LIMIT 3"
    headers = {"Authorization": f"Bearer {market.keys[Role.ANALYST]}"}
    assert (await market.keeping.post("/cypher", json={"query": query}, headers=headers)).status_code == 200
    order = {"what": "scorecards", "format": "csv"}
    record = (await market.keeping.post("/exports", json=order, headers=headers)).json()
    async with asyncio.timeout(60):
        while jobs_of(market.state)._tasks:  # pyright: ignore[reportPrivateUsage]
            await asyncio.sleep(0.05)
    assert (await market.keeping.get(f"/exports/{record['id']}/file", headers=headers)).status_code == 200
    found = await entries(market, least=2)
    assert [(each.channel, each.operation, each.creators) for each in found] == [("cypher", "cypher", None), ("export", "scorecards", None)]
    pseudonyms = Pseudonyms(market.state.settings.home / FOLDER)
    assert [pseudonyms.text(each.document) for each in found] == [query, "{}"]
    pseudonyms.close()


async def test_a_tool_is_a_channel_of_its_own(market: Compared) -> None:
    viewer = market.state.keyring.viewer(f"Bearer {market.keys[Role.PARTNER]}")
    result = await called("ranking", {"by": "OVERALL", "first": 3}, viewer, market.state)
    assert not result.is_error, result
    assert [(each.channel, each.role) for each in await entries(market)] == [("mcp", "partner")]


async def test_an_event_that_tells_scores_is_an_entry_and_one_that_tells_none_is_not(market: Compared) -> None:
    viewer = market.state.keyring.viewer(f"Bearer {market.keys[Role.ANALYST]}")
    scores = 'subscription Watch { scoresChanged(creators: ["Creator:c01"], by: OVERALL) { scores { after } } }'
    async with asyncio.timeout(120):
        for text in ("subscription All { changed { kind } }", scores):
            answers = await subscribed(GraphQLRequest(text), lambda: viewer, market.state)
            await score(market.driver, as_of=END - 2 * DAY)
            await score(market.driver, as_of=END)
            assert "errors" not in await anext(answers)
            await answers.aclose()
    (entry,) = await entries(market)
    assert (entry.channel, entry.operation, names(market, entry)) == ("subscription", "Watch", ["c01"])


async def test_a_creator_sees_who_looked_by_name_and_staff_by_role(market: Compared) -> None:
    for role in (Role.BRAND, Role.ANALYST):
        await market.ask('query Best { creator(id: "Creator:c01") { overall { value } } }', role)
        await entries(market, least=1 if role is Role.BRAND else 2)
    found = await looked(market, Role.CREATOR)
    assert [(each["role"], each["holder"], each["operation"], each["keyId"], each["creators"]) for each in found] == [
        ("ANALYST", None, "", None, None),
        ("BRAND", "the brand", "Best", None, None),
    ]
    assert await looked(market, Role.BRAND) is None
    told = (await market.ask("{ disclosures(first: 1) { nodes { role holder creators { handle } } pageInfo { hasNextPage } } }")).json()
    assert told["data"]["disclosures"]["pageInfo"]["hasNextPage"]
    assert told["data"]["disclosures"]["nodes"][0]["holder"] == "the analyst"
    assert len(told["data"]["disclosures"]["nodes"][0]["creators"]) == 1
    refused = (await market.ask("{ disclosures { nodes { at } } }", Role.ANALYST)).json()
    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_the_log_is_read_with_files_that_stay_open_and_a_creator_forgotten_meanwhile_is_named_no_more(
    market: Compared, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    class Counted(Pseudonyms):
        def __init__(self, folder: Path) -> None:
            opened.append(folder)
            super().__init__(folder)

    monkeypatch.setattr("api.audit.shared_pseudonyms.Pseudonyms", Counted)
    monkeypatch.setattr("api.audit.reading.Pseudonyms", Counted)
    await market.ask('query Best { creator(id: "Creator:c01") { overall { value } } }', Role.BRAND)
    (entry,) = await entries(market)
    log = "{ disclosures(first: 9) { nodes { operation creators { handle } } } }"
    for _ in range(2):
        assert len(await looked(market, Role.CREATOR)) == 1
        shown = (await market.ask(log)).json()["data"]["disclosures"]["nodes"]
        assert [len([each for each in one["creators"] if each]) for one in shown if one["operation"] == "Best"] == [1]
    assert opened == [market.state.settings.home / FOLDER]
    other = Pseudonyms(market.state.settings.home / FOLDER)
    assert other.creators(entry.creators or ())
    assert other.forget("c01")
    other.close()
    shown = (await market.ask(log)).json()["data"]["disclosures"]["nodes"]
    assert [one["creators"] for one in shown if one["operation"] == "Best"] == [[None]]
    assert await looked(market, Role.CREATOR) == []


async def test_pages_go_back_to_the_first_entry_whatever_is_written_meanwhile(market: Compared) -> None:
    for number in range(7):
        await market.ask(RANKING.replace("Best", f"Best{number}"))
        await entries(market, least=number + 1)
    seen: list[str] = []
    after = None
    for _ in range(4):
        found = await page(market, after)
        seen += [each["operation"] for each in found["nodes"]]
        after = found["pageInfo"]["endCursor"]
        await market.ask(RANKING.replace("Best", f"Later{len(seen)}"))
    assert seen == [f"Best{each}" for each in reversed(range(7))]
    assert not found["pageInfo"]["hasNextPage"]


@pytest.mark.fault
async def test_nothing_is_shown_while_it_cannot_be_written_and_it_is_said_once(
    market: Compared, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = await market.ask(PAGE)
    await entries(market)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING, "creatorgraph.audit"):
        patched.setattr(AuditLog, "append", full)
        await market.ask(RANKING)  # taken before it is known
        await until(lambda: "cannot be written" in caplog.text)
        for query in (PAGE, RANKING):
            refused = await market.ask(query)
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "5"), refused.text
            assert refused.json()["errors"][0]["extensions"]["code"] == "AUDIT_UNAVAILABLE"
        assert (await market.ask(PROFILES)).status_code == 200
        await asyncio.sleep(0.2)
        assert [each.levelname for each in caplog.records] == ["ERROR"], "one line, however often it is tried"
        patched.undo()
        await until(lambda: "written again" in caplog.text)
    assert (await market.ask(PAGE)).content == first.content
    found = await entries(market, least=3)
    assert [each.operation for each in found] == ["", "Best", ""], "what was taken before is not lost, and written once"


async def test_what_waits_is_written_when_the_process_ends(market: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.audit.recorder.SECONDS", 1_000.0)
    await market.ask(RANKING)
    await market.state.own.end()
    assert [each.operation for each in await entries(market)] == ["Best"]
    home = market.state.settings.home
    assert verified(LogFiles(home / FOLDER), Signer.of(home)).problems == []


async def test_a_warm_up_shows_nobody_anything(market: Compared) -> None:
    await warm(market.state, 60.0)
    assert warming_of(market.state).done > 10
    await market.ask(RANKING)
    assert [each.operation for each in await entries(market)] == ["Best"]


async def test_no_more_is_taken_than_can_wait(market: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.audit.recorder.SECONDS", 1_000.0)
    monkeypatch.setattr("api.audit.recorder.MOST", 2)
    assert [(await market.ask(RANKING.replace("Best", f"B{each}"))).status_code for each in range(3)] == [200, 200, 503]


async def looked(market: Compared, role: Role) -> Any:
    text = '{ creator(id: "Creator:c01") { disclosures(first: 10) { nodes { role holder operation keyId creators { handle } } } } }'
    found = (await market.ask(text, role)).json()["data"]["creator"]["disclosures"]
    return found and found["nodes"]


async def page(market: Compared, after: str | None) -> Any:
    given = "" if after is None else f', after: "{after}"'
    text = f"{{ disclosures(first: 2{given}) {{ nodes {{ operation }} pageInfo {{ hasNextPage endCursor }} }} }}"
    return (await market.ask(text)).json()["data"]["disclosures"]


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.02)
