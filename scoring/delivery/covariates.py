"""What was known of creators when a sample was approved, as columns that the log odds of delivery are linear in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from scoring.delivery.past import Past
from scoring.delivery.prior import beta_prior
from scoring.delivery.promises import Promises, pairs
from scoring.facts.arrays import ABSENT, Floats, Ints
from scoring.facts.market import Market
from scoring.facts.period import DAY

MONTH: Final = 28 * DAY
YOUNG: Final = 10 * DAY
"""A promise younger than that weighs on nobody yet; the facts of cooperation count open ones from the same age."""
EDGE: Final = 0.05
"""A reported share of 0 or 1 is one of few samples: no log odds beyond that are believed."""
PSEUDO: Final = 2.0
"""A mean of few ratings or delays is drawn to the mean of all as if by so many more."""


@dataclass(frozen=True, slots=True)
class Column:
    """One covariate: its name, and what its term is called in an answer."""

    name: str
    text: str


COLUMNS: Final = (
    Column("record", "share of earlier invitations and samples for which content came"),
    Column("with_brand", "earlier invitations and samples of this brand for which content came, against the rest"),
    Column("punctuality", "how early or late earlier content came"),
    Column("rating", "ratings by brands"),
    Column("reported_rating", "rating by sellers, as the platform reports it"),
    Column("reported_fulfilment", "share of samples answered with content, as the platform reports it"),
    Column("open_promises", "invitations and samples taken up and still open"),
    Column("posting_rate", "posts in the last four weeks"),
    Column("last_post", "time since the last post"),
)
NAMES: Final = tuple(column.name for column in COLUMNS)
WITH_BRAND: Final = NAMES.index("with_brand")


@dataclass(frozen=True, slots=True)
class Record:
    """Promises that had become clear, of creators and of pairs of creator and brand, and what a share of few is drawn to.

    `load` counts the promises begun
    and those ended. `share` is that of all promises, `weight` how many promises the prior is worth.
    """

    own: Past
    tied: Past
    load: Past
    brands: int
    share: float
    weight: float

    @staticmethod
    def of(made: Promises, brands: int, *, until: float = np.inf) -> Record:
        """Sort promises; the prior is learnt from those clear before `until`."""
        known = _with_ones(made.kept.astype(np.float64))
        tie = pairs(made.creator, made.brand, brands)
        older = made.start + YOUNG
        load = np.repeat(np.eye(2), len(older), axis=0)
        creators = int(made.creator.max(initial=0)) + 1
        clear = made.creator[made.clear < until]
        counts = np.bincount(clear, minlength=creators).astype(np.float64)
        kept = np.bincount(clear[made.kept[made.clear < until]], minlength=creators).astype(np.float64)
        return Record(
            own=Past.of(made.creator, made.clear, known),
            tied=Past.of(tie, np.where(tie == ABSENT, np.nan, made.clear), known),
            load=Past.of(np.tile(made.creator, 2), np.concatenate([older, np.maximum(made.ended, older)]), load),
            brands=brands,
            **beta_prior(counts, kept),
        )

    def counts(self, creator: Ints, time: Floats) -> tuple[Floats, Floats]:
        """Return how many promises were clear before a time, and how many of these were kept."""
        both = self.own.before(creator, time)
        return both[:, 0], both[:, 1]

    def beta(self, creator: Ints, time: Floats) -> tuple[Floats, Floats]:
        """Return the posterior of the share that a creator keeps, as the two shapes of a beta distribution."""
        clear, kept = self.counts(creator, time)
        return kept + self.weight * self.share, clear - kept + self.weight * (1 - self.share)


@dataclass(frozen=True, slots=True)
class Ground:
    """All events of a market that tell of delivery, in order of time."""

    record: Record
    late: Past
    rated: Past
    rating: Past
    fulfilment: Past
    posts: Past
    since: float

    @staticmethod
    def of(market: Market, made: Promises) -> Ground:
        """Sort a market's events; `made` are its promises."""
        reports, deals, posts = market.report_history, market.deals, market.past_posts
        told = np.where(reports.rating > 0, reports.at, np.nan)
        fulfilled = np.where(np.isnan(reports.fulfilment_rate), np.nan, reports.at)
        late = np.where(np.isnan(made.late), np.nan, made.clear)
        return Ground(
            record=Record.of(made, len(market.catalogue.brand) + 1),
            late=Past.of(made.creator, late, _with_ones(np.clip(made.late, -28, 28))),
            rated=Past.of(deals.creator, np.where(np.isnan(deals.rating), np.nan, deals.rated), _with_ones(deals.rating)),
            rating=Past.of(reports.creator, told, _with_ones(reports.rating)),
            fulfilment=Past.of(reports.creator, fulfilled, _with_ones(_logit(reports.fulfilment_rate))),
            posts=Past.of(posts.creator, posts.at.astype(np.float64)),
            since=float(market.period.history_start),
        )

    def as_of(self, made: Promises, until: float) -> Ground:
        """Return the same with what a share of few is drawn to learnt from promises clear before `until` alone."""
        return replace(self, record=Record.of(made, self.record.brands, until=until))

    def columns(self, creator: Ints, brand: Ints, time: Floats) -> Floats:
        """Return the covariates before each time, shape (times, columns), in the order of `COLUMNS`; NaN where nothing is known.

        `brand` is −1 for one that a creator has had nothing to do with.
        """
        return np.column_stack(
            (
                self._own(creator, time),
                self._tied(creator, brand, time),
                _shrunk(self.late.before(creator, time)),
                _shrunk(self.rated.before(creator, time), centre=_mean(self.rated)),
                _latest(self.rating, creator, time),
                _latest(self.fulfilment, creator, time),
                np.log1p(self._open(creator, time)),
                self._posting(creator, time),
                self._silence(creator, time),
            )
        )

    def _own(self, creator: Ints, time: Floats) -> Floats:
        kept, broken = self.record.beta(creator, time)
        return np.log(kept / broken) - _logit(np.array(self.record.share))

    def _tied(self, creator: Ints, brand: Ints, time: Floats) -> Floats:
        """Return by how much more the brand's promises were kept than this creator's in general, shrunk; NaN where there were none."""
        clear, kept = self.record.tied.before(pairs(creator, brand, self.record.brands), time).T
        more, less = self.record.beta(creator, time)
        return np.where(clear > 0, (kept - clear * more / (more + less)) / (clear + PSEUDO), np.nan)

    def _open(self, creator: Ints, time: Floats) -> Floats:
        begun = self.record.load.before(creator, time)
        return np.maximum(begun[:, 0] - begun[:, 1], 0.0)

    def _posting(self, creator: Ints, time: Floats) -> Floats:
        recent = self.posts.before(creator, time) - self.posts.before(creator, time - MONTH)
        return np.where(time - MONTH >= self.since, np.log1p(recent[:, 0]), np.nan)

    def _silence(self, creator: Ints, time: Floats) -> Floats:
        place = self.posts.newest(creator, time)
        last = np.append(self.posts.at, np.nan)[place]
        days = np.where(np.isnan(last), (time - self.since) / DAY, (time - last) / DAY)
        return np.where(time - MONTH >= self.since, np.log1p(np.clip(days, 0.0, 28.0)), np.nan)


def _with_ones(values: Floats) -> Floats:
    """Return how many and how much: a column of ones beside the values."""
    return np.column_stack((np.ones(len(values)), values))


def _mean(past: Past) -> float:
    count, total = past.sums[-1]
    return float(total / count) if count else 0.0


def _shrunk(sums: Floats, *, centre: float = 0.0) -> Floats:
    """Return means less the centre, those of few values nearer to 0."""
    return (sums[:, 1] - sums[:, 0] * centre) / (sums[:, 0] + PSEUDO)


def _latest(past: Past, creator: Ints, time: Floats) -> Floats:
    """Return the last value before a time; NaN without one."""
    place = past.newest(creator, time)
    return np.where(place < 0, np.nan, np.diff(past.sums[:, 1], append=np.nan)[place])


def _logit(share: Floats) -> Floats:
    inside = np.clip(share, EDGE, 1 - EDGE)
    return np.log(inside / (1 - inside))
