"""From a text to an operation: parsed, validated and measured once, and kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_operation_ast,
    parse,
    validate,
    visit,
)

from api.audit.entries import digest
from api.error_mapping import plain_words
from api.errors import ApiError, BadUserInput, LimitExceeded, ParseFailed, ValidationFailed
from api.features.catalogue import TARIFF
from api.graphql.cost.limits import Limits, Measured, measure
from api.graphql.execution.cache import Cache
from api.graphql.execution.request import GraphQLRequest
from api.graphql.schema import core
from graph.plans.compile import Plan
from graph.tracing import current, span

OPERATIONS: Final = 1_000
PLANS: Final = 64
ERRORS: Final = 20


class RequestRefused(ApiError):
    """A request that is not executed at all, with all that is wrong with it."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        """Keep the errors as GraphQL writes them."""
        super().__init__(errors[0]["message"])
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Operation:
    """One valid operation within the limits that do not depend on variables; its plans are kept with it."""

    document: DocumentNode
    definition: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    measured: Measured
    digest: str
    fields: frozenset[tuple[str, str]]
    roots: Cache[Any, dict[str, list[FieldNode]]] = field(default_factory=lambda: Cache(PLANS))
    plans: Cache[Any, Plan] = field(default_factory=lambda: Cache(PLANS))

    @property
    def name(self) -> str:
        """Its name, empty where it has none."""
        return "" if self.definition.name is None else self.definition.name.value

    @property
    def is_mutation(self) -> bool:
        """Whether it changes anything."""
        return self.definition.operation is OperationType.MUTATION


_KEPT: Final[Cache[Any, Operation]] = Cache(OPERATIONS)


def counts() -> tuple[int, int]:
    """Return how many requests found their text prepared, and how many did not, in this process."""
    return _KEPT.hits, _KEPT.misses


def operation(request: GraphQLRequest, limits: Limits) -> Operation:
    """Return the operation that is asked for; `RequestRefused` where it cannot be executed."""
    return _KEPT.of((request.query, request.operation_name, limits), lambda: _prepared(request, limits))


def _prepared(request: GraphQLRequest, limits: Limits) -> Operation:
    current().set("creatorgraph.operation.cached", False)
    with span("graphql.parse"):
        document = _parsed(request.query, limits)
    with span("graphql.validate"):
        errors = validate(core, document, max_errors=ERRORS)
    if errors:
        raise RequestRefused([formatted(each, ValidationFailed.code) for each in errors])
    definition = get_operation_ast(document, request.operation_name)
    if definition is None:
        raise RequestRefused([BadUserInput(_unnamed(request.operation_name)).formatted])
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    return Operation(
        document,
        definition,
        fragments,
        measure(document, core, request.operation_name, limits, tariff=TARIFF),
        digest(request.query),
        _fields(document),
    )


class _Fields(Visitor):
    """Collects the fields that a document asks for, by the name of their type."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self._types = types
        self.found: set[tuple[str, str]] = set()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        parent = self._types.get_parent_type()
        if parent is not None:
            self.found.add((parent.name, node.name.value))


def _fields(document: DocumentNode) -> frozenset[tuple[str, str]]:
    types = TypeInfo(core)
    fields = _Fields(types)
    visit(document, TypeInfoVisitor(types, fields))
    return frozenset(fields.found)


def _parsed(text: str, limits: Limits) -> DocumentNode:
    try:
        return parse(text, max_tokens=limits.tokens)
    except GraphQLSyntaxError as error:
        if "tokens" in error.message:
            raise LimitExceeded(f"the document has more than {limits.tokens:,} tokens; send a smaller document") from error
        raise RequestRefused([formatted(error, ParseFailed.code)]) from error


def _unnamed(name: str | None) -> str:
    if name is None:
        return "the document has no operation, or several; set operationName to one of them"
    return f"the document has no operation named {name!r}; set operationName to one of its operations"


def formatted(error: GraphQLError, code: str) -> dict[str, Any]:
    """Return an error as GraphQL writes it, with a code."""
    written: dict[str, Any] = dict(error.formatted)
    written["message"] = plain_words(error.message)
    return {**written, "extensions": {**written.get("extensions", {}), "code": code}}
