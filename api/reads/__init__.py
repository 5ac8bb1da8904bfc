"""Reading: an operation becomes selections, selections become plans, plans become the answer."""

from __future__ import annotations

from api.reads.execution import execute
from api.reads.request import GraphQLRequest, ReadState

__all__ = ["GraphQLRequest", "ReadState", "execute"]
