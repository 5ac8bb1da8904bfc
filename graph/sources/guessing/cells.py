"""How the values of a column are written: dates, percentages, currencies, words for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, cast

from babel import Locale

from graph.sources.codes import region_code
from graph.sources.faults import BadValue

FORMS: Final = tuple(
    f"{day}{time}"
    for day in ("%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y%m%d", "%b %d, %Y", "%d %b %Y")
    for time in (" %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", "")
)
NOTHING: Final = ("-", "--", "—", "n/a", "na", "nan", "nan%", "null", "none", "#n/a")
SIGNS: Final = {
    "US$": "USD", "MX$": "MXN", "S$": "SGD", "R$": "BRL", "RM": "MYR", "Rp": "IDR", "€": "EUR", "£": "GBP", "¥": "JPY", "円": "JPY",
    "฿": "THB", "₫": "VND", "₱": "PHP", "₩": "KRW", "$": "USD",
}  # fmt: skip
STATUSES: Final = {
    **dict.fromkeys(("pending", "ordered", "processing", "frozen", "tobesettled", "placed", "shipped", "unpaid"), "PLACED"),
    **dict.fromkeys(("settled", "completed", "delivered", "paid"), "SETTLED"),
    **dict.fromkeys(("refunded", "deducted", "returned"), "REFUNDED"),
    **dict.fromkeys(("ineligible", "cancelled", "canceled"), "NO_SALE"),
}


def date_cell(column: str, values: list[Any]) -> tuple[object, str]:
    """Return the cell of a time, and what to check about it."""
    texts = [str(value).strip() for value in values if not isinstance(value, datetime)]
    if not texts or all(re.fullmatch(r"\d{9,10}(\.0+)?", text) for text in texts):
        return column, ""
    if all(re.fullmatch(r"\d{13}", text) for text in texts):
        return {"column": column, "unit": "milliseconds"}, ""
    fitting = [form for form in (*FORMS, "iso") if sum(_fits(text, form) for text in texts) >= 0.5 * len(texts)]
    if not fitting:
        return {"column": column, "date": "%Y-%m-%d"}, f"CHECK: how are dates such as '{texts[0]}' written?"
    best = max(fitting, key=lambda form: sum(_fits(text, form) for text in texts))
    ambiguous = best.startswith("%d/%m") and best.replace("%d/%m", "%m/%d") in fitting
    return {"column": column, "date": best}, "CHECK: days or months first?" if ambiguous else ""


def _fits(text: str, form: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text) if form == "iso" else datetime.strptime(text, form))
    except ValueError:
        return False


def share_cell(column: str, texts: list[str]) -> object:
    """Return the cell of a share, in percent where a sign or a number above 1 says so."""
    if any(text.endswith("%") or _above_one(text) for text in texts):
        return {"column": column, "unit": "percent"}
    return column


def _above_one(text: str) -> bool:
    try:
        return float(text) > 1
    except ValueError:
        return False


def region_cell(column: str, texts: list[str]) -> object:
    """Return the cell of a region, names of countries translated into codes."""
    territories = cast("Mapping[str, str]", Locale("en").territories)
    names = {name.casefold(): code for code, name in territories.items() if len(code) == 2}
    written = sorted({text for text in texts if text.casefold() not in NOTHING})
    known = {text: names[text.casefold()] for text in written if text.casefold() in names and not _is_code(text)}
    return {"column": column, "values": known, "other": "keep"} if known else column


def _is_code(text: str) -> bool:
    try:
        return bool(region_code(text))
    except BadValue:
        return False


def status_cell(column: str, texts: list[str]) -> tuple[object, str]:
    """Return the cell of an order's status, and what to check about it."""
    plain = {text: "".join(c for c in text.casefold() if c.isalpha()) for text in sorted(set(texts))}
    values = {text: STATUSES.get(word, "PLACED") for text, word in plain.items()}
    unknown = [text for text, word in plain.items() if word not in STATUSES]
    note = f"CHECK: what do {', '.join(unknown[:5])} mean?" if unknown else ""
    return {"column": column, "values": values}, note


def currency_in(column: str, texts: Iterable[str]) -> str | None:
    """Return the currency whose sign stands in a column's name or values; None where there is none."""
    for text in (column, *texts):
        for sign, code in SIGNS.items():
            if sign in text:
                return code
    return None


def nothings(columns: Mapping[str, list[Any]]) -> list[str]:
    """Return the words for nothing that stand in the cells."""
    found = {str(value).strip() for values in columns.values() for value in values}
    return sorted(text for text in found if text.casefold() in NOTHING)


def has_decimal_commas(columns: Mapping[str, list[Any]]) -> bool:
    """Tell whether numbers have decimal commas: some end with a comma and one or two digits, none with a point so."""
    texts = [str(value).strip() for values in columns.values() for value in values if isinstance(value, str)]
    commas = sum(bool(re.fullmatch(r"\D{0,4}[\d.\s]*\d,\d{1,2}\s?\D{0,4}", text)) for text in texts)
    points = sum(bool(re.fullmatch(r"\D{0,4}[\d,\s]*\d\.\d{1,2}\s?\D{0,4}", text)) for text in texts)
    return commas > 0 and points == 0
