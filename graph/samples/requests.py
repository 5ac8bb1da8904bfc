"""Decisions as the requests of the partner API that carry them out, one for each application."""

from __future__ import annotations

from typing import Final, LiteralString, NamedTuple

from graph.recommendations.reading import Reading

PATH: Final = "/affiliate_seller/202507/sample_applications/{application_id}/review"
PREFIX: Final = "sample:"
"""Of the ids of collaborations that were read from the partner API; what follows is the platform's id."""
RESULTS: Final = {"APPROVE": "APPROVE", "DECLINE": "REJECT"}


class Request(NamedTuple):
    """A request that reviews one application; `path` is None where the platform's id is unknown."""

    collaboration: str
    path: str | None
    body: dict[str, str]
    exported_at: int | None


REQUESTS: Final[LiteralString] = """
MATCH (b:Brand {id: $brand})-[:OFFERED]->(k:Collaboration {kind: 'SAMPLE'})
WHERE k.decision IS NOT NULL AND k.status = 'OFFERED' AND ($exported OR k.decisionExportedAt IS NULL)
RETURN k.id AS id, k.decision AS decision, k.decisionReason AS reason, k.decisionExportedAt AS exportedAt
ORDER BY k.decidedAt, id
LIMIT 100000
"""


async def requests(reading: Reading, brand: str, *, again: bool) -> list[Request]:
    """Return the requests of a brand's decisions that the platform does not show yet; with those exported before if `again`."""
    return [request(*row) for row in await reading.rows(REQUESTS, brand=brand, exported=again)]


def request(id_: str, decision: str, reason: str | None, exported_at: int | None) -> Request:
    """Return the request for one decision; a refusal names its reason."""
    body = {"review_result": RESULTS[decision]}
    if reason is not None:
        body["reject_reason"] = reason
    path = PATH.replace("{application_id}", id_.removeprefix(PREFIX)) if id_.startswith(PREFIX) else None
    return Request(id_, path, body, exported_at)
