"""The arguments of tools as JSON Schema."""

from __future__ import annotations

import pytest
from graphql import parse, validate

from api.errors import BadUserInput
from api.mcp.arguments import checked, input_schema
from api.mcp.tool import Tool
from api.mcp.tools import BY_NAME, TOOLS
from api.schema import core


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
        "description": "Days that the scores look back from the run's date.",
        "default": "D90",
    }
    assert schema["properties"]["first"]["type"] == "integer"
    assert "$defs" not in schema
    searched = input_schema(BY_NAME["search_creators"])
    assert searched["properties"]["filter"]["$ref"] == "#/$defs/CreatorFilter"
    assert searched["$defs"]["CreatorFilter"]["properties"]["and"]["items"] == {"$ref": "#/$defs/CreatorFilter"}
    assert input_schema(BY_NAME["explain_score"])["required"] == ["id"]


def test_an_argument_that_is_not_known_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadUserInput, match=r"ranking takes no size; it takes by, window"):
        checked(BY_NAME["ranking"], {"size": 3})
