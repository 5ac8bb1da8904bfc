"""Readers: what brands and analysts ask all day, one question after another, with a pause between."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final

import httpx

CLIENTS: Final = 16
PAUSE: Final = 0.25
"""Mean seconds between an answer and the next question of a client: together they keep half a core busy, not both."""

SECONDS: Final = 60

QUESTIONS: Final = (
    "query ($first: Int!) { ranking(first: $first, by: SALES_ABILITY) { edges { rank node { id handle } score { value low high } } } }",
    'query ($first: Int!) { creators(first: $first, filter: {regions: ["US"]}) { totalCount nodes { id handle overall { value } } } }',
    "query ($creator: ID!) { creator(id: $creator) { scores { indicator value low high } collaborations(first: 5) { nodes { id } } } }",
    "query ($creator: ID!) { creator(id: $creator) { overall { value explanation { base } } lookalikes(first: 5) { creator { id } } } }",
    "query ($brand: ID!) { brand(id: $brand) { name sales(first: 5) { total { gmvUsd } } network(first: 20) { nodes { nodeId } } } }",
    "query ($first: Int!) { products(first: $first) { nodes { id title } } }",
    'query { search(query: "beauty", first: 5) { nodes { id } } }',
    "query { viewer { role } scoringRuns(first: 1) { nodes { id } } }",
)
"""With variables, so that a client's questions are of few forms, as those of a front end are."""


@dataclass(slots=True)
class Seen:
    """What readers saw: seconds of each answer, and what else came, by code."""

    seconds: list[float] = field(default_factory=list[float])
    others: Counter[str] = field(default_factory=Counter[str])

    @property
    def p99(self) -> float:
        """The time that 99 of 100 answers did not exceed."""
        return sorted(self.seconds)[int(0.99 * (len(self.seconds) - 1))]


async def read(url: str, keys: Sequence[str], ids: dict[str, list[str]], seconds: float) -> Seen:
    """Have all clients ask until the time is up."""
    seen = Seen()
    ends = perf_counter() + seconds
    await asyncio.gather(*(_client(url, keys[n % len(keys)], ids, random.Random(n), (seen, ends)) for n in range(CLIENTS)))
    return seen


async def _client(url: str, key: str, ids: dict[str, list[str]], dice: random.Random, until: tuple[Seen, float]) -> None:
    seen, ends = until
    async with httpx.AsyncClient(base_url=url, timeout=SECONDS, headers={"Authorization": f"Bearer {key}"}) as client:
        while perf_counter() < ends:
            text = dice.choice(QUESTIONS)
            values: dict[str, Any] = {"first": dice.choice((10, 20, 50)), **{name: dice.choice(found) for name, found in ids.items()}}
            body = {"query": text, "variables": {name: value for name, value in values.items() if f"${name}" in text}}
            began = perf_counter()
            try:
                answer = await client.post("/graphql", json=body)
                problem = _problem(answer)
            except httpx.HTTPError as error:
                problem = type(error).__name__
            if problem is None:
                seen.seconds.append(perf_counter() - began)
            else:
                seen.others[problem] += 1
            await asyncio.sleep(dice.expovariate(1 / PAUSE))


def _problem(answer: httpx.Response) -> str | None:
    """Return the code of an answer that is none; None for one that is."""
    errors = answer.json().get("errors") or ([] if answer.is_success else [{}])
    return str(errors[0].get("extensions", {}).get("code", answer.status_code)) if errors else None
