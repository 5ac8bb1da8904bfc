"""The mappings in docs/mappings: each reads a small file of its shape."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.rows import Reject, Row
from graph.sources import read
from graph.sources.mapping import load_mapping

MAPPINGS = Path(__file__).parents[3] / "docs" / "mappings"

CREATORS = """2026-05-07 ~ 2026-06-03,,,,,
,,,,,
Creator name,Followers,Affiliate GMV,Items sold,Videos,LIVE streams
@Maya.Example,475.8k,"$1,204.50",12,3,1
other,69,$0.00,0,--,0
"""
VIDEOS = """Nombre del creador,ID del Creador,Información del video,ID del video,Hora,VV,Me gusta,GMV de videos (MX$)
ropa_ejemplo,7241715178701194999,"Texto #ropa
segunda línea",7646166143702453999,2026/05/31 15:09:53,272,3,"1,234.50"
"""
ORDER_COLUMNS = (
    "Order ID,Product ID,Product Name,Price,Payment Amount,Currency,Quantity,Order Status,Creator Username,Content Type,Content ID"
)
ORDERS = f"""\ufeff{ORDER_COLUMNS},Standard commission rate,Time Created
"579125529499110202\t","17294\t",Balm,RM 19.90,RM 39.80,MYR,2,Settled,Maya.Example,Video,"76461\t",15%,05/03/2026 23:30:00
"579125529499110203\t","17294\t",Balm,"RM 1,019.90","RM 1,019.90",MYR,1,Ineligible,@maya.example,Live,,12.5%,31/12/2025 00:15:00
"""
POST = {
    "id": "7646166143702453111",
    "createTime": 1764547200,
    "text": "hello #ad",
    "authorMeta": {"id": "6800000000000000001", "name": "nested.author", "verified": False, "fans": 1200},
    "playCount": 100,
    "diggCount": 5,
    "videoMeta": {"duration": 15},
}
RANK = {
    "product_id": "1735410896249390163",
    "product_name": "牛めし",
    "commission_rate": 5,
    "sales_volumn": 3173,
    "unit_price": 14270.17,
    "seller_id": "7494159253322105939",
    "seller_name": "松屋",
}
SHAPES = {
    "seller_center_creators": ("Creator-List.csv", CREATORS.encode()),
    "seller_center_videos": ("Video-Performance-List.csv", VIDEOS.encode()),
    "affiliate_orders": ("affiliate_orders.csv", ORDERS.encode()),
    "scraper_posts": ("posts.jsonl", orjson.dumps(POST)),
    "kalodata_products": ("product-rank-last-7-day.json", orjson.dumps({"count": 1, "dateRange": "last7Day", "data": [RANK]})),
}


def _read(tmp_path: Path, mapping: str) -> dict[str, list[dict[str, Any]]]:
    name, content = SHAPES[mapping]
    (tmp_path / name).write_bytes(content)
    items = list(read(tmp_path, mapping=MAPPINGS / f"{mapping}.toml"))
    assert not [item for item in items if isinstance(item, Reject)]
    rows = [item for item in items if isinstance(item, Row)]
    return {table: [row.values for row in rows if row.table == table] for table in {row.table for row in rows}}


def test_creators(tmp_path: Path) -> None:
    found = _read(tmp_path, "seller_center_creators")
    assert found["creators"][0] == {"id": "maya.example", "handle": "Maya.Example", "region": "US", "follower_count": 475_800}
    report = found["reports"][0]
    assert (report["id"], report["creator_id"], report["gmv"], report["video_count"]) == (
        "seller-center:maya.example",
        "maya.example",
        1204.5,
        3,
    )
    assert "video_count" not in found["reports"][1]


def test_videos(tmp_path: Path) -> None:
    [video] = _read(tmp_path, "seller_center_videos")["contents"]
    assert (video["id"], video["creator_id"], video["views"]) == ("7646166143702453999", "7241715178701194999", 272)
    assert video["published_at"] == 1_780_261_793, "15:09:53 in Mexico City is 21:09:53 UTC"


def test_orders(tmp_path: Path) -> None:
    found = _read(tmp_path, "affiliate_orders")
    assert {row["id"] for row in found["creators"]} == {"maya.example"}
    assert [(row["id"], row["gmv"], row["commission_rate"], row["status"], row["at"]) for row in found["sales"]] == [
        ("579125529499110202:17294", 39.8, 0.15, "SETTLED", 1_772_724_600),
        ("579125529499110203:17294", 1019.9, 0.125, "NO_SALE", 1_767_111_300),
    ]


def test_posts(tmp_path: Path) -> None:
    found = _read(tmp_path, "scraper_posts")
    assert (found["creators"][0]["id"], found["creators"][0]["follower_count"]) == ("6800000000000000001", 1200)
    assert (found["contents"][0]["creator_id"], found["contents"][0]["duration_seconds"]) == ("6800000000000000001", 15)


def test_products(tmp_path: Path) -> None:
    found = _read(tmp_path, "kalodata_products")
    [product] = found["products"]
    assert (product["brand_id"], product["price"], product["commission_rate"]) == ("7494159253322105939", 14270.17, 0.05)
    assert found["brands"] == [{"id": "7494159253322105939", "name": "松屋", "region": "JP"}]


@pytest.mark.parametrize("path", sorted(MAPPINGS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_mapping_is_sound_and_listed(path: Path) -> None:
    assert load_mapping(path).targets
    assert path.name in (MAPPINGS / "README.md").read_text("utf-8")
