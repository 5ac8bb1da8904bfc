"""Mappings proposed from files."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.rows import Reject, Row
from graph.sources import BadMapping
from graph.sources.guessing import guessed, preview
from tests.graph.sources.test_ready_mappings import POST, RANK, SHAPES


def _preview(tmp_path: Path, name: str, content: bytes) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    """Return the proposed mapping and the rows that it makes of the first records, by table."""
    path = tmp_path / name
    path.write_bytes(content)
    text = guessed(path)
    items = [item for _, item in preview(path, text).rows]
    assert not [item for item in items if isinstance(item, Reject)]
    rows = [item for item in items if isinstance(item, Row)]
    return text, {table: [row.values for row in rows if row.table == table] for table in {row.table for row in rows}}


def test_orders(tmp_path: Path) -> None:
    text, found = _preview(tmp_path, *SHAPES["affiliate_orders"])
    assert found["sales"][0] == {
        "id": "579125529499110202:17294",
        "order_id": "579125529499110202",
        "at": 1_772_753_400,
        "status": "SETTLED",
        "quantity": 2,
        "gmv": 39.8,
        "currency": "MYR",
        "commission_rate": 0.15,
        "product_id": "17294",
        "creator_id": "maya.example",
        "content_id": "76461",
    }
    assert {row["id"] for row in found["creators"]} == {"maya.example"}
    assert 'zone = "UTC"  # CHECK' in text


def test_lines_of_orders_are_no_sums_of_creators_and_products(tmp_path: Path) -> None:
    header, values = "order_id,{time}product_id,quantity,price,gmv,currency,creator_id", "o1,{time}p1,2,5.00,10.00,USD,c1"
    whole = "\n".join(each.format(time=time) for each, time in ((header, "at,"), (values, "1764547200,"))).encode()
    _, found = _preview(tmp_path, "whole.csv", whole)
    assert found.keys() == {"creators", "products", "sales"}
    assert (found["sales"][0]["id"], found["sales"][0]["at"], found["sales"][0]["gmv"]) == ("o1:p1", 1_764_547_200, 10.0)
    timeless = "\n".join(each.format(time="") for each in (header, values)).encode()
    _, found = _preview(tmp_path, "timeless.csv", timeless)
    assert found.keys() == {"creators", "products"}
    assert "price" not in found["products"][0]


def test_an_item_of_an_order_is_a_product_and_nobodys_id(tmp_path: Path) -> None:
    content = b"Order No,Creator,Item ID,Amount (RM),Order Time\n57712345678901234,@siti,1729,RM 19.90,2025-03-04 10:00\n"
    _, found = _preview(tmp_path, "orders.csv", content)
    assert (found["creators"][0]["id"], found["products"][0]["id"]) == ("siti", "1729")
    assert {name: found["sales"][0][name] for name in ("id", "creator_id", "gmv")} == {
        "id": "57712345678901234:1729",
        "creator_id": "siti",
        "gmv": 19.9,
    }


@pytest.mark.parametrize(
    "header",
    [
        "Número de pedido;Produto;ID do produto;Preço;Quantidade;Data do pedido;Criador",
        "Numéro de commande;Produit;ID produit;Prix;Quantité;Date de commande;Créateur",
        "Bestellnummer;Produkt;Produkt-ID;Preis;Menge;Bestelldatum;Creator",
    ],
)
def test_orders_in_other_languages(tmp_path: Path, header: str) -> None:
    content = f"{header}\n577;Lip;17;R$ 1.019,90;2;13/02/2026 10:00;@Ana\n".encode()
    _, found = _preview(tmp_path, "orders.csv", content)
    assert {name: found["sales"][0][name] for name in ("id", "gmv", "quantity", "creator_id")} == {
        "id": "577:17",
        "gmv": 1019.9,
        "quantity": 2,
        "creator_id": "ana",
    }


def test_creators_below_title_lines(tmp_path: Path) -> None:
    text, found = _preview(tmp_path, *SHAPES["seller_center_creators"])
    assert [row["follower_count"] for row in found["creators"]] == [475_800, 69]
    assert [(row["gmv"], row["currency"]) for row in found["reports"]] == [(1204.5, "USD"), (0.0, "USD")]
    assert "skip_lines = 2" in text
    assert 'empty = ["--"]' in text


def test_videos_in_spanish(tmp_path: Path) -> None:
    _, found = _preview(tmp_path, *SHAPES["seller_center_videos"])
    assert found["contents"][0]["views"] == 272
    assert found["creators"][0]["handle"] == "ropa_ejemplo"


@pytest.mark.parametrize(("name", "content"), [("p.jsonl", orjson.dumps(POST)), ("p.json", orjson.dumps({"n": 1, "items": [POST]}))])
def test_nested_posts(tmp_path: Path, name: str, content: bytes) -> None:
    _, found = _preview(tmp_path, name, content)
    assert (found["contents"][0]["creator_id"], found["creators"][0]["follower_count"]) == ("6800000000000000001", 1200)


def test_products(tmp_path: Path) -> None:
    _, found = _preview(tmp_path, "rank.json", orjson.dumps({"data": [RANK]}))
    assert (found["products"][0]["brand_id"], found["products"][0]["commission_rate"]) == (RANK["seller_id"], 0.05)
    assert found["brands"][0]["name"] == "松屋"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_other_encodings_and_delimiters(tmp_path: Path, encoding: str) -> None:
    content = "Creator username;Followers;Country\nJosé;1.200;Spain\nAna;2.300;Spain\nEva;2,5 Mio.;Spain\n".encode(encoding)
    text, found = _preview(tmp_path, "c[1].csv", content)
    assert [(row["handle"], row["follower_count"], row["region"]) for row in found["creators"]] == [
        ("José", 1_200, "ES"),
        ("Ana", 2_300, "ES"),
        ("Eva", 2_500_000, "ES"),
    ]
    assert 'delimiter = ";"' in text


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.csv", b"a,b\n1,2\n", "by these columns: a, b; write a mapping by hand"),
        ("x.csv", b"", "no records are in it"),
        ("x.json", b"{", "one JSON document"),
        ("x.xlsx", b"PK", "not a file that can be read"),
        ("x.parquet", b"PAR1", "cannot be read"),
    ],
)
def test_files_that_suggest_nothing(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadMapping, match=message):
        guessed(tmp_path / name)
