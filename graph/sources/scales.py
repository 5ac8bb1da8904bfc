"""Words behind a number that multiply it: `475.8m`, `Rp1,5jt`, `1.2万`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

SCALES: Final = {
    **dict.fromkeys(("k", "rb", "ribu", "mil", "tsd", "천"), Decimal(10**3)),
    **dict.fromkeys(("万", "萬", "만"), Decimal(10**4)),
    **dict.fromkeys(("m", "mn", "mio", "mi", "jt", "juta", "tr"), Decimal(10**6)),
    **dict.fromkeys(("億", "亿", "억"), Decimal(10**8)),
    **dict.fromkeys(("b", "bn", "mrd"), Decimal(10**9)),
}
"""What follows a number and multiplies it, in the languages of the platform's markets."""

WORDS: Final = "|".join(sorted(SCALES, key=len, reverse=True))
SCALE: Final = re.compile(rf"(?<=[0-9])\s?({WORDS})\b\.?", re.IGNORECASE)


def scaled(text: str) -> tuple[str, Decimal]:
    """Return a text without a word such as `k` or `mio` behind its number, and what that multiplies it by."""
    found = SCALE.search(text)
    return (text, Decimal(1)) if found is None else (text[: found.start()] + text[found.end() :], SCALES[found[1].casefold()])
