"""A run's scorecards with all that proves them: the signed manifest, the fit, a signature for each creator, and the facts."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, LiteralString

from graph.exactness import number_or_none
from graph.exports.colours import Colour
from graph.exports.errors import RunDropped
from graph.exports.reading import Reading
from graph.exports.scorecards import BOUNDARY, COUNT, Regions
from graph.exports.sheets import Column, Role, Row, Sheet
from graph.exports.whole import dropped
from graph.model import Type
from graph.runs import Run

S, I, F, B = Type.STRING, Type.INTEGER, Type.FLOAT, Type.BOOLEAN  # noqa: E741 - a column of types reads better in one letter

MANIFEST: Final = Sheet(
    "manifest",
    Role.ROWS,
    (
        Column("region", S, "The region that it is of, where scorecards for brands and partners are proven; each has a manifest."),
        Column("manifest", S, "What the run was computed from, as canonical JSON."),
        Column("signature", S, "Ed25519 signature of the manifest, in hexadecimal digits."),
        Column("publicKey", S, "The public key; compare it with the one that the service shows."),
        Column("creators", I, "Number of creators rated; unknown to roles that do not see everything."),
        Column("scorecards", I, "Number of scorecards of the run; unknown to roles that do not see everything."),
        Column("secret", S, "What seals are made with; unknown likewise."),
    ),
)
REGION: Final = Column("region", S, "The region that it is of, as in the manifest.")
FIT: Final = Sheet("fit", Role.ROWS, (REGION, Column("fit", S, "What all creators share, as JSON.")))
CREATORS: Final = Sheet(
    "creators",
    Role.ROWS,
    (
        REGION,
        Column("creatorId", S, "A creator."),
        Column("signature", S, "Ed25519 signature of their scorecards in this run, in hexadecimal digits."),
    ),
)
PLACE: Final = (
    Column("creatorId", S, "The creator rated."),
    Column("region", S, "Region in which the creator was ranked."),
    Column("window", I, "Days before the run's date."),
    Column("categoryId", S, "The category; * is everything."),
)
OF_SCORE: Final = (
    Column("", F, "Score, 0–100."),
    Column("Low", F, "Lower end of the 90 % interval."),
    Column("High", F, "Upper end of the 90 % interval."),
    Column("Evidence", I, "Number of pieces of evidence."),
    Column("Basis", S, "EVENTS or REPORTED."),
    Column("Reason", S, "Why there is no value."),
)
SEALED: Final = (
    Column("withheld", B, "Whether facts that reveal exact sales were left out."),
    Column("salt", S, "What their seal is made with; unknown where they were left out."),
    Column("seal", S, "Digest of them."),
)

Seal = Callable[[str, int, str, Sequence[float]], tuple[str, str]]
"""Returns salt and seal of a scorecard's sealed facts, given creator, window, category and those facts."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose scorecards are exported: creators in `regions`, or `creators`, None for all; `exact` where no facts are withheld."""

    regions: Regions = None
    creators: Sequence[str] | None = None
    exact: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing at all is left out."""
        return self.exact and self.regions is None and self.creators is None


@dataclass(frozen=True, slots=True)
class Signed:
    """What a run's node holds of its proof; of one region, and without a secret, where the run goes out."""

    manifest: str
    signature: str
    public_key: str
    secret: str
    fit: str
    region: str | None = None


@dataclass(slots=True)
class ProvenScorecards:
    """The source of a run's scorecards with their proof; `sealed` are the facts that tell exact sales."""

    reading: Reading
    run: Run
    signed: Sequence[Signed]
    seen: Seen
    sealed: frozenset[str]
    seal: Seal
    facts: Mapping[str, str | int] = field(init=False)

    def __post_init__(self) -> None:
        """Say which run it is."""
        self.facts = {"run": self.run.id, "asOf": self.run.as_of, "publicKey": self.signed[0].public_key}

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """What proves first, then what is proven."""
        scores = (Column(f"{name}{each.name}", each.type, each.meaning) for name in self.run.names for each in OF_SCORE)
        facts = (Column(f"fact_{name}", F, "A fact that scores were computed from.") for name in self.run.fact_names)
        return (MANIFEST, FIT, CREATORS, Sheet("scorecards", Role.ROWS, (*PLACE, *scores, *facts, *SEALED)))

    @property
    def colours(self) -> Mapping[str, Colour]:
        """None: a table has no colours."""
        return {}

    async def size(self) -> int:
        """Return how many rows there are, were all seen."""
        return self.run.scorecards + self.run.creators + 2

    async def batches(self, sheet: Sheet) -> AsyncIterator[list[Row]]:
        """Yield the rows of a sheet; RunDropped where some have gone meanwhile."""
        if sheet is MANIFEST:
            yield [self._manifest(each) for each in self.signed]
        elif sheet is FIT:
            yield [(each.region, each.fit) for each in self.signed]
        elif sheet is CREATORS:
            yield await self._signatures()
        else:
            async for batch in self._cards():
                yield batch

    def _manifest(self, signed: Signed) -> Row:
        everything = self.seen.everything and not self.run.audience
        whole = (self.run.creators, self.run.scorecards, signed.secret) if everything else (None, None, None)
        return (signed.region, signed.manifest, signed.signature, signed.public_key, *whole)

    async def _signatures(self) -> list[Row]:
        return [tuple(row) for row in await self.reading.rows(SIGNATURES, run=self.run.cards, **self._bounds())]

    async def _cards(self) -> AsyncIterator[list[Row]]:
        names = list(self.run.names)
        async for after, until in self.reading.spans(BOUNDARY, after=f"{self.run.cards}|", end=f"{self.run.cards}}}"):
            read = await self.reading.rows(CARDS, after=after, until=until, names=names, **self._bounds())
            yield [self._card(values) for values in read[0][0]]
        if await self.reading.number(COUNT, run=self.run.cards) != self.run.scorecards:
            raise dropped(self.run.id)

    def _bounds(self) -> dict[str, Any]:
        regions, creators = self.seen.regions, self.seen.creators
        return {
            "regions": None if regions is None else list(regions),
            "creators": None if creators is None else list(creators),
            "outward": bool(self.run.audience),
        }

    def _card(self, read: Sequence[Any]) -> Row:
        creator, region, window, category, consents, values, lows, highs, evidence, bases, reasons, facts = read
        scores: list[Any] = []
        for at, value in enumerate(values):
            scores += [value, number_or_none(lows[at]), number_or_none(highs[at]), evidence[at], bases[at] or None, reasons[at] or None]
        withheld = bool(self.sealed) and not (self.seen.exact or consents)
        salt, seal = self.seal(creator, window, category, [facts[at] for at in self._sealed_places()])
        shown = [
            None if withheld and name in self.sealed else number_or_none(fact)
            for name, fact in zip(self.run.fact_names, facts, strict=True)
        ]
        return (creator, region, window, category, *scores, *shown, withheld, None if withheld else salt, seal)

    def _sealed_places(self) -> list[int]:
        return [at for at, name in enumerate(self.run.fact_names) if name in self.sealed]


SIGNED: Final[LiteralString] = """
MATCH (run:ScoringRun {id: $id})
RETURN run.manifest AS manifest, run.signature AS signature, run.publicKey AS publicKey, run.secret AS secret, run.fit AS fit
"""


async def signed_of(reading: Reading, run: Run) -> tuple[Signed, ...]:
    """Return what proves a run; RunDropped where it is gone, or was not signed."""
    found = await reading.rows(SIGNED, id=run.id)
    if not found or found[0][0] is None:
        raise _unsigned(run)
    return (Signed(*found[0]),)


OUTWARD: Final[LiteralString] = """
MATCH (run:ScoringRun {id: $id})
RETURN run.outwardManifests AS manifests, run.publicKey AS publicKey, run.outwardFits AS fits
"""


async def outward_signed_of(reading: Reading, run: Run, regions: Regions) -> tuple[Signed, ...]:
    """Return what proves the scorecards that brands and partners see, by region; RunDropped where none of theirs was signed."""
    found = await reading.rows(OUTWARD, id=run.id)
    manifests: dict[str, tuple[str, str]] = json.loads(found[0][0] or "{}") if found else {}
    fits: dict[str, str] = json.loads(found[0][2] or "{}") if found else {}
    signed = tuple(
        Signed(manifest, signature, found[0][1], "", fits[region], region)
        for region, (manifest, signature) in sorted(manifests.items())
        if regions is None or region in regions
    )
    if not signed:
        raise _unsigned(run)
    return signed


def _unsigned(run: Run) -> RunDropped:
    return RunDropped(f"run {run.id} has no manifest: it was made before runs were signed; score again, and export that run")


SIGNATURES: Final[LiteralString] = """
MATCH (chunk:Signatures {runId: $run})
UNWIND range(0, size(chunk.creators) - 1) AS at
MATCH (c:Creator {id: chunk.creators[at]})
WHERE ($regions IS NULL OR c.region IN $regions) AND ($creators IS NULL OR c.id IN $creators)
  AND (NOT $outward OR chunk.region = c.region)
RETURN chunk.region AS region, c.id AS creator, chunk.signatures[at] AS signature
ORDER BY creator
"""
"""Outward, a creator who has moved since is in the manifest of a region where they no longer are, and is left out."""

CARDS: Final[LiteralString] = """
MATCH (card:Scorecard)
WHERE card.id > $after AND card.id <= $until
MATCH (card)-[:RATES]->(c:Creator)
WHERE ($regions IS NULL OR c.region IN $regions) AND ($creators IS NULL OR c.id IN $creators)
  AND (NOT $outward OR card.region = c.region)
WITH card, c
ORDER BY card.id
RETURN collect([
  card.creatorId, card.region, card.window, card.categoryId, coalesce(c.salesConsent, false),
  [name IN $names | card[name]],
  card.lows, card.highs, card.evidence, card.bases, card.reasons, card.facts
]) AS rows
"""
