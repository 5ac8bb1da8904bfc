"""The private Neo4j: its runtime, its process, its offline commands, its backups."""

from graph.server.configuration import Memory
from graph.server.process import PrivateServer

__all__ = ["Memory", "PrivateServer", "private_server"]

private_server = PrivateServer
"""`with private_server(home, cache=…) as server:` starts or shares a server for the block."""
