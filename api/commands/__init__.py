"""The `creatorgraph` command: one module a command, imported when it is named."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from api.process.ending import interrupted, leave, on_signals
from api.process.failures import explained

COMMANDS: Final[dict[str, str]] = {
    "simulate": "Write a simulated market as tables or as partner-API responses.",
    "import": "Import a shop's saved data, or tables, into the graph.",
    "score": "Compute the indicators and rankings of all creators.",
    "query": "Run a read-only Cypher query, and print or write its result.",
    "export": "Write the graph, a network, a query's result, scorecards or event tables to files.",
    "verify": "Recompute exported scores without a database, and check their signature.",
    "serve": "Serve the API, the start page and the GraphQL IDE.",
    "mcp": "Serve agents over the Model Context Protocol.",
    "audit": "Verify the audit log, and list who was shown whose scores.",
    "keys": "Create, list, rotate and revoke access keys.",
    "schema": "Print the GraphQL schema, or compare it with a saved one.",
    "db": "Start, stop, query, back up and restore the database.",
    "doctor": "Check this machine and show how to fix what is wrong.",
}

LISTED: Final = f"{__name__}.listed"


class Commands(TyperGroup):
    """The commands by name; `import` lives in a module called `import_`, since Python keeps the word.

    Typer keeps the types of contexts and commands private, hence `Any`.
    """

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """List the commands, none of which has to be imported for that."""
        ctx.meta[LISTED] = True
        super().format_help(ctx, formatter)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the command's module and return its command; None for an unknown name, and no more than its line in a list of all."""
        if cmd_name not in COMMANDS:
            return None
        if ctx.meta.get(LISTED):
            return TyperCommand(cmd_name, help=COMMANDS[cmd_name])
        command = typer.main.get_command(_imported(f"api.commands.{'import_' if cmd_name == 'import' else cmd_name}").app)
        command.name = cmd_name
        command.help = command.help or COMMANDS[cmd_name]
        return command


def _imported(name: str) -> Any:
    """Import a module while the collector rests, which finds nothing in what stays, and would take a tenth of the time."""
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.enable()


app = typer.Typer(
    cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]}
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"creatorgraph {version('creatorgraph')}")
        raise typer.Exit


@app.callback()
def creatorgraph(
    _version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")] = False,
) -> None:
    """Open ratings and rankings of e-commerce creators, served from a graph."""


def main() -> None:
    """Run the command line; an error that we foresaw is told in one line, and a signal ends it in order."""
    on_signals()
    try:
        app()
    except Exception as error:
        if (code := _signalled(error)) is not None:
            leave(code)
        told = explained(error)
        if told is None:
            raise
        typer.echo(f"creatorgraph: {told}", err=True)
        sys.exit(1)
    except SystemExit as end:
        if (code := _signalled(end)) is not None:
            leave(code)
        raise


def _signalled(error: BaseException | None) -> int | None:
    """Return the exit code that a signal asked for, where an error came of that: Python wraps what is raised while a class is made."""
    while error is not None and interrupted():
        if isinstance(error, SystemExit):
            return error.code if isinstance(error.code, int) else 1
        error = error.__cause__ or error.__context__
    return None
