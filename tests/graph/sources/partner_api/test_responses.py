"""Bare responses and envelopes, codes, and ids that conflict."""

from pathlib import Path
from typing import Any

import pytest

from graph.rows import Note
from tests.graph.sources.partner_api.folders import ORDERS, envelope, items, notes, order, orders, owner, rejects, response, rows

DETAIL = "query-target-collaboration-detail"
FULFILMENTS = "seller-search-sample-applications-fulfillments"
FULFILMENT = response(fulfillments=[{"content": {"id": "7493990579714164574", "format": "VIDEO"}, "product": {"id": "p1"}}])


def test_an_envelope_says_the_same_as_its_response(tmp_path: Path) -> None:
    bare = items(owner(tmp_path / "a"), (f"{ORDERS}.json", orders(order())))
    enveloped = items(owner(tmp_path / "b"), (f"{ORDERS}.json", {"request": {"query": {"page_size": 1}}, "response": orders(order())}))
    assert bare == enveloped


@pytest.mark.parametrize("code", [0, "0", None, "", ...])
def test_success(tmp_path: Path, code: object) -> None:
    document = orders(order()) | {"code": code}
    if code is ...:
        del document["code"]
    assert len(rows(items(owner(tmp_path), (f"{ORDERS}.json", document)), "orders")) == 1


@pytest.mark.parametrize(
    ("document", "subject"),
    [
        ({"code": 36009004, "message": "Invalid path", "data": None}, "code 36009004: Invalid path"),
        ({"code": "105001", "message": "Access denied", "data": {"orders": []}}, "code 105001: Access denied"),
        ({"code": False, "message": "", "data": {}}, "code False"),
        ({"message": "?"}, "neither code nor data: ?"),
        ({}, "neither code nor data"),
        ({"code": 7, "message": None}, "code 7"),
        ({"code": 0, "message": "Success"}, "no data"),
        ({"request": {}, "response": {"code": 1, "message": "no"}}, "code 1: no"),
    ],
)
def test_a_failed_response_is_reported_and_no_reject(tmp_path: Path, document: dict[str, Any], subject: str) -> None:
    found = items(owner(tmp_path), (f"{ORDERS}.json", document))
    assert notes(found) == [("failed response", subject)]
    assert rejects(found) == []


@pytest.mark.parametrize("document", [{"code": 0, "data": []}, {"response": "x"}, {"request": [], "response": orders(order())}])
def test_a_document_of_another_shape_is_rejected(tmp_path: Path, document: dict[str, Any]) -> None:
    [reject] = rejects(items(owner(tmp_path), (f"{ORDERS}.json", document)))
    assert reject.raw == document


def test_an_id_that_only_the_path_has_needs_the_envelope(tmp_path: Path) -> None:
    [reject] = rejects(items(owner(tmp_path), (f"{FULFILMENTS}.json", FULFILMENT)))
    assert (reject.column, reject.rule) == ("request.path.application_id", "the id in the path is needed")
    found = items(tmp_path, (f"{FULFILMENTS}.json", envelope(FULFILMENT, application_id=77)))
    assert rejects(found) == []
    assert rows(found, "collaborations")[0]["id"] == "sample:77"


@pytest.mark.parametrize("empty", ["", None, " "])
def test_an_empty_id_in_the_path_is_missing(tmp_path: Path, empty: object) -> None:
    found = items(owner(tmp_path), (f"{FULFILMENTS}.json", envelope(FULFILMENT, application_id=empty)))
    assert [each.column for each in rejects(found)] == ["request.path.application_id"]
    assert rows(found, "contents") == []


def test_an_id_that_the_body_repeats_needs_none(tmp_path: Path) -> None:
    found = items(owner(tmp_path), (f"{DETAIL}.json", response(target_collaboration={"id": "t1", "creators": [{"username": "ann"}]})))
    assert rows(found, "collaborations")[0]["programme_id"] == "t1"


def test_path_and_body_that_name_different_ids_are_rejected(tmp_path: Path) -> None:
    document = envelope(response(target_collaboration={"id": "t1", "creators": [{"username": "ann"}]}), target_collaboration_id="t2")
    found = items(owner(tmp_path), (f"{DETAIL}.json", document))
    assert [(each.column, each.value) for each in rejects(found)] == [("request.path.target_collaboration_id", "t2 ≠ t1")]
    assert rows(found, "collaborations") == []


def test_a_creators_responses_need_a_creator_as_owner(tmp_path: Path) -> None:
    [reject] = rejects(items(owner(tmp_path), ("search-creator-affiliate-orders.json", orders(order()))))
    assert reject.rule == "search-creator-affiliate-orders belongs below creator.json"


def test_unknown_fields_are_ignored_and_counted(tmp_path: Path) -> None:
    documents = [
        orders(order(name, extra={"deep": 1}, skus=[{**order()["skus"][0], "new": 1}] * 2)) | {"trace": 1} for name in ("o1", "o2")
    ]
    found = items(owner(tmp_path), *((f"{ORDERS}-{n}.json", document) for n, document in enumerate(documents)))
    assert len(rows(found, "orders")) == 2
    counted = [(item.subject, item.count) for item in found if isinstance(item, Note)]
    assert counted == [
        ("search-seller-affiliate-orders.trace", 2),
        ("search-seller-affiliate-orders: data.orders.extra", 2),
        ("search-seller-affiliate-orders: data.orders.skus.new", 4),
    ]


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        (response(orders={"0": order()}), "expected a list of objects"),
        (orders(order(skus={"a": {"b": 1}})), "expected a list of objects"),
        (orders(order(skus=[{**order()["skus"][0], "price": [{"gross": 1}]}])), "expected an object"),
    ],
)
def test_fields_of_what_is_rejected_as_a_whole_are_not_noted_beside_it(tmp_path: Path, document: dict[str, Any], rule: str) -> None:
    sound = orders(order("o9", skus=[{**order()["skus"][0], "new": 1}]))
    found = items(owner(tmp_path), (f"{ORDERS}-1.json", sound), (f"{ORDERS}-2.json", document))
    assert [reject.rule for reject in rejects(found)] == [rule]
    assert [item.subject for item in found if isinstance(item, Note)] == ["search-seller-affiliate-orders: data.orders.skus.new"]


def test_an_id_of_the_path_that_has_been_rounded_is_rejected(tmp_path: Path) -> None:
    document = envelope(FULFILMENT, application_id=7494123456789012000)
    found = items(owner(tmp_path), (f"{FULFILMENTS}.json", document))
    assert [(each.column, each.value) for each in rejects(found)] == [("request.path.application_id", "7494123456789012000")]
    assert notes(found) == [("JSON number above 2^53, rounded", f"{FULFILMENTS}: request.path.application_id = 7494123456789012000")]


def test_notes_stay_bounded_however_many_fields_are_unknown(tmp_path: Path) -> None:
    document = response(**{f"field{n}": n for n in range(5000)})
    found = items(owner(tmp_path), (f"{ORDERS}.json", document))
    counts = [item.count for item in found if isinstance(item, Note)]
    assert len(counts) <= 501
    assert sum(counts) == 5000
