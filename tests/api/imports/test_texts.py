"""Texts of imports that JSON can carry."""

from __future__ import annotations

from api.imports.texts import LONGEST, printable, shown_cell

LARGE = 2**63 + 1


def test_texts_are_cut_and_without_half_characters() -> None:
    assert printable("x" * (LONGEST + 1)) == "x" * LONGEST + "…"
    assert printable("a\udc80") == "a?"


def test_cells_are_shown_as_text() -> None:
    assert [shown_cell(each) for each in ("x\udc80", None, LARGE, ["a"], True)] == ["x?", None, str(LARGE), '["a"]', "true"]
