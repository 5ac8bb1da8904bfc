"""A database whose certificate has expired, or that nobody here trusts, is said to be that."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from api.process.database import database
from api.settings import Settings
from graph.errors import DatabaseUnreachable
from tests.api.faults.link import linked
from tests.conftest import TestServer

NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a database")])


def certificate(folder: Path, *, days_left: int) -> Path:
    """Write a certificate of 127.0.0.1, signed by itself, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days_left))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "database.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + plain)
    return file


@pytest.mark.fault
@pytest.mark.parametrize(
    ("days_left", "trusted", "wrong"), [(-1, True, "certificate has expired"), (30, False, "self-signed"), (30, True, "")]
)
async def test_what_is_wrong_with_it_is_said(
    neo4j: TestServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days_left: int, trusted: bool, wrong: str
) -> None:
    file = certificate(tmp_path, days_left=days_left)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(file)
    with linked(neo4j.uri, tls=served) as link:
        user, password = neo4j.auth
        settings = replace(Settings(), neo4j_uri=f"bolt+s://127.0.0.1:{link.port}", neo4j_username=user, neo4j_password=password)
        if wrong:
            with pytest.raises(DatabaseUnreachable, match=rf"has a certificate that is not accepted \({wrong}.*\); renew it, or have"):
                async with database(settings):
                    pass
        else:
            async with database(settings) as driver:
                assert (await driver.execute_query("RETURN 1 AS one")).records[0]["one"] == 1
