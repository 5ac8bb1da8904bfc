"""`creatorgraph schema`: the GraphQL schema, printed, and compared with a saved one."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.errors import ApiError

if TYPE_CHECKING:
    from api.policy.changes import Change

COMMITTED: Final = "api/schema.graphql"
BASE: Final = Path(__file__).parents[1] / "schema.base.graphql"
"""The schema of the last release: what is compared with where nothing else is named."""
DRIFTED: Final = 3
BROKEN: Final = 4
RISKY: Final = 5

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Print the GraphQL schema, or compare it with a saved one. Exit codes of `check` and `diff`: 0 no breaking changes,"
    f" {DRIFTED} the committed file differs from the code (`check`), {BROKEN} there are breaking changes, {RISKY} there are dangerous ones"
    " (`diff --strict`), 1 nothing to compare with.",
)
SAVED: Final = "a file, or a git revision whose committed schema is used"


class NothingSaved(ApiError):
    """There is no saved schema where one was named."""


@app.command("print")
def print_() -> None:
    """Print the schema in the schema language."""
    from api.graphql.schema import sdl

    typer.echo(sdl(), nl=False)


@app.command()
def check(
    against: Annotated[str | None, typer.Option(help=f"What to compare with: {SAVED}. Default: the schema of the last release.")] = None,
) -> None:
    """Check that the committed schema matches the code, and has no breaking changes from an earlier one."""
    from api.graphql.schema import sdl
    from api.policy.changes import Severity

    now = sdl()
    committed = Path(COMMITTED)
    if committed.exists() and committed.read_text("utf-8") != now:
        typer.echo(f"{COMMITTED} does not match the code; update it with `creatorgraph schema print > {COMMITTED}`.", err=True)
        raise typer.Exit(DRIFTED)
    broken = [each for each in between(saved(against), now) if each.severity is Severity.BREAKING]
    for each in broken:
        typer.echo(str(each), err=True)
    if broken:
        raise typer.Exit(BROKEN)
    typer.echo("No breaking changes.")


@app.command()
def diff(
    old: Annotated[str | None, typer.Argument(help=f"The earlier schema: {SAVED}. Default: the schema of the last release.")] = None,
    new: Annotated[str | None, typer.Argument(help=f"The later schema: {SAVED}. Default: that of this version.")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Also end with an error if changes are dangerous, without being breaking.")
    ] = False,
) -> None:
    """Tell what changed from one schema to another that clients may stumble over, and what is newly deprecated.

    Breaking: operations that were valid may be refused. Dangerous: they stay valid, and may be answered otherwise.
    """
    from api.graphql.schema import sdl
    from api.policy.changes import Severity

    before, after = saved(old), sdl() if new is None else saved(new)
    found = between(before, after)
    for severity in Severity:
        _listed(severity.value.capitalize(), [str(each) for each in found if each.severity is severity])
    _listed("Deprecated", newly_deprecated(before, after))
    if any(each.severity is Severity.BREAKING for each in found):
        raise typer.Exit(BROKEN)
    if strict and found:
        raise typer.Exit(RISKY)


def _listed(title: str, lines: list[str]) -> None:
    typer.echo(f"{title}: {len(lines) or 'none'}")
    for line in lines:
        typer.echo(f"  {line}")


def between(before: str, after: str) -> list[Change]:
    """Return what changed between two schemas that clients may stumble over."""
    from graphql import build_schema

    from api.policy.changes import changes

    return changes(build_schema(before), build_schema(after))


def newly_deprecated(before: str, after: str) -> list[str]:
    """Return what is deprecated in the later schema alone, a line each."""
    from graphql import build_schema

    from api.policy.deprecations import deprecations

    known = {each.place for each in deprecations(build_schema(before))}
    return [str(each) for each in deprecations(build_schema(after)) if each.place not in known]


def saved(name: str | None) -> str:
    """Return the schema that a file or a git revision has, that of the last release where nothing is named."""
    if name is None or Path(name).is_file():
        return (BASE if name is None else Path(name)).read_text("utf-8")
    try:
        command = ["git", "show", f"{name}:{COMMITTED}"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise NothingSaved(f"{name!r} is neither a file nor a git revision that holds {COMMITTED}; name one that does") from error
