"""What creators contest, and what became of it."""

from __future__ import annotations

from typing import Final

from graph.model.kinds import Node, Property, Type, Unit

S, I = Type.STRING, Type.INTEGER  # noqa: E741 - a column of types reads better in one letter

APPEAL: Final = Node(
    "Appeal",
    "A creator's objection to an event that is counted for or against them.",
    (
        Property("id", S, "`creator|kind|subject`: one appeal for each creator and event.", required=True, derived=True),
        Property("creatorId", S, "The creator who objects.", required=True, indexed=True, derived=True),
        Property("subjectKind", S, "What is contested.", required=True, values=("Sale", "Content", "Collaboration", "Flag"), derived=True),
        Property("subjectId", S, "Id of what is contested.", required=True, indexed=True, derived=True),
        Property("reason", S, "The creator's words.", required=True, derived=True),
        Property("evidence", Type.STRINGS, "Addresses of what shows it, as the creator gave them; nothing opens them.", derived=True),
        Property("status", S, "What became of it.", required=True, values=("PENDING", "UPHELD", "REJECTED"), indexed=True, derived=True),
        Property("createdAt", I, "When it was made.", Unit.TIME, required=True, derived=True),
        Property("dueAt", I, "When it has to be decided.", Unit.TIME, derived=True),
        Property("decidedAt", I, "When it was decided.", Unit.TIME, derived=True),
        Property("decidedBy", S, "Id of the key that decided.", derived=True),
        Property("answer", S, "The administrator's words to the creator.", derived=True),
    ),
)
