"""What the guides show works: each query is answered, each code and each default is as it says, each command and setting exists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import parse, validate
from neo4j import AsyncDriver
from prometheus_client import generate_latest

from api.access.viewer import Role
from api.app import ROUTES
from api.commands import COMMANDS
from api.errors import STATUS_BY_CODE, ApiError
from api.graphql.cost.limits import Limits
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.graphql.schema import core
from api.http.metrics import Metrics
from api.settings import SETTINGS
from graph.search.stored import make_searchable
from tests.api.processes import keys, process

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "guide.md").read_text("utf-8")
OPERATIONS = (DOCS / "operations.md").read_text("utf-8")
QUERIES = re.findall(r"```graphql\n(.*?)```", GUIDE, re.DOTALL)
MARKET = """
CREATE (:Creator {id: 'c1', handle: 'one', region: 'US', followerCount: 20000, verified: true})
CREATE (:Brand {id: 'b1', name: 'Acme', region: 'US'})
CREATE (:Product {id: 'p1', title: 'Lipstick', region: 'US'})
"""


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_is_valid(query: str) -> None:
    assert validate(core, parse(query)) == []


async def test_each_query_is_answered_for_a_partner(graph: AsyncDriver, tmp_path: Path) -> None:
    await graph.execute_query(MARKET)
    async with graph.session() as session:
        await make_searchable(session)
    state = process(graph, tmp_path)
    viewer = state.keyring.viewer(f"Bearer {keys(state)[Role.PARTNER]}")
    answers = [await execute(GraphQLRequest(query), viewer, state) for query in QUERIES]
    state.store.close()
    assert [answer.get("errors") for answer in answers] == [None] * len(QUERIES)
    _, page, filtered, searched, by_id, listed, since, listing, saved, expanded = (answer["data"] for answer in answers)
    assert page["creators"]["totalCount"] == 1
    assert [node["handle"] for node in filtered["creators"]["nodes"]] == ["one"]
    assert [edge["node"] for edge in searched["search"]["edges"]] == [{"title": "Lipstick"}]
    assert [node["__typename"] for node in by_id["nodes"]] == ["Creator", "Brand"]
    assert listed["creatorList"] == [None, None]
    assert since["changes"]["changes"] == []
    assert listing["addProspects"]["prospects"] == [{"creator": {"handle": "one"}, "status": "TO_INVITE"}]
    assert saved["saveView"]["view"]["address"] == "/find?followers_min=100000&verified=1"
    assert expanded["neighbours"] is None  # before the first run


@pytest.mark.parametrize("directive", ["defer", "stream"])
def test_what_is_not_offered_is_refused(directive: str) -> None:
    assert f"`@{directive}`" in GUIDE
    errors = validate(core, parse(f"{{ creators {{ nodes @{directive} {{ id }} }} }}"))
    assert [each.message for each in errors] == [f"Unknown directive '@{directive}'."]


def test_each_subscription_shown_is_valid() -> None:
    shown = [json.loads(each)["query"] for each in re.findall(r"-d '(\{\"query\": \"subscription.*?\})'\n", GUIDE)]
    assert len(shown) == 1
    assert [validate(core, parse(each)) for each in shown] == [[]]


def kinds_of_error(root: type[ApiError]) -> Iterator[type[ApiError]]:
    for each in root.__subclasses__():
        yield each
        yield from kinds_of_error(each)


def test_every_code_is_listed_with_its_status() -> None:
    assert ROUTES, "whatever a route can answer is imported with it"
    listed = {
        code: int(status)
        for codes, status in re.findall(r"^\| (`[A-Z_`, ]+`) \| (\d+) \|", GUIDE, re.MULTILINE)
        for code in re.findall(r"[A-Z_]+", codes)
    }
    of_errors = {each.code: int(each.status) for each in kinds_of_error(ApiError)}
    assert listed == {code: int(status) for code, status in STATUS_BY_CODE.items()} | of_errors


def test_limits_are_the_defaults() -> None:
    limits = Limits()
    assert f"| cost of one operation | {limits.cost:,} |" in GUIDE
    assert f"refilled evenly over a minute | {limits.budget:,} |" in GUIDE
    assert (
        "| rows per page; ids, handles or references in `nodes`, `creatorList` and `_entities`; nodes of a network "
        f"| {limits.page}; {limits.batch:,}; {limits.network} |" in GUIDE
    )
    assert f"| {limits.depth}; {limits.root_fields}; {limits.fields:,}; {limits.aliases} |" in GUIDE
    assert f"| tokens of a document; size of a request | {limits.tokens:,}; 1 MiB |" in GUIDE


@pytest.mark.parametrize("text", [GUIDE, OPERATIONS], ids=["guide", "operations"])
def test_commands_settings_and_links_exist(text: str) -> None:
    assert set(re.findall(r"creatorgraph ([a-z]+)\b(?= )", "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)))) <= set(COMMANDS)
    assert set(re.findall(r"CREATORGRAPH_[A-Z_]+", text)) <= {setting.env for setting in SETTINGS}
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert [link for link in links if not (DOCS / link).resolve().exists()] == []


def test_every_series_is_described() -> None:
    names = re.findall(r"^# TYPE (\S+)", generate_latest(Metrics().registry).decode(), re.MULTILINE)
    ours = [name for name in names if name.startswith("creatorgraph_")]
    assert [name for name in [*ours, "process_resident_memory_bytes"] if f"`{name}" not in OPERATIONS] == []
