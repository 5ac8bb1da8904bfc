"""What a node is found by, and what of a query means something to the index."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from graph.search.terms import FORMS, LONGEST, SOUNDS, TERMS, forms_of, lucene, searchable


def test_a_creator_is_found_by_id_names_description_and_region() -> None:
    found = searchable("Creator", "TH:ann", {"handle": "glow.ann", "nickname": "แชมพู", "bio": "Reviews ทุกวัน", "region": "TH"})
    assert found[FORMS] == ["glow ann", "แชมพู", "chaemphu"]
    assert found[SOUNDS] == ["krn", "smp"]
    terms = set(found[TERMS].split())
    assert {"Athann", "Aglowann", "Wglow", "_gl", "glo", "low", "ow_", "Dglo", "Dglow", "Ssmp", "Psmp", "Breviews", "Bทุ", "RTH"} <= terms


def test_a_category_is_found_by_its_names_in_every_region() -> None:
    assert searchable("Category", "c", {"name": "Beauty", "regionNames": ["Kecantikan", "ความงาม"]})[FORMS][:3] == [
        "beauty",
        "kecantikan",
        "ความงาม",
    ]
    assert searchable("Category", "c", {"name": "Beauty", "name@ID": "Kecantikan"})[FORMS] == ["beauty", "kecantikan"]


def test_what_has_no_name_or_is_not_searched_has_nothing() -> None:
    assert searchable("Product", "p", {"price": 5.0}) == {}
    assert searchable("Brand", "b", {"name": "👄 !"}) == {}
    assert searchable("Content", "v", {"title": "A title"}) == {}


@given(st.text(max_size=300))
def test_nothing_of_a_query_is_syntax(text: str) -> None:
    forms = forms_of(text)
    assert all(len(form) < 10 * LONGEST for form in forms)
    if forms:
        query = lucene(forms, regions=["TH", "VN"])
        assert query.startswith("+(RTH^0 RVN^0) +(")
        clauses = query.removeprefix("+(RTH^0 RVN^0) +(").removesuffix(")").split(" ")
        assert len(clauses) < 1_024
        assert all(re.fullmatch(r"(?:\w|[\u0900-\u0fff\u1000-\u109f\u1780-\u17ff])+\*?\^[0-9]", each) for each in clauses)
