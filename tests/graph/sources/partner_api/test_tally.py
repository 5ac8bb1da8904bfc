"""Declared fields, and what is counted."""

from graph.rows import Note
from graph.sources.partner_api.tally import DISTINCT, Tally, declared


def test_a_declaration_of_fields() -> None:
    assert declared("id price(amount currency) skus(id price(amount))  last") == {
        "id": None,
        "price": {"amount": None, "currency": None},
        "skus": {"id": None, "price": {"amount": None}},
        "last": None,
    }


def test_unknown_fields_are_counted_at_any_depth() -> None:
    tally = Tally()
    document = {"id": 1, "new": {"deep": 1}, "skus": [{"id": 1, "x": 1}, {"x": 2, "price": {"amount": 1, "y": 1}}], "price": "text"}
    tally.unknown_fields(document, declared("id price(amount) skus(id price(amount))"), "data")
    assert list(tally.notes()) == [
        Note("unknown field", "data.new"),
        Note("unknown field", "data.skus.price.y"),
        Note("unknown field", "data.skus.x", count=2),
    ]


def test_distinct_subjects_are_bounded() -> None:
    tally = Tally()
    for n in range(DISTINCT + 7):
        tally.add("unknown field", f"field {n:05d}")
    notes = list(tally.notes())
    assert len(notes) == DISTINCT + 1
    assert notes[-1] == Note("unknown field", "others", count=7)
