"""Whether an answer stays the same until the data changes."""

from __future__ import annotations

from api.features.catalogue import COMPUTED, LASTING
from api.graphql.execution.operations import Operation


def lasting(operation: Operation) -> bool:
    """Tell whether the operation reads nothing but the data, its variables and its viewer.

    Plans read nothing else; of fields that are computed, those that say so.
    """
    return not operation.is_mutation and all(field in LASTING for field in operation.fields if field in COMPUTED)
