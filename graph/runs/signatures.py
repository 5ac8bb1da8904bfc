"""What proves a run: its signed manifest, stored with it, and a signature for each creator, stored in chunks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from graph.runs.building import Building

ROWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Signatures:
    """A manifest as canonical JSON, its signature and public key in hexadecimal digits, and a signature for each creator.

    `secret` keeps sealed facts from being guessed; whoever has it may see all of them.
    """

    manifest: str
    signature: str
    public_key: str
    secret: str
    creators: Sequence[str]
    signatures: Sequence[bytes]


SIGN: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
SET run.manifest = $manifest, run.signature = $signature, run.publicKey = $publicKey, run.secret = $secret
RETURN count(run) AS made
"""

CHUNK: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
CREATE (chunk:Signatures {id: $run + '|' + $number, runId: $run, number: $number, creators: $creators, signatures: $signatures})
RETURN count(chunk) AS made
"""


async def store_signatures(building: Building, signed: Signatures) -> None:
    """Write the manifest and the signatures under a run that is being made."""
    whole = {"manifest": signed.manifest, "signature": signed.signature, "publicKey": signed.public_key, "secret": signed.secret}
    await building.write(SIGN, [whole])
    await building.write(CHUNK, (_chunk(signed, start) for start in range(0, len(signed.creators), ROWS)))


def _chunk(signed: Signatures, start: int) -> Mapping[str, object]:
    creators, signatures = signed.creators[start : start + ROWS], signed.signatures[start : start + ROWS]
    return {"number": start // ROWS, "creators": list(creators), "signatures": [each.hex() for each in signatures]}
