"""How much memory an import of many responses takes, and how fast it is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import orjson

from bench.figures import Figure, Report

MEGABYTES: Final = 200
ORDERS_A_PAGE: Final = 500
EXPORTED_AT: Final = 1_760_000_000
DAY: Final = 86_400
METHOD: Final = f"""`creatorgraph import` of {MEGABYTES} MB of saved pages of seller orders ({ORDERS_A_PAGE} each) into an empty private
database; memory is the importing process's resident peak, the database beside it not counted."""


def report() -> Report:
    """Import and measure the peak in MB, and orders a second."""
    with tempfile.TemporaryDirectory() as folder:
        orders = write_pages(Path(folder) / "saved", MEGABYTES)
        peak, seconds = _imported(Path(folder))
    figures = (
        Figure("resident peak of the import", peak, "MB", at_most=500),
        Figure("orders", orders / seconds, "a second"),
    )
    return Report("Memory of an import", METHOD, figures)


def write_pages(folder: Path, megabytes: int) -> int:
    """Write pages of orders of about so many megabytes, and return how many orders they hold."""
    folder.mkdir(parents=True)
    owner = {"shop_id": "7495", "shop_name": "Bench", "region": "US", "exported_at": EXPORTED_AT}
    (folder / "shop.json").write_bytes(orjson.dumps(owner))
    written = number = 0
    while written < megabytes * 1_000_000:
        orders = [_order(number + place) for place in range(ORDERS_A_PAGE)]
        page = orjson.dumps({"code": 0, "message": "Success", "data": {"orders": orders, "total_count": len(orders)}})
        (folder / f"search-seller-affiliate-orders-{number // ORDERS_A_PAGE:06d}.json").write_bytes(page)
        written += len(page)
        number += ORDERS_A_PAGE
    return number


def _order(number: int) -> dict[str, object]:
    """Return one order with one line, in the form of the endpoint, with what else it usually says."""
    amount = {"amount": f"{number % 90 + 1}.90", "currency": "USD"}
    names = ("commission_base", "paid_commission", "paid_shop_ads_commission", "cofunded_creator_bonus_amount")
    sku = {f"{when}_{name}": amount for when in ("estimated", "actual") for name in names} | {
        "creator_username": f"creator.{number % 5000}",
        "price": amount,
        "quantity": number % 3 + 1,
        "content_type": "VIDEO",
        "content_id": str(7_400_000_000_000_000_000 + number % 50_000),
        "product_id": str(1_729_000_000_000_000_000 + number % 2000),
        "commission_rate": "1000",
        "commission_model": "Tiered commission",
        "refunded_quantity": 0,
        "returned_quantity": 0,
    }
    at = EXPORTED_AT - DAY - number % (180 * DAY)
    return {
        "id": str(579_000_000_000_000_000 + number),
        "create_time": at,
        "delivery_time": at + 3600,
        "status": "COMPLETED",
        "skus": [sku],
    }


MEASURED: Final = """
import resource, sys
from api.commands import main
try:
    main()
finally:
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def _imported(folder: Path) -> tuple[float, float]:
    """Return the peak in MB and the seconds that an import of `saved` took."""
    environment = {name: value for name, value in os.environ.items() if name != "NEO4J_URI"} | {"CREATORGRAPH_HOME": str(folder / "home")}
    begun = time.monotonic()
    command = [sys.executable, "-c", MEASURED, "import", str(folder / "saved"), "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    peak = re.search(r"^peak (\d+)$", done.stderr, re.MULTILINE)
    if done.returncode or peak is None:
        raise RuntimeError(f"the import ended with {done.returncode}: {done.stderr[-500:]}")
    # Linux counts in KiB.
    return int(peak[1]) * 1024 / 1e6, time.monotonic() - begun
