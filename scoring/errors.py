"""What scoring refuses, and why."""


class ScoringError(Exception):
    """Scoring was given something that it cannot score; the message says value, rule and remedy."""


class FactsError(ScoringError):
    """A table of facts breaks a rule: a column is missing, uneven, negative or not finite."""


class DeclarationError(ScoringError):
    """An indicator is declared in a way that cannot be computed."""


class FitError(ScoringError):
    """A stored fit belongs to other declarations, or is not one."""


class EdgesError(ScoringError):
    """Edges or restarts of a walk break a rule: out of range, negative or not finite."""


class EventTableError(ScoringError):
    """An event table breaks a rule: it lacks a column, or has one of another type or with nulls."""
