"""An estimator that has the same files and is told the nuisances: audiences, careers, appeal of products, and how traits are spread.

It is a bound to measure the product against, not a rival: it is told what no user knows.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Final

import numpy as np
from scipy.special import logit

from validation.grids import binomial, counts, expected, line, nodes_of, placed, posterior, spoken
from validation.plain import answers, contents, effective, promises, reported, weekly
from validation.planted import DAY, Floats, mixed
from validation.seen import Seen

WEEK: Final = 7 * DAY
ELASTICITY: Final = 0.85
"""Log orders per log views."""
BURSTS: Final = 4.0
"""Size of the negative binomial that posts of a month follow."""
UNEVEN: Final = 2.0
"""Size of the one that contents for open plans follow: how much of a creator's work they are varies."""
ELSEWHERE: Final = 0.02
"""Part of a creator's sales to be expected in each category in which nothing was seen."""
PER_CONTENT: Final = 0.7
"""Size, per content, of the one that orders follow: views vary."""


class Told:
    """Estimates of all traits from what was seen and what was told; higher is better, all creators have one."""

    def __init__(self, seen: Seen) -> None:
        self.seen, self.planted = seen, seen.planted
        self.made: dict[tuple[int, str], int] = seen.promoted | {
            key: max(count, seen.promoted.get(key, 0)) for key, count in _named(seen).items()
        }

    def scores(self) -> dict[str, Floats]:
        """Return the estimate for each score."""
        return {
            "cooperation": mixed(self.reliability, self.responsiveness),
            "diligence": self.rates[0],
            "contentVolume": self.rates[1],
            "contentSuccess": self.quality,
            "salesAbility": self.selling,
            "collaboration": self.breadth,
            "consistency": self.steadiness,
        }

    @cached_property
    def reliability(self) -> Floats:
        """Promises kept, and the sellers' rating on the scale that those with many promises show."""
        nodes, (kept, due) = nodes_of(self.planted.traits["reliability"]), promises(self.seen)
        likelihood = binomial(kept, due, nodes)
        return placed(likelihood + spoken(likelihood, logit(nodes), reported(self.seen, "rating")))

    @cached_property
    def responsiveness(self) -> Floats:
        """Invitations accepted."""
        took, asked = answers(self.seen)
        return placed(binomial(took, asked, nodes_of(self.planted.traits["responsiveness"])))

    @cached_property
    def weeks(self) -> Floats:
        """Weeks of each creator's career that the exports cover, a day at least."""
        began = np.maximum(self.planted.joined_at, min((at for _, at in contents(self.seen)), default=self.seen.at))
        return np.maximum(self.planted.stopped_at - began, DAY) / WEEK

    @cached_property
    def rates(self) -> tuple[Floats, Floats]:
        """Expected log shoppable posts and log posts a week, from reports of a month and contents made for open plans."""
        output, drive = (nodes_of(self.planted.traits[name], count=15) for name in ("output", "drive"))
        posts, shoppable = np.repeat(output, 15), np.outer(output, drive).ravel()
        month = np.clip((self.planted.stopped_at - (self.seen.at - 30 * DAY)) / WEEK, 0.05, 30 / 7)[:, None]
        made = np.zeros(len(self.planted))
        np.add.at(made, [who for who, _ in self.made], list(self.made.values()))
        shown = reported(self.seen, "ec_video_count", "ec_live_count")
        visible = made.sum() / max(float((np.nan_to_num(shown) * 7 / 30 * self.weeks).sum()), 1.0)
        likelihood = (
            counts(reported(self.seen, "content_count"), posts * month, BURSTS)
            + counts(shown, shoppable * month, BURSTS)
            + counts(made, shoppable * self.weeks[:, None] * visible, UNEVEN)
        )
        return expected(likelihood, np.log(shoppable)), expected(likelihood, np.log(posts))

    @cached_property
    def quality(self) -> Floats:
        """Expected log views beyond what followers bring, from the mean of the report, else the median beside a sample."""
        size, number = np.log(self.planted.followers + 10), reported(self.seen, "ec_video_count")
        views = reported(self.seen, "avg_ec_video_play_count")
        median = reported(self.seen, "ec_video_view")
        spread = float(np.var(np.log(self.planted.traits["quality"])))
        estimate, weight = np.zeros(len(size)), np.zeros(len(size))
        for told, count in ((views, number), (median, np.where(np.isfinite(number), number, 3.0))):
            usable = np.where((told > 0) & (count > 0), told, np.nan)
            base, slope = line(size, np.log(usable))
            beyond = np.log(usable) - base - slope * size
            noise = max(float(np.nanvar(beyond)) - spread, 0.1) / max(float(np.nanmean(1 / count[np.isfinite(usable)])), 1e-3)
            precision = np.where(np.isfinite(beyond), 1 / (noise / np.maximum(count, 1) + 0.05), 0.0)
            estimate, weight = estimate + precision * np.nan_to_num(beyond), weight + precision
        return estimate / (weight + 1 / spread)

    @cached_property
    def pull(self) -> Floats:
        """What the usual views of each creator make of orders."""
        size, views = np.log(self.planted.followers + 10), reported(self.seen, "avg_ec_video_play_count")
        _, slope = line(size, np.log(np.where(views > 0, views, np.nan)))
        return np.exp(ELASTICITY * (slope * (size - size.mean()) + self.quality))

    @cached_property
    def exposure(self) -> dict[tuple[int, str], float]:
        """Relative orders to be expected of each creator and product at average ability."""
        return {
            key: count * float(self.pull[key[0]]) * float(np.exp(self.planted.appeal.get(key[1], 0.0))) for key, count in self.made.items()
        }

    @cached_property
    def selling(self) -> Floats:
        """Posterior expected log ability: orders against exposure."""
        return self._selling @ np.log(nodes_of(self.planted.traits["selling"]))

    @cached_property
    def _selling(self) -> Floats:
        nodes, size = nodes_of(self.planted.traits["selling"]), len(self.planted)
        sold, hoped, number = np.zeros(size), np.zeros(size), np.zeros(size)
        for key, exposure in self.exposure.items():
            hoped[key[0]] += exposure
            number[key[0]] += self.made[key]
        for item in self.seen.lines.values():
            sold[item.who] += (item.who, item.product) in self.exposure
        mean = hoped * (sold.sum() / max(float((hoped * np.mean(nodes)).sum()), 1e-9))
        return posterior(counts(np.where(number > 0, sold, np.nan), mean[:, None] * nodes, np.maximum(number, 1)[:, None] * PER_CONTENT))

    @cached_property
    def breadth(self) -> Floats:
        """Log effective number of brands among contents, drawn to what the reported number of brands and of contents suggests."""
        brands: list[Counter[str]] = [Counter() for _ in range(len(self.planted))]
        for (who, product), count in self.made.items():
            brands[who][self.seen.shop_of.get(product, product)] += count
        number = np.array([float(sum(each.values())) for each in brands])
        direct = np.log(np.array([effective(each) for each in brands]))
        told = np.log1p(reported(self.seen, "brand_collaboration_count"))
        base, slope = line(told, np.where(number >= 10, direct, np.nan))
        usual = base + slope * np.where(np.isfinite(told), told, np.nanmean(told) if np.isfinite(told).any() else 0.0)
        weight = np.where(np.isfinite(direct), number / (number + 8.0), 0.0)
        return weight * np.nan_to_num(direct) + (1 - weight) * usual

    @cached_property
    def steadiness(self) -> Floats:
        """Expected evenness of the weeks in which contents were seen: size of a negative binomial, less chance."""
        nodes = np.exp(np.linspace(np.log(0.3), np.log(30.0), 13))
        likelihood = np.zeros((len(self.planted), len(nodes)))
        for who, weeks in enumerate(weekly(self.seen, contents(self.seen))):
            length = int(min(max(self.weeks[who], len(weeks)), 60))
            if weeks.sum() >= 3 and length >= 3:
                series = np.concatenate([weeks, np.zeros(max(length - len(weeks), 0))])
                mean = np.full((len(series), len(nodes)), series.mean())
                likelihood[who] = counts(series, mean, nodes[None, :]).sum(axis=0)
        return placed(likelihood)

    def flows(self) -> dict[tuple[int, str], float]:
        """Return the sales to be expected a week by creator and root category: exposure × ability × price, beside what was sold."""
        ability = self._selling @ nodes_of(self.planted.traits["selling"])
        sold = Counter((item.who, item.product) for item in self.seen.lines.values())
        usual = float(np.median(list(self.seen.price_of.values()) or [1.0]))
        scale = sum(sold.values()) / max(sum(value * float(ability[who]) for (who, _), value in self.exposure.items()), 1e-9)
        flow: dict[tuple[int, str], float] = {}
        for (who, product), exposure in self.exposure.items():
            orders = (sold[who, product] + 1.0) / (scale * exposure * float(ability[who]) + 1.0) * scale * exposure * float(ability[who])
            root = self.seen.root_of.get(product, "")
            worth = orders * self.seen.price_of.get(product, usual) / float(self.weeks[who])
            flow[who, root] = flow.get((who, root), 0.0) + worth
        return flow

    def shares(self) -> dict[tuple[int, str], float]:
        """Return expected shares of a region's category; where nothing was seen, a little of what the creator sells elsewhere."""
        flow, total = self.flows(), Counter[tuple[str, str]]()
        overall = np.exp(self.rates[0] + self.selling) * self.pull
        overall *= sum(flow.values()) / max(float(overall.sum()), 1e-9)
        whole = {
            (who, root): flow.get((who, root), 0.0) + ELSEWHERE * float(overall[who])
            for who in range(len(self.planted))
            for root in sorted(set(self.seen.root_of.values()))
        }
        for (who, root), worth in whole.items():
            total[self.planted.regions[who], root] += worth  # pyright: ignore[reportArgumentType] -- counters hold amounts too
        return {(who, root): worth / total[self.planted.regions[who], root] for (who, root), worth in whole.items()}

    def ranking(self) -> Floats:
        """Return the sales to be expected, nothing of those who have stopped."""
        total = np.zeros(len(self.planted))
        for (who, _), worth in self.flows().items():
            total[who] += worth
        return np.where(self.planted.stopped_at < self.planted.as_of, 0.0, total)


def _named(seen: Seen) -> Counter[tuple[int, str]]:
    """Return how many contents of each creator and product orders name."""
    return Counter(
        (who, product) for who, product, _ in {(line.who, line.product, line.content) for line in seen.lines.values() if line.content}
    )
