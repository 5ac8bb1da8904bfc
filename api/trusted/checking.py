"""Whether trusted documents fit the schema and the limits that any document has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from graphql import GraphQLSyntaxError, OperationDefinitionNode, parse

from api.errors import ApiError
from api.graphql.cost.limits import Limits
from api.graphql.execution.operations import operation
from api.graphql.execution.request import GraphQLRequest
from api.trusted.manifest import TrustedDocument
from api.trusted.tools import problems_of_tools

REMEDY: Final = "correct the document, or have its manifest written anew for the schema that `creatorgraph schema print` prints"


def problems(documents: Sequence[TrustedDocument], limits: Limits) -> list[str]:
    """Return what is wrong, a line each: which file, which document, what, and the remedy."""
    wrong = [f"{each.place}: {problem}; {REMEDY}" for each in documents for problem in _problems(each.text, limits)]
    return wrong or list(problems_of_tools(documents))


def _problems(text: str, limits: Limits) -> Iterator[str]:
    try:
        names = [each.name and each.name.value for each in parse(text).definitions if isinstance(each, OperationDefinitionNode)]
    except GraphQLSyntaxError as error:
        yield f"{error.message}{_where(dict(error.formatted))}"
        return
    if not names:
        yield "it has no operation"
    for name in names:
        try:
            operation(GraphQLRequest(text, name), limits)
        except ApiError as error:
            yield from sorted({f"{each['message']}{_where(each)}" for each in getattr(error, "errors", [error.formatted])})
            return


def _where(error: Mapping[str, Any]) -> str:
    """Return the first place that an error names."""
    locations = error.get("locations")
    return f" (line {locations[0]['line']}, column {locations[0]['column']})" if locations else ""
