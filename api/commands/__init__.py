"""The `creatorgraph` command: one module a command, imported only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click
import typer

COMMANDS: Final[dict[str, str]] = {
    "simulate": "Write a simulated market as tables or as partner-API responses.",
    "import": "Read a shop's saved data, or tables, into the graph.",
    "score": "Compute the indicators and rankings of all creators.",
    "serve": "Serve the API, the start page and the GraphQL IDE.",
    "keys": "Make, list, rotate and revoke access keys.",
    "schema": "Print the GraphQL schema, or check it against a saved one.",
    "db": "Start, stop, look into, back up and restore the database.",
    "doctor": "Check this machine and say how to mend what is wrong.",
}


class Commands(click.Group):
    """The commands by name; `import` lives in a module called `import_`, since Python keeps the word."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and return its command; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"api.commands.{'import_' if cmd_name == 'import' else cmd_name}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        command.help = command.help or COMMANDS[cmd_name]
        command.short_help = COMMANDS[cmd_name]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="creatorgraph", prog_name="creatorgraph")
def main() -> None:
    """Open ratings and rankings of e-commerce creators, served from a graph."""
