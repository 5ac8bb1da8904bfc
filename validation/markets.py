"""The markets that scores are held against: made from seeds and regimes, as tables or as responses, or found in a folder."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from simulation import market
from simulation.regimes import REGIMES, Regime, regime
from simulation.regions import DEFAULT_REGIONS
from simulation.responses import write_responses
from simulation.writing import write_tables
from validation.files import shops_in
from validation.plain import Figures, plain_of, plain_rankings, plain_shares
from validation.planted import TRAIT_OF, Floats, Planted, planted_at, planted_in
from validation.seen import seen_in
from validation.told import Told
from validation.whole import Whole

Form = Literal["responses", "tables"]
FORMS: Final[tuple[Form, ...]] = ("responses", "tables")
SEEDS: Final = (1, 2, 3)
Shares = dict[tuple[int, str], float]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Which market to make; one of a regime other than the usual has one seed."""

    seed: int
    form: Form
    regime: str = "usual"
    creators: int = 1_000
    days: int = 180
    regions: tuple[str, ...] = DEFAULT_REGIONS

    @property
    def name(self) -> str:
        """What the report calls it."""
        return f"{self.regime}, seed {self.seed}" if self.regime == "usual" else self.regime


@dataclass(frozen=True)
class Rival:
    """What an estimator says of all creators: for each score, of shares of categories, and of sales to come."""

    scores: dict[str, Floats]
    shares: Shares = field(default_factory=dict[tuple[int, str], float])
    ranking: Floats | None = None


@dataclass(frozen=True)
class Case:
    """A market on disk, its truth, and those whom the product is compared to: whoever counts, sees everything, or is told."""

    name: str
    form: Form
    folders: list[Path]
    planted: Planted
    figures: dict[str, Figures]
    figure_shares: Shares
    rankings: Figures
    whole: Rival | None
    told: Rival | None


def recipes(*, creators: int, days: int) -> list[Recipe]:
    """Return the markets of the full report: three seeds in both forms, and every other regime in partner form."""
    usual = [Recipe(seed, form, creators=creators, days=days) for form in FORMS for seed in SEEDS]
    return usual + [Recipe(11, "responses", name, creators, days) for name in REGIMES if name != "usual"]


def made_case(recipe: Recipe, folder: Path) -> Case:
    """Simulate a market into an empty folder."""
    made = market(recipe.seed, creators=recipe.creators, days=recipe.days, regions=recipe.regions, like=_like(recipe))
    planted, whole = planted_in(made), Whole(made.world)
    everything = Rival(whole.scores(), whole.shares(), whole.expectation())
    if recipe.form == "tables":
        write_tables(made.tables, folder)
        return Case(recipe.name, "tables", [folder], planted, whole.figures(), whole.sold_shares(), whole.rankings(), everything, None)
    write_responses(made.world, folder)
    return _responses(recipe.name, folder / "shops", planted, everything)


def _like(recipe: Recipe) -> Regime:
    """Return the regime; in partner form no brand gives sums alone: its sales would show in no file, and nobody could expect them."""
    like = regime(recipe.regime)
    return replace(like, sums_only=0.0) if recipe.form == "responses" else like


def found_case(folder: Path) -> Case:
    """Return the market of a folder with `shops/` (saved responses) and `truth/`."""
    planted = planted_at(folder / "truth")
    whole = {name: trait(planted.seen_whole) for name, trait in TRAIT_OF.items()} if planted.seen_whole else None
    return _responses(folder.name, folder / "shops", planted, Rival(whole) if whole else None)


def _responses(name: str, shops: Path, planted: Planted, whole: Rival | None) -> Case:
    seen = seen_in(shops, planted)
    told = Told(seen)
    return Case(
        name,
        "responses",
        [shop.folder for shop in shops_in(shops)],
        planted,
        plain_of(seen),
        plain_shares(seen),
        plain_rankings(seen),
        whole,
        Rival(told.scores(), told.shares(), told.ranking()),
    )
