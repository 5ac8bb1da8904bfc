"""Every argument of every field, as generated and hostile clients fill it: an answer, or an error of the client's, never one of ours.

What there is to ask is walked from the schema itself, so that a new argument needs no line here.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)

from api.error_mapping import translated
from api.errors import ApiError
from api.graphql.execution.request import GraphQLRequest
from api.graphql.execution.subscriptions import begun
from api.graphql.schema import core
from api.http.answers import errors_of
from graph.load.lock import SCORING, held
from graph.plans.errors import PlanError
from tests.api.features.finding_market import VIEWERS, Finding

EXTREMES: Final[Mapping[str, tuple[Any, ...]]] = {
    "Int": (0, -1, 2**31 - 1, -(2**31), 2**31, 2**80, 1.5, 1e300, "3", True),
    "BigInt": (0, 2**63 - 1, -(2**63), 2**63, 2**80, 1.5, 1e300, "3", "x", True),
    "Float": (0, -1.5, 1e308, -1e308, 5e-324, 2**53 + 1, 2**80, "1.5", True),
    "Boolean": (True, False, 1, "true"),
    "String": ("", "x" * 5_000, "\x00", "'\"\\`$%*?.[](){}", "🦉\u202e", 5, True),
    "ID": ("", "Creator:", "Nothing:1", "Creator:c01", "Brand:b1", "\x00", 7, 7.495e18, True),
    "Region": ("US", "us", "", "USA", "Ù", 1),
    "DateTime": ("2026-01-31T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-31", "", 0),
    "JSON": (None, {}, [], "text", 0, {"x": None}, {"x": 2**70}, {"x": 1e300}, {"": ""}, {"x": [[[]], {}]}),
    "_Any": ({"__typename": "Creator", "id": "c01"}, {"__typename": "Brand", "id": 1}, {"__typename": ["Brand"]}, {"id": "c01"}, "c01", 0),
}
"""Values by scalar: those that it takes, those at its bounds, and those of other types."""

NEEDED: Final[Mapping[str, Any]] = {
    **{"id": "Creator:c01", "ids": ["Creator:c01"], "creators": ["c01", "c02"], "creator": "c02", "from": "c01", "to": "Brand:b1"},
    **{"query": "RETURN 1 AS one", "name": "rising-creators", "kind": "PAGERANK", "scope": {"graph": "CREATOR_BRAND"}},
    **{"budgetUsd": 10, "brief": "Brief:b", "before": "BriefRun:b", "after": "BriefRun:c"},
    **{"webhook": "wh_1", "alert": "al_1", "import": "im_1", "table": "creators", "of": ["Creator:c01"]},
}
"""What a field cannot be asked without."""

CLIENTS_FAULT: Final = frozenset(
    {"BAD_USER_INPUT", "LIMIT_EXCEEDED", "FORBIDDEN", "CYPHER_REFUSED", "CYPHER_FAILED", "NOT_FOUND", "NOT_READY", "STALE_CURSOR"}
)
WRITERS_FAULT: Final = frozenset(
    {"GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "OPERATION_RESOLUTION_FAILURE", "OPERATION_NOT_FOUND"}
)
"""What is wrong with a document itself."""

MET: Final[set[tuple[str, str]]] = set()
MET_INPUTS: Final[set[str]] = set()
START: Final = {
    **{"Creator": 'creator(id: "c01")', "Viewer": "viewer"},
    "Score": 'creator(id: "c01") { overall',
    "Brand": 'brand(id: "b1")',
    "Product": 'brand(id: "b1") { products { nodes',
    **{"Appeal": "appeals(first: 1) { nodes", "Viewer": "viewer"},
    "Category": 'creator(id: "c01") { categories { nodes',
    "Collaboration": "collaborations(first: 2) { nodes",
    "Content": 'creator(id: "c01") { content(first: 2) { nodes',
}
"""How a node of each type is reached."""


@pytest.fixture(autouse=True)
async def nobody_scores(finding: Finding) -> AsyncIterator[None]:
    """Hold the scoring lock, so that no mutation changes the scores of the market that all tests of the module read."""
    async with held(finding.driver, SCORING, database="neo4j", waiting=lambda _: None):
        yield


def values(type_: Any, seen: set[str]) -> Iterator[Any]:
    """Yield what a hostile client gives for a type: null, extremes, other types; each field of an input type once in a walk."""
    if isinstance(type_, GraphQLNonNull):
        yield None
        yield from (each for each in values(type_.of_type, seen) if each is not None)
    elif isinstance(type_, GraphQLList):
        yield from (None, [], [None], [[]], {})
        yield from ([each] for each in values(type_.of_type, seen) if each is not None)
    elif isinstance(type_, GraphQLEnumType):
        yield from (None, *list(type_.values)[:2], "NO_SUCH_WORD", 1, [])
    elif isinstance(type_, GraphQLInputObjectType):
        yield from (None, {}, [], "text", {"noSuchField": 1})
        if type_.name not in seen:
            seen.add(type_.name)
            needed = {name: some(field.type) for name, field in type_.fields.items() if is_required_input_field(field)}
            yield needed
            for name, field in type_.fields.items():
                yield from (needed | {name: each} for each in values(field.type, seen))
    else:
        yield from (None, *EXTREMES[type_.name], [], {}, ["x"])


def asked(argument: str, type_: Any) -> list[Any]:
    """Return what an argument is asked with: all there is where it is met for the first time, else null and another type."""
    if (argument, str(type_)) in MET:
        return [None, 2**80, EXTREMES.get(get_named_type(type_).name, ("",))[0]]
    MET.add((argument, str(type_)))
    return list(values(type_, MET_INPUTS))


def some(type_: Any) -> Any:
    """Return any value that a type takes."""
    if isinstance(type_, GraphQLNonNull):
        return some(type_.of_type)
    if isinstance(type_, GraphQLList):
        return []
    if isinstance(type_, GraphQLEnumType):
        return next(iter(type_.values))
    if isinstance(type_, GraphQLInputObjectType):
        return {name: some(field.type) for name, field in type_.fields.items() if is_required_input_field(field)}
    return {"Int": 1, "Float": 1.0, "Boolean": True, "BigInt": 1, "Region": "US"}.get(type_.name, "x")


def document(of: str, name: str, argument: str) -> str:
    """Return a document that asks a field with a variable for one argument, and constants for what else it needs."""
    field = declared_fields(of)[name]
    needed = {each: NEEDED[each] for each, declared in field.args.items() if each != argument and is_required_argument(declared)}
    given = "".join(f", {each}: {written(value)}" for each, value in needed.items())
    start, kind = START.get(of, ""), of.lower() if of in ("Mutation", "Subscription") else "query"
    opened = start.count("{") - start.count("}")
    inner = f"{name}({argument}: $value{given}) {selection(get_named_type(field.type))}"
    return f"{kind} Ask($value: {field.args[argument].type}) {{ {start} {'{' if start else ''} {inner} {'}' * (opened + bool(start))} }}"


def declared_fields(of: str) -> Mapping[str, GraphQLField]:
    type_ = core.type_map[of]
    assert isinstance(type_, GraphQLObjectType)
    return type_.fields


def written(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {each}" for name, each in value.items()) + "}"
    return value if value in ("PAGERANK", "CREATOR_BRAND") else json.dumps(value)


def selection(of: Any) -> str:
    """Return a selection that makes a field be answered whole: a page with its rows, else what needs no arguments."""
    if is_leaf_type(of):
        return ""
    if of.name.endswith("Connection"):
        return f"{{ nodes {{ __typename }} pageInfo {{ endCursor }} {'totalCount' if 'totalCount' in of.fields else ''} }}"
    leaves = [name for name, field in getattr(of, "fields", {}).items() if is_leaf_type(get_named_type(field.type)) and not field.args]
    return "{ " + " ".join(["__typename", *leaves]) + " }"


def asking(finding: Finding, of: str) -> Callable[..., Awaitable[dict[str, Any]]]:
    """Return how a document on a type's fields is asked: one of a subscription is begun, and ended at once."""

    async def begin(who: str, text: str, **given: Any) -> dict[str, Any]:
        try:
            stream = await begun(GraphQLRequest(text, variables=given), lambda: VIEWERS[who], finding.state)
        except (ApiError, PlanError) as error:
            return errors_of(translated(error, ""))
        await stream.aclose()
        return {}

    return begin if of == "Subscription" else finding.result


async def faults(
    ask: Callable[..., Awaitable[dict[str, Any]]], text: str, given: Iterable[Any], *, allowed: frozenset[str] = frozenset()
) -> list[str]:
    """Return what went wrong on our side as one document was asked with each value; codes that are `allowed` are the client's, too."""
    found: list[str] = []
    for value in given:
        try:
            result = await ask("admin", text, value=value)
        except ApiError as error:
            result = {"errors": [error.formatted]}
        except Exception as error:
            found.append(f"{text} with {str(value)[:60]}: {error!r:.200}")
            continue
        codes = {each["extensions"]["code"] for each in result.get("errors", ())}
        found += [f"{text} with {str(value)[:60]}: {result['errors']}"] if codes - CLIENTS_FAULT - allowed else []
    return found


def fields() -> Iterator[Any]:
    for of, type_ in core.type_map.items():
        if isinstance(type_, GraphQLObjectType) and not of.startswith("__"):
            names = [name for name, field in type_.fields.items() if field.args]
            if names:
                yield pytest.param(of, names, id=of)


@pytest.mark.parametrize(("of", "names"), list(fields()))
async def test_nulls_extremes_and_wrong_types_are_never_our_fault(finding: Finding, of: str, names: list[str]) -> None:
    found: list[str] = []
    for name in names:
        for argument, declared in declared_fields(of)[name].args.items():
            given = {repr(each): each for each in asked(argument, declared.type)}
            found += await faults(asking(finding, of), document(of, name, argument), given.values())
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "query ($value: Boolean = true) { viewer @skip(if: $value) { name } }",
        "query ($value: Boolean = true) { viewer { name @include(if: $value) } }",
        "query ($value: Boolean = true) { ... @skip(if: $value) { viewer { name } } }",
        'query ($value: Boolean = true) { creator(id: "c01") { ...f @include(if: $value) } } fragment f on Creator { id }',
        "query ($value: Boolean = true) { __schema { types { name @skip(if: $value) } } }",
        'query ($value: Boolean = true) { brand(id: "b1") { network { nodes { __typename @skip(if: $value) } } } }',
    ],
)
async def test_null_for_a_directive_is_an_error_of_the_clients(finding: Finding, text: str) -> None:
    assert await faults(finding.result, text, [None, True, False, 1]) == []


async def test_null_stands_for_the_default_wherever_there_is_one(finding: Finding) -> None:
    text = """
    query ($window: Window, $by: Indicator, $order: RankingOrder, $flagged: Boolean, $first: Int, $depth: Int, $limit: Int, $w: Window) {
      creator(id: "c01") { scores(window: $window) { indicator } overall(window: $window) { value } }
      ranking(by: $by, window: $window, order: $order, excludeFlagged: $flagged, first: $first,
              filter: {score: {indicator: OVERALL, window: $w}}) { nodes { id } }
      creators(sort: [{by: OVERALL, window: $w}], first: $first) { nodes { id } }
      brand(id: "b1") { network(depth: $depth) { nodes { __typename } } }
      cypher(query: "RETURN 1 AS one", limit: $limit) { rows }
    }
    """
    names = ("window", "by", "order", "flagged", "first", "depth", "limit", "w")
    assert await finding.ask("admin", text, **dict.fromkeys(names)) == await finding.ask("admin", text)


LITERALS: Final = (
    *("null", "[]", "{}", "[null]", "[[]]", "{a: null}", '""', '"x"', '"\\u0000"', '"\\uD83D"', '"""x"""', "0", "-1", "1e400", "1" * 30),
    *("true", "NO_SUCH_WORD", "$undeclared", "[1, 2, 3]", "{and: null}", "{or: [], not: {}}", '"Brand:b1"', '"2026-01-31T00:00:00Z"'),
)
"""What stands in a document itself, of all kinds and of none."""


@pytest.mark.parametrize(("of", "names"), list(fields()))
async def test_nulls_extremes_and_wrong_types_in_the_document_are_never_our_fault(finding: Finding, of: str, names: list[str]) -> None:
    found: list[str] = []
    for name in names:
        for argument, declared in declared_fields(of)[name].args.items():
            if (name, argument, "literal") not in MET and (argument, f"{declared.type} literal") not in MET:
                MET.add((argument, f"{declared.type} literal"))
                variable = f"($value: {declared.type})"
                text = document(of, name, argument).replace(variable, "", 1)
                for literal in LITERALS:
                    found += await faults(asking(finding, of), text.replace("$value", literal, 1), [None], allowed=WRITERS_FAULT)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "query ($value: Boolean) { viewer @skip(if: $value) { name } }",
        "query ($value: [Boolean!]) { viewer @skip(if: $value) { name } }",
        "{ viewer @skip { name } }",
        "{ viewer @skip(if: null) { name } }",
        '{ viewer @include(if: "true") { name } }',
        "{ viewer @include(if: 1) { name } }",
        "{ viewer @skip(if: true) @skip(if: true) { name } }",
        "{ viewer @nothing(x: {y: null}) { name } }",
        "{ viewer @deprecated { name } }",
        "query @skip(if: true) { viewer { name } }",
        "query ($value: Nothing) { creator(id: $value) { id } }",
        "query ($value: ID!, $value: ID!) { creator(id: $value) { id } }",
        "query ($value: ID = {a: 1}) { creator(id: $value) { id } }",
        "query ($value: ID! = null) { creator(id: $value) { id } }",
        "query ($value: Creator) { creator(id: $value) { id } }",
        'fragment f on Creator { ...f } { creator(id: "c01") { ...f } }',
        '{ creator(id: "c01", id: "c02") { id } }',
        "{ ... on Nothing { id } }",
        "{ __type(name: null) { name } __schema { types { fields(includeDeprecated: null) { name } } } }",
        "subscription { viewer { name } }",
        "mutation { viewer { name } }",
        "{ a: viewer { name } a: brands { totalCount } }",
        "{ viewer { name { name } } }",
        "{ viewer }",
        "{}",
        "",
        "query A { viewer { name } } query A { viewer { name } }",
        "{ viewer { name } } query B { viewer { name } }",
    ],
)
async def test_a_document_of_no_sense_is_never_our_fault(finding: Finding, text: str) -> None:
    for value in (None, {}, [], "x", 1):
        assert await faults(finding.result, text, [value], allowed=WRITERS_FAULT) == []
