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
PAUSE: Final = 0.5
"""Mean seconds between a client's questions."""

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
    """What readers saw: seconds from when each answer was to be asked for, and what else came, by code."""

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
    """Ask at moments that are drawn; who waits for an answer is late for the next, and that counts as waiting too."""
    seen, ends = until
    due = perf_counter()
    async with httpx.AsyncClient(base_url=url, timeout=SECONDS, headers={"Authorization": f"Bearer {key}"}) as client:
        while (due := due + dice.expovariate(1 / PAUSE)) < ends:
            await asyncio.sleep(max(0.0, due - perf_counter()))
            text = dice.choice(QUESTIONS)
            values: dict[str, Any] = {"first": dice.choice((10, 20, 50)), **{name: dice.choice(found) for name, found in ids.items()}}
            body = {"query": text, "variables": {name: value for name, value in values.items() if f"${name}" in text}}
            try:
                problem = _problem(await client.post("/graphql", json=body))
            except httpx.HTTPError as error:
                problem = type(error).__name__
            if problem is None:
                seen.seconds.append(perf_counter() - due)
            else:
                seen.others[problem] += 1


def _problem(answer: httpx.Response) -> str | None:
    """Return the code of an answer that is none; None for one that is."""
    errors = answer.json().get("errors") or ([] if answer.is_success else [{}])
    return str(errors[0].get("extensions", {}).get("code", answer.status_code)) if errors else None
