"""How the schema may change: what breaks is told, and announced; what is deprecated has a day."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import BreakingChangeType, DangerousChangeType, build_schema

from api.commands.schema import BASE
from api.documents.reference import page
from api.graphql.schema import core
from api.policy.changelog import unannounced
from api.policy.changes import BREAKING, DANGEROUS, Severity, changes
from api.policy.deprecations import Deprecation, deprecations

ROOT = Path(__file__).parents[3]
OLD = build_schema("""
directive @seen(by: String) on FIELD
enum Kind { A B }
interface Node { id: ID! }
union Thing = One | Two
input Filter { name: String  size: Int = 1 }
type One implements Node { id: ID!  name(first: Int = 1, long: Boolean): String
  gone: Int @deprecated(reason: "Use `name`. Removed after 2027-06-30.") }
type Two { id: ID! }
type Left { id: ID! }
type Query { one: One  thing: Thing  left: Left  list(filter: Filter, kind: Kind): [One] }
""")
NEW = build_schema("""
enum Kind { A C }
interface Node { id: ID! }
union Thing = One | Three
input Filter { name: Int  size: Int = 2  needed: ID! }
type One { id: ID!  name(first: Int = 2, other: Int!, more: Int): [String] }
type Two implements Node { id: ID! }
type Three { id: ID! }
type Query { one: One  thing: Thing  two: Two  list(filter: Filter, kind: Kind): [One] }
""")
PLACES = {
    Severity.BREAKING: {
        "@seen",
        "Left",
        "Query.left",
        "Kind.B",
        "Two",
        "Filter.name",
        "Filter.needed",
        "One",
        "One.gone",
        "One.name",
        "One.name(long:)",
        "One.name(other:)",
    },
    Severity.DANGEROUS: {"Kind.C", "Three", "Filter.size", "One.name(first:)", "One.name(more:)", "Node"},
}


def test_each_kind_of_change_says_what_comes_of_it() -> None:
    assert set(BREAKING) == set(BreakingChangeType)
    assert set(DANGEROUS) == set(DangerousChangeType)


@pytest.mark.parametrize("severity", Severity)
def test_changes_are_told_with_their_coordinates(severity: Severity) -> None:
    assert {each.place for each in changes(OLD, NEW) if each.severity is severity} == PLACES[severity]


def test_a_change_is_a_sentence() -> None:
    told = {each.place: str(each) for each in changes(OLD, NEW)}
    assert told["One.gone"] == (
        "Field One.gone was removed (deprecated; it was to stay until 2027-06-30): operations that name the field are refused"
    )
    assert told["Query.left"] == "Field Query.left was removed: operations that name the field are refused"
    assert told["Filter.needed"] == "A required field Filter.needed was added: inputs without it are refused"
    assert told["Kind.C"] == "Enum value Kind.C was added: clients that take only the old values may stumble over the new one"


def test_nothing_changes_from_a_schema_to_itself() -> None:
    assert changes(OLD, OLD) == changes(core, core) == []


ENTRIES = """# Changelog
## 0.2.0 (unreleased)
- **Lists** (**breaking**): `One.name` has other arguments, and `Left`,
  `Query.left` and `One.gone` are gone.
- `Kind.B` is mentioned here without being called breaking.
## 0.1.0
- **breaking**: `@seen`.
"""


def test_a_breaking_change_is_announced_where_the_newest_section_names_it_and_calls_it_breaking() -> None:
    found = {each.place for each in unannounced(changes(OLD, NEW), ENTRIES)}
    assert found == PLACES[Severity.BREAKING] - {"One.name", "One.name(long:)", "One.name(other:)", "Left", "Query.left", "One.gone"}


def test_every_breaking_change_since_the_last_release_is_in_the_changelog() -> None:
    """Where it fails: name the coordinate in an entry of CHANGELOG.md that is marked **breaking**, or do not break it."""
    found = changes(build_schema(BASE.read_text("utf-8")), core)
    assert [str(each) for each in unannounced(found, (ROOT / "CHANGELOG.md").read_text("utf-8"))] == []


def test_what_is_deprecated_has_a_day_and_something_to_use_instead() -> None:
    assert [str(each) for each in deprecations(OLD)] == ["One.gone is deprecated and stays until 2027-06-30: Use `name`."]
    assert all(isinstance(each, Deprecation) for each in deprecations(core))


@pytest.mark.parametrize("reason", ["old", "Use `b`. Removed soon.", "Use `b`. Removed after 2027-13-01.", "Removed after 2027-01-01."])
def test_a_deprecation_without_a_day_is_refused(reason: str) -> None:
    with pytest.raises(ValueError, match=r"Query.a is deprecated .*say what to use instead and until when it stays"):
        deprecations(build_schema(f'type Query {{ a: Int @deprecated(reason: "{reason}")  b: Int }}'))


def test_deprecations_of_every_kind_are_shown_in_the_reference() -> None:
    text = page(
        build_schema("""
        enum Kind { A  B @deprecated(reason: "Use `A`. Removed after 2027-01-31.") }
        input Filter { old: Int @deprecated(reason: "Use `new`. Removed after 2027-02-28.")  new: Int }
        type Query { a(kind: Kind, filter: Filter, x: Int @deprecated(reason: "Leave it out. Removed after 2027-03-31.")): Int
          "What was." b: Int @deprecated(reason: "Use `a`. Removed after 2027-04-30.") }
        """)
    )
    for row in (
        "| `Kind.B` | 2027-01-31 | Use `A`. |",
        "| `Filter.old` | 2027-02-28 | Use `new`. |",
        "| `Query.a(x:)` | 2027-03-31 | Leave it out. |",
        "| `Query.b` | 2027-04-30 | Use `a`. |",
        "| `b` | `Int` | **Deprecated** (Use `a`. Removed after 2027-04-30.) What was. |",
    ):
        assert row in text
    assert "Nothing is deprecated." in page(build_schema("type Query { a: Int }"))
