"""What a method of the client does, told step by step to whoever carries it out.

A method is a generator that yields calls and pauses and is sent what came of them. `Client` carries it out blocking,
`AsyncClient` awaiting; what is asked, paged and retried is written once, and tested without a network.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request; `repeatable` where sending it twice is as good as once. With `to`, the body goes into that file."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None
    accept: str = "application/json"
    repeatable: bool = True
    to: Path | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""

    def json(self) -> Any:
        """Return the body as JSON; None where it is none."""
        try:
            return json.loads(self.content)
        except ValueError:
            return None

    def errors(self) -> list[dict[str, Any]]:
        """Return the errors that the body lists; none where it is no answer of ours."""
        found = self.json() if self.content[:1] == b"{" else None
        errors = found.get("errors") if isinstance(found, dict) else None
        return [each for each in errors if isinstance(each, dict)] if isinstance(errors, list) else []


@dataclass(frozen=True, slots=True)
class Lost:
    """No answer came; `resend` where the service did not begin to work on it, or can begin anew."""

    reason: str
    resend: bool
    cause: Exception | None = None


Step = Call | Pause
Flow = Generator[Step, Any, T]
"""Yields steps, is sent an `Answer` for each call, and returns the method's result."""
