"""`python -m graph.server.lock`: resolve the server's jars afresh and rewrite the lock."""

import hashlib
import tempfile
from pathlib import Path
from typing import Final

from graph.server.artifacts import resolved
from graph.server.jars import LOCK

NEO4J_VERSION: Final = "5.26.30"
ROOTS: Final = (f"org.neo4j:neo4j:{NEO4J_VERSION}", f"org.neo4j.app:neo4j-server:{NEO4J_VERSION}")
HEAD: Final = "# What the private Neo4j runs on: group:artifact:version[:classifier] sha256 bytes. Made by `python -m graph.server.lock`.\n"


def lock_text() -> str:
    """Return the lock for `ROOTS`, which depends on nothing but what the repository serves for them."""
    with tempfile.TemporaryDirectory() as folder:
        return HEAD + "".join(f"{name} {_sum_and_size(path)}\n" for name, path in resolved(ROOTS, Path(folder)))


def _sum_and_size(path: Path) -> str:
    content = path.read_bytes()
    return f"{hashlib.sha256(content).hexdigest()} {len(content)}"


if __name__ == "__main__":
    LOCK.write_text(lock_text(), "utf-8")
