"""The parameters of a GraphQL request, out of a body or a query string."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.requests import Request

from api.errors import BadRequest, PersistedQueryNotSupported
from api.http.body import json_of, posted_json
from api.json_values import is_list, is_object

KINDS: Final[Mapping[type, str]] = {str: "a string", int: "a number", float: "a number", list: "a list", dict: "an object"}


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a client asks; `extensions` are allowed, and not used."""

    query: str
    operation_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict[str, Any])


async def posted(request: Request) -> Parameters:
    """Read the parameters of a POST; BadRequest, or one of its kinds, says what is wrong."""
    return checked(await posted_json(request, example='{"query": …}'))


def queried(request: Request) -> Parameters:
    """Read the parameters of a GET, where variables and extensions are JSON within the query string."""
    given: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if given.get(name):
            given[name] = json_of(given[name].encode(), name)
        else:
            given.pop(name, None)
    return checked(given | {"operationName": given.get("operationName") or None})


def checked(given: object) -> Parameters:
    """Return the parameters that an object holds; BadRequest where it is none, or holds others."""
    if is_list(given):
        raise BadRequest("batched requests are not supported; send each operation separately, or select several fields in one operation")
    if not is_object(given):
        raise BadRequest(f'the body is {_kind(given)}; send an object with "query", and optionally "variables" and "operationName"')
    query, name = given.get("query"), given.get("operationName")
    if query is None and "persistedQuery" in _object(given, "extensions"):
        raise PersistedQueryNotSupported("PersistedQueryNotSupported")
    if not isinstance(query, str):
        raise BadRequest(f"query is {_kind(query) if 'query' in given else 'missing'}; send the text of a GraphQL document")
    if name is not None and not isinstance(name, str):
        raise BadRequest(f"operationName is {_kind(name)}; send a string, or leave it out")
    _object(given, "extensions")
    return Parameters(query, name, _object(given, "variables"))


def _object(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = given.get(name)
    if value is None:
        return {}
    if not is_object(value):
        raise BadRequest(f"{name} is {_kind(value)}; send an object, or leave it out")
    return value


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    return KINDS[type(value)]
