"""`creatorgraph schema`: the GraphQL schema, printed, and compared with a saved one."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Annotated, Final

import typer

from api.errors import ApiError

COMMITTED: Final = "api/schema.graphql"
DRIFTED: Final = 3
BROKEN: Final = 4

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Print the GraphQL schema, or check it against a saved one. Exit codes of `check`: 0 no breaking changes,"
    f" {DRIFTED} the committed file differs from the code, {BROKEN} there are breaking changes, 1 nothing to compare with.",
)


class NothingSaved(ApiError):
    """There is no saved schema where one was named."""


@app.command("print")
def print_() -> None:
    """Print the schema in the schema language."""
    from api.graphql.schema import sdl

    typer.echo(sdl(), nl=False)


@app.command()
def check(
    against: Annotated[
        str | None, typer.Option(help="A file, or a git tag whose committed schema is used. Default: the newest tag, if there is one.")
    ] = None,
) -> None:
    """Check that the committed schema matches the code, and has no breaking changes from an earlier one."""
    from api.graphql.schema import sdl

    now = sdl()
    committed = Path(COMMITTED)
    if committed.exists() and committed.read_text("utf-8") != now:
        typer.echo(f"{COMMITTED} does not match the code; update it with `creatorgraph schema print > {COMMITTED}`.", err=True)
        raise typer.Exit(DRIFTED)
    try:
        before = earlier(against)
    except NothingSaved as error:
        typer.echo(error.message, err=True)
        raise typer.Exit(1) from error
    found = breaking(before, now) if before else []
    for line in found:
        typer.echo(line, err=True)
    if found:
        raise typer.Exit(BROKEN)
    typer.echo("No breaking changes." if before else "The committed schema matches the code; there is no tag to compare with yet.")


def breaking(before: str, now: str) -> list[str]:
    """Return in a line each what a client of the schema `before` would stumble over."""
    from graphql import build_schema
    from graphql.utilities import find_breaking_changes

    changes = find_breaking_changes(build_schema(before), build_schema(now))
    return [f"{each.type.name}: {each.description}" for each in changes]


def earlier(against: str | None) -> str | None:
    """Return the saved schema that a file or a tag has; None where nothing was named and nothing is tagged."""
    if against is None:
        tag = _git("describe", "--tags", "--abbrev=0")
        return _git("show", f"{tag.strip()}:{COMMITTED}") if tag else None
    if Path(against).is_file():
        return Path(against).read_text("utf-8")
    found = _git("show", f"{against}:{COMMITTED}")
    if found is None:
        raise NothingSaved(f"{against!r} is neither a file nor a git tag that holds {COMMITTED}; name one that does")
    return found


def _git(*arguments: str) -> str | None:
    try:
        return subprocess.run(["git", *arguments], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
