"""The address of a Spark Connect server, of which no more than host and port is ever shown: it may carry a token."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final
from urllib.parse import unquote, urlsplit

from api.runs.engines.engine import EngineFailed

PORT: Final = 15002
TOKEN: Final = "SPARK_CONNECT_AUTHENTICATE_TOKEN"
"""The variable from which Spark's clients take the token where the address has none."""
ENCRYPTED: Final = re.compile(r"(?:^|[/;])use_ssl=true(?:;|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens; its text is what may be shown."""

    host: str
    port: int
    url: str = field(repr=False)

    def __str__(self) -> str:
        """Return the address without user, password and parameters."""
        return f"sc://[{self.host}]:{self.port}" if ":" in self.host else f"sc://{self.host}:{self.port}"

    def refuse_unencrypted(self) -> None:
        """Raise EngineFailed where exact sales would be sent to another machine as anybody on the way can read them."""
        if not _is_here(self.host) and not ENCRYPTED.search(urlsplit(self.url).path):
            raise EngineFailed(
                f"{self} is another machine, and exact sales would be sent to it unencrypted; add /;use_ssl=true to --master,"
                " or reach it through a tunnel at sc://localhost"
            )

    def without_secrets(self, text: str) -> str:
        """Return a text with nothing of the address but what may be shown, and without the token."""
        parts = urlsplit(self.url)
        said = [each.partition("=")[2] or each for each in parts.path.removeprefix("/").split(";")]
        secrets = {parts.password, parts.username, os.environ.get(TOKEN), *said, *map(unquote, said)} - {None, "", "true", "false"}
        text = text.replace(self.url, str(self))
        for secret in sorted(map(str, secrets), key=len, reverse=True):
            text = text.replace(secret, "…")
        return text


def address_of(master: str) -> Address:
    """Return an address that was given; EngineFailed, without naming it, where it is none."""
    try:
        parts = urlsplit(master)
        host, port = parts.hostname, parts.port or PORT
    except ValueError:
        host, port = None, PORT
    if not host or not master.startswith("sc://"):
        raise EngineFailed(f"--master is not the address of a Spark Connect server; give one as sc://host:{PORT}") from None
    return Address(host, port, master)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
