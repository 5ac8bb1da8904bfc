"""An attacker who knows the formula, asks thousands of questions, and calibrates on whoever shows exact sales.

What it seeks: exact sales of creators who do not consent, and who works with which brand. What it has: every number that a key is
answered, differences of windows and runs, thresholds found by halving, orders of lists, and the exact sales of consenting creators.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final

import orjson

from bench.leaks.goods import LEAVES_OF, PARENTS, SMALL
from bench.leaks.serving import Served

WINDOWS: Final = ("D90", "D28", "D7")
LARGE: Final = tuple(each for each in (*PARENTS, *sorted(set(PARENTS.values()))) if each not in SMALL)
BROAD: Final = (None, *LARGE)
NUMBERS: Final = """query ($id: ID!, $window: Window!, $category: ID) { creator(id: $id) {
  scores(window: $window, category: $category) {
    value low high evidence percentile rank expectedRank expectedPercentile rankLow rankHigh level levelCount topProbability previous peers
    explanation { base components { name contribution raw shrunk peerMedian weight peerWeight
      sources { name raw evidence weight } } } } } }"""
BESIDE: Final = """query ($id: ID!) { creator(id: $id) { salesConsent othersCollaborations { count }
  forecast { forForecast expectedRange { low high } medianRange { low high } lowRange { low high } highRange { low high } }
  spillover { lift low high } coldStart { expectedUsd lowUsd highUsd }
  reports(first: 5) { nodes { brandCollaborationCount categoryShares { share } contentShares { share } gmv { range { low high } } } }
  scoreChange(by: SALES_ABILITY) { before after change own peers components { own peers } }
  improvements(by: SALES_ABILITY, first: 5) { gain facts { before after } }
  scoreEvents(by: SALES_ABILITY, first: 20) { events { points } others }
  history(by: SALES_ABILITY) { value low high } deliveryProbability { probability } } }"""
SALES: Final = """query ($id: ID!, $window: Window!, $category: ID) { creator(id: $id) { sales(window: $window, category: $category) {
  exact gmvUsd orders gmvRange { low high } ordersRange { low high } } } }"""
CONTENT: Final = """query ($id: ID!) { creator(id: $id) { content(first: 100, filter: {published: {from: "2025-10-03T00:00:00Z"}}) { nodes {
  sales { gmvRange { low high } ordersRange { low high } } } } } }"""
LISTED: Final = "{ creators(first: 100) { nodes { id } } }"
AHEAD: Final = "{ ranking(order: FORECAST, first: 100) { nodes { id } } }"
BUDGET: Final = """query ($amount: Float!) { recommendations(first: 100, brief: {goal: SALES, budget: {amount: $amount, currency: "USD"}}) {
  candidates { creator { id } score expectedCost { low high } marks { criterion value contribution } } } }"""
COMPARED: Final = "query ($id: ID!, $other: ID!) { creator(id: $id) { probabilityAbove(creator: $other, by: SALES_ABILITY) } }"
SOLD_IN: Final = "query ($category: ID!) { creators(first: 100, filter: {soldIn: $category}) { nodes { id } } }"
SCORED_IN: Final = "query ($category: ID!) { category(id: $category) { topCreators(first: 100) { nodes { id } } } }"
PATH: Final = "query ($from: ID!, $to: ID!) { path(from: $from, to: $to, maxDepth: 2) { paths { strength steps { kind text } } } }"

Interval = tuple[float, float]


@dataclass
class Attacker:
    """Asks with one key, at most `most` questions; keeps a row of numbers for each creator."""

    served: Served
    role: str
    most: int = 10_000
    asked: int = 0
    rows: dict[str, dict[str, float]] = field(default_factory=dict[str, dict[str, float]])
    exact: dict[str, dict[str, float]] = field(default_factory=dict[str, dict[str, float]])
    bounds: dict[str, dict[str, Interval]] = field(default_factory=dict[str, dict[str, Interval]])
    signs: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    creators: list[str] = field(default_factory=list[str])

    async def ask(self, query: str, **variables: Any) -> Any:
        """Return the data of an answer; nothing once the questions are used up, or where it is refused."""
        if self.asked >= self.most:
            return None
        self.asked += 1
        return orjson.loads(await self.served.graphql(self.role, query, variables)).get("data")

    async def look(self, *, windows: Sequence[str] = WINDOWS, categories: Sequence[str | None] = BROAD) -> None:
        """Ask all that may tell of sales or ties, as far as the questions reach."""
        self.creators = [each["id"] for each in (await self.ask(LISTED))["creators"]["nodes"]]
        for name in self.creators:
            self.rows[name] = {}
            await self._ranges(name, categories)
        for name, (window, category) in product(self.creators, product(windows, categories)):
            self._keep(name, f"{window} {category}", await self.ask(NUMBERS, id=name, window=window, category=category))
        for name in self.creators:
            self._keep(name, "beside", await self.ask(BESIDE, id=name))
        await self._orders()
        await self._ties()
        await self._thresholds()
        await self._compared()

    async def _ranges(self, name: str, categories: Sequence[str | None]) -> None:
        """Keep what ranges tell: of windows within one another, of categories beside one another, of single posts."""
        lows: dict[str, list[float]] = {"gmv": [], "orders": []}
        highs: dict[str, list[float]] = {"gmv": [], "orders": []}
        for window in WINDOWS:
            told = (await self.ask(SALES, id=name, window=window))["creator"]["sales"]
            if window == "D90" and told["exact"]:
                self.exact[name] = {"gmv": told["gmvUsd"], "orders": told["orders"]}
            for of, bounds in lows.items():
                bounds.append(told[f"{of}Range"]["low"])
                if window == "D90":
                    highs[of].append(told[f"{of}Range"]["high"] or 10 * told[f"{of}Range"]["low"])
        parts = [
            (await self.ask(SALES, id=name, window="D90", category=each))["creator"]["sales"]
            for each in categories
            if each in ("beauty", "home")
        ]
        posts = [each["sales"] for each in (await self.ask(CONTENT, id=name))["creator"]["content"]["nodes"]]
        for of, each in product(lows, (parts, posts)):
            lows[of].append(sum(part[f"{of}Range"]["low"] for part in each))
        for of in highs:
            ends = [part[f"{of}Range"]["high"] for part in parts]
            highs[of] += [sum(ends)] if len(ends) == 2 and None not in ends else []
        self.bounds[name] = {of: (max(lows[of]), max(min(highs[of]), max(lows[of]) + 1)) for of in lows}

    async def _orders(self) -> None:
        """Keep the places in lists that are ordered by what is hidden."""
        found = await self.ask(AHEAD)
        for place, each in enumerate((found or {}).get("ranking", {}).get("nodes", ())):
            self.rows[each["id"]]["forecast place"] = float(place)

    async def _thresholds(self) -> None:
        """Find by halving the budget from which on each creator is found, all of them with the same questions."""
        low, high = dict.fromkeys(self.creators, 0.0), dict.fromkeys(self.creators, 14.0)
        for _ in range(9):
            for at in sorted({(low[each] + high[each]) / 2 for each in self.creators}):
                found = await self.ask(BUDGET, amount=2.0**at)
                if found is None or found.get("recommendations") is None:
                    return
                within = {each["creator"]["id"] for each in found["recommendations"]["candidates"] if each["creator"]}
                for name in self.creators:
                    if (low[name] + high[name]) / 2 == at:
                        (high if name in within else low)[name] = at
        for name in self.creators:
            self.rows[name]["budget"] = low[name]

    async def _compared(self) -> None:
        """Keep the probabilities that creators sell better than those whose sales are known."""
        for name, other in product(self.creators, sorted(self.exact)):
            if name != other:
                self._keep(name, f"above {other}", await self.ask(COMPARED, id=name, other=other))

    async def _ties(self) -> None:
        """Look for signs of who works with whom: in categories of few brands, and on paths."""
        for leaf in PARENTS:
            for query, way in ((SOLD_IN, ("creators",)), (SCORED_IN, ("category", "topCreators"))):
                found: Any = await self.ask(query, category=leaf)
                for step in way:
                    found = (found or {}).get(step)
                for each in (found or {}).get("nodes", ()):
                    self.signs.setdefault(each["id"], set()).add(leaf)
        for name, brand in product(self.creators, range(2, len(LEAVES_OF))):
            found = await self.ask(PATH, **{"from": name, "to": f"Brand:b{brand:02}"})
            steps = [
                step for path in ((found or {}).get("path") or {}).get("paths", ()) for step in path["steps"] if len(path["steps"]) == 1
            ]
            if steps:
                self.signs.setdefault(name, set()).add(f"b{brand:02}")

    def _keep(self, name: str, prefix: str, data: Any) -> None:
        self.rows[name].update((f"{prefix} {where}", value) for where, value in _numbers(data))


def _numbers(value: Any, where: str = "") -> Iterator[tuple[str, float]]:
    """Yield the numbers of an answer by their place; those of ranges are known by themselves."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            if not key.endswith("Range"):
                yield from _numbers(each, f"{where}.{value['name']}.{key}" if "name" in value else f"{where}.{key}")
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _numbers(each, f"{where}.{place}")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield where, float(value)
