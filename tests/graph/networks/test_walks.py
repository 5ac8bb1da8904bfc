"""Paths of the graph as steps."""

from __future__ import annotations

from typing import Any

from graph.networks.walks import End, walk

ANA, BEN = End("Creator", "ana", "Ana"), End("Creator", "ben", "Ben")
ACME, SHOE, HAT = End("Brand", "acme", "Acme"), End("Product", "shoe", "Shoe"), End("Product", "hat", "Hat")
LIPS, BEAUTY = End("Category", "lips", "Lips"), End("Category", "beauty", "Beauty")
POST = (["Video", "Content"], "v1", "v1")


def node(end: End) -> tuple[list[str], str, str]:
    return [end.kind], end.id, end.label


def told(nodes: list[tuple[list[str], str, str]], relationships: list[tuple[Any, ...]]) -> list[tuple[str, str, str]]:
    """Return kind, subject and object of each step."""
    return [(step.kind, *step.pair) for step in walk(nodes, relationships).steps]


def test_relationships_without_a_post_are_steps_either_way() -> None:
    found = walk([node(ACME), node(ANA)], [("COLLABORATED_WITH", "ana", 3, 99.0)])
    (step,) = found.steps
    assert (step.source, step.target, step.kind, step.forwards) == (ACME, ANA, "COLLABORATED", False)
    assert (step.subject, step.object, step.times, step.gmv_usd) == (ANA, ACME, 3, 99.0)


def test_from_brand_to_category_and_its_parent() -> None:
    nodes = [node(ACME), node(SHOE), node(LIPS), node(BEAUTY)]
    relationships = [("SELLS", "acme", None, None), ("IN_CATEGORY", "shoe", None, None), ("CHILD_OF", "lips", None, None)]
    assert told(nodes, relationships) == [("SELLS", "acme", "shoe"), ("IN_CATEGORY", "shoe", "lips"), ("PART_OF", "lips", "beauty")]


def test_a_post_is_no_stop() -> None:
    shows = [("PUBLISHED", "ana", None, None), ("FEATURES", "v1", None, None)]
    names = [("PUBLISHED", "ana", None, None), ("MENTIONS", "v1", None, None)]
    assert told([node(ANA), POST, node(SHOE)], shows) == [("PROMOTES", "ana", "shoe")]
    assert told([node(SHOE), POST, node(ANA)], shows[::-1]) == [("PROMOTES", "ana", "shoe")]
    assert told([node(ANA), POST, node(BEN)], names) == [("MENTIONS", "ana", "ben")]
    assert told([node(BEN), POST, node(ANA)], names[::-1]) == [("MENTIONS", "ana", "ben")]


def test_what_a_post_of_somebody_else_ties() -> None:
    both = [("FEATURES", "v1", None, None), ("FEATURES", "v1", None, None)]
    assert told([node(SHOE), POST, node(HAT)], both) == [("SHOWN_TOGETHER", "shoe", "hat")]
    assert told([node(SHOE), POST, node(BEN)], [both[0], ("MENTIONS", "v1", None, None)]) == [("SHOWN_TOGETHER", "shoe", "ben")]


def test_a_path_without_relationships_has_no_steps() -> None:
    assert walk([node(ANA)], []).steps == ()
