"""What a process does, as spans, for whoever records them: until somebody does, a span is nothing, and costs hardly more.

Nothing here knows OpenTelemetry; `api.telemetry` does, and is loaded only where traces are exported.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum, auto
from types import TracebackType
from typing import Final, Protocol, Self, TypeAlias

Value: TypeAlias = str | bool | int | float


class Kind(Enum):
    """On which side of a call a span is, as OpenTelemetry has it."""

    INTERNAL = auto()
    SERVER = auto()
    CLIENT = auto()


class Span(Protocol):
    """Something that is being done. Attributes are names, numbers and kinds: never a key, a score, a handle or a parameter."""

    def set(self, name: str, value: Value) -> None:
        """Set an attribute."""
        ...

    def rename(self, name: str) -> None:
        """Name it anew, once it is known what it is."""
        ...

    def fail(self, error_type: str) -> None:
        """Say that it failed, and of which kind the error is."""
        ...


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a span begins: within the current one, or as a `root` of its own; `caller` is the `traceparent` of who asks for it."""

    kind: Kind = Kind.INTERNAL
    root: bool = False
    caller: str | None = None


class Recorder(Protocol):
    """Records spans."""

    def span(self, name: str, attributes: Mapping[str, Value], beginning: Beginning) -> AbstractContextManager[Span]:
        """Record a span that lasts as long as the block; an error that leaves the block is its own."""
        ...

    def current(self) -> Span | None:
        """Return the span that is being recorded around the caller."""
        ...

    def ids(self) -> tuple[str, str] | None:
        """Return the ids of the current trace and span, in hexadecimal digits."""
        ...


class Nothing:
    """The span of a process that records none."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Let errors pass."""

    def set(self, name: str, value: Value) -> None:
        """Keep nothing."""

    def rename(self, name: str) -> None:
        """Keep nothing."""

    def fail(self, error_type: str) -> None:
        """Keep nothing."""


NOTHING: Final = Nothing()
NO_ATTRIBUTES: Final[Mapping[str, Value]] = {}
WITHIN: Final = Beginning()
ROOT: Final = Beginning(root=True)
CALL: Final = Beginning(Kind.CLIENT)

_recorder: Recorder | None = None


def record(recorder: Recorder | None) -> None:
    """Have spans recorded from now on, or no longer."""
    global _recorder
    _recorder = recorder


def recording() -> bool:
    """Tell whether spans are recorded."""
    return _recorder is not None


def span(name: str, attributes: Mapping[str, Value] = NO_ATTRIBUTES, beginning: Beginning = WITHIN) -> AbstractContextManager[Span]:
    """Return a span that lasts as long as its block."""
    return NOTHING if _recorder is None else _recorder.span(name, attributes, beginning)


def current() -> Span:
    """Return the span around the caller."""
    return NOTHING if _recorder is None else _recorder.current() or NOTHING


def ids() -> tuple[str, str] | None:
    """Return the ids of the current trace and span; None where none is recorded."""
    return None if _recorder is None else _recorder.ids()
