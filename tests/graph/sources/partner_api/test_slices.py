"""Large documents in slices: the same rows as whole."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.rows import Item, Reject, Row
from graph.sources import Options, read
from graph.sources.partner_api import slices as module
from graph.sources.partner_api.endpoints import ENDPOINTS
from graph.sources.partner_api.slices import slices, start_of
from tests.graph.sources.partner_api import generated
from tests.graph.sources.partner_api.folders import ORDERS, envelope, items, notes, order, orders, owner, rejects, rows, sku
from tests.graph.sources.partner_api.generated import SPECIFICATIONS, WHY_ABSENT

SLICED = Options(whole_bytes=0)


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(["orders", "data", "a", 'b"]', "code"]), inner, max_size=3)


JSON = st.recursive(
    st.none() | st.integers(-5, 5) | st.text('a"\\[]{},:é', max_size=4), lambda inner: st.lists(inner, max_size=3) | _objects(inner)
)


@pytest.fixture(autouse=True)
def _small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLICE", 40)


def _joined(document: Any, **how: Any) -> list[tuple[int, Any]] | None:
    found = slices(bytearray(json.dumps(document, **how).encode()), "orders")
    if found is None:
        return None
    pieces = [piece.get("response", piece)["data"]["orders"] for piece in found]
    return [(start_of(piece) + n, each) for piece in pieces for n, each in enumerate(piece)]


@given(
    st.lists(_objects(JSON), min_size=1, max_size=12),
    st.dictionaries(st.sampled_from(["next", "total"]), JSON),
    st.booleans(),
    st.booleans(),
)
def test_slices_joined_are_the_list(listed: list[Any], beside: dict[str, Any], enveloped: bool, spaced: bool) -> None:
    bare = {"message": "ok", "data": beside | {"orders": listed} | {"after": [1]}}
    document = {"request": {"orders": [], "path": {}}, "response": bare} if enveloped else bare
    assert _joined(document, indent=2 if spaced else None) == list(enumerate(listed))


@given(JSON)
def test_what_cannot_be_sliced_is_left_whole(anything: Any) -> None:
    found = _joined({"data": {"orders": anything}})
    if found is not None:
        assert found == list(enumerate(anything))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b'{"data": {"orders": [',
        b'{"data": {"orders": []}}',
        b'{"data": {"orders": {"a": 1}}}',
        b'{"data": {"orders": [{}, 1, {}]}}',
        b'{"data": {"orders": [1, {}]}}',
        b'{"data": {"orders": [{} {}]}}',
        b'{"data": {"orders": [{}, {},]}}',
        b'{"data": {"orders": [{}], "orders": [{"b": 1}]}}',
        b'{"data": {"orders": [{}]}} {}',
        b'{"code": 5, "data": {"orders": [{}]}}',
        b'{"other": {"orders": [{}]}}',
        b'{"data": [{"orders": [{}]}]}',
    ],
)
def test_odd_documents_are_read_whole(text: bytes) -> None:
    assert slices(bytearray(text), "orders") is None


@pytest.mark.skipif(not SPECIFICATIONS.is_dir(), reason=WHY_ABSENT)
@pytest.mark.parametrize("slug", [slug for slug, endpoint in ENDPOINTS.items() if endpoint.pages])
def test_rows_are_the_same(slug: str, tmp_path: Path) -> None:
    generated.write_owner(tmp_path, generated.owner_kind(slug))
    generated.save(tmp_path / f"{slug}.jsonl", *(generated.Generator(n).write(slug, records=6).document for n in range(3)))
    assert list(read(tmp_path, options=SLICED)) == list(read(tmp_path))


def _said(found: list[Item]) -> list[tuple[str, Any]]:
    return [(item.where.record, item.values if isinstance(item, Row) else item.rule) for item in found if isinstance(item, (Row, Reject))]


def test_rejects_stand_where_they_stood(tmp_path: Path) -> None:
    document = orders(*(order(f"o{n}", sku(product_id=f"p{n}"), create_time=n % 3 and 1_750_000_000) for n in range(9)))
    owner(tmp_path)
    whole, sliced = items(tmp_path, (f"{ORDERS}.json", document)), items(tmp_path, options=SLICED)
    assert _said(sliced) == _said(whole)
    assert [each.where.record for each in rejects(sliced)] == [f"data.orders[{n}]" for n in (0, 3, 6)]


def test_an_envelope_and_fields_beside_the_list(tmp_path: Path) -> None:
    document = envelope(orders(*(order(f"o{n}") for n in range(9))) | {"more": 1})
    found = items(owner(tmp_path), (f"{ORDERS}.json", document), options=SLICED)
    assert len(rows(found, "orders")) == 9
    assert notes(found) == [("unknown field", f"{ORDERS}.more")]


def test_a_failed_response_is_noted_once(tmp_path: Path) -> None:
    document = orders(*(order(f"o{n}") for n in range(9))) | {"code": 7}
    found = items(owner(tmp_path), (f"{ORDERS}.json", document), options=SLICED)
    assert (rows(found, "orders"), notes(found)) == ([], [("failed response", "code 7: Success")])


def test_a_slice_that_is_no_json_is_rejected_after_those_before(tmp_path: Path) -> None:
    text = json.dumps(orders(*(order(f"o{n}") for n in range(9)))).replace('"o5"', "o5").encode()
    found = items(owner(tmp_path), (f"{ORDERS}.json", text), options=SLICED)
    assert [each["order_id"] for each in rows(found, "orders")] == [f"o{n}" for n in range(5)]
    assert len(rejects(found)) == 1


def test_memory_is_a_fraction_of_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLICE", 100_000)
    owner(tmp_path)
    (tmp_path / f"{ORDERS}.json").write_text(json.dumps(orders(*(order(f"o{n}", sku(), sku()) for n in range(8_000)))))
    size = (tmp_path / f"{ORDERS}.json").stat().st_size
    tracemalloc.start()
    assert sum(isinstance(item, Row) and item.table == "orders" for item in read(tmp_path, options=SLICED)) == 8_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * size
