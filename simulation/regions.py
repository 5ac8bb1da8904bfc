"""The regions that a simulated market can span: currency, clock, price level and size."""

from __future__ import annotations

from typing import Final, NamedTuple

from simulation.errors import UnknownRegion


class Region(NamedTuple):
    """One region; prices are rounded to `step` units of its currency, which is worth `usd` dollars at the start."""

    code: str
    currency: str
    usd: float
    step: float
    price_level: float
    hours: int
    weight: float
    language: str
    locale: str


REGIONS: Final = (
    Region("US", "USD", 1.0, 0.01, 1.0, -6, 0.36, "en", "en_US"),
    Region("GB", "GBP", 1.33, 0.01, 0.9, 0, 0.16, "en", "en_GB"),
    Region("ID", "IDR", 1 / 16_600, 100.0, 0.22, 7, 0.2, "id", "id_ID"),
    Region("VN", "VND", 1 / 26_300, 1_000.0, 0.2, 7, 0.16, "vi", "vi_VN"),
    Region("DE", "EUR", 1.16, 0.01, 0.95, 1, 0.12, "de", "de_DE"),
    Region("FR", "EUR", 1.16, 0.01, 0.9, 1, 0.1, "fr", "fr_FR"),
    Region("ES", "EUR", 1.16, 0.01, 0.8, 1, 0.1, "es", "es_ES"),
    Region("JP", "JPY", 1 / 155, 10.0, 0.8, 9, 0.1, "ja", "ja_JP"),
    Region("MY", "MYR", 0.24, 0.1, 0.3, 8, 0.1, "ms", "ms_MY"),
    Region("PH", "PHP", 0.017, 1.0, 0.2, 8, 0.1, "en", "en_PH"),
    Region("TH", "THB", 0.031, 1.0, 0.25, 7, 0.1, "th", "th_TH"),
    Region("MX", "MXN", 0.054, 1.0, 0.45, -6, 0.1, "es", "es_MX"),
    Region("BR", "BRL", 0.187, 0.01, 0.4, -3, 0.1, "pt", "pt_BR"),
)

DEFAULT_REGIONS: Final = ("US", "GB", "ID", "VN", "DE")


def region(code: str) -> Region:
    """Return the region called `code`; UnknownRegion names those that can be had."""
    for each in REGIONS:
        if each.code == code.strip().upper():
            return each
    known = ", ".join(each.code for each in REGIONS)
    raise UnknownRegion(f"region {code!r} cannot be simulated; choose among {known}")
