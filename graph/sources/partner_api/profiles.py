"""What a response says of a creator: profile, followers, and the sums that the platform reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from graph.rows import CreatorRef, Row
from graph.sources.codes import currency_code
from graph.sources.faults import BadValue
from graph.sources.partner_api.endpoint import Document
from graph.sources.partner_api.formatted import OPEN, shown_amounts, shown_counts
from graph.sources.partner_api.record import Record

AGES: Final = {f"AGE_RANGE_{low}_{high}": f"{low}-{high}" for low, high in ((18, 24), (25, 34), (35, 44), (45, 54))} | {
    "AGE_RANGE_55_AND_ABOVE": "55+"
}
GENDERS: Final = {"MALE": "MALE", "FEMALE": "FEMALE"}
REPORT_DAYS: Final = 30
ENDS: Final = ("minimum_amount", "maximum_amount")


def creator_row(doc: Document, record: Record, ref: CreatorRef, more: Mapping[str, object] | None = None) -> Row:
    """Return the row of a creator's profile, with `more` columns than every endpoint has."""
    values: dict[str, object] = {
        "id": ref,
        "open_id": ref.open_id,
        "handle": ref.handle,
        "region": ref.region,
        "nickname": record.text("nickname"),
        "follower_count": record.count("follower_count"),
        "avatar_url": record.record("avatar").text("url"),
    }
    return doc.row("creators", values | dict(more or {}), record)


def report_rows(doc: Document, record: Record, ref: CreatorRef, sums: Mapping[str, object]) -> Iterator[Row]:
    """Yield the report of the day of the export, if the response holds any sum; it covers 30 days."""
    known = {name: value for name, value in sums.items() if value is not None and value != []}
    if not known.keys() - {"currency"}:
        return
    at = doc.owner.exported_at
    followers = record.count("follower_count")
    yield doc.row("reports", known | {"creator_id": ref, "at": at, "days": REPORT_DAYS, "follower_count": followers}, record)


def exact_amounts(record: Record, fields: Mapping[str, str]) -> dict[str, object]:
    """Return the amounts of `fields` (field → column) and their currency; BadValue where they are in several."""
    found: dict[str, object] = {}
    for field, column in fields.items():
        part = record.record(field)
        _put(found, {column: part.amount("amount")}, part)
    return found


def ranges(record: Record, fields: Mapping[str, str]) -> dict[str, object]:
    """Return the ends of amounts given as ranges (field → column) and their currency; an open end is absent."""
    found: dict[str, object] = {}
    for field, column in fields.items():
        part = record.record(field)
        exact = part.exact_amount(ENDS[0]), part.exact_amount(ENDS[1])
        low, high = (None if end is None else float(end) for end in (shown_amounts(part) if exact == OPEN else exact))
        ordered(part, low, high)
        _put(found, {f"{column}_low": low, f"{column}_high": high}, part)
    return found


def unit_range(record: Record) -> dict[str, object]:
    """Return the ends of a range of units sold; an open end is absent."""
    part = record.record("units_sold_range")
    low, high = part.count(ENDS[0], wide=True), part.count(ENDS[1], wide=True)
    if low is None and high is None:
        low, high = (None if end is None else int(end) for end in shown_counts(part))
    ordered(part, low, high)
    return {"units_sold_low": low, "units_sold_high": high}


def one_currency(record: Record, *groups: Mapping[str, object]) -> dict[str, object]:
    """Join groups of amounts; BadValue where their currencies differ, since a report has one."""
    currencies = {str(group["currency"]) for group in groups if group.get("currency")}
    if len(currencies) > 1:
        raise BadValue(
            ", ".join(sorted(currencies)), "a creator's amounts are in one currency", "save the response again", column=record.path
        )
    return {name: value for group in groups for name, value in group.items()}


def ordered(record: Record, low: float | None, high: float | None, *, ends: tuple[str, str] = ENDS) -> None:
    """Raise BadValue where a range ends below its start."""
    if low is not None and high is not None and low > high:
        raise BadValue(f"{low} > {high}", f"{ends[0]} is at most {ends[1]}", "exchange the two", column=f"{record.path}{ends[0]}")


def consent(record: Record, field: str) -> bool | None:
    """Tell whether a creator shares exact sales: yes by an exact amount, no by a range or `""` in its place, else unknown."""
    if record.record(field).has("amount"):
        return True
    withheld = record.has(f"{field}_range") or record.values.get(field) == "" or record.record(field).values.get("amount") == ""
    return False if withheld else None


def audience_row(doc: Document, record: Record, ref: CreatorRef, part: tuple[str, str], share: float | None) -> Row:
    """Return one share of a creator's followers; `part` is dimension and bucket, the share is absent where only they are known."""
    dimension, bucket = part
    values = {"creator_id": ref, "dimension": dimension, "bucket": bucket, "share": share, "at": doc.owner.exported_at}
    return doc.row("audiences", values, record)


def _put(into: dict[str, object], amounts: Mapping[str, object], part: Record) -> None:
    known = {name: value for name, value in amounts.items() if value is not None}
    if not known:
        return
    currency = currency_code(part.values.get("currency"))
    if into.setdefault("currency", currency) != currency:
        rule = "a creator's amounts are in one currency"
        raise BadValue(currency, rule, "save the response again", column=f"{part.path}currency")
    into.update(known)
