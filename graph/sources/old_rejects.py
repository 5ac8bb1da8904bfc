"""Files of rejected records as earlier versions wrote them, which cannot be imported."""

from __future__ import annotations

from pathlib import Path
from typing import Final

OLD_NAME: Final = "-records.jsonl"
OLD_START: Final = b'{"record":'
OLD_RULE: Final = "this is a file of rejected records of an earlier version, which lacks what is needed to import them"
OLD_REMEDY: Final = (
    "import the folder they came from again (`reject_place` names its files): what is still rejected is set aside in a form that can be "
    "corrected and imported"
)


def is_old(path: Path) -> bool:
    """Tell whether a file is such a one, by its name and its beginning."""
    if not path.name.endswith(OLD_NAME):
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(OLD_START)) == OLD_START
    except OSError:
        return False
