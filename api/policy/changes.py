"""What changed from one schema to another that clients may stumble over, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from graphql import BreakingChangeType, DangerousChangeType, GraphQLSchema
from graphql.utilities import find_breaking_changes, find_dangerous_changes

from api.policy.deprecations import Deprecation, deprecations

COORDINATE: Final = re.compile(r"@\w+(?:\(\w+:\))?|\b[A-Za-z_]\w*\.[A-Za-z_]\w*(?:\(\w+:\))?")
OF_ALL: Final = re.compile(r"Standard scalar ")

BREAKING: Final[Mapping[BreakingChangeType, str]] = {
    BreakingChangeType.TYPE_REMOVED: "operations that name the type are refused",
    BreakingChangeType.TYPE_CHANGED_KIND: "operations that use the type may be refused",
    BreakingChangeType.TYPE_REMOVED_FROM_UNION: "fragments on the type are refused there",
    BreakingChangeType.VALUE_REMOVED_FROM_ENUM: "operations that give the value are refused",
    BreakingChangeType.REQUIRED_INPUT_FIELD_ADDED: "inputs without it are refused",
    BreakingChangeType.IMPLEMENTED_INTERFACE_REMOVED: "fragments on the interface no longer hold for the type",
    BreakingChangeType.FIELD_REMOVED: "operations that name the field are refused",
    BreakingChangeType.FIELD_CHANGED_KIND: "clients may not know what to do with the new type, or may no longer give the old one",
    BreakingChangeType.REQUIRED_ARG_ADDED: "operations without the argument are refused",
    BreakingChangeType.ARG_REMOVED: "operations that give the argument are refused",
    BreakingChangeType.ARG_CHANGED_KIND: "operations that give the argument as before may be refused",
    BreakingChangeType.DIRECTIVE_REMOVED: "operations with the directive are refused",
    BreakingChangeType.DIRECTIVE_ARG_REMOVED: "operations that give the argument are refused",
    BreakingChangeType.REQUIRED_DIRECTIVE_ARG_ADDED: "operations without the argument are refused",
    BreakingChangeType.DIRECTIVE_REPEATABLE_REMOVED: "operations with the directive twice in one place are refused",
    BreakingChangeType.DIRECTIVE_LOCATION_REMOVED: "operations with the directive there are refused",
}
"""What each breaking change does to operations written before it."""
DANGEROUS: Final[Mapping[DangerousChangeType, str]] = {
    DangerousChangeType.VALUE_ADDED_TO_ENUM: "clients that take only the old values may stumble over the new one",
    DangerousChangeType.TYPE_ADDED_TO_UNION: "clients that take only the old types may stumble over the new one",
    DangerousChangeType.OPTIONAL_INPUT_FIELD_ADDED: "inputs without it may mean something else",
    DangerousChangeType.OPTIONAL_ARG_ADDED: "operations without it may mean something else; generated methods take one more parameter",
    DangerousChangeType.IMPLEMENTED_INTERFACE_ADDED: "selections on the interface may return the type too",
    DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE: "operations without the argument are answered otherwise",
    DangerousChangeType.INPUT_FIELD_DEFAULT_VALUE_CHANGE: "inputs without the field are taken otherwise",
}
"""What each dangerous change may do to them."""


class Severity(Enum):
    """How bad a change is."""

    BREAKING = "breaking"
    DANGEROUS = "dangerous"


@dataclass(frozen=True, slots=True)
class Change:
    """One change at a coordinate (`Type.field(argument:)`, `@directive` or `Type`): what it is and what comes of it."""

    severity: Severity
    place: str
    what: str
    consequence: str
    deprecation: Deprecation | None = None

    def __str__(self) -> str:
        """Return it in a line."""
        known = f" (deprecated; it was to stay until {self.deprecation.until})" if self.deprecation else ""
        return f"{self.what.rstrip('.')}{known}: {self.consequence}"


def changes(old: GraphQLSchema, new: GraphQLSchema) -> list[Change]:
    """Return the breaking changes from an old schema to a new one, then the dangerous ones."""
    known = {each.place: each for each in deprecations(old)}
    found = [(Severity.BREAKING, each.description, BREAKING[each.type]) for each in find_breaking_changes(old, new)]
    found += [(Severity.DANGEROUS, each.description, DANGEROUS[each.type]) for each in find_dangerous_changes(old, new)]
    return [
        Change(severity, place(what), what, consequence, known.get(place(what)) if "removed" in what else None)
        for severity, what, consequence in found
    ]


def place(description: str) -> str:
    """Return the coordinate that a description of graphql-core speaks of."""
    found = COORDINATE.search(description)
    return found[0] if found else OF_ALL.sub("", description).split()[0]
