"""What a shop gets is less than what happens: which contents it sees, how sums are told, and what has become of samples."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation import Market, market
from simulation.collaborations import SAMPLE
from simulation.responses import write_responses


@pytest.fixture(scope="module")
def shared() -> Market:
    return market(11, creators=300, days=120)


@pytest.fixture(scope="module")
def shops(shared: Market, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("selection")
    write_responses(shared.world, folder)
    return folder / "shops"


def data(folder: Path, slug: str) -> Iterator[dict[str, Any]]:
    """Yield the data of each response of an endpoint."""
    for path in sorted(folder.rglob(f"{slug}-0*")):
        raw = path.read_bytes()
        for line in (gzip.decompress(raw) if path.suffix == ".gz" else raw).splitlines():
            document = json.loads(line)
            yield document.get("response", document)["data"]


def test_shops_see_a_part_of_all_content_and_a_count_of_what_was_made_for_them(shared: Market, shops: Path) -> None:
    named = {
        sku["content_id"] for page in data(shops, "search-seller-affiliate-orders") for order in page["orders"] for sku in order["skus"]
    }
    posts = shared.world.posts
    assert 0.05 < len(named - {""}) / int(posts.shoppable.sum()) < 0.75
    counted = sum(
        each["video_count"] + each["live_count"]
        for page in data(shops, "get-open-collaboration-creator-content-detail")
        for each in page["creator_content_details"]
    )
    assert counted > len(named)


def test_shops_export_at_several_dates_or_once(shops: Path) -> None:
    dates = {len([each for each in shop.iterdir() if each.is_dir()]) for shop in shops.iterdir()}
    assert dates == {1, 2}


def test_samples_succeed_fail_and_are_open(shared: Market, shops: Path) -> None:
    states = {
        (each["status"], each["fulfillment_status"])
        for page in data(shops, "seller-search-sample-applications")
        for each in page["sample_applications"]
    }
    assert {("COMPLETED", "SUCCEED"), ("COMPLETED", "FAILED"), ("CONTENT_PENDING", "PENDING")} <= states
    assert ("COMPLETED", "PENDING") not in states
    assert (shared.world.offers.kind == SAMPLE).sum() > 100


def test_the_platform_counts_all_posts_and_comes_late(shared: Market, shops: Path) -> None:
    told: dict[str, int] = {}
    for page in data(shops, "seller-search-sample-applications"):
        for each in page["sample_applications"]:
            if each["creator"]["content_count"] != "":
                told[each["creator"]["creator_open_id"]] = each["creator"]["content_count"]
    world = shared.world
    ids = {str(each): at for at, each in enumerate(world.people.id.tolist())}
    recent = (world.posts.at >= world.period.end - 32 * 86_400) & (world.posts.at < world.period.end - 2 * 86_400)
    counts = np.bincount(world.posts.creator[recent], minlength=len(world.people))
    same = [told[each] == counts[ids[each]] for each in told if each in ids]
    assert np.mean(same) > 0.5


def test_ratings_are_those_of_sellers(shared: Market, shops: Path) -> None:
    rated = [float(page["creator"]["rating"]) for page in data(shops, "get-marketplace-creator-performance")]
    assert 0.0 in rated
    assert all(each == 0 or 1 <= each <= 5 for each in rated)
