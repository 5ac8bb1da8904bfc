"""Spans as OpenTelemetry has them, for what `graph.tracing` is told of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Final, Self

from opentelemetry.context import Context
from opentelemetry.trace import (
    Link,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    Tracer,
    format_span_id,
    format_trace_id,
    get_current_span,
    set_span_in_context,
)
from opentelemetry.trace import Span as OpenTelemetrySpan
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from graph.tracing import NOTHING, Beginning, Kind, Nothing, Value

ERROR_TYPE: Final = "error.type"
KINDS: Final = {Kind.INTERNAL: SpanKind.INTERNAL, Kind.SERVER: SpanKind.SERVER, Kind.CLIENT: SpanKind.CLIENT}
CODE: Final = re.compile(r"[A-Za-z][A-Za-z_.]{1,100}")
"""Codes of errors, of ours (`BAD_USER_INPUT`) and of the database (`Neo.ClientError.Statement.SyntaxError`)."""

_PROPAGATOR: Final = TraceContextTextMapPropagator()
_CURRENT: Final[ContextVar[Recording | None]] = ContextVar("span", default=None)


class Recording:
    """One span. What an error says is never kept, since it may name what was asked for: only of which kind it is."""

    __slots__ = ("_span", "_token")

    def __init__(self, span: OpenTelemetrySpan) -> None:
        """Record a span that has begun."""
        self._span = span
        self._token: Token[Recording | None] | None = None

    def __enter__(self) -> Self:
        self._token = _CURRENT.set(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            self.fail(error_type(error))
        if self._token is not None:
            _CURRENT.reset(self._token)
        self.end()

    def set(self, name: str, value: Value) -> None:
        """Set an attribute."""
        self._span.set_attribute(name, value)

    def rename(self, name: str) -> None:
        """Name it anew."""
        self._span.update_name(name)

    def fail(self, error_type: str) -> None:
        """Say that it failed."""
        self._span.set_attribute(ERROR_TYPE, error_type)
        self._span.set_status(Status(StatusCode.ERROR))

    def end(self) -> None:
        """End it, where no block does."""
        self._span.end()

    @property
    def recorded(self) -> bool:
        """Whether it is sampled."""
        return self._span.is_recording()

    @property
    def context(self) -> SpanContext:
        """What names it."""
        return self._span.get_span_context()

    @property
    def around(self) -> Context:
        """What a span within it begins in."""
        return set_span_in_context(self._span, Context())


class OpenTelemetryRecorder:
    """Records by a tracer. Where callers are not trusted, theirs is another trace, to which ours has a link."""

    def __init__(self, tracer: Tracer, *, trusts_callers: bool) -> None:
        """Record; the trace of a trusted caller, and whether it is sampled, is ours too."""
        self._tracer, self._trusts_callers = tracer, trusts_callers

    def span(self, name: str, attributes: Mapping[str, Value], beginning: Beginning) -> Recording | Nothing:
        """Begin a span; it ends with its block. Within one that is not sampled there is nothing to record."""
        around = None if beginning.root else _CURRENT.get()
        return NOTHING if around is not None and not around.recorded else self.begun(name, attributes, beginning, around)

    def begun(self, name: str, attributes: Mapping[str, Value], beginning: Beginning, around: Recording | None) -> Recording:
        """Begin a span within another, or a trace."""
        parent, links = Context() if around is None else around.around, []
        if beginning.caller is not None:
            called = _PROPAGATOR.extract({"traceparent": beginning.caller}, Context())
            caller = get_current_span(called).get_span_context()
            if self._trusts_callers:
                parent = called
            elif caller.is_valid:
                links = [Link(caller)]
        return Recording(self._tracer.start_span(name, parent, KINDS[beginning.kind], attributes, links))

    def current(self) -> Recording | None:
        """Return the span around the caller."""
        return _CURRENT.get()

    def ids(self) -> tuple[str, str] | None:
        """Return the ids of the current trace and span."""
        around = _CURRENT.get()
        if around is None:
            return None
        named = around.context
        return format_trace_id(named.trace_id), format_span_id(named.span_id)


def error_type(error: BaseException) -> str:
    """Return the kind of an error: its code where it has one, else its class."""
    code = getattr(error, "code", None)
    return code if isinstance(code, str) and CODE.fullmatch(code) else type(error).__name__
