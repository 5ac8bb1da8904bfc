"""Saved responses read as plainly as can be, apart from the importer, so that the two cannot err alike."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from simulation.regions import REGIONS

SLUGS: Final = (
    "seller-search-sample-applications-fulfillments",
    "seller-search-sample-applications",
    "seller-search-affiliate-open-collaboration-product",
    "seller-search-creator-on-marketplace",
    "get-marketplace-creator-performance",
    "get-open-collaboration-creator-content-detail",
    "query-target-collaboration-detail",
    "search-seller-affiliate-orders",
)
"""A slug that begins with another stands before it."""
USUAL_RATES: Final = {region.currency: region.usd for region in REGIONS}
WITHOUT_CENTS: Final = frozenset({"IDR", "VND", "JPY", "KRW"})


class Shop(NamedTuple):
    """Whose export it is, and of when."""

    id: str
    region: str
    exported_at: int
    folder: Path
    rates: dict[str, float]


class Document(NamedTuple):
    """The data of one successful response; `path` are the ids in the path of its request."""

    slug: str
    data: dict[str, Any]
    path: dict[str, str]


def shops_in(folder: Path) -> list[Shop]:
    """Return every export of every shop below a folder, oldest first."""
    found: list[Shop] = []
    for file in sorted(folder.rglob("shop.json")):
        facts = json.loads(file.read_text("utf-8"))
        found.append(Shop(facts["shop_id"], facts["region"], int(facts["exported_at"]), file.parent, _rates(file.parent / "rates.csv")))
    return sorted(found, key=lambda shop: (shop.exported_at, str(shop.folder)))


def documents(shop: Shop) -> Iterator[Document]:
    """Yield what an export holds, file by file."""
    for path in sorted(path for path in shop.folder.rglob("*") if path.is_file()):
        slug = next((each for each in SLUGS if path.name.startswith(each)), None)
        if slug is not None:
            for document in _parsed(path):
                response = document.get("response", document)
                if str(response.get("code")) == "0":
                    yield Document(slug, response["data"], document.get("request", {}).get("path", {}))


def seconds(value: str | int | None) -> int:
    """Return a time in Unix seconds, whether it came as text or in milliseconds; 0 if unknown."""
    number = int(value or 0)
    return number // 1_000 if number > 10**11 else number


def dollars(money: dict[str, str], shop: Shop) -> float:
    """Return an amount in US dollars, by the rate beside the export or else a usual one."""
    currency = money["currency"]
    return number(money["amount"], currency) * (shop.rates.get(currency) or USUAL_RATES[currency])


def number(text: str, currency: str) -> float:
    """Return an amount as a number, however its locale spells it."""
    digits = re.sub(r"[^\d.,-]", "", text)
    if currency in WITHOUT_CENTS:
        return float(re.sub(r"[.,]", "", digits)) if digits != text or not re.fullmatch(r"-?\d+(\.\d+)?", text) else float(text)
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0 or (digits[last] == "," and len(digits) - last == 4):
        return float(re.sub(r"[.,]", "", digits))
    return float(re.sub(r"[.,]", "", digits[:last]) + "." + digits[last + 1 :])


def _parsed(path: Path) -> Iterator[dict[str, Any]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8")
    for part in text.splitlines() if ".jsonl" in path.name else [text]:
        if part.strip():
            yield json.loads(part)


def _rates(path: Path) -> dict[str, float]:
    """Return the latest rate of each currency."""
    if not path.exists():
        return {}
    rows = [line.split(",") for line in path.read_text("utf-8").splitlines()[1:]]
    return {currency: float(rate) for currency, _, rate in sorted(rows, key=lambda row: row[1])}
