"""What Prometheus may scrape. Labels take values from fixed sets only, so that no client can make series."""

from __future__ import annotations

from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics

from graph.outbox import Recorded

KINDS: Final = frozenset({"query", "mutation", "subscription", "mcp", "export", "import", "refused", "page", "health"})
SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

disable_created_metrics()  # one more series for each counter, which says only when this process began


class Metrics:
    """The series of one process, in a registry of its own."""

    def __init__(self) -> None:
        """Declare the series; those of labels appear with their first value."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)  # memory, CPU time, open files, by the names that dashboards know; Linux only
        own: dict[str, Any] = {"registry": self.registry, "namespace": "creatorgraph"}
        self.requests = Counter("requests", "Requests completed, by kind and HTTP status.", ("kind", "status"), **own)
        self.seconds = Histogram("request_seconds", "Time until the last byte of the response.", ("kind",), buckets=SECONDS, **own)
        self.under_way = 0
        """Requests in progress, which whoever serves one counts up and down; the gauge reads it."""
        Gauge("requests_in_flight", "Requests in progress.", **own).set_function(lambda: self.under_way)
        self.cancelled = Counter("requests_cancelled", "Requests whose client disconnected before the response.", **own)
        self.failures = Counter("failures", "Internal errors, whose details are only in the log.", **own)
        self.cost = Counter("cost", "Nodes requested by operations.", **own)
        self.answers = Gauge("answers", "Requests to the cache of answers, by whether it had the answer.", ("cache",), **own)
        self.answers_dropped = Gauge("answers_dropped", "Answers dropped from the cache, by the reason.", ("reason",), **own)
        self.answer_bytes = Gauge("answer_bytes", "Memory taken by the answers in the cache.", **own)
        self.texts = Gauge("operation_texts", "Requests by whether their query was already compiled.", ("cache",), **own)
        self.documents = Counter("documents", "GraphQL documents, by how they came: as text, by hash, or trusted.", ("by",), **own)
        self.connections = Gauge("database_connections", "Connections to the database, by use.", ("use",), **own)
        self.query_seconds = Histogram(
            "database_query_seconds", "Time of the database for read queries, without their wait for a turn.", buckets=SECONDS, **own
        )
        self.reachable = Gauge("database_reachable", "Whether the database answers (1), or not (0).", **own)
        self.ready = Gauge("ready", "Whether all checks of /readyz hold (1), or not (0).", **own)
        self.audit_writable = Gauge("audit_log_writable", "Whether the audit log can be written (1), or scores are refused (0).", **own)
        self.run_age = Gauge("scoring_run_age_seconds", "Time since the as-of moment of the current scoring run.", **own)
        self.events = Counter("events", "Domain events read from the outbox, by name.", ("name",), **own)
        self.deliveries = Counter("webhook_deliveries", "Attempts to deliver to webhooks, by what came of them.", ("outcome",), **own)
        self.webhooks = Gauge("webhooks", "Webhooks, by whether they are sent to; those of the process that sends.", ("state",), **own)
        for kind in KINDS:
            self.seconds.labels(kind)
        self._answered: dict[tuple[str, int], tuple[Counter, Histogram]] = {}

    def happened(self, recorded: Recorded) -> None:
        """Count one domain event."""
        self.events.labels(recorded.event.kind.name).inc()

    def answered(self, kind: str, status: int, seconds: float) -> None:
        """Count one answer."""
        requests, took = self._series(kind, status)
        requests.inc()
        took.observe(seconds)

    def _series(self, kind: str, status: int) -> tuple[Counter, Histogram]:
        """Return what counts answers of a kind and status; looked up once, since to look it up takes longer than to count."""
        found = self._answered.get((kind, status))
        if found is None:
            known = kind if kind in KINDS else "refused"
            found = self._answered[kind, status] = self.requests.labels(known, str(status)), self.seconds.labels(known)
        return found
