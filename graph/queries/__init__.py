"""Queries that someone else wrote: checked by what the database says they would do, and run within bounds."""

from graph.queries.columns import Column
from graph.queries.errors import Faulty, Mixed, QueryError, Refusal, Refused, Rule, TooLarge, TooLong, TooMuchMemory, Unreadable
from graph.queries.guard import Cleared, Examined, Unchecked, checked, examined
from graph.queries.lingering import lingers
from graph.queries.notifications import Notification
from graph.queries.plan import Operator, Plan
from graph.queries.running import Answer, Bounds, answering
from graph.queries.values import plain

__all__ = [
    "Answer",
    "Bounds",
    "Cleared",
    "Column",
    "Examined",
    "Faulty",
    "Mixed",
    "Notification",
    "Operator",
    "Plan",
    "QueryError",
    "Refusal",
    "Refused",
    "Rule",
    "TooLarge",
    "TooLong",
    "TooMuchMemory",
    "Unchecked",
    "Unreadable",
    "answering",
    "checked",
    "examined",
    "lingers",
    "plain",
]
