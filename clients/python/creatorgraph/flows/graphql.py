"""GraphQL as flows: one operation, one node, and all pages of a list."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from typing import Any, Final

from creatorgraph.errors import NotFound, Refused, StaleCursor, of_errors, of_status
from creatorgraph.steps import Answer, Call, Flow, Step

PATH: Final = "/graphql"
MEDIA_TYPE: Final = "application/graphql-response+json"
MUTATION: Final = re.compile(r"\bmutation\b")
PAGE: Final = 100
BATCH: Final = 1_000
STARTS: Final = 3
"""Times that a list is read from its start; scores may be published while its pages are read."""


def graphql(query: str, variables: Mapping[str, Any] | None = None, *, operation_name: str | None = None) -> Flow[dict[str, Any]]:
    """Return the `data` of an operation; an error of the answer is raised, with what came in spite of it as its `data`.

    What may change something, and be it that its text only speaks of a mutation, is never sent twice.
    """
    if not isinstance(query, str) or not isinstance(variables or {}, Mapping):
        raise Refused("graphql takes the text of an operation, and its variables as a mapping by name")
    body = {"query": query, "variables": dict(variables or {}), "operationName": operation_name}
    answer: Answer = yield Call("POST", PATH, body, MEDIA_TYPE, repeatable=not MUTATION.search(query))
    found = answer.json()
    if not isinstance(found, dict) or not ("data" in found or answer.errors()):
        raise of_status(answer.status, answer.content.decode(errors="replace"))
    if found.get("errors"):
        raise of_errors(found["errors"], found.get("data"))
    return found["data"]


def value(query: str, variables: Mapping[str, Any], field: str, *, of: str) -> Flow[Any]:
    """Return one root field; `NotFound`, which names `of`, where it is null."""
    data = yield from graphql(query, variables)
    if data[field] is None:
        raise NotFound(f"there is no {of} that this key may see; ids are those of `id` columns, or the platform's own")
    return data[field]


def nodes(query: str, variables: Mapping[str, Any], field: str, first: int | None) -> Flow[list[dict[str, Any]]]:
    """Return the first rows of a connection, all of them where `first` is None: its edges, or its nodes where no edges are selected.

    The query takes `$first` and `$after`. A list whose order changed while it was read is read again from the start.
    """
    if first is not None and (isinstance(first, bool) or not isinstance(first, int) or first < 0):
        raise Refused(f"first is {first!r}; give a whole number of rows, or None for all")
    for start in range(STARTS):
        try:
            return (yield from _read(query, variables, field, first))
        except StaleCursor:
            if start == STARTS - 1:
                raise
    raise AssertionError("the loop returns or raises")


def _read(query: str, variables: Mapping[str, Any], field: str, first: int | None) -> Generator[Step, Any, list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    after: str | None = None
    while first is None or len(rows) < first:
        size = PAGE if first is None else min(PAGE, first - len(rows))
        data = yield from graphql(query, {**variables, "first": size, "after": after})
        page = data[field]
        rows += page["edges"] if "edges" in page else page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"] or after is None:
            break
    return rows
