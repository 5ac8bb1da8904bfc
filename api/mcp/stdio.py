"""MCP over standard input and output, for an agent that starts us."""

from __future__ import annotations

from mcp.server.stdio import stdio_server

from api.access.scopes import require_scope
from api.access.viewer import Scope, Viewer
from api.mcp.server import server
from api.process.state import State


async def serve(state: State, key: str) -> None:
    """Answer one agent with one key until it closes our input; the key is looked up at each call, so a revocation holds at once."""

    def viewer(_context: object = None) -> Viewer:
        found = state.keyring.viewer(f"Bearer {key}")
        require_scope(found, Scope.MCP)
        return found

    viewer()
    made = server(state, viewer)
    async with stdio_server() as (reading, writing):
        await made.run(reading, writing, made.create_initialization_options())
