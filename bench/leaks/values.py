"""Values for variables: of what the worlds hold, of what a key may see and may not, and of what nobody has."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    is_required_input_field,
    parse_type,
    type_from_ast,
)

from bench.leaks.goods import CLIENTS, PARENTS, PRODUCTS, World
from bench.leaks.people import DAY, END
from bench.leaks.shapes import SCHEMA, Variable

RUNS: Final = ("r000001", "r000002", "r000009")
CALENDAR: Final = tuple(range(END - 130 * DAY, END + DAY, 9 * DAY))


@dataclass
class Values:
    """Draws values; `kinds` are the global ids by kind.

    `cursors` are those that one world answered, by the text of the operation, and `twins` by cursor that of the other world.
    """

    rng: Random
    kinds: dict[str, list[str]]
    cursors: dict[str, list[str]]
    twins: dict[str, str] = field(default_factory=dict[str, str])
    since: str | None = None
    """A cursor of the feed of changes."""

    def of(self, variable: Variable, text: str) -> Any:
        """Return a value of a variable."""
        return self._value(type_from_ast(SCHEMA, parse_type(variable.type)), variable.argument, text, 0)  # pyright: ignore[reportCallIssue, reportArgumentType]

    def _value(self, of: Any, argument: str, text: str, deep: int) -> Any:
        if isinstance(of, GraphQLNonNull):
            return self._value(of.of_type, argument, text, deep)
        if isinstance(of, GraphQLList):
            return [
                self._value(of.of_type, argument, text, deep)
                for _ in range(self.rng.choice([2, 2, 3] if argument in SEVERAL else [1, 1, 2, 3]))
            ]
        if isinstance(of, GraphQLEnumType):
            return self.rng.choice(list(of.values))
        if isinstance(of, GraphQLInputObjectType):
            return self._object(of, argument, text, deep)
        return self._scalar(of.name, argument, text)

    def _object(self, of: GraphQLInputObjectType, argument: str, text: str, deep: int) -> dict[str, Any]:
        """Return an input object with one or two of its fields, and those that it needs."""
        nested = ("and", "or", "not")
        optional = [name for name, each in of.fields.items() if not is_required_input_field(each) and (deep < 2 or name not in nested)]
        chosen = self.rng.sample(optional, min(len(optional), self.rng.choice([1, 1, 2])))
        names = [name for name, each in of.fields.items() if is_required_input_field(each) or name in chosen]
        found = {name: self._value(of.fields[name].type, f"{of.name}.{name}", text, deep + 1) for name in names}
        if {"min", "max"} <= found.keys() and found["min"] > found["max"]:
            found["min"], found["max"] = found["max"], found["min"]
        return found

    def _scalar(self, name: str, argument: str, text: str) -> Any:
        rng = self.rng
        match name:
            case "ID":
                return self._id(argument)
            case "Int" | "BigInt":
                return self._whole(argument)
            case "Float":
                return self._number(argument)
            case "Boolean":
                return rng.random() < 0.5
            case "Region":
                return rng.choice(["US", "US", "US", "US", "US", "US", "GB", "ZZ"])
            case "_Any":
                kind, _, own = self._id(argument).rpartition(":")
                return {"__typename": kind or "Creator", "id": f"{kind}:{own}" if kind else own}
            case "DateTime":
                return _iso(rng.choice(CALENDAR))
            case _:
                return self._word(argument, text)

    def _number(self, argument: str) -> float:
        """Return a number, of a share or a score mostly within its bounds."""
        rng, lowered = self.rng, argument.lower()
        if rng.random() < 0.1:
            return rng.choice([0, 0.05, 1, 10, 1_000])
        return rng.uniform(0, 1 if any(word in lowered for word in SHARES) else 3_000 if "usd" in lowered else 100)

    def _whole(self, argument: str) -> int:
        if argument.endswith(("(first)", "(last)")):
            return self.rng.choice([1, 2, 3, 5, 10])
        if "epth" in argument:
            return self.rng.choice([1, 2, 3])
        return self.rng.choice([0, 1, 100, 1_000, 5_000, 20_000, 100_000, self.rng.randrange(30_000)])

    def _word(self, argument: str, text: str) -> str | None:
        if argument == "Query.changes(since)" and self.since is not None and self.rng.random() < 0.9:
            return self.since
        if argument.endswith(("(after)", "(before)")):
            return self.rng.choice(
                [*(self.cursors.get(text) or [None])[-20:], "x"] if self.rng.random() < 0.1 else (self.cursors.get(text) or [None])[-20:]
            )
        words = ["handle.us01", "us0", "nick 1", "Brand 5", "lips", "kitchen 9", "skin", "en", "18-24", "zz", "FEMALE"]
        return self.rng.choice(words)

    def _id(self, argument: str) -> str:
        """Return an id of the kind that an argument most likely wants, or now and then of any."""
        rng = self.rng
        lowered = argument.lower()
        wanted = rng.choice(ENDS) if argument in MIXED else next((kind for word, kind in KIND_OF.items() if word in lowered), None)
        if wanted is None or rng.random() < 0.04:
            wanted = rng.choice(list(self.kinds))
        found = rng.choice(self.kinds[wanted])
        return found.partition(":")[2] if rng.random() < 0.1 else found


SEVERAL: Final = ("Query.compare(creators)", "Query.overlap(creators)")
"""Arguments that take two values or more."""
MIXED: Final = ("Query.neighbours(of)", "Query.neighbours(among)")
"""Arguments whose lists hold ids of creators and of brands."""
ENDS: Final = ("Creator", "Brand")
SHARES: Final = ("share", "probability", "chance", "margin", "aversion", "discount", "commission")
"""Words of arguments whose values lie between 0 and 1."""
OWN: Final = 6
"""How often the clients' own brands stand beside each other one: of these alone much can be asked."""
MADE: Final = ("alertId", "ruleId", "webhookId")
"""Fields with ids that are no global ones, to go on from."""

KIND_OF: Final = {
    "alertmembers(": "alertId",
    "(webhook)": "webhookId",
    "(rule)": "ruleId",
    "comparebriefruns": "BriefRun",
    "compare(creators": "Creator",
    "overlap(creators": "Creator",
    "portfoliobounds.include": "Creator",
    "portfoliobounds.exclude": "Creator",
    "briefruns(": "Brief",
    "(since)": "ScoringRun",
    "(brief": "Brief",
    "brief(id": "Brief",
    "categor": "Category",
    "soldin": "Category",
    "parent": "Category",
    "brand": "Brand",
    "workedwith": "Brand",
    "exclusive": "Brand",
    "promoted": "Product",
    "product": "Product",
    "path(": "Creator",
    "creator": "Creator",
    "mentions": "Creator",
    "collaborationfilter.ids": "Collaboration",
    "contentfilter.ids": "Content",
    "appealfilter.ids": "Appeal",
}
"""By a word of the argument's coordinate, in lower case, the kind of id it wants; the first that fits counts."""


def kinds(before: World, after: World) -> dict[str, list[str]]:
    """Return global ids by kind, alike for both worlds: of what is seen, of what is hidden in one of them, and of nothing."""
    seen = [f"us{n:02}" for n in range(32)]
    abroad = [each["id"] for world in (before, after) for each in world["creators"] if each["region"] != "US"]
    contents = [each["id"] for each in before["contents"]]
    found = {
        "Creator": seen + abroad[:2] + abroad[-2:] + ["nobody"],
        "Brand": [*(CLIENTS * OWN), *(f"b{n:02}" for n in range(15)), "nobody"],
        "Product": [*(each for each in PRODUCTS if each[1:3] in ("00", "01")), *PRODUCTS, "nothing"],
        "Category": [*PARENTS, "beauty", "home", "nothing"],
        "Content": contents[:60:3] + contents[-2:],
        "Collaboration": [each["id"] for each in before["collaborations"]],
        "Sale": [each["id"] for each in before["sales"]][::9][:300],
        "Report": [each["id"] for each in before["reports"]][:30],
        "ScoringRun": list(RUNS),
        "Brief": ["b00-brand's in US", "b00-wide's in US", "b05-stranger's in US", "nothing"],
        "BriefRun": [f"b00-{who}'s in US-run{n}" for who in ("brand", "wide") for n in (0, 1)] + ["nothing"],
        "Appeal": [f"us{n:02}|Sale|{each['id']}" for n in range(3) for each in before["sales"] if each["creator_id"] == f"us{n:02}"][-12:],
        "Flag": ["nothing"],
    }
    return {kind: [f"{kind}:{each}" for each in ids] for kind, ids in found.items()} | {kind: ["nothing"] for kind in MADE}


def _iso(seconds: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
