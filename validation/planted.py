"""What was planted in a market: one entry a creator, whoever made the market."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from graph.dates import DAY
from simulation import Market

NEW: Final = 60 * DAY
"""Who joined within so long before the run is a newcomer."""
TRAITS: Final = ("reliability", "responsiveness", "drive", "output", "quality", "selling", "breadth", "steadiness")

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Planted:
    """The truth of a market; arrays have one entry a creator, times are Unix seconds, money US dollars."""

    as_of: int
    ids: list[str]
    regions: list[str]
    places: dict[tuple[str, str], int]
    """The creator of each user name (past ones too) and region."""
    traits: dict[str, Floats]
    followers: Floats
    orders: Floats
    expected: Floats
    future: Floats
    joined_at: Floats
    stopped_at: Floats
    honest: Flags
    shares: dict[tuple[int, str], float]
    """Expected share of a region's category, by creator and category."""
    appeal: dict[str, float]
    """Log conversion of each product."""
    seen_whole: dict[str, Floats] = field(default_factory=dict[str, Floats])
    """What an estimator that sees every event would say of each trait, where the market brings that along."""

    def __len__(self) -> int:
        """Return how many creators there are."""
        return len(self.ids)

    def place(self, name: str, region: str) -> int | None:
        """Return the creator who bears or bore a name in a region."""
        return self.places.get((folded(name), region))

    def trait_of(self, score: str) -> Floats:
        """Return what a score is meant to follow; influence has none of its own, since it is one of a category."""
        return TRAIT_OF[score](self.traits)

    @property
    def newcomers(self) -> Flags:
        """Who joined shortly before the run."""
        return self.joined_at > self.as_of - NEW


TRAIT_OF: Final[dict[str, Callable[[Mapping[str, Floats]], Floats]]] = {
    "cooperation": lambda of: mixed(of["reliability"], of["responsiveness"]),
    "diligence": lambda of: of["drive"] * of["output"],
    "contentVolume": lambda of: of["output"],
    "contentSuccess": lambda of: of["quality"],
    "salesAbility": lambda of: of["selling"],
    "collaboration": lambda of: of["breadth"],
    "consistency": lambda of: of["steadiness"],
}


def mixed(*values: Floats) -> Floats:
    """Return the mean of ranks."""
    return np.mean([rankdata(each) for each in values], axis=0)


def folded(name: str) -> str:
    """Return a user name as names are compared."""
    return unicodedata.normalize("NFKC", name.strip().removeprefix("@")).casefold()


def planted_in(made: Market) -> Planted:
    """Return the truth of a simulated market."""
    rows, columns = made.truth["truth_creators"].to_pylist(), made.truth["truth_creators"]
    ids = [row["creator_id"] for row in rows]
    at = {id_: index for index, id_ in enumerate(ids)}
    return Planted(
        as_of=made.world.period.end,
        ids=ids,
        regions=[row["region"] for row in rows],
        places=_places((row["username"], row["former_username"], row["region"]) for row in rows),
        traits={name: columns[name].to_numpy() for name in TRAITS},
        followers=columns["followers"].to_numpy().astype(np.float64),
        orders=columns["orders"].to_numpy(),
        expected=columns["expected_28d_usd"].to_numpy(),
        future=columns["future_net_usd"].to_numpy(),
        joined_at=columns["joined_at"].to_numpy().astype(np.float64),
        stopped_at=columns["active_to"].to_numpy().astype(np.float64),
        honest=made.world.ring < 0,
        shares={
            (at[row["creator_id"]], row["category_id"]): row["expected_share"] for row in made.truth["truth_category_shares"].to_pylist()
        },
        appeal=dict(zip(made["products"]["id"].to_pylist(), made.truth["truth_products"]["appeal"].to_pylist(), strict=True)),
    )


def planted_at(folder: Path) -> Planted:
    """Return the truth beside a market that was made elsewhere: `creators.csv`, `products.csv`, `category_shares.csv`, `market.json`."""
    rows, about = _read(folder / "creators.csv"), json.loads((folder / "market.json").read_text("utf-8"))
    as_of = int(about["as_of"])
    start = as_of - int(about["days"]) * DAY
    ids = [row["creator_open_id"] for row in rows]
    at = {id_: index for index, id_ in enumerate(ids)}
    whole = _read(folder / "ceilings.csv") if (folder / "ceilings.csv").exists() else []

    def column(name: str, table: list[dict[str, str]] = rows, missing: float = 0.0) -> Floats:
        return np.array([float(row[name] or missing) for row in table])

    return Planted(
        as_of=as_of,
        ids=ids,
        regions=[row["region"] for row in rows],
        places=_places((row["username"], row["former_username"], row["region"]) for row in rows),
        traits={name: column(name) for name in TRAITS},
        followers=column("followers"),
        orders=column("orders_before_d"),
        expected=column("expected_28d_usd"),
        future=column("future_net_usd"),
        joined_at=start + column("joined_day") * DAY,
        stopped_at=np.minimum(start + column("stopped_day", missing=1e6) * DAY, as_of),
        honest=np.array([not row["fraud"] for row in rows]),
        shares={
            (at[row["creator_open_id"]], row["category_id"]): float(row["expected_share"]) for row in _read(folder / "category_shares.csv")
        },
        appeal={row["product_id"]: float(np.log(float(row["appeal"]))) for row in _read(folder / "products.csv")},
        seen_whole={name: column(name, whole, missing=np.nan) for name in TRAITS}
        if [row["creator_open_id"] for row in whole] == ids
        else {},
    )


def _places(names: Iterable[tuple[str, Any, str]]) -> dict[tuple[str, str], int]:
    """Return the creators by name; a former name counts where nobody bears it now."""
    named = list(names)
    now = {(folded(name), region): index for index, (name, _, region) in enumerate(named)}
    before = {(folded(former), region): index for index, (_, former, region) in enumerate(named) if former}
    return before | now


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
