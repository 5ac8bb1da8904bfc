"""What is held about one creator, derived from the declared graph: whatever a relationship or a property ties to a creator is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.model import EDGES, NODES, Edge, Property, Type, Unit
from graph.runs.cards import scorecard_properties

CREATOR: Final = "Creator"
S, I, F = Type.STRING, Type.INTEGER, Type.FLOAT  # noqa: E741 - a column of types reads better in one letter

HIDDEN: Final = frozenset({("Appeal", "decidedBy")})
"""What says which of the operator's staff did something."""

OF_OTHERS: Final[Mapping[str, tuple[str, ...]]] = {"MENTIONS": ("id", "publishedAt"), "COLLABORATED_WITH": ("id", "name")}
"""Relationships to what is somebody else's, and what of that is told."""

KEYED: Final = frozenset({"Creator", "Objection", "ErasureRequest"})
"""Labels whose own id is the creator's."""

OF_RUNS: Final[Mapping[str, tuple[Property, ...]]] = {
    "Flag": (
        Property("id", S, "`run|creator|kind`."),
        Property("runId", S, "The scoring run."),
        Property("kind", S, "What looks dishonest."),
        Property("observed", F, "What was observed."),
        Property("expected", F, "What was expected."),
        Property("pValue", F, "Probability of as much or more by chance."),
        Property("qValue", F, "The same, for as many creators as were looked at."),
        Property("precision", F, "Share of such flags that are right."),
        Property("evidence", Type.STRINGS, "Nodes that it stands on, as `Label:id`."),
    ),
    "PastScores": (
        Property("runId", S, "The scoring run."),
        Property("values", Type.FLOATS, "Scores over everything in 90 days, in the order of the run's indicators; NaN is null."),
        Property("lows", Type.FLOATS, "Lower ends of their 90 % intervals."),
        Property("highs", Type.FLOATS, "Upper ends."),
    ),
    "DomainEvent": (
        Property("id", I, "Number of the event."),
        Property("name", S, "What happened."),
        Property("at", I, "When.", Unit.TIME),
        Property("subject", S, "Own id of what it happened to."),
        Property("payload", S, "What it carries, as JSON."),
    ),
}
"""What is kept beside the declared graph with a `creatorId` of its own."""

RESULTS: Final = (
    Property("at", I, "When a brief's search found the creator.", Unit.TIME),
    Property("runId", S, "The scoring run that it used."),
    Property("place", I, "Place among those found, from 1."),
    Property("score", F, "The creator's fit."),
    Property("reasons", S, "What spoke for and against the creator, as JSON."),
)

LISTED: Final = (
    Property("note", S, "Why a brand wants to invite the creator, in its words."),
    Property("addedAt", I, "When it put the creator on its list.", Unit.TIME),
    Property("updatedAt", I, "When it last changed what it notes.", Unit.TIME),
)

SIGNED: Final = (Property("runId", S, "The scoring run."), Property("signature", S, "Signature of the creator's scorecards, hexadecimal."))

EXPECTED: Final = (
    Property("runId", S, "The scoring run."),
    Property("kind", S, "What is forecast, likened or predicted."),
    Property("values", S, "The values, as JSON: numbers by name, or the row as the run keeps it."),
)


@dataclass(frozen=True, slots=True)
class Holding:
    """One part: a name, what it is, its columns, and the Cypher that brings a list of values for each row, ordered."""

    name: str
    columns: tuple[Property, ...]
    cypher: str


def holdings(indicators: Sequence[str]) -> tuple[Holding, ...]:
    """Return every part; `indicators` are those of the scorecards."""
    declared = {each.label: each.properties for each in NODES}
    known = {**declared, **OF_RUNS, "Scorecard": scorecard_properties(indicators)}
    keyed = [_nodes(label, known[label], f"(n:{label} {{id: $creator}})") for label in sorted(KEYED)]
    named = [_nodes(label, columns, f"(n:{label} {{creatorId: $creator}})") for label, columns in _named(known).items()]
    tied = [_tied(each, known) for each in EDGES if CREATOR in (each.source, each.target)]
    return (*keyed, *tied, *(each for each in named if each.name not in {part.name for part in tied}), *APART)


def _named(known: Mapping[str, tuple[Property, ...]]) -> dict[str, tuple[Property, ...]]:
    """Return the labels that name a creator in a property of their own; those that a relationship ties, or that are read apart, are told
    of there.
    """
    own = {label for label, columns in known.items() if any(each.name == "creatorId" for each in columns)}
    tied = {end for edge in EDGES for end in (edge.source, edge.target) if CREATOR in (edge.source, edge.target)}
    return {label: known[label] for label in sorted((own | OF_RUNS.keys()) - tied - {each.name for each in APART})}


def _nodes(label: str, columns: tuple[Property, ...], pattern: str) -> Holding:
    shown = tuple(each for each in columns if (label, each.name) not in HIDDEN)
    return Holding(label, shown, f"MATCH {pattern}\nRETURN [{_values('n', shown)}] AS row\nORDER BY n.id")


def _tied(edge: Edge, known: Mapping[str, tuple[Property, ...]]) -> Holding:
    """Return what stands at the other end of a relationship: all of it, or, where it is somebody else's, what leads there."""
    other = edge.target if edge.source == CREATOR else edge.source
    told = OF_OTHERS.get(edge.type)
    columns = tuple(each for each in known[other] if told is None or each.name in told)
    path = f"-[r:{edge.type}]->" if edge.source == CREATOR else f"<-[r:{edge.type}]-"
    shown = tuple(each for each in columns if (other, each.name) not in HIDDEN)
    values = ", ".join(filter(None, (_values("n", shown), _values("r", edge.properties))))
    cypher = f"MATCH (:Creator {{id: $creator}}){path}(n:{other})\nRETURN [{values}] AS row\nORDER BY n.id"
    return Holding(edge.type if told else other, (*shown, *edge.properties), cypher)


def _values(of: str, columns: Sequence[Property]) -> str:
    return ", ".join(f"{of}.{each.name}" for each in columns)


_FEATURES: Final = next(each for each in EDGES if each.type == "FEATURES")
_ENDS: Final = (Property("contentId", S, "The content."), Property("productId", S, "The product that it shows."))

APART: Final = (
    Holding(
        "FEATURES",
        (*_ENDS, *_FEATURES.properties),
        "MATCH (:Creator {id: $creator})-[:PUBLISHED]->(t:Content)-[r:FEATURES]->(p:Product)\n"
        f"RETURN [t.id, p.id, {_values('r', _FEATURES.properties)}] AS row\nORDER BY t.id, p.id",
    ),
    Holding(
        "BriefRun",
        RESULTS,
        "MATCH (n:BriefRun)\nWHERE $creator IN n.creatorIds\n"
        "WITH n, [at IN range(0, size(n.creatorIds) - 1) WHERE n.creatorIds[at] = $creator][0] AS place\n"
        "RETURN [n.at, n.runId, place + 1, n.scores[place], n.reasons[place]] AS row\nORDER BY n.at, n.id",
    ),
    Holding(
        "Prospect",
        LISTED,
        "MATCH (n:Prospect {creatorId: $creator})\nRETURN [n.note, n.addedAt, n.updatedAt] AS row\nORDER BY n.addedAt, n.id",
    ),
    Holding(
        "Alert",
        (Property("alerts", I, "How many alerts of those who use the service the creator is inside.", Unit.COUNT),),
        "MATCH (n:Alert)\nWHERE $creator IN n.inside\nWITH count(n) AS alerts\nWHERE alerts > 0\nRETURN [alerts] AS row",
    ),
    Holding(
        "Name",
        (
            Property("id", S, "A user name that the creator was seen with, as `REGION:name`."),
            Property("times", Type.INTEGERS, "When.", Unit.TIME),
        ),
        "MATCH (n:Name)\nWHERE n.id = $creator OR any(note IN n.seen WHERE note ENDS WITH '\t' + $creator)\n"
        "WITH n, [note IN coalesce(n.seen, []) WHERE note ENDS WITH '\t' + $creator | toInteger(split(note, ' ')[0])] AS times\n"
        "RETURN [n.id, times] AS row\nORDER BY n.id",
    ),
    Holding(
        "Signatures",
        SIGNED,
        "MATCH (n:Signatures)\nWHERE $creator IN n.creators\n"
        "WITH n, [at IN range(0, size(n.creators) - 1) WHERE n.creators[at] = $creator][0] AS place\n"
        "RETURN [n.runId, n.signatures[place]] AS row\nORDER BY n.id",
    ),
)
"""What is neither a node of the creator's own nor at the end of a relationship: places in what is kept of many."""

NOT_OF_CREATORS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("Brand", "Partner", "Product", "Category", "Rate"), "the market's"),
    **dict.fromkeys(("Brief", "BriefVersion", "SampleRule", "SavedQuery", "SavedView"), "words of those who use the service"),
    **dict.fromkeys(("ScoringRun", "PastRun", "DiscardedRun", "SalesAppeal"), "of a run as a whole, or of products"),
    **dict.fromkeys(("Lock", "Schema", "State"), "bookkeeping"),
    **dict.fromkeys(("Heard", "Pending", "DroppedSale"), "books of loading; what was said by name is told where it is shown"),
    "Erased": "hashes, of those who are no longer here",
    "RankGap": "places among ranks that somebody left, without who it was",
}
"""Labels that hold nothing about a creator, each with the reason."""

PACKED: Final = frozenset({"Forecast", "Predictions", "Vectors"})
"""Labels whose values of a creator are read apart: numbers by name, or rows of packed chunks."""
