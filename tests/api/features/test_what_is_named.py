"""What arguments name is there, and is what the viewer may name; wherever it is not, the answer is an error that says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from graphql import GraphQLObjectType, get_named_type, is_required_argument

from api.events.places import cursor
from api.graphql.execution.request import GraphQLRequest
from api.graphql.execution.subscriptions import begun
from api.graphql.schema import core
from graph.plans.errors import InvalidValue
from tests.api.features.finding_market import VIEWERS, Finding
from tests.api.features.test_every_argument import NEEDED, START, selection, written

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


async def test_which_categories_can_be_named_is_said_of_each(finding: Finding) -> None:
    await finding.driver.execute_query("MERGE (c:Category {id: 'niche'}) SET c.name = 'Niche'")
    for role in ("brand", "analyst"):
        categories = (await finding.result(role, "{ categories(first: 100) { nodes { id rated } } }"))["data"]["categories"]["nodes"]
        rated = {each["id"]: each["rated"] for each in categories}
        named = {each: await finding.result(role, f'{{ ranking(category: "{each}") {{ totalCount }} }}') for each in rated}
        assert {each: "errors" not in result for each, result in named.items()} == rated
        assert rated["Category:niche"] is (role == "analyst")


WATCHED: Final = "subscription ($creators: [ID!]!, $since: String) { scoresChanged(creators: $creators, since: $since) { cursor } }"


async def test_creators_whom_nobody_knows_are_watched_by_no_new_subscription(finding: Finding) -> None:
    async def begin(creators: list[str], since: str | None = None) -> None:
        request = GraphQLRequest(WATCHED, variables={"creators": creators, "since": since})
        await (await begun(request, lambda: VIEWERS["brand"], finding.state)).aclose()

    await begin(["Creator:c02", "c04"])
    for other, own in (("Creator:nobody", "nobody"), ("c03", "c03")):
        with pytest.raises(InvalidValue, match=f"creators: there is no creator that this key can see with the id '{own}'"):
            await begin(["c02", other])
        await begin(["c02", other], since=cursor(finding.state.settings.home, 0))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ('creator: "Creator:nobody"', "creator: there is no creator with the id 'nobody'"),
        ('key: "nobody"', "key: no key or account has the id 'nobody'"),
        ('since: "2026-01-02T00:00:00Z", until: "2026-01-01T00:00:00Z"', "since 2026-01-02T00:00:00Z is after until 2026-01-01T00:00:00Z"),
    ],
)
async def test_the_audit_log_is_not_silent_on_what_nobody_knows(finding: Finding, given: str, words: str) -> None:
    (error,) = (await finding.result("admin", f"{{ disclosures({given}) {{ nodes {{ index }} }} }}"))["errors"]
    assert (error["extensions"]["code"], words in error["message"]) == ("BAD_USER_INPUT", True)
    assert await finding.ask("admin", '{ disclosures(creator: "c03") { nodes { index } } }') == {"disclosures": {"nodes": []}}


ANSWERED_WITH_NULL: Final = frozenset({"node", "nodes", "webhook", "webhookDeliveries", "alertMembers", "disclosures.key"})
"""What takes the id of any kind, or ids of no kind: to none of theirs the answer is null, and of a key that nothing knows another error."""


def ids_of_root_fields() -> Iterator[tuple[str, str, bool]]:
    """Yield each root field and argument that takes ids, and whether it takes several."""
    query = core.type_map["Query"]
    assert isinstance(query, GraphQLObjectType)
    for name, field in query.fields.items():
        for argument, declared in field.args.items():
            if get_named_type(declared.type).name == "ID":
                yield name, argument, "[" in str(declared.type)


async def test_what_is_no_id_and_the_id_of_another_kind_are_errors_of_every_root_field(finding: Finding) -> None:
    silent: list[str] = []
    for name, argument, many in ids_of_root_fields():
        field = core.type_map["Query"].fields[name]  # pyright: ignore
        beside = [
            f"{each}: {written(NEEDED[each])}"
            for each, declared in field.args.items()
            if each != argument and is_required_argument(declared)
        ]
        text = f"query ($value: {field.args[argument].type}) {{ {name}({', '.join([f'{argument}: $value', *beside])}) {{ __typename }} }}"
        other = [] if {name, f"{name}.{argument}"} & ANSWERED_WITH_NULL else ["ScoringRun:r1"]
        for value in ("\x00", "c\x00", "x" * 10_000, *other):
            result = await finding.result("admin", text, value=[value] if many else value)
            codes = {each["extensions"]["code"] for each in result.get("errors", ())}
            if not codes or codes - {"BAD_USER_INPUT"}:
                silent.append(f"{name}({argument}: {value[:20]!r}): {result}")
    assert not silent, "\n".join(silent)
