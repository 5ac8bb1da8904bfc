"""Computed answers become the tree that was asked for."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from api.graphql.execution.answers import Slot, attribute, grouped, write
from api.graphql.types.nouns import Ref
from graph.plans.selection import Pick, Selection


class Kind(Enum):
    BIG = 1


@dataclass(frozen=True)
class Leaf:
    gmv_usd: float


@dataclass(frozen=True)
class Thing:
    from_: Ref | None
    leaves: tuple[Leaf, ...]
    kind: Kind = Kind.BIG
    missing: Leaf | None = None


CREATOR = Selection("Creator", (Pick("id", "id"),))
BRAND = Selection("Brand", (Pick("name", "name"),))
LEAF = Selection("Leaf", (Pick("usd", "gmvUsd"), Pick("__typename", "__typename")))
THING = Selection(
    "Thing",
    (
        Pick("start", "from", children=(BRAND, CREATOR)),
        Pick("leaves", "leaves", children=(LEAF,)),
        Pick("kind", "kind"),
        Pick("missing", "missing", children=(LEAF,)),
    ),
)


def written(value: Any, *children: Selection) -> tuple[Any, list[Slot]]:
    holder: dict[str, Any] = {}
    slots: list[Slot] = []
    write(value, children, holder, "key", slots)
    return holder["key"], slots


def test_attributes_come_under_the_keys_of_the_request_and_in_its_order() -> None:
    tree, _ = written(Thing(None, (Leaf(1.5), Leaf(2.5))), THING)
    assert list(tree) == ["start", "leaves", "kind", "missing"]
    assert tree["leaves"] == [{"usd": 1.5, "__typename": "Leaf"}, {"usd": 2.5, "__typename": "Leaf"}]
    assert (tree["start"], tree["kind"], tree["missing"]) == (None, "BIG", None)


def test_a_node_waits_for_the_plan_of_its_own_kind() -> None:
    tree, (slot,) = written([Thing(Ref("Creator", "c1"), ())], THING)
    assert (slot.selection, slot.ref.global_id) == (CREATOR, "Creator:c1")
    assert slot.holder is tree[0]
    assert tree[0]["start"] is None


def test_nodes_of_one_selection_are_read_together() -> None:
    _, slots = written([Thing(Ref("Creator", "c1"), ()), Thing(Ref("Brand", "b"), ()), Thing(Ref("Creator", "c2"), ())], THING)
    assert [[each.ref.own_id for each in group] for group in grouped(slots)] == [["c1", "c2"], ["b"]]


def test_lists_of_scalars_and_nothing_stand_as_they_are() -> None:
    assert written([1, 2]) == ([1, 2], [])
    assert written(None, THING) == (None, [])


def test_a_word_that_python_keeps_has_an_underscore() -> None:
    assert (attribute("from"), attribute("gmvUsd")) == ("from_", "gmv_usd")
