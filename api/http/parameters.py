"""The parameters of a GraphQL request, out of a body or a query string."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.requests import Request

from api.errors import BadRequest, PersistedQueryRefused
from api.http.body import json_of, posted_json
from api.json_values import is_list, is_object

KINDS: Final[Mapping[type, str]] = {str: "a string", int: "a number", float: "a number", list: "a list", dict: "an object"}


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a client asks: the text of a document, or what names one, or both; other `extensions` are allowed, and not used.

    `document_id` is that of persisted documents in GraphQL over HTTP, `sha256` that of Apollo's automatic persisted queries.
    """

    query: str | None
    operation_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict[str, Any])
    document_id: str | None = None
    sha256: str | None = None


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
    query, document_id = (_text(given, name) for name in ("query", "documentId"))
    sha256 = _sha256(_object(given, "extensions"))
    if query is None and document_id is None and sha256 is None:
        raise BadRequest(f"query is {'null' if 'query' in given else 'missing'}; send the text of a GraphQL document, or documentId")
    return Parameters(query, _text(given, "operationName"), _object(given, "variables"), document_id, sha256)


def _sha256(extensions: Mapping[str, Any]) -> str | None:
    """Return the hash by which Apollo's clients name a document; what is wrong is told in the words of Apollo Server."""
    persisted = _object(extensions, "persistedQuery")
    if not persisted:
        return None
    if persisted.get("version") != 1:
        raise PersistedQueryRefused("Unsupported persisted query version")
    given = _text(persisted, "sha256Hash")
    if given is None:
        raise BadRequest("persistedQuery has no sha256Hash; send the SHA-256 of the document in hexadecimal digits")
    return given


def _text(given: Mapping[str, Any], name: str) -> str | None:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise BadRequest(f"{name} is {_kind(value)}; send a string, or leave it out")
    return value


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
