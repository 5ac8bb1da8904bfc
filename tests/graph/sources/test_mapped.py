"""Tables of other shapes."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graph.rows import Item, Note, Reject, Row
from graph.sources import BadMapping, read

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data"
real = pytest.mark.skipif(not DATA.is_dir(), reason=f"the public data are not at {DATA}")
MAPPING = """
[source]
files = ["posts*.csv"]
delimiter = ";"
empty = ["n/a"]

[[tables]]
table = "contents"
[tables.columns]
id = { column = "key", prefix = "v-" }
kind = { column = "what", values = { film = "VIDEO", stream = "LIVE" } }
published_at = { column = "day", date = "%d.%m.%Y %H:%M" }
duration_seconds = { column = "minutes", unit = "minutes" }
views = { column = "thousand_views", unit = "thousands" }
creator_id = "author"
observed_at = { constant = 1700000000 }

[[tables]]
table = "features"
for_each = "products"
separator = ","
[tables.columns]
content_id = { column = "key", prefix = "v-" }
product_id = "products"

[[tables]]
table = "sales"
[tables.columns]
id = "key"
order_id = "key"
at = { column = "ms", unit = "milliseconds" }
status = { constant = "PLACED" }
quantity = { constant = 1 }
gmv = "gmv"
currency = { constant = "EUR" }
product_id = { constant = "p" }
commission_rate = { column = "percent", unit = "percent" }
content_kind = { column = "what", values = { film = "VIDEO" }, other = "empty" }
raw_status = { column = "what", values = { film = "Film" }, other = "keep" }
"""
HEADER = "key;what;day;minutes;thousand_views;author;products;ms;gmv;percent;spare\n"


def _read(tmp_path: Path, *rows: str) -> list[Item]:
    (tmp_path / "m.toml").write_text(MAPPING)
    (tmp_path / "posts-1.csv").write_text(HEADER + "\n".join(rows))
    return list(read(tmp_path, mapping=tmp_path / "m.toml"))


def _rows(found: list[Item], table: str) -> list[dict[str, Any]]:
    return [item.values for item in found if isinstance(item, Row) and item.table == table]


def test_columns_units_dates_values_and_lists(tmp_path: Path) -> None:
    found = _read(tmp_path, "1;film;13.11.2024 10:00;1.5;12.5;ann;p1, p2,;1700000000999;9.5;12.5;x")
    assert _rows(found, "contents") == [
        {"id": "v-1", "kind": "VIDEO", "published_at": 1_731_492_000, "duration_seconds": 90, "views": 12_500, "creator_id": "ann"}
    ]
    assert _rows(found, "features") == [{"content_id": "v-1", "product_id": "p1"}, {"content_id": "v-1", "product_id": "p2"}]
    [sale] = _rows(found, "sales")
    assert (sale["at"], sale["commission_rate"], sale["content_kind"], sale["raw_status"]) == (1_700_000_000, 0.125, "VIDEO", "Film")
    ages = [(item.age.observed_at, item.age.path, item.age.position) for item in found if isinstance(item, Row)]
    assert ages == [(1_700_000_000, "posts-1.csv", 1), (0, "posts-1.csv", 2), (0, "posts-1.csv", 3), (0, "posts-1.csv", 4)]


def test_empty_cells_and_texts_that_mean_so(tmp_path: Path) -> None:
    found = _read(tmp_path, "1;stream;n/a;;n/a;;;1700000000000;9;;")
    assert _rows(found, "contents") == [{"id": "v-1", "kind": "LIVE"}]
    assert _rows(found, "features") == []
    assert "content_kind" not in _rows(found, "sales")[0]
    assert _rows(found, "sales")[0]["raw_status"] == "stream"


@pytest.mark.parametrize(
    ("row", "table", "column"),
    [
        ("1;play;;;;;;1700000000000;9;;", "contents", "kind"),
        ("1;film;2024-11-13;;;;;1700000000000;9;;", "contents", "published_at"),
        ("1;film;;long;;;;1700000000000;9;;", "contents", "duration_seconds"),
        ("1;film;;;;;;1700000000000;9;120;", "sales", "commission_rate"),
        ("1;film;;;;;;soon;9;;", "sales", "at"),
    ],
)
def test_a_bad_cell_rejects_its_row_with_the_sources_cells(tmp_path: Path, row: str, table: str, column: str) -> None:
    [reject] = [item for item in _read(tmp_path, row) if isinstance(item, Reject)]
    assert (reject.where.file, reject.where.record, reject.table, reject.column) == ("posts-1.csv", "line 2", table, column)
    assert reject.raw == dict(zip(HEADER.strip().split(";"), row.split(";"), strict=True))


def test_what_is_not_mapped_is_noted(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("")
    notes = [(item.kind, item.subject) for item in _read(tmp_path, "1;film;;;;;;1700000000000;9;;") if isinstance(item, Note)]
    assert notes == [("file not in the mapping", "m.toml"), ("file not in the mapping", "other.csv"), ("column not mapped", "spare")]


def test_a_file_without_a_mapped_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(MAPPING)
    (tmp_path / "posts.csv").write_text("key;what\n1;film\n")
    with pytest.raises(BadMapping, match=r"posts\.csv: no column author, day, gmv, .*; it has key, what"):
        list(read(tmp_path, mapping=tmp_path / "m.toml"))


def test_a_folder_without_the_mappings_files_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(MAPPING)
    with pytest.raises(BadMapping, match=r"no file in .* is called posts\*\.csv"):
        read(tmp_path, mapping=tmp_path / "m.toml")


@real
def test_real_creators() -> None:
    found = list(read(DATA, mapping=ROOT / "docs/mappings/tiktok_creators.toml"))
    with (DATA / "tiktok_creators.csv").open(newline="") as file:
        source = list(csv.DictReader(file))
    rows = _rows(found, "creators")
    assert [item for item in found if isinstance(item, Reject)] == []
    assert len(rows) == len(source) == 5000
    for row, line in zip(rows, source, strict=True):
        assert (row["id"], row["handle"], row["region"]) == (line["creator_key"], line["creator_key"], line["region"])
        counts = (row["follower_count"], row["following_count"], row["like_count"], row["video_count"])
        assert counts == tuple(int(line[name]) for name in ("followers", "following", "total_likes", "total_videos"))
        assert (row["verified"], row["language"]) == (line["verified"] == "True", line["language"])


@real
def test_real_videos_with_their_creators_and_mentions() -> None:
    found = list(read(DATA, mapping=ROOT / "docs/mappings/tiktok_videos.toml"))
    with (DATA / "tiktok_videos_2020-12.csv").open(newline="") as file:
        source = list(csv.DictReader(file))
    mentioned = [(line["video_key"], key) for line in source for key in line["mention_keys"].split(";") if key]
    assert [item for item in found if isinstance(item, Reject)] == []
    assert Counter(item.table for item in found if isinstance(item, Row)) == {
        "creators": 1000 + len(mentioned),
        "contents": 1000,
        "mentions": len(mentioned),
    }
    assert [(row["content_id"], row["creator_id"]) for row in _rows(found, "mentions")] == mentioned
    assert len({row["id"] for row in _rows(found, "creators")}) == len(
        {line["creator_key"] for line in source} | {key for _, key in mentioned}
    )
    for row, line in zip(_rows(found, "contents"), source, strict=True):
        numbers = (row["published_at"], row["views"], row["likes"], row["comments"], row["shares"], row["duration_seconds"])
        assert numbers == tuple(
            int(line[n]) for n in ("create_time", "play_count", "digg_count", "comment_count", "share_count", "duration")
        )
        assert (row["kind"], row["creator_id"], row.get("title", "")) == ("VIDEO", line["creator_key"], line["hashtags"])


AFFILIATE = """
[source]
files = ["orders.csv"]
[[tables]]
table = "creators"
[tables.columns]
id = "creator"
handle = "creator"
region = { constant = "US" }
[[tables]]
table = "sales"
[tables.columns]
id = "order"
order_id = "order"
at = { constant = 1750000000 }
status = { constant = "PLACED" }
quantity = "quantity"
gmv = { constant = 5 }
currency = { constant = "USD" }
product_id = { constant = "p" }
creator_id = "creator"
"""


def test_only_rows_that_are_lost_are_told_to_repeat_a_key(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(AFFILIATE)
    (tmp_path / "orders.csv").write_text("order,creator,quantity\n1,Ann,1\n2,ann,1\n2,@ANN,3\n")
    found = list(read(tmp_path / "orders.csv", mapping=tmp_path / "m.toml"))
    notes = [(item.kind, item.subject) for item in found if isinstance(item, Note)]
    assert notes == [("key repeated", "orders.csv: of sales rows with one key, the last one counts")]
