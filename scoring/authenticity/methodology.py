"""How flags are raised, in words: the part of the methodology's page that is about them."""

from __future__ import annotations

from typing import Final

from scoring.authenticity.flags import FALSE_DISCOVERY_RATE, MEASURED_PRECISION, Kind

METHODS: Final[dict[Kind, str]] = {
    Kind.INFLATED_VIEWS: (
        "Up to six figures on the log scale, each as the deviation from a line of least absolute deviations on ln(followers) and"
        " from the region's median: views of a post, engagements a view, clicks a view, orders beyond what views and products"
        " bring, reported GMV per 1,000 views, and the slope of ln(clicks) on ln(views) from post to post. The score is the"
        " deviation along the direction in which bought views push, against the peers' robust covariance and each figure's"
        " sampling variance (linear discriminant); there are three directions: views alone, views with likes, and some posts only."
        " p is the upper tail of a Student distribution whose centre, scale and degrees of freedom the lower half of the market"
        " tells, times three. Two figures are needed, views among them, and views above what peers let expect."
    ),
    Kind.REFUNDED_ORDERS: (
        "Each order line has the chance of being sent back of its product by other creators' lines (10 lines at the category's"
        " rate added), times what its age in weeks lets see. p is the upper tail of a beta-binomial at the sum of these chances;"
        " how much creators differ beyond chance is learnt from the deviations of four in five. Three lines are needed."
    ),
    Kind.ORDER_BURST: (
        "Of each order through a video, whether the next one of that video comes within 20 minutes, and the chance of it: 1 − (1 −"
        " w)ⁿ for n other orders of the video, where w is the share of the market's orders with delays in that span, times a pace"
        " that the market tells. p is the upper tail of a negative binomial. Three orders are needed; live streams are left out."
    ),
    Kind.RING: (
        "Two creators weigh −ln P of their mentions of each other (Poisson, each naming one of 40 whom they know) less ln 40. The"
        " densest groups are peeled off (Charikar 2000), with all who are tied to them more than by chance. A group's mentions are"
        " Poisson, its p is times the number of groups of its size, and is joined with its members' p for views and refunds by"
        " Fisher's method, each of which counts for no less than 0.0001. Mentions come with tables alone, so responses of shops"
        " show no ring."
    ),
}
NOT_SEEN: Final = (
    "No source tells who buys, nor who owns a brand: orders of few buyers, or of a creator for their own brand, cannot be seen, and orders"
    " from oneself that are paid and kept are sales like any other. Views and followers are known as they stand, not as they grew, so a"
    " burst of them cannot be seen either. Who cheats a little is not told from who is lucky: the less is bought, the less is found."
    " `docs/authenticity.md` says what is found at each level of cunning, and what a dollar buys in rank."
)


def flags_markdown() -> list[str]:
    """Return the lines of the section on flags."""
    about = (
        "A flag is a sign that a creator's data are not honest. It is no proof and no part of any score; `excludeFlagged` leaves"
        " flagged creators out of lists, and a creator may contest a flag. Each detector gives every creator a p-value; of each"
        f" kind those are flagged whose Benjamini–Hochberg false discovery rate is at most {FALSE_DISCOVERY_RATE:g}. What is usual"
        " is learnt from the market itself, without those who stand out. The precision beside each kind was measured on simulated"
        " markets with planted cheats (`docs/authenticity.md`)."
    )
    lines = ["## Flags", "", about, "", "| flag | how | precision, content listed | precision, else |", "|---|---|---|---|"]
    lines += [
        f"| `{kind}` | {METHODS[kind]} | {MEASURED_PRECISION[kind].listed:g} | {MEASURED_PRECISION[kind].selected:g} |" for kind in Kind
    ]
    return [*lines, "", NOT_SEEN]
