"""The parameters of a GraphQL request, out of a body or a query string."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.requests import Request

from api.errors import BadRequest, MediaTypeRefused, PersistedQueryNotSupported
from api.http.body import body
from api.http.negotiation import JSON, utf8_json
from api.json_text import parsed


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a client asks; `extensions` are allowed, and not used."""

    query: str
    operation_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)


async def posted(request: Request, *, limit: int) -> Parameters:
    """Read the parameters of a POST; BadRequest, or one of its kinds, says what is wrong."""
    content_type = request.headers.get("content-type")
    if not utf8_json(content_type):
        raise MediaTypeRefused(
            f"Content-Type: {(content_type or 'none')[:100]} is not supported; send {JSON}, encoded in UTF-8", headers={"Accept-Post": JSON}
        )
    text = await body(request, limit=limit)
    if not text:
        raise BadRequest('the body is empty; send {"query": …}')
    return _checked(_json(text, "the body"))


def queried(request: Request) -> Parameters:
    """Read the parameters of a GET, where variables and extensions are JSON within the query string."""
    given: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if given.get(name):
            given[name] = _json(given[name].encode(), name)
        else:
            given.pop(name, None)
    return _checked(given | {"operationName": given.get("operationName") or None})


def _json(text: bytes, what: str) -> Any:
    try:
        return parsed(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"{what} is not JSON: {error.msg}, line {error.lineno}, column {error.colno}") from None


def _checked(given: Any) -> Parameters:
    if isinstance(given, list):
        raise BadRequest("batched requests are not supported; send each operation separately, or select several fields in one operation")
    if not isinstance(given, dict):
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
    if not isinstance(value, dict):
        raise BadRequest(f"{name} is {_kind(value)}; send an object, or leave it out")
    return value


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    return {str: "a string", int: "a number", float: "a number", list: "a list", dict: "an object"}[type(value)]
