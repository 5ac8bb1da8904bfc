"""What creators have asked for: not to be rated, or to be erased; and what remembers that somebody was."""

from __future__ import annotations

from typing import Final

from graph.model.kinds import Node, Property, Type, Unit

S, I = Type.STRING, Type.INTEGER  # noqa: E741 - a column of types reads better in one letter

OBJECTION: Final = Node(
    "Objection",
    "A creator's objection to being rated; it stands until it is withdrawn.",
    (
        Property("id", S, "The creator who objects.", required=True, derived=True),
        Property("at", I, "Since when it stands.", Unit.TIME, required=True, derived=True),
    ),
)

ERASURE_REQUEST: Final = Node(
    "ErasureRequest",
    "A creator's request to be erased, until it is executed or withdrawn.",
    (
        Property("id", S, "The creator who asks.", required=True, derived=True),
        Property("at", I, "When it was made.", Unit.TIME, required=True, derived=True),
        Property("dueAt", I, "Until when it is to be executed.", Unit.TIME, required=True, derived=True),
    ),
)

ERASED: Final = Node(
    "Erased",
    "Something of an erased creator that no import takes in again; it is known by a keyed hash alone.",
    (
        Property("id", S, "Keyed hash of an id or a user name.", required=True, derived=True),
        Property("at", I, "When the creator was erased.", Unit.TIME, required=True, derived=True),
        Property("alone", Type.BOOLEAN, "Whether the creator was known by user names alone.", derived=True),
    ),
)
