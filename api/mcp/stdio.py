"""MCP over standard input and output, for an agent that starts us."""

from __future__ import annotations

from mcp.server.stdio import stdio_server

from api.mcp.server import server
from api.process.state import State


async def serve(state: State, key: str) -> None:
    """Answer one agent with one key until it closes our input; the key is looked up at each call, so a revocation holds at once."""
    state.keyring.viewer(f"Bearer {key}")
    made = server(state, lambda _context: state.keyring.viewer(f"Bearer {key}"))
    async with stdio_server() as (reading, writing):
        await made.run(reading, writing, made.create_initialization_options())
