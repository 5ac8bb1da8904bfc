"""A query's answer as it comes: JSON Lines, or an Arrow stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final, Protocol

import orjson

from api.cypher.queries import Running
from api.errors import ApiError
from graph.queries import Answer, plain
from graph.queries.running import Row

JSON_LINES: Final = "application/jsonl"
ND_JSON: Final = "application/x-ndjson"
ARROW: Final = "application/vnd.apache.arrow.stream"


class Stream(Protocol):
    """Writes one answer: what can be sent while its rows come, then the rest; closed in any case."""

    def rows(self, batch: Sequence[Row]) -> bytes: ...

    def rest(self, end: Mapping[str, Any]) -> Iterator[bytes]: ...

    def close(self) -> None: ...


class JsonLines:
    """A line with the columns as the first batch shows them, then each row as a list, then a line with how the answer ended."""

    def __init__(self, answer: Answer) -> None:
        """Begin with no row."""
        self._answer, self._began = answer, False

    def rows(self, batch: Sequence[Row]) -> bytes:
        """Return the lines of a batch."""
        return self._head() + b"".join(_line([plain(value, self._answer.ids) for value in row]) for row in batch)

    def rest(self, end: Mapping[str, Any]) -> Iterator[bytes]:
        """Yield the last line."""
        yield self._head() + _line({"end": end})

    def close(self) -> None:
        """Nothing is held."""

    def _head(self) -> bytes:
        began, self._began = self._began, True
        return b"" if began else _line({"columns": columns(self._answer)})


class Arrow:
    """An Arrow stream; the metadata of its last, empty batch tell how the answer ended.

    Its columns have one type each, which only the last row tells: until then the rows wait in a temporary file.
    """

    def __init__(self, answer: Answer) -> None:
        """Begin with no row."""
        from graph.queries.arrow import ArrowRows  # late: pyarrow takes 60 MB, and most processes stream none

        self._rows = ArrowRows(answer)

    def rows(self, batch: Sequence[Row]) -> bytes:
        """Keep a batch; there is nothing to send yet."""
        self._rows.take(batch)
        return b""

    def rest(self, end: Mapping[str, Any]) -> Iterator[bytes]:
        """Yield the stream, batch by batch."""
        from graph.queries.arrow import ArrowStream

        stream = ArrowStream(self._rows.schema)
        for batch in self._rows.batches():
            yield stream.written(batch)
        yield stream.ended(orjson.dumps(end))

    def close(self) -> None:
        """Let the temporary file go."""
        self._rows.close()


def last_line(error: ApiError) -> bytes:
    """Return the line that ends a stream of JSON Lines that has failed."""
    return _line({"error": error.formatted})


STREAMS: Final[Mapping[str, Callable[[Answer], Stream]]] = {JSON_LINES: JsonLines, ND_JSON: JsonLines, ARROW: Arrow}
"""By media type, in the order in which they are preferred where the client does not care."""


def columns(answer: Answer) -> list[dict[str, Any]]:
    """Return the columns as the rows so far show them."""
    return [{"name": each.name, "type": each.type, "nullable": each.nullable} for each in answer.columns]


def ending(ran: Running) -> dict[str, Any]:
    """Return how an answer ended."""
    answer = ran.answer
    return {
        "rowCount": answer.row_count,
        "truncated": answer.truncated_by is not None,
        "truncatedBy": answer.truncated_by,
        "milliseconds": ran.milliseconds,
        "columns": columns(answer),
        "notifications": [asdict(each) for each in answer.notifications],
    }


def _line(value: Sequence[Any] | Mapping[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
