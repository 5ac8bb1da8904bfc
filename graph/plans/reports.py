"""What the platform reports about a creator in sum; exact amounts only for those who may see exact sales."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph.plans.fields import Entries, identity, properties
from graph.plans.parts import Part
from graph.plans.ranges import COUNT_BOUNDS, USD_BOUNDS, range_of
from graph.plans.selection import Pick, Selection
from graph.plans.sights import exact
from graph.plans.visibility import Reach
from graph.plans.writer import Member, Row, quoted

AMOUNTS: Final = ("gmv", "videoGmv", "liveGmv", "gpm", "videoGpm", "liveGpm", "gmvPerBuyer")


def exactly(row: Row) -> str:
    """Return the variable or literal that tells whether the report's exact figures may be shown; sought once a row."""
    owner = exact("owner", row.visibility)
    if owner == "true":
        return owner
    if "exact" not in row.cards:
        row.cards["exact"] = row.writer.variable("exact")
        row.lets.append(f"WITH *, EXISTS {{ MATCH ({row.node})-[:ABOUT]->(owner:Creator) WHERE {owner} }} AS {row.cards['exact']}")
    return row.cards["exact"]


@dataclass(frozen=True, slots=True)
class Reported:
    """An amount, exact or as a range; null where neither is reported."""

    name: str

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the amount with its range."""
        n, name = row.node, self.name
        entries = ", ".join(f"{quoted(each.key)}: {self._entry(each, row)}" for each in pick.child.picks)
        unknown = " AND ".join(f"{n}.{name}{end} IS NULL" for end in ("", "Usd", "Low", "High", "LowUsd", "HighUsd"))
        return Part(f"CASE WHEN {unknown} THEN null ELSE {{{entries}}} END")

    def _entry(self, pick: Pick, row: Row) -> str:
        n, name = row.node, self.name
        if pick.name == "__typename":
            return "'ReportedAmount'"
        if pick.name == "exact":
            money = _written(pick.child, {"amount": f"{n}.{name}", "currency": f"{n}.currency", "usd": f"{n}.{name}Usd"}, "Money")
            return f"CASE WHEN {exactly(row)} AND {n}.{name} IS NOT NULL THEN {money} END"
        stated = _written(pick.child, {"low": f"{n}.{name}LowUsd", "high": f"{n}.{name}HighUsd"}, "Range")
        made = range_of(f"{n}.{name}Usd", USD_BOUNDS, pick.child)
        return f"CASE WHEN {n}.{name}LowUsd IS NOT NULL OR {n}.{name}HighUsd IS NOT NULL THEN {stated} ELSE {made} END"


@dataclass(frozen=True, slots=True)
class Shielded:
    """A figure that is shown only to those who may see exact sales."""

    name: str

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the figure, or null."""
        return Part(f"CASE WHEN {exactly(row)} THEN {row.node}.{self.name} END")


@dataclass(frozen=True, slots=True)
class UnitsRange:
    """The range of units sold: as reported, else the published one that the exact figure lies in."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the range; null where nothing is reported."""
        n = row.node
        stated = _written(pick.child, {"low": f"{n}.unitsSoldLow", "high": f"{n}.unitsSoldHigh"}, "Range")
        made = range_of(f"{n}.unitsSold", COUNT_BOUNDS, pick.child)
        return Part(f"CASE WHEN {n}.unitsSoldLow IS NOT NULL OR {n}.unitsSoldHigh IS NOT NULL THEN {stated} ELSE {made} END")


@dataclass(frozen=True, slots=True)
class BrandsCounted:
    """How many brands a creator has worked with: a count of others' collaborations, so only of a group."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the count; null below the smallest group for those who see groups only."""
        count = f"{row.node}.brandCollaborationCount"
        return Part(f"CASE WHEN {count} >= $smallest THEN {count} END" if row.visibility.others is Reach.COUNTS else count)


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of a creator's GMV in the reported order; how large they are is shown only to those who may see exact sales.

    With a brand's own sales, all that a creator sells of a category, one share would tell the creator's whole GMV.
    """

    items: str
    shares: str
    named: Mapping[str, str]
    type_name: str

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the list; empty where nothing is reported."""
        share = f"{{n}}.{self.shares}[{{i}}]"
        shown = share if exactly(row) == "true" else f"CASE WHEN {exactly(row)} THEN {share} END"
        return Entries(self.items, {**self.named, "share": shown, "__typename": f"'{self.type_name}'"}).part(pick, row)


def _written(selection: Selection, values: Mapping[str, str], type_name: str) -> str:
    known = {**values, "__typename": f"'{type_name}'"}
    return "{" + ", ".join(f"{quoted(each.key)}: {known[each.name]}" for each in selection.picks) + "}"


REPORT: Final[dict[str, Member]] = {
    **identity("Report"),
    **properties("Report", "at", "days", "contentCount", "videoCount", "liveCount", "videoViews", "medianVideoViews", "liveViews"),
    **properties("Report", "liveUniqueViewers", "videoEngagementRate", "liveEngagementRate", "commissionRateLow", "commissionRateHigh"),
    **properties("Report", "fulfilmentRate", "promotedProductCount", "performanceScore", "rating", "followerCount"),
    **{each: Reported(each) for each in AMOUNTS},
    "unitsSold": Shielded("unitsSold"),
    "unitsSoldRange": UnitsRange(),
    "commissionRate": Shielded("commissionRate"),
    "brandCollaborationCount": BrandsCounted(),
    "categoryShares": Shares("{n}.categoryIds", "categoryShares", {"category": "'Category:' + {n}.categoryIds[{i}]"}, "CategoryShare"),
    "contentShares": Shares("{n}.contentKinds", "contentShares", {"kind": "{n}.contentKinds[{i}]"}, "ContentShare"),
}
