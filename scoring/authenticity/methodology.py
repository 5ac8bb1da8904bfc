"""How flags are raised, in words: the part of the methodology's page that is about them."""

from __future__ import annotations

from typing import Final

from scoring.authenticity.flags import FALSE_DISCOVERY_RATE, MEASURED_PRECISION, Kind

METHODS: Final[dict[Kind, str]] = {
    Kind.INFLATED_VIEWS: (
        "Uses up to six figures on a log scale: views per post, engagements per view, clicks per view, orders beyond what views and"
        " products explain, reported GMV per 1,000 views, and the slope of ln(clicks) on ln(views) across posts. Each is the deviation"
        " from a least-absolute-deviations line on ln(followers) and from the region's median. The score is the deviation in the"
        " direction in which bought views move these figures, relative to the robust covariance among peers and each figure's sampling"
        " variance (linear discriminant). There are three directions: views only, views with likes, and some posts only. p is the upper"
        " tail of a Student's t distribution, with centre, scale and degrees of freedom estimated from the lower half of the market,"
        " times three. At least two figures are needed, one of them views, and views must be higher than expected from peers."
    ),
    Kind.REFUNDED_ORDERS: (
        "Each order line has a probability of being returned, estimated from other creators' lines of the same product (with 10 lines at"
        " the category's rate added) and adjusted for how many weeks old the line is. p is the upper tail of a beta-binomial distribution"
        " with the sum of these probabilities as its mean; how much creators differ beyond chance is set so"
        " that the smallest 80 % of deviations are as large as expected. At least three lines are needed."
    ),
    Kind.ORDER_BURST: (
        "Counts the orders through a video that are followed by another order of the same video within 20 minutes. The probability of"
        " that is 1 − (1 − w)ⁿ for n other orders of the video, where w is the share of the market's orders with delays in that span,"
        " times a factor estimated from the market. p is the upper tail of a negative binomial distribution. At least three orders are"
        " needed; live streams are not included."
    ),
    Kind.RING: (
        "The tie between two creators is −ln P of the number of their mentions of each other (Poisson, if each mentions one of 40"
        " creators they know), minus ln 40. The densest groups are found by peeling (Charikar 2000) and extended by all creators tied to"
        " them more than by chance. The number of mentions in a group is Poisson; its p is multiplied by the number of possible groups of"
        " that size, and combined with its members' p for views and refunds by Fisher's method, with each p at least 0.0001. Mentions are"
        " only part of imported tables, so rings cannot be found in partner-API responses."
    ),
}
NOT_SEEN: Final = (
    "No source contains buyers or the owners of brands. Flags therefore cannot detect that orders come from few buyers, or that creators"
    " sell their own brand; orders that creators place themselves, pay for and keep look like any other sales. Views and followers are"
    " known as current totals, not over time, so sudden increases cannot be detected. Small amounts of cheating cannot be told apart from"
    " luck: the less is bought, the less is detected. `docs/authenticity.md` shows what is detected at each level of sophistication, and"
    " how much rank a dollar buys."
)


def flags_markdown() -> list[str]:
    """Return the lines of the section on flags."""
    about = (
        "A flag is an indication that a creator's data may not be honest. It is not proof, and does not affect any score."
        " `excludeFlagged` removes flagged creators from lists, and creators can appeal a flag. Each detector computes a p-value for"
        " every creator; creators are flagged if the Benjamini–Hochberg false discovery rate within that kind of flag is"
        f" {FALSE_DISCOVERY_RATE:g} or less. Normal behaviour is estimated from the market itself, without outliers. The precision of each"
        " kind was measured on simulated markets with planted cheats (`docs/authenticity.md`)."
    )
    lines = ["## Flags", "", about, "", "| flag | method | precision, all content listed | precision, otherwise |", "|---|---|---|---|"]
    lines += [
        f"| `{kind}` | {METHODS[kind]} | {MEASURED_PRECISION[kind].listed:g} | {MEASURED_PRECISION[kind].selected:g} |" for kind in Kind
    ]
    return [*lines, "", NOT_SEEN]
