"""Orders as the three endpoints give them: to the shop, to the creator, to the partner."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from simulation.aftermath import NO_SALE, PLACED, REFUNDED, SETTLED
from simulation.chance import Ints
from simulation.responses.book import Export
from simulation.responses.values import hundredths, money, spelled_money

SHOP_STATUSES: Final = {PLACED: "PROCESSING", SETTLED: "COMPLETED", REFUNDED: "DEDUCTED", NO_SALE: "CANCELLED"}
CREATOR_STATUSES: Final = {PLACED: "ORDERED", SETTLED: "SETTLED", REFUNDED: "REFUNDED", NO_SALE: "INELIGIBLE"}
ADS: Final = 0.05
PARTNER_CUT: Final = 0.2
Sku = dict[str, Any]


def seller_orders(export: Export, lines: Ints) -> list[dict[str, Any]]:
    """Return orders as `search-seller-affiliate-orders` has them: rates as text, money plain."""
    return [_order(export, order, SHOP_STATUSES, [_seller_sku(export, line) for line in order]) for order in export.orders(lines)]


def creator_orders(export: Export, lines: Ints) -> list[dict[str, Any]]:
    """Return orders as `search-creator-affiliate-orders` has them: rates as numbers, money as the locale spells it."""
    return [_order(export, order, CREATOR_STATUSES, [_creator_sku(export, line) for line in order]) for order in export.orders(lines)]


def partner_orders(export: Export, lines: Ints) -> list[dict[str, Any]]:
    """Return orders as `search-tap-affiliate-orders` has them: the only line is no list."""
    return [_order(export, order, SHOP_STATUSES, _partner_sku(export, order[0])) for order in export.orders(lines)]


def _order(export: Export, lines: list[int], names: dict[int, str], skus: Any) -> dict[str, Any]:
    world, first = export.book.world, lines[0]
    delivered = float(world.histories.delivered_at[first])
    status = export.order_status(lines)
    late = status == PLACED and any(export.refunded[line] for line in lines)
    return {
        "id": str(576_400_000_000_000_000 + int(world.lines.order[first]) * 1_000_003),
        "create_time": _time(int(world.lines.at[first]), first),
        "delivery_time": int(delivered) if delivered < export.at else 0,
        "status": "FROZEN" if late else names[status],
        "skus": skus,
    }


def _time(at: int, turn: int) -> int | str:
    """Write one time in seven as text, and one in eleven in milliseconds."""
    return str(at) if turn % 7 == 0 else at * 1_000 if turn % 11 == 0 else at


def _seller_sku(export: Export, line: int) -> Sku:
    rate = float(export.book.line_commission[line])
    currency = _currency(export, line)
    write = partial(money, currency=currency)
    return {
        **_programme(export, line),
        "creator_username": export.handle(int(export.book.line_creator[line])),
        **_sold(export, line, write),
        "commission_model": "Tiered commission" if line % 9 == 0 else "Fixed commission",
        "commission_tier_setting": "3.0 OR 5.0" if line % 9 == 0 else "",
        "commission_rate": str(hundredths(rate)),
        "shop_ads_commission_rate": str(hundredths(ADS)),
        **_commissions(
            export,
            line,
            write,
            {"paid_shop_ads_commission": ADS, "paid_commission": rate, "cofunded_creator_bonus_amount": 0.0},
        ),
    }


def _creator_sku(export: Export, line: int) -> Sku:
    world, product = export.book.world, int(export.book.line_product[line])
    rate = float(export.book.line_commission[line])
    region = world.regions[int(world.goods.products.region[product])]
    write = partial(spelled_money, region=region)
    return {
        "id": f"{export.book.product_ids[product]}5",
        **_programme(export, line),
        "product_name": str(world.goods.products.title[product]),
        "shop_name": str(world.goods.brands.name[world.goods.products.brand[product]]),
        **_sold(export, line, write),
        "commission_rate": hundredths(rate),
        "commission_tier_setting": "",
        "commission_model": "Fixed commission",
        "commission_bonus_rate": 0,
        "shop_ads_commission_rate": hundredths(ADS),
        "tag": "",
        "creator_commission_reward_rate": 0,
        **_commissions(
            export,
            line,
            write,
            {"commission": rate, "bonus_commission": 0.0, "shop_ads_commission": ADS, "creator_commission_reward_fee": 0.0},
        ),
    }


def _partner_sku(export: Export, line: int) -> Sku:
    world, product = export.book.world, int(export.book.line_product[line])
    rate = float(export.book.line_commission[line])
    write = partial(money, currency=_currency(export, line))
    return {
        "id": f"{export.book.product_ids[product]}5",
        "campaign_id": export.book.line_programmes[line][1],
        "creator_username": export.handle(int(export.book.line_creator[line])),
        "product_name": str(world.goods.products.title[product]),
        **_sold(export, line, write),
        "creator_commission_rate": hundredths(rate),
        "tap_commission_rate": hundredths(rate * PARTNER_CUT),
        "creator_commission_reward_rate": 0,
        "partner_commission_reward_rate": 0,
        **_commissions(
            export,
            line,
            write,
            {
                "creator_commission": rate,
                "tap_commission": rate * PARTNER_CUT,
                "creator_commission_reward_fee": 0.0,
                "partner_commission_reward_fee": 0.0,
            },
        ),
    }


def _programme(export: Export, line: int) -> dict[str, str]:
    fields = {"open_collaboration_id": "", "target_collaboration_id": "", "campaign_id": ""}
    name, programme = export.book.line_programmes[line]
    return fields | ({name: programme} if name else {})


def _sold(export: Export, line: int, write: Callable[[float], dict[str, str]]) -> Sku:
    world = export.book.world
    post = int(world.slots.post[world.lines.slot[line]])
    showcase = bool(world.lines.showcase[line])
    quantity, refunded = int(world.lines.quantity[line]), int(export.refunded[line])
    return {
        "product_id": export.book.product_ids[int(export.book.line_product[line])],
        "price": write(float(world.lines.price[line])),
        "quantity": str(quantity) if line % 13 == 0 else quantity,
        "content_type": "SHOP" if showcase else "LIVE" if world.posts.live[post] else "VIDEO",
        "content_id": "" if showcase else export.book.post_ids[post],
        "refunded_quantity": refunded,
        "returned_quantity": refunded if line % 3 else 0,
    }


def _commissions(export: Export, line: int, write: Callable[[float], dict[str, str]], rates: dict[str, float]) -> Sku:
    """Return the base and each commission as estimated when the order was placed, and as settled once it was."""
    lines = export.book.world.lines
    price, quantity = float(lines.price[line]), int(lines.quantity[line])
    estimated = price * quantity
    settled = int(export.status[line]) in (SETTLED, REFUNDED)
    actual = price * (quantity - int(export.refunded[line])) if settled else 0.0
    out = {"estimated_commission_base": write(estimated), "actual_commission_base": write(actual)}
    for name, rate in rates.items():
        out |= {f"estimated_{name}": write(estimated * rate), f"actual_{name}": write(actual * rate)}
    return out


def _currency(export: Export, line: int) -> str:
    world = export.book.world
    return world.regions[int(world.goods.products.region[export.book.line_product[line]])].currency
