"""The command line as a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import typer

from api.commands import app
from api.documents.markdown import GENERATED, cell, table

HEAD: Final = f"""# The command line

{GENERATED.format(source="api/commands/")}

Every command takes `--help`. Results go to standard output, progress and hints to standard error. Exit codes: 0 success,
1 an error, in one line, 2 wrong usage, 130 interrupted; others are listed with their command.
"""


def page() -> str:
    """Return the page on all commands and their options."""
    root = typer.main.get_command(app)
    return HEAD + "".join(_sections("creatorgraph", root))


def _sections(path: str, command: Any) -> Iterator[str]:
    if path != "creatorgraph":
        yield f"\n## `{path}`\n\n{_paragraphs(command.help or '')}\n"
        if rows := [_row(each) for each in command.params if not getattr(each, "hidden", False) and each.name != "help"]:
            yield "\n" + table(("argument or option", "meaning"), rows)
    for name in command.list_commands(_context(command)) if hasattr(command, "list_commands") else ():
        if child := command.get_command(_context(command), name):
            yield from _sections(f"{path} {name}", child)


def _context(command: Any) -> Any:
    return command.make_context(command.name or "creatorgraph", [], resilient_parsing=True)


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _row(parameter: Any) -> tuple[str, str]:
    if parameter.param_type_name == "argument":
        return (f"`{(parameter.metavar or parameter.name or '').upper()}`", cell(getattr(parameter, "help", "") or ""))
    names = ", ".join(f"`{each}`" for each in (*parameter.opts, *parameter.secondary_opts))
    return (names, cell((parameter.help or "") + _default(parameter)))


def _default(parameter: Any) -> str:
    default = parameter.show_default if isinstance(parameter.show_default, str) else parameter.default
    return "" if default in (None, False, (), []) or callable(default) else f" Default: `{default}`."
