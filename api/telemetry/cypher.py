"""What a trace tells of a query: a summary of few different values, and the text where it is ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Final

from graph.connection import Foreign
from graph.tracing import Value

SYSTEM: Final = "neo4j"
FOREIGN: Final = "free Cypher"
EXPLAIN: Final = re.compile(r"EXPLAIN\s+")
LONGEST_SUMMARY: Final = 255
LONGEST_TEXT: Final = 8_000
CHOSEN: Final = re.compile(r"`[^`]*`")
"""Names in backticks: the keys of a response, which clients choose."""

STRING: Final = re.compile(r"'[^']*'")
STEP: Final = re.compile(r"\b(MATCH|MERGE|CREATE|DELETE|SET|REMOVE|CALL(?= +[a-z])|SHOW|DROP)\b|\(\w*:(\w+)")


def attributes(query: object) -> Mapping[str, Value]:
    """Return the attributes of a query, which a driver is given as a text or as an object around it."""
    return _of_foreign(str(query)) if isinstance(query, Foreign) else _of_own(str(query))


def _of_foreign(text: str) -> dict[str, Value]:
    """Return what is told of a text that is not ours, which may hold anything: its hash, the same for running and for explaining it."""
    explained = EXPLAIN.match(text)
    bare = text[explained.end() :] if explained else text
    return {
        "db.system.name": SYSTEM,
        "db.query.summary": f"EXPLAIN {FOREIGN}" if explained else FOREIGN,
        "creatorgraph.query.sha256": sha256(bare.encode("utf-8", "surrogatepass")).hexdigest(),
    }


@lru_cache(maxsize=1_000)
def _of_own(text: str) -> dict[str, Value]:
    """Return what is told of a text of ours, whose values are all parameters."""
    shown = CHOSEN.sub("`key`", text)
    return {"db.system.name": SYSTEM, "db.query.summary": _summary(shown), "db.query.text": shown.strip()[:LONGEST_TEXT]}


def _summary(text: str) -> str:
    """Return the clauses of a query, each with the labels that it names first: `MATCH Creator Scorecard`."""
    words: list[str] = ["EXPLAIN"] if EXPLAIN.match(text) else []
    for step in STEP.finditer(STRING.sub("", text)):
        if (word := step[1] or step[2]) not in words:
            words.append(word)
    return " ".join(words)[:LONGEST_SUMMARY] or "RETURN"
