"""The whole archive: every endpoint in its documented shape, and the same facts as the tables."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from graph.rows import Note, Reject, Row
from graph.sources import read
from simulation import Market, market
from simulation.responses import write_responses

SPECIFICATIONS: Final = Path(__file__).parents[4] / "shared" / "tiktok-shop-api"
SLUGS: Final = 16


@pytest.fixture(scope="module")
def shared() -> Market:
    return market(11, creators=400, days=120)


@pytest.fixture(scope="module")
def archive(shared: Market, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("responses")
    assert write_responses(shared.world, folder) > 10
    return folder


@pytest.fixture(scope="module")
def items(archive: Path) -> list[Row | Reject | Note]:
    return list(read(archive))


def paths(value: Any, at: str = "") -> Iterator[str]:
    """Yield the path of every field in a document, lists passed through."""
    if isinstance(value, dict):
        for name, below in value.items():
            here = f"{at}.{name}" if at else name
            yield here
            yield from paths(below, here)
    elif isinstance(value, list):
        for below in value:
            yield from paths(below, at)


def written(archive: Path, slug: str) -> set[str]:
    """Return the paths of all fields that the documents of an endpoint hold."""
    found: set[str] = set()
    for path in archive.rglob(f"{slug}-0*"):
        raw = path.read_bytes()
        for line in (gzip.decompress(raw) if path.suffix == ".gz" else raw).splitlines():
            document = json.loads(line)
            found |= set(paths(document.get("response", document)))
    return found


@pytest.mark.skipif(not SPECIFICATIONS.is_dir(), reason="the specifications are not beside this checkout (../shared/tiktok-shop-api)")
def test_every_endpoint_is_written_in_its_documented_shape(archive: Path) -> None:
    files = sorted(SPECIFICATIONS.glob("*.json"))
    assert len(files) == SLUGS
    for file in files:
        documented = {field["path"] for field in json.loads(file.read_text())["response"]}
        found = written(archive, file.stem)
        assert found <= documented, (file.stem, found - documented)
        missing = {path for path in documented - found if not path.endswith(("cover_img_url", "content_end_date", "live_end_time"))}
        assert not missing, (file.stem, missing)


def test_the_importer_takes_every_record_and_knows_every_field(items: list[Row | Reject | Note]) -> None:
    assert [item for item in items if isinstance(item, Reject)] == []
    assert {item.kind for item in items if isinstance(item, Note)} <= {"failed response", "field not used"}


def test_orders_say_what_the_tables_say(shared: Market, items: list[Row | Reject | Note]) -> None:
    latest: dict[str, Row] = {}
    for item in items:
        if isinstance(item, Row) and item.table == "orders":
            order = item.values["order_id"]
            if order not in latest or item.age > latest[order].age:
                latest[order] = item
    lines = [line for row in latest.values() for line in row.values["lines"]]
    planted = shared["sales"].to_pylist()
    assert len(lines) == len(planted)
    assert {line["order_id"] for line in lines} == {line["order_id"] for line in planted}
    for column in ("quantity", "refunded_quantity"):
        assert sum(line[column] for line in lines) == sum(line[column] for line in planted)
    assert by_currency(lines) == pytest.approx(by_currency(planted))
    of_order = {line["order_id"]: line["at"] for line in planted}
    assert all(line["at"] == of_order[line["order_id"]] for line in lines)


def by_currency(lines: list[dict[str, Any]]) -> dict[str, float]:
    """Return GMV by currency."""
    total: dict[str, float] = {}
    for line in lines:
        total[line["currency"]] = total.get(line["currency"], 0.0) + line["gmv"]
    return total


def test_the_later_export_knows_newer_statuses(items: list[Row | Reject | Note], shared: Market) -> None:
    seen: dict[str, dict[int, str]] = {}
    for item in items:
        if isinstance(item, Row) and item.table == "orders":
            seen.setdefault(item.values["order_id"], {})[item.age.observed_at] = item.values["lines"][0]["status"]
    pairs = {tuple(status for _, status in sorted(each.items())) for each in seen.values() if len(each) == 2}
    assert {("PLACED", "SETTLED"), ("PLACED", "REFUNDED")} <= pairs
    assert ("SETTLED", "PLACED") not in pairs


def test_some_creators_took_another_name_between_the_exports(items: list[Row | Reject | Note]) -> None:
    names: dict[str, set[str]] = {}
    for item in items:
        if isinstance(item, Row) and item.table == "creators":
            ref = item.values["id"] if "id" in item.values else item.values.get("creator_id")
            if ref is not None and ref.open_id:
                names.setdefault(ref.open_id, set()).add(ref.handle)
    assert any(len(each) == 2 for each in names.values())


def test_ranges_stand_in_for_exact_sums_in_the_us_alone(archive: Path) -> None:
    ranged, exact = 0, 0
    for path in archive.rglob("seller-search-creator-on-marketplace-0*"):
        raw = path.read_bytes()
        for line in (gzip.decompress(raw) if path.suffix == ".gz" else raw).splitlines():
            document = json.loads(line)
            for creator in document.get("response", document)["data"]["creators"]:
                assert not ("gmv" in creator and "gmv_range" in creator)
                assert "gmv_range" not in creator or creator["selection_region"] == "US"
                ranged, exact = ranged + ("gmv_range" in creator), exact + ("gmv" in creator)
    assert ranged > 5
    assert exact > 50
