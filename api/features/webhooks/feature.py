"""Webhooks: what changes, sent to whoever wants to know."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.webhooks.mutations import Mutation
from api.features.webhooks.types import Query
from api.features.webhooks.webhooks import webhook, webhook_deliveries, webhooks
from api.graphql.execution.field_context import Computed

LISTED: Final = Example(
    "Your webhooks, and whether they are delivered to",
    """
query Webhooks {
  webhooks(first: 20) {
    nodes { webhookId url subscription variables failing lastError disabledAt disabledReason }
    totalCount
  }
}
""",
)

DELIVERED: Final = Example(
    "One webhook, and what was sent to it (fill in its id)",
    """
query Delivered($webhook: ID!) {
  webhook(webhook: $webhook) { url failing lastError }
  webhookDeliveries(webhook: $webhook, first: 20) {
    nodes { type status attempts responseStatus error queuedAt nextAttemptAt }
  }
}
""",
    {"webhook": "wh_…"},
)

EXAMPLES: Final[Examples] = dict.fromkeys(("analyst", "partner", "brand", "creator"), (LISTED, DELIVERED))

FIELDS: Final[dict[tuple[str, str], Computed]] = {
    ("Query", "webhooks"): webhooks,
    ("Query", "webhook"): webhook,
    ("Query", "webhookDeliveries"): webhook_deliveries,
}

FEATURE: Final = Feature(
    shows_scores=False,
    fields=FIELDS,
    fleeting=dict.fromkeys(FIELDS, "deliveries go on whether or not the data change"),
    costs={"webhooks": 10, "webhook": 5, "webhookDeliveries": 20},
    examples=EXAMPLES,
    query=Query,
    mutation=Mutation,
)
