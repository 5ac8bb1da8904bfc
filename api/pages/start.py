"""The page for developers: what this is, whether it can answer, and where to begin. It tells sums of the service, never a creator."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from html import escape
from importlib.metadata import version
from pathlib import Path
from string import Template
from typing import Final

from neo4j.exceptions import DriverError, Neo4jError
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.http.health import Check, checked
from api.pages.examples import EXAMPLES, Example
from graph.counts import counts

PAGE: Final = Template((Path(__file__).parent / "start.html").read_text("utf-8"))
SHOWN: Final = {
    "Creator": "creators",
    "Brand": "brands",
    "Product": "products",
    "Content": "videos and streams",
    "Collaboration": "collaborations",
}
QUERY: Final = '{"query": "{ viewer { name role } }"}'


async def start(request: Request) -> Response:
    """Answer with the page, also where the database is away: then it says what to do."""
    process = request.app.state.process
    found = await checked(process)
    sums: Mapping[str, int] = {}
    if found[0].ok:
        try:
            sums = await counts(process.driver, tuple(SHOWN), database=process.settings.neo4j_database)
        except (DriverError, Neo4jError, OSError):
            sums = {}
    page = PAGE.substitute(
        checks="\n".join(map(_check, found)),
        counts=_counts(sums),
        roles="\n".join(_role(role, examples) for role, examples in EXAMPLES.items()),
        curl=escape(_curl(str(request.base_url))),
        version=escape(version("creatorgraph")),
    )
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


def _check(check: Check) -> str:
    mood, word = ("good", "fine") if check.ok else ("bad", "not ready")
    remedy = f'<span class="remedy">{_code(check.remedy)}</span>' if check.remedy else ""
    state = f'<strong class="{mood}" aria-label="{escape(check.name)}: {word}">{escape(check.name)}</strong>'
    return f"<li>{state}<span>{escape(check.detail)}</span>{remedy}</li>"


def _code(text: str) -> str:
    """Return a text as HTML, what stands between backticks as code."""
    return "".join(f"<code>{escape(part)}</code>" if odd % 2 else escape(part) for odd, part in enumerate(text.split("`")))


def _counts(sums: Mapping[str, int]) -> str:
    if not sums:
        return ""
    cells = "".join(f"<div><dt>{words}</dt><dd>{sums[label]:,}</dd></div>" for label, words in SHOWN.items())
    return f'<dl class="cards counts">{cells}</dl>'


def _role(role: str, examples: Iterable[Example]) -> str:
    lines = "".join(
        f'<li><a href="/graphiql?role={role}&amp;example={example.name}">{escape(example.title)}</a></li>' for example in examples
    )
    return f'<li><h3><a href="/graphiql?role={role}">{role}</a></h3><ul>{lines}</ul></li>'


def _curl(base: str) -> str:
    return f"""curl {shlex.quote(base + "graphql")} \\
  -H 'Authorization: Bearer cgk_…' \\
  -H 'Content-Type: application/json' \\
  -d '{QUERY}'"""
