"""The little market of the plans, whose nodes are the entities."""

from tests.api.graphql.execution.conftest import market

__all__ = ["market"]
