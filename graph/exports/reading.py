"""How an export reads: short queries, one after the other, each over a span of keys, so that none holds the database long."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver
from neo4j.exceptions import ClientError

from graph.codes import TIMED_OUT
from graph.exports.errors import TooLong
from graph.retrying import read_rows

SPAN: Final = 2_000
"""Keys that one query covers; twice as many gained nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Where an export reads, and how long one of its queries may take."""

    driver: AsyncDriver
    database: str = "neo4j"
    seconds: float = 10.0

    async def rows(self, query: LiteralString, **parameters: Any) -> list[list[Any]]:
        """Return a query's rows; TooLong where it takes longer than allowed."""
        try:
            return await read_rows(self.driver, query, parameters, database=self.database, seconds=self.seconds)
        except ClientError as error:
            if TIMED_OUT not in (error.code or ""):
                raise
            raise TooLong(
                f"a batch of the export exceeded the limit of {self.seconds:g} s: try again when the database is less busy, "
                "or raise CREATORGRAPH_QUERY_SECONDS"
            ) from error

    async def number(self, query: LiteralString, **parameters: Any) -> int:
        """Return the one number that a query tells."""
        return int((await self.rows(query, **parameters))[0][0])

    async def spans(self, query: LiteralString, *, after: str = "", **parameters: Any) -> AsyncIterator[tuple[str, str]]:
        """Yield keys in spans `(after, until]`; `query` tells the last of the next `$size` keys after `$after`, null at the end."""
        while True:
            until = (await self.rows(query, after=after, size=SPAN, **parameters))[0][0]
            if until is None:
                return
            yield after, until
            after = until
