"""Everything we ask of jgo: it knows the repository's address and protocol, so we need not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jgo.maven import MavenContext

SECONDS_FOR_A_RESPONSE: Final = 60


def download(coordinate: str, folder: Path) -> Path:
    """Download `group:artifact:version[:classifier]` into `folder` and return the file.

    It trusts nothing that it brings: the caller compares the sum.
    """
    group, artifact, version, *classifier = coordinate.split(":")
    component = _context(folder).project(group, artifact).at_version(version)
    path = component.artifact(classifier=classifier[0] if classifier else "").resolve()
    return Path(path)


def resolved(coordinates: Sequence[str], folder: Path) -> list[tuple[str, Path]]:
    """Return every jar that `coordinates` need at run time, as (coordinate, file in `folder`), sorted."""
    context = _context(folder)
    inputs, needed = context.resolver.resolve([context.create_dependency(name) for name in coordinates])
    artifacts = [item.artifact for item in [*inputs, *needed] if item.scope in {None, "compile", "runtime"}]
    found = {_coordinate(item.groupId, item.artifactId, item.version, item.classifier): item for item in artifacts}
    return [(name, Path(found[name].resolve())) for name in sorted(found)]


def _coordinate(*parts: str) -> str:
    return ":".join(part for part in parts if part)


def _context(folder: Path) -> MavenContext:
    from jgo.maven import MavenContext  # late: every command would wait for it, and only a download needs it

    return MavenContext(repo_cache=folder, timeout=SECONDS_FOR_A_RESPONSE)
