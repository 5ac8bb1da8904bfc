"""The arguments of tools as JSON Schema."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import parse, validate

from api.errors import BadUserInput
from api.graphql.schema import core
from api.mcp.arguments import argument_types, checked, input_schema
from api.mcp.tool import Tool
from api.mcp.tools import BY_NAME, TOOLS
from api.mcp.values import taken
from tests.api.mcp.odd_values import ODD


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_tool_is_valid_and_fully_described(tool: Tool) -> None:
    assert validate(core, parse(tool.operation)) == []
    schema = input_schema(tool)
    assert [name for name, each in schema["properties"].items() if not each.get("description")] == []
    assert set(tool.words) <= set(schema["properties"])
    assert set(schema["required"]) <= set(schema["properties"])
    assert len(tool.description) > 80


def test_types_defaults_and_needs_come_from_the_operation() -> None:
    schema = input_schema(BY_NAME["ranking"])
    assert schema["properties"]["window"] == {
        "type": "string",
        "enum": ["D7", "D28", "D90"],
        "description": "Number of days that the scores look back from the run's date.",
        "default": "D90",
    }
    assert schema["properties"]["first"]["type"] == "integer"
    assert "$defs" not in schema
    searched = input_schema(BY_NAME["search_creators"])
    assert searched["properties"]["filter"]["$ref"] == "#/$defs/CreatorFilter"
    assert searched["$defs"]["CreatorFilter"]["properties"]["and"]["items"] == {"$ref": "#/$defs/CreatorFilter"}
    assert input_schema(BY_NAME["explain_score"])["required"] == ["id"]


def test_an_argument_that_is_not_known_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadUserInput, match=r"ranking has no argument size; it has by, window"):
        checked(BY_NAME["ranking"], {"size": 3})


@pytest.mark.parametrize(
    ("tool", "given", "taken"),
    [
        ("ranking", {"first": "3", "category": None, "by": "overall", "region": "us"}, {"first": 3, "by": "OVERALL", "region": "us"}),
        ("ranking", {"first": None, "after": "", "region": ""}, {}),
        ("ranking", {"first": 3.0}, {"first": 3.0}),
        ("search_creators", {"regions": '["US", "GB"]'}, {"regions": ["US", "GB"]}),
        ("search_creators", {"regions": "US"}, {"regions": ["US"]}),
        (
            "search_creators",
            {"filter": '{"followers": {"min": "100"}, "verified": "true"}'},
            {"filter": {"followers": {"min": 100}, "verified": True}},
        ),
        ("recommend", {"brief": {"goal": None, "followers": {"min": None, "max": "5"}}}, {"brief": {"followers": {"max": 5}}}),
        ("compare_creators", {"creators": "Creator:c1"}, {"creators": ["Creator:c1"]}),
        ("run_cypher", {"query": "RETURN $x", "parameters": '{"x": "3"}'}, {"query": "RETURN $x", "parameters": {"x": "3"}}),
        ("explain_score", {"id": 7495000000000000001, "indicator": "cooperation"}, {"id": 7495000000000000001, "indicator": "COOPERATION"}),
        ("list_saved_queries", {"search": "3", "first": "5"}, {"search": "3", "first": 5}),
        ("whoami", {}, {}),
    ],
)
def test_what_agents_send_is_taken_where_it_can_mean_one_thing(tool: str, given: dict[str, Any], taken: dict[str, Any]) -> None:
    assert checked(BY_NAME[tool], given) == taken


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("ranking", {"first": "three"}, 'first is "three"; it takes a whole number, such as 10'),
        ("ranking", {"first": [3]}, "first is [3]; it takes a whole number, such as 10"),
        ("ranking", {"window": 90}, 'window is 90; it takes one of D7, D28, D90, such as "D7"'),
        ("ranking", {"region": "USA"}, 'region is "USA"; it takes a country\'s code of two letters, such as "US"'),
        ("search_creators", {"regions": [None]}, "regions[0] is null; it takes a country's code"),
        ("search_creators", {"filter": {"verified": "perhaps"}}, 'filter.verified is "perhaps"; it takes true or false, such as true'),
        ("recommend", {"brief": {"gaol": "SALES"}}, "brief has no field gaol; it has brand, goal, category"),
        ("recommend", {"brief": {"budget": {"amount": None, "currency": "USD"}}}, "brief.budget.amount is missing; it takes a number"),
        (
            "recommend",
            {"brief": {"minimumScores": [{"indicator": "CHARM", "min": 1}]}},
            'brief.minimumScores[0].indicator is "CHARM"; it takes',
        ),
        ("search_creators", {"filter": "x"}, 'filter is "x"; it takes an object with any of and, or, not'),
        ("compare_creators", {"creators": None}, 'creators is missing; it takes a list, each item an id as text, such as ["Creator:'),
        ("explain_score", {}, "id is missing; it takes an id as text"),
        ("explain_score", {"id": 7.495e18}, "id is 7.495e+18; it takes an id as text"),
    ],
)
def test_what_will_not_do_is_refused_by_name_with_an_example(tool: str, given: dict[str, Any], said: str) -> None:
    with pytest.raises(BadUserInput) as refused:
        checked(BY_NAME[tool], given)
    assert said in refused.value.message


def every_argument() -> list[Any]:
    return [pytest.param(tool, name, id=f"{tool.name}-{name}") for tool in TOOLS for name in input_schema(tool)["properties"]]


@pytest.mark.parametrize(("tool", "name"), every_argument())
def test_every_argument_takes_what_agents_send_or_names_itself_with_an_example(tool: Tool, name: str) -> None:
    own = argument_types(tool)[name]
    for value in ODD:
        try:
            taken(name, value, own)
            said = ""
        except BadUserInput as refused:
            said = refused.message
        assert not said or (said.startswith(name) and ("such as" in said or "it has" in said)), (value, said)
