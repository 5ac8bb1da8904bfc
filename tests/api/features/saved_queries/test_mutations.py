"""Analysts keep queries by name; what they may not, and why."""

from __future__ import annotations

import pytest

from api.access.viewer import Role
from tests.api.features.conftest import Mutate

SAVE = """
saveQuery(input: {{name: {name}, description: {description}, text: {text}, parameters: [{parameters}]}}) {{
  savedQuery {{ name version }} userErrors {{ field code message }}
}}
"""
DELETE = 'deleteSavedQuery(input: {{name: "{}"}}) {{ name versions userErrors {{ code message }} }}'
REGION = '{name: "region", type: STRING, description: "The region.", default: "US"}'


def save(
    name: str = "creators-of-a-region",
    text: str = "MATCH (c:Creator {region: $region}) RETURN c.handle AS handle",
    description: str = "Their handles.",
    parameters: str = REGION,
) -> str:
    quoted = {key: '"' + value.replace('"', '\\"') + '"' for key, value in (("name", name), ("text", text), ("description", description))}
    return SAVE.format(parameters=parameters, **quoted)


async def test_each_change_is_a_version(mutate: Mutate) -> None:
    first = await mutate(Role.ANALYST, save())
    assert first == {"savedQuery": {"name": "creators-of-a-region", "version": 1}, "userErrors": []}
    assert (await mutate(Role.ADMIN, save()))["savedQuery"]["version"] == 1
    assert (await mutate(Role.ADMIN, save(description="Who they are.")))["savedQuery"]["version"] == 2


@pytest.mark.parametrize(
    ("given", "field", "code", "words"),
    [
        ({"name": "My Query"}, "name", "INVALID", "parts joined by -"),
        ({"name": "a" * 65}, "name", "INVALID", "name is 'aaaa"),
        ({"name": "rising-creators"}, "name", "BUILT_IN", "is built in"),
        ({"description": " "}, "description", "INVALID", "say what the query tells"),
        ({"text": " ", "parameters": ""}, "text", "INVALID", "write a query in Cypher"),
        ({"text": "RETURN 1 AS one"}, "parameters", "UNUSED", "$region is declared and not in the text"),
        ({"parameters": ""}, "parameters", "UNDECLARED", "$region is in the text and not declared"),
        ({"parameters": f"{REGION}, {REGION}"}, "parameters", "INVALID", "declared twice"),
        ({"parameters": REGION.replace('"US"', "7")}, "parameters", "INVALID", "$region is 7; it takes a text"),
        ({"text": "CREATE (n:Creator {region: $region})"}, "text", "REFUSED_OPERATOR", "is not allowed"),
        ({"text": "MATCH (n:Creator {region: $region} RETURN n"}, "text", "CYPHER_FAILED", "line 1"),
    ],
)
async def test_what_cannot_be_kept_says_why(mutate: Mutate, given: dict[str, str], field: str, code: str, words: str) -> None:
    payload = await mutate(Role.ANALYST, save(**given))
    assert payload["savedQuery"] is None
    found = payload["userErrors"][0]
    assert (found["field"], found["code"]) == (field, code)
    assert words in found["message"]


@pytest.mark.parametrize("role", [Role.PARTNER, Role.BRAND, Role.CREATOR])
async def test_others_may_not(mutate: Mutate, role: Role) -> None:
    assert await mutate(role, save()) == ["FORBIDDEN"]
    assert await mutate(role, DELETE.format("creators-of-a-region")) == ["FORBIDDEN"]


async def test_one_deletes_ones_own_and_an_administrator_any(mutate: Mutate) -> None:
    await mutate(Role.ADMIN, save(name="of-the-admin"))
    await mutate(Role.ANALYST, save(name="of-the-analyst"))
    await mutate(Role.ANALYST, save(name="also-of-the-analyst"))
    assert (await mutate(Role.ANALYST, DELETE.format("of-the-admin")))["userErrors"][0]["code"] == "NOT_THE_AUTHOR"
    assert await mutate(Role.ANALYST, DELETE.format("of-the-analyst")) == {"name": "of-the-analyst", "versions": 1, "userErrors": []}
    assert (await mutate(Role.ADMIN, DELETE.format("also-of-the-analyst")))["versions"] == 1
    assert (await mutate(Role.ADMIN, DELETE.format("of-the-analyst")))["userErrors"][0]["code"] == "NOT_FOUND"
    assert (await mutate(Role.ADMIN, DELETE.format("rising-creators")))["userErrors"][0]["code"] == "BUILT_IN"
