"""Queries in Cypher: streamed as Arrow, and saved ones by name."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

import polars as pl

from api.client.errors import of_errors, of_status
from api.client.steps import Answer, Call, Flow

PATH: Final = "/cypher"
ARROW: Final = "application/vnd.apache.arrow.stream"


def cypher(query: str, parameters: Mapping[str, Any] | None = None, /, **more: Any) -> Flow[pl.DataFrame]:
    """Return the answer to a query in Cypher, read-only and bounded; parameters as a mapping, or by name.

    Nodes and relationships come as the service writes them: maps with their ids.
    """
    answer: Answer = yield Call("POST", PATH, {"query": query, "parameters": {**(parameters or {}), **more}}, ARROW)
    if answer.status != 200:
        found = answer.errors()
        raise of_errors(found) if found else of_status(answer.status, answer.content.decode(errors="replace"))
    return pl.read_ipc_stream(BytesIO(answer.content))
