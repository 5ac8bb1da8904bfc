"""The webhooks: are they delivered to?"""

from __future__ import annotations

from collections.abc import Iterator

from api.checkup.finding import Finding, ok, warn
from api.settings import Settings
from api.webhooks.deliveries import Deliveries
from api.webhooks.store import FILE
from graph.wording import counted


def webhooks(settings: Settings) -> Iterator[Finding]:
    """Is any webhook disabled, or failing? Nothing is said where there never was one."""
    if not (settings.home / FILE).exists():
        return
    with Deliveries.opened(settings.home) as store:
        found = store.webhooks()
        heads = {each.id: store.head(each.id) for each in found if each.disabled_at is None}
    for each in found:
        head = heads.get(each.id)
        if each.reason is not None:
            yield warn("webhooks", f"{each.id} is disabled: {each.reason}", "mend its receiver, then `enableWebhook`; or `deleteWebhook`")
        elif head is not None and head.attempts:
            yield warn("webhooks", f"{each.id} has failed {counted(head.attempts, 'time')}: {head.error}", "mend its receiver")
    if found and not any(each.reason is not None for each in found):
        yield ok("webhooks", f"{counted(len(found), 'webhook')}, none of them disabled")
