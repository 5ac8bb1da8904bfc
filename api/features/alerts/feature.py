"""Alerts: who enters or leaves a saved filter or ranking, told once per crossing."""

from __future__ import annotations

from typing import Final

from api.features.alerts.alerts import alert_members, alerts
from api.features.alerts.mutations import Mutation
from api.features.alerts.types import Query
from api.features.example import Example, Examples
from api.features.feature import Feature
from api.graphql.execution.field_context import Computed

LISTED: Final = Example(
    "Your alerts, and how many creators are inside",
    """
query Alerts {
  alerts(first: 20) {
    nodes { alertId name watches count evaluatedAt lastCrossingAt error }
    totalCount
  }
}
""",
)

INSIDE: Final = Example(
    "Who is inside an alert (fill in its id)",
    """
query Inside($alert: ID!) {
  alerts(first: 1) { totalCount }
  alertMembers(alert: $alert, first: 20) {
    nodes { handle overall { value low high } }
    totalCount
  }
}
""",
    {"alert": "al_…"},
)

EXAMPLES: Final[Examples] = dict.fromkeys(("analyst", "partner", "brand"), (LISTED, INSIDE))

FIELDS: Final[dict[tuple[str, str], Computed]] = {("Query", "alerts"): alerts, ("Query", "alertMembers"): alert_members}

FEATURE: Final = Feature(
    fields=FIELDS,
    fleeting=dict.fromkeys(FIELDS, "a look that moves nobody records no change"),
    costs={"alerts": 10, "alertMembers": 20},
    examples=EXAMPLES,
    query=Query,
    mutation=Mutation,
)
