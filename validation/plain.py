"""The plain figures that anyone could count from the same files: counts, sums and ratios, without correction or shrinkage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np

from validation.planted import DAY, Floats
from validation.seen import Seen

Figures = dict[str, Floats]


def plain_of(seen: Seen) -> dict[str, Figures]:
    """Return for each score the plain figures that compete with it, by name; NaN where a creator has none."""
    return {score: figures(seen) for score, figures in FIGURES.items()}


def plain_shares(seen: Seen) -> dict[tuple[int, str], float]:
    """Return each creator's share of what all shops sold of a region's category."""
    sold, total, regions = Counter[tuple[int, str]](), Counter[tuple[str, str]](), seen.planted.regions
    for line in seen.lines.values():
        if line.product in seen.root_of:
            sold[line.who, seen.root_of[line.product]] += line.usd  # pyright: ignore[reportArgumentType] -- counters hold amounts too
            total[regions[line.who], seen.root_of[line.product]] += line.usd  # pyright: ignore[reportArgumentType]
    return {(who, root): usd / total[regions[who], root] for (who, root), usd in sold.items() if total[regions[who], root]}


def plain_rankings(seen: Seen) -> Figures:
    """Return the plain figures by which one would pick the best sellers."""
    return {
        "number of orders": orders(seen),
        "GMV": gmv(seen),
        "GMV of 30 days": gmv(seen, days=30),
        "followers": reported(seen, "follower_count"),
    }


def reported(seen: Seen, *names: str) -> Floats:
    """Return the sum of reported figures."""
    rows = [seen.reports.get(who, {}) for who in range(len(seen.planted))]
    return np.array([sum(row[name] for name in names) if all(name in row for name in names) else np.nan for row in rows])


def orders(seen: Seen) -> Floats:
    """Return how many order lines each creator brought."""
    return counted(seen, (line.who for line in seen.lines.values()))


def gmv(seen: Seen, *, days: int = 10_000) -> Floats:
    """Return the sales of the last days in dollars."""
    total = np.zeros(len(seen.planted))
    for line in seen.lines.values():
        total[line.who] += line.usd * (line.at >= seen.at - days * DAY)
    return total


def counted(seen: Seen, creators: Iterable[int]) -> Floats:
    """Return how often each creator occurs."""
    return np.bincount(np.fromiter(creators, np.int64), minlength=len(seen.planted)).astype(np.float64)


def ratio(above: Floats, below: Floats) -> Floats:
    """Return `above / below`, NaN where there is nothing below."""
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)


def promises(seen: Seen) -> tuple[Floats, Floats]:
    """Return promises kept and promises that have come due: samples and accepted invitations that are over."""
    over = [each for each in seen.guests.values() if each.accepted and (each.delivered or each.ends_at <= seen.at)]
    ended = [(who, state) for who, _, state in seen.samples.values() if state in ("SUCCEED", "FAILED")]
    kept = counted(seen, (who for who, state in ended if state == "SUCCEED")) + counted(seen, (each.who for each in over if each.delivered))
    return kept, counted(seen, (who for who, _ in ended)) + counted(seen, (each.who for each in over))


def answers(seen: Seen) -> tuple[Floats, Floats]:
    """Return invitations accepted, and those that were or are over."""
    over = [each for each in seen.guests.values() if each.accepted or each.ends_at <= seen.at]
    return counted(seen, (each.who for each in over if each.accepted)), counted(seen, (each.who for each in over))


def weekly(seen: Seen, times: Iterable[tuple[int, int]]) -> list[Floats]:
    """Return for each creator how many things fell in each week from the first to now, an empty list where there are none."""
    weeks: list[Counter[int]] = [Counter() for _ in range(len(seen.planted))]
    for who, at in times:
        weeks[who][(seen.at - at) // (7 * DAY)] += 1
    return [np.array([float(each[week]) for week in range(max(each) + 1)]) if each else np.zeros(0) for each in weeks]


def contents(seen: Seen) -> list[tuple[int, int]]:
    """Return who made each content that an order or a sample names, and when: the upper half of its id."""
    of_orders = {line.content: line.who for line in seen.lines.values() if line.content}
    of_samples = {content: seen.samples[each.application][0] for content, each in seen.watched.items() if each.application in seen.samples}
    return [(who, int(content) >> 32) for content, who in (of_orders | of_samples).items()]


def per_brand(seen: Seen) -> list[Counter[str]]:
    """Return how many order lines each creator brought each shop."""
    brands: list[Counter[str]] = [Counter() for _ in range(len(seen.planted))]
    for line in seen.lines.values():
        brands[line.who][line.shop] += 1
    return brands


def effective(counts: Counter[str]) -> float:
    """Return exp of the entropy of a split, NaN of nothing."""
    share = np.array([count for count in counts.values() if count], dtype=np.float64)
    share /= share.sum() if share.size else 1.0
    return float(np.exp(-(share * np.log(share)).sum())) if share.size else np.nan


def _cooperation(seen: Seen) -> Figures:
    (kept, due), (took, asked) = promises(seen), answers(seen)
    return {
        "promises kept": ratio(kept, due),
        "invitations accepted": ratio(took, asked),
        "kept and accepted": ratio(kept + took, due + asked),
        "reported rating": reported(seen, "rating"),
        "reported fulfilment": reported(seen, "fulfillment_percentage"),
    }


def _diligence(seen: Seen) -> Figures:
    made = counted(seen, (who for (who, _), count in seen.promoted.items() for _ in range(count)))
    return {"reported shoppable posts": reported(seen, "ec_video_count", "ec_live_count"), "contents made for open plans": made}


def _volume(seen: Seen) -> Figures:
    return {"reported posts": reported(seen, "content_count"), "reported shoppable videos": reported(seen, "ec_video_count")}


def _success(seen: Seen) -> Figures:
    views, followers = reported(seen, "avg_ec_video_play_count"), reported(seen, "follower_count")
    return {
        "reported mean views": views,
        "reported mean views per follower": ratio(views, followers),
        "reported engagement rate": reported(seen, "ec_video_engagement_rate"),
    }


def _sales(seen: Seen) -> Figures:
    views = reported(seen, "ec_video_count") * reported(seen, "avg_ec_video_play_count")
    return {
        "GMV per view, 30 days": ratio(gmv(seen, days=30), np.nan_to_num(views)),
        "reported GMV per 1,000 views": reported(seen, "gpm"),
        "GMV": gmv(seen),
        "number of orders": orders(seen),
    }


def _collaboration(seen: Seen) -> Figures:
    brands = per_brand(seen)
    return {
        "brands sold for": np.array([float(len(each)) for each in brands]),
        "effective brands sold for": np.array([effective(each) for each in brands]),
        "reported number of brands": reported(seen, "brand_collaboration_count"),
    }


def _consistency(seen: Seen) -> Figures:
    def even(weeks: Floats) -> float:
        return float(weeks.mean() / (weeks.std() + 1e-9)) if weeks.sum() >= 6 else np.nan

    sold, made = weekly(seen, ((line.who, line.at) for line in seen.lines.values())), weekly(seen, contents(seen))
    return {
        "mean over sd of weekly orders": np.array([even(each) for each in sold]),
        "mean over sd of weekly contents": np.array([even(each) for each in made]),
        "share of weeks with a content": np.array([float((each > 0).mean()) if each.sum() >= 6 else np.nan for each in made]),
    }


FIGURES: dict[str, Callable[[Seen], Figures]] = {
    "cooperation": _cooperation,
    "diligence": _diligence,
    "contentVolume": _volume,
    "contentSuccess": _success,
    "salesAbility": _sales,
    "collaboration": _collaboration,
    "consistency": _consistency,
}
