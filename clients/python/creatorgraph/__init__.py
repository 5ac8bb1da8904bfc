"""The API for analysts in Python: Polars frames and NetworkX graphs over HTTP.

It stands on HTTPX and Polars alone and imports nothing of the server, so a notebook needs no database and starts fast.
"""

from __future__ import annotations

from creatorgraph.client import AsyncClient, Client
from creatorgraph.errors import (
    ClientError,
    ExportFailed,
    Forbidden,
    NotFound,
    NotReady,
    RateLimited,
    Refused,
    ServerFault,
    StaleCursor,
    Unauthenticated,
    Unconfirmed,
    Unreachable,
)
from creatorgraph.flows.queries import Notified, Truncated

__all__ = [
    "AsyncClient",
    "Client",
    "ClientError",
    "ExportFailed",
    "Forbidden",
    "NotFound",
    "NotReady",
    "Notified",
    "RateLimited",
    "Refused",
    "ServerFault",
    "StaleCursor",
    "Truncated",
    "Unauthenticated",
    "Unconfirmed",
    "Unreachable",
]
