"""Where webhooks may be sent: public addresses, found once for each connection, so that a name cannot point elsewhere meanwhile."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

LONGEST: Final = 2_000
GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
NAT64: Final = IPv6Network("64:ff9b::/96")
TUNNELS: Final = (IPv6Network("2001::/32"), IPv6Network("2002::/16"))
"""Teredo and 6to4: they hold an IPv4 address that somebody else would reach for us."""

RELAYS: Final = IPv4Network("192.88.99.0/24")
MAPPED: Final = IPv6Network("::ffff:0:0/96")


class AddressRefused(ValueError):
    """A webhook's URL is one that nothing is sent to; the words name the value, the rule and the remedy."""


def is_public(address: str) -> bool:
    """Tell whether an address is one that anybody on the internet can reach; IPv4 within IPv6 counts as what it is."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found in MAPPED or found in NAT64:
            return _is_public_v4(IPv4Address(int(found) & 0xFFFFFFFF))
        return found in GLOBAL_UNICAST and found.is_global and not any(found in each for each in TUNNELS)
    return _is_public_v4(found)


def _is_public_v4(address: IPv4Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved and address not in RELAYS


def checked(url: str, *, private: bool) -> str:
    """Return a URL as it is sent to; AddressRefused for one that can be no webhook's. Names are looked up only when something is sent."""
    schemes = ("https", "http") if private else ("https",)
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise AddressRefused(f"url {url[:80]!r} is not a URL; give one such as https://example.org/hooks") from None
    host = parts.hostname or ""
    if parts.scheme not in schemes or not host or len(url) > LONGEST or not url.strip().isascii() or not url.strip().isprintable():
        raise AddressRefused(
            f"url {url[:80]!r} is not valid; give a URL of at most {LONGEST:,} ASCII characters that begins with {' or '.join(schemes)}://"
        )
    if parts.username is not None or parts.password is not None or parts.fragment or " " in url.strip() or port == 0:
        raise AddressRefused(f"url on {host!r} has a user name, a fragment, a blank or port 0; leave it out: messages are signed")
    if not private and _is_literal(host) and not is_public(host):
        raise AddressRefused(f"url names {host}, which is not a public address; give one that is, or a name")
    return url.strip()


def _is_literal(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


async def addresses(host: str, port: int, *, private: bool) -> list[str]:
    """Return the addresses of a host, asked for once; AddressRefused unless all are public, OSError where it has none."""
    rows = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = list(dict.fromkeys(str(row[4][0]) for row in rows))
    if not private and not all(map(is_public, found)):
        # Which address it is would tell what only our own network's names say.
        raise AddressRefused(f"{host} has an address that is not public; nothing is sent there")
    return found
