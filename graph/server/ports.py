"""A port on loopback."""

import socket
from pathlib import Path

from graph.errors import ServerStartFailed


def free_port(remembered: Path) -> int:
    """Return the remembered port if it is free, or else any free one."""
    wanted = int(remembered.read_text("utf-8")) if remembered.exists() else 0
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise ServerStartFailed("127.0.0.1: no port is free; close some programs")
