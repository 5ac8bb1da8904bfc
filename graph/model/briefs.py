"""What brands look for, whom a search has found, and whom they want to invite."""

from __future__ import annotations

from typing import Final

from graph.model.kinds import Node, Property, Type, Unit

S, I = Type.STRING, Type.INTEGER  # noqa: E741 - a column of types reads better in one letter

BRIEF: Final = Node(
    "Brief",
    "What a brand is looking for, saved to be run again; shared by all keys of the brand.",
    (
        Property("id", S, "Own id.", required=True, derived=True),
        Property("brandId", S, "The brand that owns it.", required=True, indexed=True, derived=True),
        Property("name", S, "Name given to it.", required=True, derived=True),
        Property("version", I, "Number of its newest version, from 1.", Unit.COUNT, required=True, derived=True),
        Property("createdAt", I, "When it was made.", Unit.TIME, required=True, derived=True),
        Property("updatedAt", I, "When its newest version was made.", Unit.TIME, required=True, derived=True),
    ),
)

BRIEF_VERSION: Final = Node(
    "BriefVersion",
    "One version of a brief.",
    (
        Property("id", S, "`brief|version`.", required=True, derived=True),
        Property("briefId", S, "The brief.", required=True, indexed=True, derived=True),
        Property("version", I, "Number, from 1.", Unit.COUNT, required=True, derived=True),
        Property("name", S, "Name that the brief had.", required=True, derived=True),
        Property("wanted", S, "The contents, as JSON.", required=True, derived=True),
        Property("createdAt", I, "When it was made.", Unit.TIME, required=True, derived=True),
    ),
)

BRIEF_RUN: Final = Node(
    "BriefRun",
    "The creators that one run of a brief found.",
    (
        Property("id", S, "Own id.", required=True, derived=True),
        Property("briefId", S, "The brief.", required=True, indexed=True, derived=True),
        Property("version", I, "Version that was run.", Unit.COUNT, required=True, derived=True),
        Property("runId", S, "Scoring run used.", required=True, derived=True),
        Property("asOf", I, "As-of date of that run.", Unit.TIME, required=True, derived=True),
        Property("at", I, "When it was asked.", Unit.TIME, required=True, derived=True),
        Property("regions", Type.STRINGS, "Regions visible to the key that ran it; absent if it saw all.", derived=True),
        Property("considered", I, "Creators considered.", Unit.COUNT, required=True, derived=True),
        Property("eligible", I, "Creators whom no rule excluded.", Unit.COUNT, required=True, derived=True),
        Property("creatorIds", Type.STRINGS, "Creators found, the best first.", derived=True),
        Property("scores", Type.FLOATS, "Their scores, same order.", derived=True),
        Property("lows", Type.FLOATS, "Lower ends of their intervals.", derived=True),
        Property("highs", Type.FLOATS, "Upper ends of their intervals.", derived=True),
        Property(
            "reasons",
            Type.STRINGS,
            "What spoke for and against each, as JSON, same order; absent in runs of earlier versions.",
            derived=True,
        ),
    ),
)

PROSPECT: Final = Node(
    "Prospect",
    "A creator whom a brand wants to invite; the list is shared by all keys of the brand.",
    (
        Property("id", S, "`brand|creator`.", required=True, derived=True),
        Property("brandId", S, "The brand.", required=True, indexed=True, derived=True),
        Property("creatorId", S, "The creator.", required=True, indexed=True, derived=True),
        Property("note", S, "Why, in the brand's words.", derived=True),
        Property("productId", S, "The product that they are to promote.", derived=True),
        Property("addedAt", I, "When they were put on the list.", Unit.TIME, required=True, derived=True),
        Property("updatedAt", I, "When note or product were last changed.", Unit.TIME, required=True, derived=True),
    ),
)
