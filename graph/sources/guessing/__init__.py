"""A mapping proposed from a file: which of its columns are which of ours, and how its values are written."""

from __future__ import annotations

from pathlib import Path

from graph.sources.guessing.previews import Preview, header, preview
from graph.sources.guessing.proposal import proposed
from graph.sources.guessing.samples import sample_of
from graph.sources.guessing.writing import toml_of

__all__ = ["Preview", "guessed", "header", "preview"]


def guessed(path: Path) -> str:
    """Return the TOML of a mapping for a file; BadMapping where nothing in it is known."""
    return toml_of(proposed(sample_of(path)), path.name)
