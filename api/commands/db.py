"""`creatorgraph db`: the private database as a thing: start, stop, look into, back up, restore."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.table import Table

from api import settings
from api.commands import shell as cypher_shell
from api.commands.console import console, download_bar
from api.errors import ApiError
from api.process.database import private_server
from graph.server import PrivateServer
from graph.server.backup import back_up, read_manifest
from graph.server.backup import restore as restore_backup

STOPPED: Final = 3

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Start, stop, query, back up and restore the database.")


class NotPrivate(ApiError):
    """What was asked is only possible with the private database."""


@app.command()
def start() -> None:
    """Start the private database and leave it running."""
    with _server() as server:
        server.start()
        server.detach()
        server.stop()
        _say(f"The database answers on {server.uri}; its data is in {server.home}. Stop it with `creatorgraph db stop`.")


@app.command()
def stop(
    force: Annotated[bool, typer.Option("--force", help="Stop it even if other processes use it; their queries fail.")] = False,
) -> None:
    """Stop the private database."""
    with _server() as server:
        was_running = server.running
        server.shut_down(force=force)
        _say("The database is stopped." if was_running else "The database was not running.")


@app.command()
def status() -> None:
    """Show whether the private database is running, where, and who uses it; exit code 3 if it is not running."""
    with _server() as server:
        rows = {"home": str(server.home), "running": "yes" if server.running else "no"}
        if server.running:
            rows |= {"address": server.uri, "used by": ", ".join(server.users) or "nobody"}
        rows["on disk"] = f"{_size(server.home) / 1e6:,.0f} MB"
        table = Table(show_header=False, box=None)
        for name, value in rows.items():
            table.add_row(name, value)
        console().print(table)
        if not server.running:
            raise typer.Exit(STOPPED)


@app.command()
def shell(
    command: Annotated[str | None, typer.Option("-c", "--command", metavar="QUERY", help="Run this one query and end.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print each row as a line of JSON.")] = False,
) -> None:
    """Run Cypher with the rights of the owner: queries may write.

    The private database is started if it is not running. An interactive query ends with `;`, the shell with `:quit`.
    """
    with download_bar() as progress:
        cypher_shell.run(settings.load(), command, as_json=as_json, progress=progress)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="File to write.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it exists.")] = False,
    digest: Annotated[bool, typer.Option("--digest", help="Also store a digest of the graph's content, which a restore checks.")] = False,
) -> None:
    """Write the whole graph to one file, also while `creatorgraph serve` runs.

    The database stops for the copy and starts again, a matter of seconds; meanwhile a running server answers 503 with Retry-After.
    Refused while an import or a scoring run uses the database.
    Access keys are not part of a backup: copy `access.sqlite` and `signing.key` in CREATORGRAPH_HOME, too.
    """
    with _server() as server:
        manifest = back_up(server, file, digest=digest, overwrite=overwrite)
        _say(f"{file}: {manifest.size / 1e6:,.1f} MB, schema version {manifest.schema}, taken {manifest.created_at}.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `db backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")] = False,
) -> None:
    """Replace the whole graph by a backup, also while `creatorgraph serve` runs; if that fails, the graph is unchanged."""
    with _server() as server:
        manifest = read_manifest(file)
        if not yes:
            question = f"Replace all data in {server.home} with the backup {file}, taken {manifest.created_at}?"
            typer.confirm(question, abort=True, err=True)
        manifest = restore_backup(server, file)
        _say(f"The graph was restored to its state of {manifest.created_at}.")


@contextmanager
def _server() -> Generator[PrivateServer]:
    """Yield the private server of the settings; refused where they name another database."""
    loaded = settings.load()
    if loaded.neo4j_uri is not None:
        raise NotPrivate(f"NEO4J_URI is {loaded.neo4j_uri}, so there is no private database; use that server's tools, or unset NEO4J_URI")
    with download_bar() as progress:
        yield private_server(loaded, progress=progress)


def _say(text: str) -> None:
    typer.echo(text, file=sys.stdout)


def _size(folder: Path) -> int:
    """Return the bytes in a folder; files that vanish meanwhile count nothing."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
