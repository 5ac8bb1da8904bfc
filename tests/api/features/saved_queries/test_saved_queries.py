"""Saved queries over GraphQL: found, read, run."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from api.access.viewer import Role
from graph.queries.parameters import Parameter, ParameterType
from graph.queries.saved import BUILT_IN, Draft, save
from tests.api.features.little_process import Little, little_process
from tests.conftest import TestServer

LIST = """
query L($search: String, $first: Int! = 50) {
  savedQueries(search: $search, first: $first) { name version builtIn author createdAt }
}
"""
READ = """
query R($name: String!, $version: Int) {
  savedQuery(name: $name, version: $version) { name version text builtIn parameters { name type description default required } }
}
"""
RUN = """
query R($name: String!, $version: Int, $parameters: JSON, $limit: Int! = 1000) {
  runSavedQuery(name: $name, version: $version, parameters: $parameters, limit: $limit) {
    columns { name type } rows rowCount truncated truncatedBy
  }
}
"""
SOLD = Draft(
    "sold-since",
    "Sales of a creator since a day.",
    """
MATCH (s:Sale)-[:CREDITED_TO]->(:Creator {id: $creator})
WHERE date(datetime({epochSeconds: s.at})) >= $since
RETURN s.id AS sale
ORDER BY sale
""",
    (
        Parameter("creator", ParameterType.ID, "Whose.", required=True),
        Parameter("since", ParameterType.DATE, "From this day on.", "2024-09-01"),
    ),
)


@pytest.fixture(scope="module")
async def little(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Little]:
    async with neo4j.driver() as driver, little_process(driver, tmp_path_factory.mktemp("home")) as opened:
        async with driver.session() as session:
            await session.execute_write(save, SOLD, author="k2", now=1_700_000_000)
            await session.execute_write(save, Draft(SOLD.name, "A newer one.", "RETURN 1 AS one"), author="k1", now=1_700_000_100)
        yield opened


async def test_own_and_the_products_stand_in_one_list(little: Little) -> None:
    found = await little.ask(LIST)
    assert [each["name"] for each in found] == sorted([*BUILT_IN, SOLD.name])
    (own,) = await little.ask(LIST, search="NEWER one")
    assert own == {"name": SOLD.name, "version": 2, "builtIn": False, "author": "k1", "createdAt": "2023-11-14T22:15:00Z"}
    (rising,) = await little.ask(LIST, search="rising")
    assert rising == {"name": "rising-creators", "version": 1, "builtIn": True, "author": None, "createdAt": None}
    assert len(await little.ask(LIST, first=2)) == 2
    assert (await little.refusal(LIST, search="x" * 201))[0] == "BAD_USER_INPUT"


async def test_a_version_is_read_with_its_parameters(little: Little) -> None:
    older = await little.ask(READ, name=SOLD.name, version=1)
    assert (older["version"], older["text"]) == (1, SOLD.text)
    assert older["parameters"] == [
        {"name": "creator", "type": "ID", "description": "Whose.", "default": None, "required": True},
        {"name": "since", "type": "DATE", "description": "From this day on.", "default": "2024-09-01", "required": False},
    ]
    assert (await little.ask(READ, name=SOLD.name))["version"] == 2
    assert await little.ask(READ, name=SOLD.name, version=9) is None
    assert await little.ask(READ, name="unseen") is None


async def test_a_query_is_run_by_name(little: Little) -> None:
    answer = await little.ask(RUN, name=SOLD.name, version=1, parameters={"creator": "Creator:ana"})
    assert (answer["rows"], answer["columns"]) == ([["s1"], ["s2"]], [{"name": "sale", "type": "STRING"}])
    later = await little.ask(RUN, name=SOLD.name, version=1, parameters={"creator": "ana", "since": "2024-09-29"})
    assert later["rows"] == [["s2"]]
    assert (await little.ask(RUN, name=SOLD.name))["rows"] == [[1]]


@pytest.mark.parametrize("name", sorted(BUILT_IN))
async def test_every_question_of_the_product_runs_by_its_name(little: Little, name: str) -> None:
    assert (await little.ask(RUN, name=name))["rowCount"] > 0


async def test_an_answer_is_cut_off_as_any_other(little: Little) -> None:
    answer = await little.ask(RUN, role=Role.ADMIN, name="rising-creators", limit=2)
    assert (answer["rowCount"], answer["truncated"], answer["truncatedBy"]) == (2, True, "ROWS")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"name": "unseen"}, "'unseen' does not exist"),
        ({"name": SOLD.name, "version": 3}, "'sold-since', version 3, does not exist"),
        ({"name": SOLD.name, "version": 1}, "sold-since: $creator (Whose) is missing"),
        ({"name": "rising-creators", "parameters": {"days": "many"}}, 'rising-creators: $days is "many"; it takes a whole number'),
        ({"name": "rising-creators", "parameters": {"day": 7}}, "has no parameter $day; it has $days"),
        ({"name": "rising-creators", "parameters": [7]}, "parameters is [7]; give an object"),
    ],
)
async def test_what_cannot_be_run_says_why(little: Little, asked: dict[str, object], words: str) -> None:
    code, message = await little.refusal(RUN, **asked)
    assert code == "BAD_USER_INPUT"
    assert words in message


@pytest.mark.parametrize("role", [Role.PARTNER, Role.BRAND, Role.CREATOR])
async def test_others_may_not(little: Little, role: Role) -> None:
    for query, variables in ((LIST, {}), (READ, {"name": "rising-creators"}), (RUN, {"name": "rising-creators"})):
        assert (await little.refusal(query, role=role, **variables))[0] == "FORBIDDEN"
