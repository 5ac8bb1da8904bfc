"""What arguments name is there, and is what the viewer may name; wherever it is not, the answer is an error that says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graphql import GraphQLObjectType, get_named_type

from api.graphql.schema import core
from tests.api.features.finding_market import Finding
from tests.api.features.test_every_argument import START, selection

STARTS: Final = START | {"Brand": 'brand(id: "b0")'}
BESIDE: Final = {"compare": 'creators: ["c01", "c02"], ', "probabilityAbove": 'creator: "c02", '}
"""What a field cannot be asked without."""

NAMED: Final = (
    'creators(filter: {score: {indicator: OVERALL, category: "niche"}}) { totalCount }',
    'creators(filter: {not: {soldIn: "niche"}}) { totalCount }',
    'creators(sort: [{by: OVERALL, category: "niche"}]) { totalCount }',
    'creators(sort: [{by: FOLLOWERS}, {by: OVERALL, category: "niche"}]) { nodes { id } }',
    'recommendations(brief: {category: "niche"}) { considered }',
)
"""Where a category is part of an input."""


def within_a_small_category() -> Iterator[str]:
    """Yield a query for each field with a category among its arguments, which is a small one; of appeals there are none."""
    for of, type_ in core.type_map.items():
        if isinstance(type_, GraphQLObjectType) and of in ("Query", *STARTS.keys() - {"Appeal"}):
            for name, field in type_.fields.items():
                for argument in field.args.keys() & {"category", "categories"}:
                    value = '["niche"]' if argument == "categories" else '"niche"'
                    start = STARTS.get(of, "")
                    asked = f"{name}({BESIDE.get(name, '')}{argument}: {value}) {selection(get_named_type(field.type))}"
                    yield f"{start} {{ {asked} }} {'}' * start.count('{')}" if start else asked


async def test_a_small_category_is_refused_wherever_it_is_named(finding: Finding) -> None:
    await finding.driver.execute_query("CREATE (:Category {id: 'niche', name: 'Niche'})")
    asked = [*within_a_small_category(), *NAMED]
    assert len(asked) > 20
    told: list[str] = []
    for text in asked:
        errors = (await finding.result("brand", f"{{ {text} }}")).get("errors", [])
        if [each["extensions"]["code"] for each in errors] != ["BAD_USER_INPUT"] or "at least five brands" not in errors[0]["message"]:
            told.append(f"brand: {text} {errors}")
        if "errors" in (result := await finding.result("analyst", f"{{ {text} }}")):
            told.append(f"analyst: {text} {result['errors']}")
    assert not told, "\n".join(told)
