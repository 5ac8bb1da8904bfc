"""The settings as a page."""

from __future__ import annotations

from typing import Final

from api.documents.markdown import GENERATED, cell, table
from api.settings import SETTINGS

HEAD: Final = f"""# Settings

{GENERATED.format(source="api/settings.py")}

Every setting is an environment variable. An invalid value is refused at start, with the rule and the remedy;
`creatorgraph doctor` lists variables with our prefix that are not settings.

"""


def page() -> str:
    """Return the page on all settings."""
    rows = ((f"`{each.env}`", cell(each.description), cell(each.kind.rule), cell(f"`{each.shown_default}`")) for each in SETTINGS)
    return HEAD + table(("variable", "meaning", "may hold", "default"), rows)
