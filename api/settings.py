"""Everything that can be set, as one table: the fields of `Settings`, one a line, each from one environment variable."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import platformdirs

from api.access.viewer import Role
from api.setting_kinds import FOLDER, HOST, ISSUER, SWITCH, TEXT, URI, listed, matching, number, one_of, paths, some_of, whole
from api.setting_rows import UNSET, Setting, SettingRefused, of

PREFIX: Final = "CREATORGRAPH_"
OF_TESTS: Final = frozenset({"CREATORGRAPH_TEST_HOME"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What this process runs with; built once by `load` and handed down as values."""

    home: Path = of(  # noqa: RUF009 - a path, though mutable to the linter, is never changed
        "CREATORGRAPH_HOME",
        FOLDER,
        platformdirs.user_data_path("creatorgraph"),
        "Folder for everything that is stored: database, keys, logs.",
    )
    cache: Path = of(  # noqa: RUF009 - likewise
        "CREATORGRAPH_CACHE",
        FOLDER,
        platformdirs.user_cache_path("creatorgraph"),
        "Folder for the database's program files, shared by all homes.",
    )
    host: str = of("CREATORGRAPH_HOST", HOST, "127.0.0.1", "Address that the API listens on; 0.0.0.0 for all.")
    port: int = of("CREATORGRAPH_PORT", whole(0, 65535), 8000, "Port that the API listens on; 0 for any free one.")
    workers: int = of(
        "CREATORGRAPH_WORKERS",
        whole(1, 64),
        1,
        "Number of processes that serve; what bounds requests, queries, connections and streams at once is divided among them.",
    )
    hosts: tuple[str, ...] = of(
        "CREATORGRAPH_HOSTS",
        listed(r"[A-Za-z0-9.:_\[\]*-]+", "a host name without port, or *"),
        (),
        "Host names that requests may use; if unset, loopback names while the API listens on loopback, else any.",
    )
    cors_origins: tuple[str, ...] = of(
        "CREATORGRAPH_CORS_ORIGINS",
        listed(r"https?://[^/\s,]+", "an origin such as https://example.org"),
        (),
        "Origins whose pages may call the API from a browser; none if unset.",
    )
    cors_headers: tuple[str, ...] = of(
        "CREATORGRAPH_CORS_HEADERS",
        listed(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", "the name of a header such as apollographql-client-name, or *"),
        (),
        "Headers that pages of these origins may send beside Authorization, Content-Type and X-Request-Id; * for any.",
    )
    metrics: str = of(
        "CREATORGRAPH_METRICS",
        one_of("open", "key"),
        "open",
        "Who may read /metrics: anyone who reaches the port, or administrators' keys.",
    )
    log_level: str = of("CREATORGRAPH_LOG_LEVEL", one_of("debug", "info", "warning", "error"), "info", "Log level.")
    neo4j_uri: str | None = of(
        "NEO4J_URI", URI, None, "Address of the Neo4j to use; if unset, a private one is started with its data in the home."
    )
    neo4j_username: str = of("NEO4J_USERNAME", TEXT, "neo4j", "User for `NEO4J_URI`.")
    neo4j_password: str | None = of("NEO4J_PASSWORD", TEXT, None, "Password for `NEO4J_URI`.", secret=True)
    neo4j_database: str = of("NEO4J_DATABASE", TEXT, "neo4j", "Name of the database in `NEO4J_URI`.")
    connections: int = of("CREATORGRAPH_CONNECTIONS", whole(1, 1000), 50, "Maximum number of database connections of a process.")
    heap_mb: int | None = of(
        "CREATORGRAPH_HEAP_MB",
        whole(256, 1_000_000),
        None,
        "Heap of the private database in MiB; if unset, an eighth of the memory, 512 to 1,024.",
    )
    page_cache_mb: int | None = of(
        "CREATORGRAPH_PAGE_CACHE_MB",
        whole(16, 1_000_000),
        None,
        "Page cache of the private database in MiB; if unset, an eighth of the memory, 128 to 1,024.",
    )
    key: str | None = of("CREATORGRAPH_KEY", TEXT, None, "The key that `creatorgraph mcp` and the Python client use.", secret=True)
    keep_runs: int = of("CREATORGRAPH_KEEP_RUNS", whole(1, 1000), 3, "Number of scoring runs to keep, including the current one.")
    drift_limit: float = of(
        "CREATORGRAPH_DRIFT_LIMIT",
        number(0, 100),
        0.25,
        "Population stability index of an input or score against the current run, minus its average under chance, above which "
        "a scoring run is held for review; 0 to never hold one.",
    )
    demo_creators: int = of("CREATORGRAPH_DEMO_CREATORS", whole(20, 1_000_000), 1_000, "Creators in the demo market.")
    max_document_mb: int = of("CREATORGRAPH_MAX_DOCUMENT_MB", whole(1, 4096), 64, "Maximum size of a JSON document in an import, in MiB.")
    import_mb: int = of("CREATORGRAPH_IMPORT_MB", whole(1, 1_000_000), 1_024, "Maximum size of an import over HTTP, in MiB.")
    import_hours: int = of(
        "CREATORGRAPH_IMPORT_HOURS",
        whole(1, 8_760),
        72,
        "Hours that what was uploaded for an import, and the rows that it rejected, are stored after the last change.",
    )
    max_body_kb: int = of("CREATORGRAPH_MAX_BODY_KB", whole(1, 100_000), 1024, "Maximum size of a request's body, in KiB.")
    max_tokens: int = of("CREATORGRAPH_MAX_TOKENS", whole(100, 1_000_000), 4_000, "Maximum number of tokens in a GraphQL document.")
    max_depth: int = of("CREATORGRAPH_MAX_DEPTH", whole(2, 100), 20, "Maximum depth of an operation.")
    max_root_fields: int = of("CREATORGRAPH_MAX_ROOT_FIELDS", whole(1, 1000), 10, "Maximum number of root fields in an operation.")
    max_aliases: int = of("CREATORGRAPH_MAX_ALIASES", whole(1, 1000), 30, "Maximum number of aliases of one field in an operation.")
    max_fields: int = of(
        "CREATORGRAPH_MAX_FIELDS", whole(10, 100_000), 1_000, "Maximum number of fields in an operation, with fragments expanded."
    )
    max_page: int = of("CREATORGRAPH_MAX_PAGE", whole(1, 10_000), 100, "Maximum number of rows on a page.")
    max_batch: int = of(
        "CREATORGRAPH_MAX_BATCH",
        whole(1, 10_000),
        1_000,
        "Maximum number of ids, handles or references in `nodes`, `creatorList` and `_entities`.",
    )
    max_network: int = of("CREATORGRAPH_MAX_NETWORK", whole(10, 5_000), 500, "Maximum number of nodes in a network.")
    cypher_seconds: int = of("CREATORGRAPH_CYPHER_SECONDS", whole(1, 3_600), 60, "Maximum time limit of a Cypher query, in seconds.")
    cypher_rows: int = of("CREATORGRAPH_CYPHER_ROWS", whole(1, 1_000_000), 10_000, "Maximum number of rows of a Cypher result in GraphQL.")
    cypher_mb: int = of("CREATORGRAPH_CYPHER_MB", whole(1, 1_024), 16, "Maximum size of a Cypher result in GraphQL, in MiB.")
    stream_rows: int = of(
        "CREATORGRAPH_STREAM_ROWS", whole(1, 1_000_000_000), 1_000_000, "Maximum number of rows of a streamed Cypher result."
    )
    stream_mb: int = of("CREATORGRAPH_STREAM_MB", whole(1, 65_536), 1_024, "Maximum size of a streamed Cypher result, in MiB.")
    export_hours: int = of("CREATORGRAPH_EXPORT_HOURS", whole(1, 8_760), 24, "Hours that an export over HTTP is stored.")
    export_jobs: int = of("CREATORGRAPH_EXPORT_JOBS", whole(1, 1_000), 10, "Maximum number of stored exports of one key.")
    export_mb: int = of("CREATORGRAPH_EXPORT_MB", whole(1, 10_000_000), 4_096, "Maximum size of all stored exports, in MiB.")
    expensive_at_once: int | None = of(
        "CREATORGRAPH_EXPENSIVE_AT_ONCE",
        whole(3, 1000),
        None,
        (
            "Maximum number of expensive requests (Cypher, queries in a new long form, large answers, computations) processed at once; one "
            "key may use half of them, and Cypher all but one. If unset, the number of cores less one, at least 3."
        ),
    )
    max_scope_nodes: int = of("CREATORGRAPH_MAX_SCOPE_NODES", whole(10, 10_000_000), 50_000, "Maximum number of nodes of a centrality.")
    max_scope_edges: int = of("CREATORGRAPH_MAX_SCOPE_EDGES", whole(10, 100_000_000), 500_000, "Maximum number of ties of a centrality.")
    centrality_seconds: int = of(
        "CREATORGRAPH_CENTRALITY_SECONDS",
        whole(1, 3_600),
        30,
        "Time limit of a centrality, and of the explanation of a score's change, in seconds.",
    )
    query_seconds: int = of(
        "CREATORGRAPH_QUERY_SECONDS", whole(1, 3_600), 10, "Time limit of a query, in seconds, its wait for a turn included."
    )
    queries_at_once: int = of(
        "CREATORGRAPH_QUERIES_AT_ONCE",
        whole(2, 1_000),
        8,
        "Maximum number of concurrent read queries in the database; one key may use half of them.",
    )
    requests_at_once: int = of(
        "CREATORGRAPH_REQUESTS_AT_ONCE",
        whole(4, 10_000),
        32,
        "Maximum number of requests processed at once; one key may use a quarter of them. Four times as many may wait.",
    )
    streams_at_once: int = of(
        "CREATORGRAPH_STREAMS_AT_ONCE",
        whole(1, 10_000),
        400,
        "Maximum number of open streams (subscriptions); one key may have a quarter of them, its sessions of the explorer another.",
    )
    webhooks_per_key: int = of("CREATORGRAPH_WEBHOOKS_PER_KEY", whole(0, 1_000), 10, "Maximum number of webhooks of one key.")
    alerts_per_key: int = of("CREATORGRAPH_ALERTS_PER_KEY", whole(0, 1_000), 50, "Maximum number of alerts of one key.")
    views_per_key: int = of("CREATORGRAPH_VIEWS_PER_KEY", whole(0, 1_000), 100, "Maximum number of saved views of one key.")
    webhooks_at_once: int = of(
        "CREATORGRAPH_WEBHOOKS_AT_ONCE",
        whole(4, 1_000),
        32,
        "Maximum number of webhooks sent to at once; those of one key may be a quarter of them.",
    )
    webhooks_to_private_addresses: bool = of(
        "CREATORGRAPH_WEBHOOKS_TO_PRIVATE_ADDRESSES",
        SWITCH,
        False,
        "Whether webhooks may be sent to loopback and private addresses, and over http.",
    )
    max_connections: int = of(
        "CREATORGRAPH_MAX_CONNECTIONS",
        whole(10, 100_000),
        1_000,
        "Maximum number of open client connections; beyond it, the one that has been idle longest is closed.",
    )
    max_header_kb: int = of("CREATORGRAPH_MAX_HEADER_KB", whole(4, 1_024), 64, "Maximum size of a request's header, in KiB.")
    warm_up_seconds: int = of(
        "CREATORGRAPH_WARM_UP_SECONDS",
        whole(0, 600),
        30,
        "Maximum time in which a new process asks itself typical queries before /readyz says yes, in seconds; 0 for none.",
    )
    answer_cache_mb: int = of(
        "CREATORGRAPH_ANSWER_CACHE_MB",
        whole(0, 1_000_000),
        64,
        "Memory of a process for answers that are kept until the data changes, in MiB; 0 to keep none.",
    )
    persisted_queries_mb: int = of(
        "CREATORGRAPH_PERSISTED_QUERIES_MB",
        whole(0, 100_000),
        8,
        "Memory of a process for queries that clients may name by their hash (automatic persisted queries), in MiB; 0 to keep none.",
    )
    documents: tuple[Path, ...] = of(
        "CREATORGRAPH_DOCUMENTS",
        paths("the path of a manifest, or of a folder with .graphql files"),
        (),
        "Trusted documents: manifests and folders of queries that clients may name by their id.",
    )
    only_trusted_documents: frozenset[str] = of(
        "CREATORGRAPH_ONLY_TRUSTED_DOCUMENTS",
        some_of(*Role, default=tuple(role for role in Role if role is not Role.ADMIN)),
        frozenset(),
        "Roles whose keys may run only trusted documents; true for all roles but admin.",
    )
    audit_days: int = of(
        "CREATORGRAPH_AUDIT_DAYS",
        whole(1, 36_500),
        730,
        "Days that entries of the audit log are kept at least; older ones are removed, 256 at a time.",
    )
    appeal_days: int = of("CREATORGRAPH_APPEAL_DAYS", whole(1, 365), 14, "Days within which an appeal is to be decided.")
    oidc_issuer: str | None = of(
        "CREATORGRAPH_OIDC_ISSUER",
        ISSUER,
        None,
        "Issuer (`iss`) whose signed tokens are accepted beside access keys; needs CREATORGRAPH_OIDC_AUDIENCE. None if unset.",
    )
    oidc_audience: tuple[str, ...] = of(
        "CREATORGRAPH_OIDC_AUDIENCE",
        listed(r"[^\s,]+", "the address or name that stands for this service in a token's `aud`"),
        (),
        "Audience (`aud`) that a token must name; any of them, if several.",
    )
    oidc_jwks_uri: str | None = of(
        "CREATORGRAPH_OIDC_JWKS_URI", ISSUER, None, "Address of the issuer's public keys; if unset, as its discovery document says."
    )
    oidc_claim: str = of(
        "CREATORGRAPH_OIDC_CLAIM", matching(r"[^\s,]{1,200}", "the name of a claim"), "creatorgraph", "Claim that says what a token grants."
    )
    oidc_leeway_seconds: int = of(
        "CREATORGRAPH_OIDC_LEEWAY_SECONDS", whole(0, 300), 30, "Seconds by which the issuer's clock may differ from ours."
    )
    oidc_max_hours: int = of("CREATORGRAPH_OIDC_MAX_HOURS", whole(1, 168), 24, "Longest lifetime of a token, in hours; others are refused.")
    oidc_webhook_days: int = of(
        "CREATORGRAPH_OIDC_WEBHOOK_DAYS",
        whole(0, 90),
        7,
        "Days after an account's last token for which its webhooks and alerts go on.",
    )
    max_cost: int = of("CREATORGRAPH_MAX_COST", whole(100, 10_000_000), 20_000, "Maximum cost (number of nodes) of one operation.")
    cost_budget: int = of("CREATORGRAPH_COST_BUDGET", whole(100, 1_000_000_000), 600_000, "Cost that one key may spend per minute.")


SETTINGS: Final = tuple(Setting(name=each.name, default=each.default, **each.metadata) for each in fields(Settings))


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that `environ` (by default the process's) gives; an empty variable counts as unset."""
    variables = os.environ if environ is None else environ
    found = Settings(**{row.name: _parsed(row, variables[row.env]) for row in SETTINGS if variables.get(row.env, "").strip()})
    if found.oidc_issuer is not None and not found.oidc_audience:
        raise SettingRefused(
            "CREATORGRAPH_OIDC_ISSUER is set, and CREATORGRAPH_OIDC_AUDIENCE is not: set it to what tokens for this service name as aud"
        )
    return found


def unknown(environ: Mapping[str, str]) -> dict[str, str | None]:
    """Return the variables that look like ours and are not, each with the nearest name that is."""
    known = {row.env.removeprefix(PREFIX): row.env for row in SETTINGS if row.env.startswith(PREFIX)}
    ours = sorted(name.removeprefix(PREFIX) for name in environ if name.startswith(PREFIX) and name not in OF_TESTS)
    near = {name: difflib.get_close_matches(name, known, n=1) for name in ours if name not in known}
    return {PREFIX + name: known[matches[0]] if matches else None for name, matches in near.items()}


def _parsed(row: Setting, text: str) -> Any:
    try:
        return row.kind.parse(text.strip())
    except ValueError as error:
        shown = "…" if row.secret else repr(text)
        kept = "" if row.shown_default == UNSET else f" (default: {row.default})"
        raise SettingRefused(f"{row.env} is {shown}; it must be {row.kind.rule}: change it or unset it{kept}") from error
