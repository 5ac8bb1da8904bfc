"""Queries in Cypher: streamed as Arrow, and saved ones by name."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any, Final

import polars as pl

from creatorgraph.columns import INSTANT, NUMBER, TEXT, TRUTH, WHOLE, Columns, selection
from creatorgraph.errors import Refused, Unreachable, of_errors, of_status
from creatorgraph.flows.creators import given
from creatorgraph.flows.graphql import graphql
from creatorgraph.frames import frame, instant
from creatorgraph.steps import Answer, Call, Flow

PATH: Final = "/cypher"
ARROW: Final = "application/vnd.apache.arrow.stream"
END: Final = b"end"
"""Key of the metadata with which a whole stream ends."""

EXACT: Final = 2**53
"""The largest whole number up to which a float tells each from the next."""

KEPT: Final[Columns] = {"name": TEXT, "version": WHOLE, "description": TEXT, "builtIn": TRUTH, "createdAt": INSTANT}
RUN: Final = """
query Run($name: String!, $version: Int, $parameters: JSON, $limit: Int!) {
  runSavedQuery(name: $name, version: $version, parameters: $parameters, limit: $limit) {
    columns { name type } rows rowCount truncated truncatedBy notifications { description }
  }
}
"""
TYPES: Final[Mapping[str, pl.DataType]] = {
    "INTEGER": WHOLE,
    "FLOAT": NUMBER,
    "STRING": TEXT,
    "BOOLEAN": TRUTH,
    "DATE": pl.Date(),
    "ZONED DATETIME": INSTANT,
}


class Truncated(UserWarning):
    """An answer has more rows than came."""


class Notified(UserWarning):
    """The server warns of something: a label in a query that does not exist, an export that will be large."""


def cypher(
    query: str, parameters: Mapping[str, Any] | None = None, /, *, limit: int | None = None, seconds: int | None = None, **more: Any
) -> Flow[pl.DataFrame]:
    """Return the answer to a query in Cypher, read-only and bounded; parameters as a mapping, or by name.

    Without `limit` it has 100,000 rows at most; where there are more, `Truncated` warns. Numbers, texts and times keep their
    types; nodes, relationships and maps come as JSON.
    """
    asked = {"query": query, "parameters": _named(query, parameters, more), **given(limit=limit, timeoutSeconds=seconds)}
    answer: Answer = yield Call("POST", PATH, asked, ARROW)
    if answer.status != 200:
        found = answer.errors()
        raise of_errors(found) if found else of_status(answer.status, answer.content.decode(errors="replace"))
    rows, end = _streamed(answer.content)
    _warn(end, limit)
    return rows


def _named(query: str, parameters: Mapping[str, Any] | None, more: Mapping[str, Any]) -> dict[str, Any]:
    """Return all parameters by name; a mapping that is called `parameters` holds them, unless the query has a parameter of that name."""
    if not isinstance(query, str) or not isinstance(parameters or {}, Mapping):
        raise Refused("a query is a text, and its parameters a mapping by name")
    whole = more.get("parameters") if parameters is None and len(more) == 1 and "$parameters" not in query else None
    return dict(whole) if isinstance(whole, Mapping) else {**(parameters or {}), **more}


def saved(
    name: str, parameters: Mapping[str, Any] | None = None, /, *, version: int | None = None, limit: int = 1_000, **more: Any
) -> Flow[pl.DataFrame]:
    """Return the result of a saved query, its parameters as a mapping, or by name; what is left out is at its default."""
    variables = given(name=name, version=version, parameters=_named("", parameters, more), limit=limit)
    data = yield from graphql(RUN, variables)
    answer = data["runSavedQuery"]
    _warn(answer, limit)
    columns = zip(answer["columns"], zip(*answer["rows"], strict=True) if answer["rows"] else [()] * len(answer["columns"]), strict=True)
    return pl.DataFrame([_series(column["name"], column["type"], list(values)) for column, values in columns])


def saved_queries(search: str | None = None, *, first: int = 100) -> Flow[pl.DataFrame]:
    """Return the saved queries, one a row, with their parameters; `search` looks into names and descriptions."""
    query = f"""query Kept($search: String, $first: Int!) {{
      savedQueries(search: $search, first: $first) {selection([*KEPT, "parameters.name"])}
    }}"""
    data = yield from graphql(query, given(search=search, first=first))
    rows = [{**each, "parameters": [parameter["name"] for parameter in each["parameters"]]} for each in data["savedQueries"]]
    return frame(rows, {**KEPT, "parameters": pl.List(TEXT)})


def _streamed(content: bytes) -> tuple[pl.DataFrame, Mapping[str, Any]]:
    """Return an Arrow stream's rows, and how it ended; `Unreachable` where its end is missing."""
    import pyarrow as pa  # late: only who asks for a stream needs it
    from pyarrow import ipc

    batches: list[Any] = []
    end: Mapping[str, Any] | None = None
    try:
        reader = ipc.open_stream(BytesIO(content))
        for batch, told in reader.iter_batches_with_custom_metadata():
            batches.append(batch)
            end = json.loads(told[END]) if told is not None and END in told else end
    except pa.ArrowException as error:
        raise Unreachable(f"the response was cut off: {error}") from error
    if end is None:
        raise Unreachable("the response ended early; try again")
    found = pl.from_arrow(pa.Table.from_batches(batches, reader.schema))
    assert isinstance(found, pl.DataFrame)
    return found, end


def _warn(end: Mapping[str, Any], limit: int | None) -> None:
    """Warn of rows that are missing, unless the caller has bounded them, and of what the database warns of."""
    for each in end.get("notifications", ()):
        warnings.warn(each["description"], Notified, stacklevel=2)
    if end["truncated"] and end["rowCount"] != limit:
        why = f"cut off by {end['truncatedBy']} after {end['rowCount']:,} rows"
        warnings.warn(f"the answer is {why}; aggregate in the query, or give limit=…", Truncated, stacklevel=2)


def _series(name: str, type_: str, values: list[Any]) -> pl.Series:
    """Return a column of a saved query's answer in the type that `cypher` gives it; what has none of its own is text."""
    of_list = type_.startswith("LIST<")
    kind = TYPES.get(type_[5:-1] if of_list else type_)
    if kind is None:
        return pl.Series(name, [_text(each) for each in values], dtype=TEXT)
    if of_list:
        return pl.Series(
            name, [None if each is None else [_value(name, one, kind) for one in each] for each in values], dtype=pl.List(kind)
        )
    return pl.Series(name, [_value(name, each, kind) for each in values], dtype=kind)


def _value(name: str, value: Any, kind: pl.DataType) -> Any:
    if value is None:
        return None
    if kind == INSTANT:
        return instant(value)
    if kind == pl.Date():
        return date.fromisoformat(value)
    if kind != NUMBER:
        return value
    if isinstance(value, int) and abs(value) > EXACT:
        raise Refused(f"column {name}: {value} is a whole number beyond 2^53, which would be rounded among fractions; return toString(…)")
    return float(value)


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
