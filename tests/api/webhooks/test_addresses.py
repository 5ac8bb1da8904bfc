"""Nothing is sent to where only we could reach, however the address is written, or the name resolves."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from api.webhooks.addresses import AddressRefused, addresses, checked, is_public
from api.webhooks.posting import Post
from tests.api.webhooks.receiver import receiving

HIDDEN = (
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("100.64.0.1", "100.127.255.255", "169.254.169.254", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "::7f00:1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1"),
    *("2002:7f00:1::", "2002:808:808::1", "2001:0:1::1", "100::1"),
)
PUBLIC = ("8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808")


@pytest.mark.parametrize("address", HIDDEN)
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https:///path",
        "https://user:secret@example.org/",
        "https://example.org/#part",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://exämple.org/",
        "https://example.org/a b",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://example.org/" + "x" * 2_000,
        "",
    ],
)
def test_urls_that_are_no_webhooks(url: str) -> None:
    with pytest.raises(AddressRefused, match="url"):
        checked(url, private=False)


def test_urls_that_are() -> None:
    assert checked(" https://example.org:8443/a?b=c ", private=False) == "https://example.org:8443/a?b=c"
    assert checked("http://127.0.0.1:9000/", private=True) == "http://127.0.0.1:9000/"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f000001", "2130706433", "0177.0.0.1", "127.1"])
async def test_names_and_odd_spellings_that_lead_to_us(host: str) -> None:
    with pytest.raises(AddressRefused, match="not public"):
        await addresses(host, 443, private=False)


async def test_a_name_is_looked_up_once_and_one_hidden_address_refuses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a name that is public when looked at and private when connected to, only the first counts."""
    asked: list[str] = []

    async def rebinding(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, 1, 6, "", (each, port)) for each in (["8.8.8.8", "10.0.0.1"] if host == "both" else ["127.0.0.1"])]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", rebinding)
    with receiving() as receiver:
        url = receiver.url.replace("127.0.0.1", "rebound")
        refused = await Post(private=False)(url, {}, b"{}")
        assert (refused.status, "not public" in (refused.error or "")) == (None, True)
        both = (await Post(private=False)("http://both/", {}, b"{}")).error or ""
        assert ("not public" in both, "10.0" in both) == (True, False), "no name of our own network is looked up for somebody"
        assert receiver.got == []
        assert (await Post(private=True)(url, {}, b"{}")).status == 204
    assert asked == ["rebound", "both", "rebound"], "connecting looks nothing up again"


async def test_redirects_are_not_followed_and_bodies_not_read() -> None:
    with receiving() as receiver:
        receiver.answers = [(302, {"Location": receiver.url}), (200, {"Content-Length": "1000000000000"})]
        post = Post(private=True, seconds=5)
        first = await post(receiver.url, {}, b"{}")
        assert (first.status, first.delivered) == (302, False)
        assert (await post(receiver.url, {}, b"{}")).delivered
        assert len(receiver.got) == 2


async def test_a_receiver_that_takes_too_long() -> None:
    with receiving() as receiver:
        receiver.delay = 2
        outcome = await Post(private=True, seconds=0.3)(receiver.url, {}, b"{}")
        assert (outcome.status, outcome.error) == (None, "no answer within 0.3 seconds")
        assert (await Post(private=True)("http://127.0.0.1:1/", {}, b"{}")).status is None
