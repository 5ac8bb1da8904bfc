"""The log: one JSON object a line, each with the request it belongs to, and never a key or token."""

from __future__ import annotations

import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final, TextIO

import orjson

from graph.tracing import ids

REQUEST_ID: Final[ContextVar[str | None]] = ContextVar("request_id", default=None)
SECRET: Final = re.compile(r"cgk_[0-9A-Za-z]+|\be[wy][0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]+\.[0-9A-Za-z_-]*|(?i:bearer\s+)[^\s\"',]+")
"""Keys, signed tokens (which begin with the base64 of a brace), and whatever follows the word bearer."""
QUIET: Final = {
    "neo4j": logging.ERROR,
    "uvicorn.access": logging.ERROR,
    "uvicorn.error": logging.WARNING,
    "asyncio": logging.WARNING,
    "mcp": logging.WARNING,
}
"""Loggers that speak of each query, request or start; ours say it once, with the id."""


class JsonLines(logging.Formatter):
    """Writes a record as a line of JSON; fields come from `extra={"fields": {…}}`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with whatever looks like a key taken out, also from tracebacks."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (request_id := REQUEST_ID.get()) is not None:
            line["requestId"] = request_id
        if (recorded := ids()) is not None:
            line["traceId"], line["spanId"] = recorded
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return SECRET.sub("[key]", orjson.dumps(line, default=str).decode())


def configure(level: str, *, stream: TextIO = sys.stderr) -> None:
    """Send every log of this process to `stream` as lines of JSON."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)
