"""Draws anew what a viewer may not see of a region's creators, and takes back what would change what is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Final

from bench.leaks.goods import CLIENTS, LEAVES_OF, PRODUCTS, SMALL, Row, World, brand_of
from bench.leaks.people import DAY, END, deal
from bench.leaks.published import agree, fives, published, shared, shares_are_told, tied, worked
from bench.leaks.worlds import names, of_creator, original, redrawn_abroad, replaced
from graph.plans.ranges import COUNT_BOUNDS, USD_BOUNDS

TRIES: Final = 8
SWAPS: Final = 20
"""Exchanges of two products for each creator, beside those of all at once, which more seldom leave every count as it was."""

Change = Callable[[World, Random], World]


def paired(seed: int = 1, draw: int = 1, *, own: Sequence[str] = CLIENTS) -> tuple[World, World]:
    """Return a market and its copy, alike in all that a key of the brands `own` in the region may see."""
    before, after = original(seed), redrawn_abroad(seed, draw)
    drawing = _Drawing(before, own, Random(f"{seed} {draw} hidden"))
    for name in names(before):
        after = replaced(after, name, drawing.redrawn(name))
    return before, after


@dataclass
class _Drawing:
    """The drawing of one copy: what holds between creators is looked at with those drawn so far."""

    world: World
    own: Sequence[str]
    rng: Random
    now: dict[str, World] = field(default_factory=dict[str, World])

    def __post_init__(self) -> None:
        self.now = {name: of_creator(self.world, name) for name in names(self.world)}
        self.before = {name: tied(rows) for name, rows in self.now.items()}
        self.told = self._counts()

    def redrawn(self, name: str) -> World:
        """Return a creator's rows, drawn anew as far as nothing that is published changes."""
        told = published(self.now[name])
        for change in self._changes(name):
            for _ in range(TRIES):
                tried = change(self.now[name], self.rng)
                if agree(tried, told) and self._alike(name, tried):
                    self.now[name] = tried
                    break
        return {table: rows for table, rows in self.now[name].items() if table not in ("creators", "contents")}

    def _changes(self, name: str) -> Iterator[Change]:
        yield self._other_products if self.rng.random() < 0.7 else self._other_brands
        yield self._other_brands
        yield from [self._two_products] * SWAPS
        yield self._other_terms
        yield self._other_answers
        yield _other_reports
        if not self.now[name]["creators"][0]["sales_consent"]:
            for post in self.now[name]["contents"]:
                yield lambda rows, rng, post=post["id"]: self._other_amounts(rows, rng, post)
        if not shares_are_told(self.now[name]):
            yield self._other_course

    def _mapped(self, rows: World, into: dict[str, str]) -> World:
        """Return the rows with other products, and so other brands."""
        moved = {table: [{**each, "product_id": into[each["product_id"]]} for each in rows[table]] for table in ("features", "sales")}
        deals = [{**each, "product_ids": [into[each["product_ids"][0]]]} for each in rows["collaborations"]]
        return rows | moved | {"collaborations": [{**each, "brand_id": brand_of(each["product_ids"][0])} for each in deals]}

    def _hidden(self, leaves: Sequence[str]) -> list[str]:
        return [each for each, row in PRODUCTS.items() if row["category_id"] in leaves and row["brand_id"] not in self.own]

    def _other_products(self, rows: World, rng: Random) -> World:
        """Map products of others onto one another within their category, those of small categories within all small ones."""
        into = {each: each for each in PRODUCTS}
        for leaves in (("lips",), ("skin",), ("kitchen",), SMALL):
            pool = self._hidden(leaves)
            into |= dict(zip(pool, rng.sample(pool, len(pool)), strict=True))
        return self._mapped(rows, into)

    def _two_products(self, rows: World, rng: Random) -> World:
        """Exchange two products of others that are sold in the same category."""
        one, other = rng.sample(self._hidden([rng.choice(("lips", "skin", "kitchen", "decor"))]), 2)
        return self._mapped(rows, {**{each: each for each in PRODUCTS}, one: other, other: one})

    def _other_brands(self, rows: World, rng: Random) -> World:
        """Map other brands onto others that sell in the same categories."""
        into = {each: each for each in PRODUCTS}
        for leaves in dict.fromkeys(LEAVES_OF):
            alike = [n for n, each in enumerate(LEAVES_OF) if each == leaves and f"b{n:02}" not in self.own]
            for one, other in zip(alike, rng.sample(alike, len(alike)), strict=True):
                into |= {f"p{one:02}-{leaf}-{k}": f"p{other:02}-{leaf}-{k}" for leaf in leaves for k in range(2)}
        return self._mapped(rows, into)

    def _other_deals(self, rows: World, change: Callable[[Row], Row]) -> World:
        return rows | {"collaborations": [each if each["brand_id"] in self.own else change(each) for each in rows["collaborations"]]}

    def _other_terms(self, rows: World, rng: Random) -> World:
        """Draw terms and ratings of others' collaborations anew."""

        def changed(row: Row) -> Row:
            rating = None if row["rating"] is None else float(rng.randint(1, 5))
            return {
                **row,
                "commission_rate": rng.choice([0.07, 0.12, 0.3]),
                "fee": float(rng.randrange(500, 900)),
                "rating": rating,
                "name": "Other",
            }

        return self._other_deals(rows, changed)

    def _other_answers(self, rows: World, rng: Random) -> World:
        """Have answers to others come at other times."""

        def changed(row: Row) -> Row:
            answered = row["answered_at"]
            return row if answered is None else {**row, "answered_at": min(END - DAY, row["offered_at"] + int(rng.uniform(0.1, 12) * DAY))}

        return self._other_deals(rows, changed)

    def _other_course(self, rows: World, rng: Random) -> World:
        """Have collaborations of which fewer than five are beside one brand's take another course altogether."""
        changed = self._other_deals(
            rows,
            lambda row: {**deal(row["id"], row["creator_id"], row["product_ids"][0], rng, rows["contents"]), "brand_id": row["brand_id"]},
        )
        drop = [each for each in changed["collaborations"] if each["brand_id"] in self.own or rng.random() < 0.8]
        return changed | {"collaborations": drop}

    def _other_amounts(self, rows: World, rng: Random, post: str) -> World:
        """Draw others' order lines through a post anew: their amounts, units, refunds, times, and how many there are."""
        strength, factor = rng.choice([0.3, 0.6, 1.0]), rng.lognormvariate(0, 1)
        kept, mine = [], []
        for row in rows["sales"]:
            (mine if row["content_id"] == post and brand_of(row["product_id"]) not in self.own else kept).append(row)
        for row in mine:
            many = rng.choice([0, 1, 2]) if rng.random() < strength else 1
            kept += [_other_line(row, rng, n, factor=factor**strength, shift=strength) for n in range(many)]
        features = [self._other_sum(each, rng) if each["content_id"] == post else each for each in rows["features"]]
        return rows | {"sales": kept, "features": features}

    def _other_sum(self, row: Row, rng: Random) -> Row:
        if row.get("orders") is None or brand_of(row["product_id"]) in self.own:
            return row
        return {**row, "gmv": round(row["gmv"] * rng.lognormvariate(0, 0.7), 2)}

    def _alike(self, name: str, rows: World) -> bool:
        """Tell whether counts of brands, and of what creators share, are still as they were told."""
        after = tied(rows)
        if after == tied(self.now[name]) and _brands(rows) == _brands(self.now[name]):
            return True
        for other, before in self.before.items():
            told = [shared(*pair) for pair in zip(self.before[name], before, strict=True)]
            if other != name and [shared(*pair) for pair in zip(after, tied(self.now[other]), strict=True)] != told:
                return False
        kept, self.now[name] = self.now[name], rows
        alike = self._counts() == self.told
        self.now[name] = kept
        return alike

    def _counts(self) -> dict[str, int]:
        """Return in whole fives how many collaborations and creators each brand has, and how many creators any two share."""
        deals = Counter(each["brand_id"] for rows in self.now.values() for each in rows["collaborations"])
        counts = {brand: many for brand, many in deals.items() if brand not in self.own}
        for rows in self.now.values():
            for brand in worked(rows) - set(self.own):
                counts[f"{brand} creators"] = counts.get(f"{brand} creators", 0) + 1
            for pair in combinations(sorted(worked(rows)), 2):
                counts[" ".join(pair)] = counts.get(" ".join(pair), 0) + 1
        return {key: fives(many) for key, many in counts.items() if fives(many)}


def _brands(rows: World) -> Counter[str]:
    return Counter(each["brand_id"] for each in rows["collaborations"])


def _other_line(row: Row, rng: Random, copy: int, *, factor: float, shift: float) -> Row:
    """Return an order line of another amount, number and time."""
    quantity = rng.choice([row["quantity"], rng.choice([1, 2, 3])])
    refunded = quantity if rng.random() < 0.06 else 0
    order = f"{row['order_id']}{'x' * copy}"
    return {
        **row,
        "id": f"{order}:1",
        "order_id": order,
        "gmv": round(max(0.5, row["gmv"] * factor * quantity / row["quantity"]), 2),
        "quantity": quantity,
        "refunded_quantity": refunded,
        "status": "REFUNDED" if refunded else "SETTLED",
        "at": min(row["at"] + int(rng.uniform(-2, 2) * shift * DAY), END - 60),
    }


def _other_reports(rows: World, rng: Random) -> World:
    """Draw what reports say exactly anew, within its published ranges; a consenting creator's stays, but for brands below five."""
    consent = rows["creators"][0]["sales_consent"]
    return rows | {"reports": [_other_report(each, rng, exact=bool(consent)) for each in rows["reports"]]}


def _other_report(row: Row, rng: Random, *, exact: bool) -> Row:
    brands = row["brand_collaboration_count"]
    few = {"brand_collaboration_count": rng.randint(0, 4)} if brands < 5 else {}
    if exact:
        return {**row, **few}
    amounts = {name: _within(row[name], rng, USD_BOUNDS) for name in ("gmv", "video_gmv", "live_gmv", "gpm") if name in row}
    units = {"units_sold": int(_within(row["units_sold"], rng, COUNT_BOUNDS))} if "units_sold" in row else {}
    first = round(rng.uniform(0.5, 0.95), 4) if row["category_shares"][0] >= 0.5 else row["category_shares"][0]
    content = round(rng.uniform(0.5, 0.95), 4) if row["content_shares"][0] >= 0.5 else row["content_shares"][0]
    shares = {"category_shares": [first, round(1 - first, 4)], "content_shares": [content, round(1 - content, 4)]}
    return {**row, **few, **amounts, **units, **shares, "commission_rate": round(rng.uniform(0.05, 0.2), 3)}


def _within(value: float, rng: Random, bounds: Sequence[int]) -> float:
    """Return another value of the same range."""
    low = max(each for each in bounds if each <= value)
    high = min((each for each in bounds if each > value), default=2 * low)
    return round(rng.uniform(low, high - 1), 2)
