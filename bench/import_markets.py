"""What an online import reads in its benchmark: order lines of one market as a table and as responses, and both with a tenth changed."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow as pa

from simulation import market
from simulation.responses import write_responses
from simulation.writing import write_tables

CREATORS: Final = 600
DAYS: Final = 120
SEED: Final = 7
DAY: Final = 86_400
CHANGED: Final = 10
"""One line or order of so many changes."""
ORDERS: Final = "search-seller-affiliate-orders"
KEPT: Final = (ORDERS, "shop.json", "rates.csv")


@dataclass(frozen=True, slots=True)
class Sources:
    """The folder of a first import, that of a later one, and how many order lines each holds."""

    name: str
    first: Path
    changed: Path
    lines: int


def written(folder: Path) -> tuple[Sources, ...]:
    """Write the market's order lines in every form."""
    made = market(SEED, creators=CREATORS, days=DAYS)
    tables = {name: made.tables[name] for name in ("rates", "sales")}
    write_tables(tables, folder / "table")
    write_tables(tables | {"sales": _changed(tables["sales"])}, folder / "table-changed")
    write_responses(made.world, folder / "all")
    lines = [_shop(shop, folder, number) for number, shop in enumerate(sorted((folder / "all" / "shops").iterdir()))]
    shutil.rmtree(folder / "all")
    return (
        Sources("table", folder / "table", folder / "table-changed", tables["sales"].num_rows),
        Sources("responses", folder / "responses", folder / "responses-changed", sum(lines)),
    )


def _changed(sales: Any) -> Any:
    """Return the lines with a tenth of them observed anew under another status."""
    turns = range(sales.num_rows)
    seen = pa.array([1 if turn % CHANGED == 0 else None for turn in turns], pa.int64())
    statuses = ["MENDED" if turn % CHANGED == 0 else status for turn, status in zip(turns, sales["raw_status"].to_pylist(), strict=True)]
    place = sales.column_names.index("raw_status")
    return sales.set_column(place, "raw_status", pa.array(statuses)).append_column("observed_at", seen)


def _shop(shop: Path, folder: Path, number: int) -> int:
    """Write the orders of a shop's last export, and those of one a day later with a tenth changed; return the number of their lines."""
    last, name = max(shop.iterdir()), f"shop-{number}"
    lines = 0
    for path in sorted(each for each in last.iterdir() if each.name.startswith(KEPT)):
        content = path.read_bytes()
        first, changed = folder / "responses" / name / path.name, folder / "responses-changed" / name / path.name
        first.parent.mkdir(parents=True, exist_ok=True)
        changed.parent.mkdir(parents=True, exist_ok=True)
        first.write_bytes(content)
        if path.name.startswith(ORDERS):
            lines += _orders(content, changed)
        else:
            changed.write_bytes(_later(content) if path.name == "shop.json" else content)
    return lines


def _later(content: bytes) -> bytes:
    owner = orjson.loads(content)
    return orjson.dumps(owner | {"exported_at": int(owner["exported_at"]) + DAY})


def _orders(content: bytes, path: Path) -> int:
    """Write the documents of a file with every tenth order cancelled, and return how many lines they hold."""
    packed = content.startswith(b"\x1f\x8b")
    text = (gzip.decompress(content) if packed else content).removeprefix(b"\xef\xbb\xbf")
    documents = [orjson.loads(line) for line in (text.splitlines() if ".jsonl" in path.name else [text]) if line.strip()]
    orders = [order for document in documents for order in document.get("response", document)["data"]["orders"]]
    for order in orders[::CHANGED]:
        order["status"] = "CANCELLED"
    mended = b"\n".join(map(orjson.dumps, documents))
    pack: Callable[[bytes], bytes] = gzip.compress if packed else bytes
    path.write_bytes(pack(mended))
    return sum(len(order["skus"]) for order in orders)
