"""How pages are kept."""

import gzip
import json
from pathlib import Path
from typing import Any

from simulation.responses.pages import Reply, Shelf, paged


def documents(folder: Path) -> list[dict[str, Any]]:
    """Return all documents of a folder's only endpoint, in order."""
    found = []
    for path in sorted(folder.glob("search-*")):
        raw = path.read_bytes()
        text = gzip.decompress(raw) if path.suffix == ".gz" else raw
        found += [json.loads(line) for line in text.splitlines()]
    return found


def test_a_list_is_parted_into_pages_with_total_and_token() -> None:
    pages = [reply.data for reply in paged("orders", list(range(120)))]
    assert [len(page["orders"]) for page in pages] == [50, 50, 20]
    assert [page["total_count"] for page in pages] == [120, 120, 120]
    assert [bool(page["next_page_token"]) for page in pages] == [True, True, False]
    assert [reply.data["orders"] for reply in paged("orders", [])] == [[]]


def test_what_every_page_says_and_what_none_says() -> None:
    (page,) = paged("creators", [1], more={"search_key": "k", "total_count": None}, path={"id": "7"})
    assert page.data == {"creators": [1], "next_page_token": "", "search_key": "k"}
    assert page.path == {"id": "7"}


def test_forms_vary_and_a_page_may_be_saved_twice(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "shop", {"shop_id": "1", "exported_at": 1})
    assert json.loads((tmp_path / "shop.json").read_text()) == {"shop_id": "1", "exported_at": 1}
    forms = set()
    for turn in range(6):
        shelf.keep(f"search-{turn}", [Reply({"n": 1}), Reply({"n": 2})], again=True)
        forms |= {"".join(path.suffixes) for path in tmp_path.glob(f"search-{turn}-*")}
    assert forms == {".json", ".jsonl", ".jsonl.gz"}
    responses = [each.get("response", each) for each in documents(tmp_path)]
    assert [each["data"]["n"] for each in responses] == [1, 2, 1] * 6
    assert {each["code"] for each in responses} == {0, "0"}


def test_an_id_of_the_path_is_always_in_an_envelope(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "shop", {"shop_id": "1"})
    for turn in range(4):
        shelf.keep(f"search-{turn}", [Reply({"n": 1}, {"application_id": "9"})])
    assert [each["request"]["path"] for each in documents(tmp_path)] == [{"application_id": "9"}] * 4
