"""What all that measure simulated markets may be asked: how large the markets are, from which seeds, and where the page goes."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path


def parser(module: str, about: str, *, page: Path, creators: int, days: int) -> ArgumentParser:
    """Return a parser of `python -m MODULE` with the options that all of them have; `creators` and `days` are their defaults."""
    ask = ArgumentParser(prog=f"python -m {module}", description=about)
    ask.add_argument("--creators", type=int, default=creators, help=f"creators of each market (default {creators})")
    ask.add_argument("--days", type=int, default=days, help=f"days of each (default {days})")
    ask.add_argument("--out", type=Path, default=page, help=f"the page to write (default {page})")
    return ask


def seeded(about: str | None, *, seeds: Sequence[int], days: int, creators: int = 1_000) -> ArgumentParser:
    """Return a parser for what prints a table of markets of several seeds; all but `about` are defaults."""
    ask = ArgumentParser(description=about)
    ask.add_argument("--seeds", type=int, nargs="+", default=list(seeds))
    ask.add_argument("--creators", type=int, default=creators)
    ask.add_argument("--days", type=int, default=days)
    return ask
