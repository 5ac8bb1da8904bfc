"""A query's answer as it comes: JSON Lines, or an Arrow stream."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, Final

import orjson

from api.cypher import Running
from api.errors import ApiError
from graph.queries import Answer, plain

JSON_LINES: Final = "application/jsonl"
ND_JSON: Final = "application/x-ndjson"
ARROW: Final = "application/vnd.apache.arrow.stream"

Written = AsyncIterator[bytes]


async def json_lines(ran: Running) -> Written:
    """Yield a line with the columns, then each row as a list, then a line with how the answer ended."""
    answer, began = ran.answer, False
    async for batch in answer.batches():
        if not began:
            began = True
            yield _line({"columns": _columns(answer)})
        yield b"".join(_line([plain(value, answer.ids) for value in row]) for row in batch)
    if not began:
        yield _line({"columns": _columns(answer)})
    yield _line({"end": _end(ran)})


async def arrow(ran: Running) -> Written:
    """Yield an Arrow stream; the metadata of its last, empty batch tell how the answer ended."""
    from graph.queries.arrow import ArrowRows  # late: pyarrow takes 60 MB, and most processes stream none

    answer, rows = ran.answer, None
    async for batch in answer.batches():
        rows = rows or ArrowRows.of(answer, batch)
        yield rows.written(batch)
    rows = rows or ArrowRows.of(answer, [])
    yield rows.ended(orjson.dumps(_end(ran)))


def last_line(error: ApiError) -> bytes:
    """Return the line that ends a stream of JSON Lines that has failed."""
    return _line({"error": error.formatted})


WRITERS: Final[Mapping[str, Callable[[Running], Written]]] = {JSON_LINES: json_lines, ND_JSON: json_lines, ARROW: arrow}
"""By media type, in the order in which they are preferred where the client does not care."""


def _columns(answer: Answer) -> list[dict[str, Any]]:
    return [{"name": each.name, "type": each.type, "nullable": each.nullable} for each in answer.columns]


def _end(ran: Running) -> dict[str, Any]:
    answer = ran.answer
    return {
        "rowCount": answer.row_count,
        "truncated": answer.truncated_by is not None,
        "truncatedBy": answer.truncated_by,
        "milliseconds": ran.milliseconds,
        "columns": _columns(answer),
    }


def _line(value: Sequence[Any] | Mapping[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
