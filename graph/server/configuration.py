"""The settings that the private Neo4j runs with."""

from dataclasses import dataclass
from typing import Final, Self

import psutil

MEBIBYTE: Final = 1024 * 1024

SETTINGS: Final[dict[str, str]] = {
    "server.default_listen_address": "127.0.0.1",
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "client.allow_telemetry": "false",
    "db.logs.query.enabled": "OFF",
    # Transaction logs serve recovery alone here, and 256 MiB for an empty graph is too much.
    "db.tx_log.rotation.retention_policy": "keep_none",
    "db.tx_log.preallocate": "false",
    "server.config.strict_validation.enabled": "true",
    # By default Bolt lingers for ten seconds after the stores are closed.
    "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
    "internal.dbms.bolt.netty_server_shutdown_timeout": "1s",
    # Nothing that a query says may read a file or reach an address.
    "server.directories.import": "import",
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
    "dbms.security.procedures.allowlist": "db.*",
    "dbms.security.procedures.unrestricted": "",
}


@dataclass(frozen=True, slots=True)
class Memory:
    """How much memory the server may take, in MiB."""

    heap: int
    page_cache: int

    @classmethod
    def for_machine(cls) -> Self:
        """Return a modest share of this machine: an eighth each, within 512–1,024 and 128–1,024 MiB."""
        eighth = psutil.virtual_memory().total // MEBIBYTE // 8
        return cls(heap=min(1024, max(512, eighth)), page_cache=min(1024, max(128, eighth)))


def configuration_text(*, data: str, port: int, memory: Memory) -> str:
    """Return `neo4j.conf` for a server on `port` of the loopback interface with its stores in `data`.

    One transaction may take half of the heap and all together three quarters, so that a query that
    asks for too much fails alone.
    """
    settings = SETTINGS | {
        "server.directories.data": data,
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.memory.pagecache.size": f"{memory.page_cache}m",
        "dbms.memory.transaction.total.max": f"{memory.heap * 3 // 4}m",
        "db.memory.transaction.max": f"{memory.heap // 2}m",
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())
