"""The GraphQL IDE's files: which they are, and where they lie once fetched."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
FILES: Final[dict[str, str]] = {
    "graphiql.js": "graphiql/graphiql.min.js",
    "graphiql.css": "graphiql/graphiql.min.css",
    "graphiql.LICENSE": "graphiql/LICENSE",
    "react.js": "react/umd/react.production.min.js",
    "react.LICENSE": "react/LICENSE",
    "react-dom.js": "react-dom/umd/react-dom.production.min.js",
}
"""The files that we serve, and where each package has its own."""


def folder(cache: Path) -> Path:
    """Return where the files lie below the user's cache; another lock is another folder."""
    return cache / "ide" / sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:16]


def installed(cache: Path) -> bool:
    """Tell whether every file is there."""
    return all((folder(cache) / name).is_file() for name in FILES)
