"""`creatorgraph db backup`, `verify` and `restore`: the graph, and with a key to seal it what else the instance keeps."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from api import settings
from api.commands.console import download_bar
from api.errors import ApiError, BadUserInput
from api.instance import contents
from api.instance.backup import back_up_instance, sealed_parts, unsealed_instance
from api.instance.placing import Hold, hold, place
from api.instance.sealing import Opener, Seal, text_of
from api.process.database import ONLY_DATABASE, private_server
from api.settings import Settings
from graph.server.archive import Manifest, read_manifest
from graph.server.backup import back_up
from graph.server.backup import restore as restore_graph
from graph.server.backup import verify as verify_graph

File = Annotated[Path, typer.Argument(help="A file that `db backup` wrote.")]
Passphrase = Annotated[bool, typer.Option("--passphrase", help="Ask for the passphrase of the instance's part.")]
PassphraseFile = Annotated[
    Path | None, typer.Option("--passphrase-file", exists=True, dir_okay=False, help="File whose first line is that passphrase.")
]
Identity = Annotated[
    Path | None,
    typer.Option("--identity", exists=True, dir_okay=False, help="File of an age identity, for a backup made for its recipient."),
]


class NotPrivate(ApiError):
    """What was asked is only possible with the private database."""

    def __init__(self, loaded: Settings, *, but: str = "") -> None:
        """Say where the database is instead, and what can be done all the same."""
        super().__init__(
            f"NEO4J_URI is {loaded.neo4j_uri}, so there is no private database; use that server's own tools, or unset NEO4J_URI{but}"
        )


def backup(  # noqa: PLR0913 -- each option of a command is an argument
    file: Annotated[Path, typer.Argument(help="File to write.")],
    recipient: Annotated[
        list[str] | None, typer.Option(help="Seal the instance's part for this age recipient (age1…); repeatable.")
    ] = None,
    passphrase: Passphrase = False,
    passphrase_file: PassphraseFile = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it exists.")] = False,
    digest: Annotated[bool, typer.Option("--digest", help="Also store a digest of the graph's content, which a restore checks.")] = False,
) -> None:
    """Write the whole graph to one file, and with --recipient or --passphrase the instance, too, also while `creatorgraph serve` runs.

    The database stops for the copy and starts again, a matter of seconds; meanwhile a running server answers 503 with Retry-After.
    Refused while an import or a scoring run uses the database.
    The instance is access keys, webhooks, signing keys, the audit log and the settings of this shell; it is sealed in the form of age.
    Where NEO4J_URI names another server, it is all that is written: back up the graph with that server's own tools.
    """
    loaded, secret = settings.load(), _passphrase(passphrase, passphrase_file, confirm=True)
    given = Seal(recipient or (), secret) if recipient or secret is not None else None
    if loaded.neo4j_uri is not None:
        if given is None:
            raise NotPrivate(loaded, but="; --recipient or --passphrase backs up what else the instance keeps")
        _say(file, back_up_instance(loaded, os.environ, file, given, overwrite=overwrite))
        return
    with download_bar() as progress:
        server = private_server(loaded, progress=progress)
        with sealed_parts(loaded, os.environ, given) if given else nullcontext(dict[str, Path]()) as parts:
            _say(file, back_up(server, file, digest=digest, overwrite=overwrite, sealed=parts))


def verify(file: File, passphrase: Passphrase = False, passphrase_file: PassphraseFile = None, identity: Identity = None) -> None:
    """Check that a backup can be restored: its graph is loaded elsewhere, and read page by page. What is in use does not change.

    With a passphrase or an identity the instance's part is opened and checked as well. Exit code 0: it can be restored; 1: it cannot, or
    not all of it was looked at.
    """
    loaded, manifest, opener = settings.load(), read_manifest(file), _opener(passphrase, passphrase_file, identity)
    if opener is not None:
        with unsealed_instance(loaded.home, file, opener) as folder:
            typer.echo(f"The instance is sound: {', '.join(contents.names(folder))}.")
    if manifest.sha256 is not None:
        with download_bar() as progress:
            found = verify_graph(private_server(replace(loaded, neo4j_database=ONLY_DATABASE), progress=progress), file)
        how = "its digest is the one that was stored" if manifest.digest else "no digest was stored with it"
        typer.echo(f"The graph is sound: {found.nodes:,} nodes, {found.relationships:,} relationships; {how}.")
    if manifest.sealed and opener is None:
        typer.echo("The instance's part was not looked at: give --passphrase or --identity.", err=True)
        raise typer.Exit(1)


def restore(
    file: File,
    passphrase: Passphrase = False,
    passphrase_file: PassphraseFile = None,
    identity: Identity = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")] = False,
) -> None:
    """Replace the whole graph by a backup, also while `creatorgraph serve` runs; if that fails, the graph is unchanged.

    With a passphrase or an identity the instance is restored as well, after the graph, for which the service must be stopped: what the home
    held of it is moved to a folder `replaced-…` in it. Settings are not applied, but written to `settings.env` there.
    """
    loaded, opener = settings.load(), _opener(passphrase, passphrase_file, identity)
    if loaded.neo4j_uri is not None and opener is None:
        raise NotPrivate(loaded, but="; --identity or --passphrase restores what else the instance keeps")
    manifest = read_manifest(file)
    graph = manifest.sha256 is not None and loaded.neo4j_uri is None
    if not graph and opener is None:
        raise BadUserInput(f"{file} holds no graph; give --passphrase or --identity to restore the instance")
    _confirm(loaded, file, manifest, [*(["all data"] if graph else []), *(["the instance"] if opener else [])], yes=yes)
    with (
        hold(loaded.home) if opener else nullcontext() as held,
        unsealed_instance(loaded.home, file, opener) if opener else nullcontext() as folder,
    ):
        if graph:
            with download_bar() as progress:
                restore_graph(private_server(loaded, progress=progress), file)
            typer.echo(f"The graph was restored to its state of {manifest.created_at}.")
        if held is not None and folder is not None:
            restored = contents.names(folder)
            _tell(restored, place(folder, held), held)
    if manifest.sha256 is not None and not graph:
        typer.echo(f"The graph in {file} was not restored: NEO4J_URI is {loaded.neo4j_uri}; unset it to restore into a private database.")
    if manifest.sealed and opener is None:
        typer.echo("The instance's part was not restored: give --passphrase or --identity.")


def _confirm(loaded: Settings, file: Path, manifest: Manifest, what: list[str], *, yes: bool) -> None:
    """Ask whether what is there may be replaced."""
    if not yes:
        question = f"Replace {' and '.join(what)} in {loaded.home} by the backup {file}, taken {manifest.created_at}?"
        typer.confirm(question, abort=True, err=True)


def _tell(names: list[str], aside: Path | None, held: Hold) -> None:
    typer.echo(f"Restored in {held.home}: {', '.join(names)}.")
    for each in held.notes:
        typer.echo(each)
    if aside:
        typer.echo(f"What was there is in {aside}, secrets among it: remove it once you are sure.")


def _opener(ask: bool, file: Path | None, identity: Path | None) -> Opener | None:
    if identity is not None and (ask or file is not None):
        raise BadUserInput("an identity and a passphrase were given; give the one that the backup is to be opened with")
    secret = _passphrase(ask, file, confirm=False)
    return Opener(identity, secret) if identity is not None or secret is not None else None


def _passphrase(ask: bool, file: Path | None, *, confirm: bool) -> str | None:
    """Return the passphrase from a file's first line, or asked for at the terminal; None where none is given."""
    if file is not None and ask:
        raise BadUserInput("--passphrase and --passphrase-file were given; give one of them")
    if file is not None:
        return text_of(file).partition("\n")[0].removesuffix("\r")
    return typer.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True) if ask else None


def _say(file: Path, manifest: Manifest) -> None:
    size = f"{file.stat().st_size / 1e6:,.1f} MB"
    graph = "without the graph" if manifest.sha256 is None else f"schema version {manifest.schema}"
    instance = "with the instance" if manifest.sealed else "without access keys and what else the instance keeps"
    typer.echo(f"{file}: {size}, {graph}, {instance}, taken {manifest.created_at}.", file=sys.stdout)
